"""Boosted trees over named numbers: the second look of the judge.

A model is an ensemble of small decision trees whose leaves add up to log odds (gradient boosting: Friedman, Annals of
Statistics 29, 2001), trained in `training/` and kept as JSON. Leaves are whole numbers, ten-thousandths of log odds, so
that the same numbers give the same answer on every machine. A number that is not given counts as 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import Any

import numpy as np

UNIT = 10_000
"""Leaves are kept in such parts of log odds."""

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class TreeModel:
    """Trees in the order of the classes, round after round; with two classes each tree speaks for the second.

    A tree's nodes follow each other, the first child just after its parent: `column` is the place in `names` of the
    number that a node asks for (-1 for a leaf), `most` what it may be at most for the first child, `other` the
    place of the second child, `value` what the node is worth on average, in `UNIT`.
    """

    classes: tuple[str, ...]
    names: tuple[str, ...]
    roots: tuple[int, ...]
    column: tuple[int, ...]
    most: tuple[float, ...]
    other: tuple[int, ...]
    value: tuple[int, ...]

    def predict(self, rows: Sequence[Numbers]) -> list[dict[str, float]]:
        """For each row the probability of each class."""
        if not rows:
            return []
        table = np.zeros((len(rows), max(1, len(self.names))))  # trees of leaves alone ask for no column
        for i, row in enumerate(rows):
            for name, number in row.items():
                place = self._places.get(name)
                if place is not None:
                    table[i, place] = number
        return [self._shares(sums) for sums in self._sums(table).tolist()]

    def reasons(self, row: Numbers, label: str) -> dict[str, float]:
        """What each number speaks for or against a class, in log odds: the steps in worth along its branches."""
        found: dict[str, float] = {}
        own, sign = self.classes.index(label), 1
        if self._width == 1:
            own, sign = 0, (1 if own else -1)
        for root in self.roots[own :: self._width]:
            at = root
            while self.column[at] >= 0:
                name = self.names[self.column[at]]
                then = at + 1 if row.get(name, 0.0) <= self.most[at] else self.other[at]
                found[name] = found.get(name, 0.0) + sign * (self.value[then] - self.value[at]) / UNIT
                at = then
        return found

    def to_json(self) -> dict[str, Any]:
        """The model as plain JSON data."""
        return {
            "classes": list(self.classes), "names": list(self.names), "roots": list(self.roots),
            "column": list(self.column), "most": list(self.most), "other": list(self.other), "value": list(self.value),
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TreeModel:
        """The model of `to_json`."""
        return cls(**{name: tuple(values) for name, values in data.items()})

    @property
    def _width(self) -> int:
        """Trees of a round."""
        return 1 if len(self.classes) == 2 else len(self.classes)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.names)}

    @cached_property
    def _nodes(self) -> tuple[Any, Any, Any]:
        """For each node the column that it asks for, the most for the first child; and the children of all, in pairs.

        A leaf leads to itself.
        """
        leaf = np.array(self.column) < 0
        places = np.arange(len(self.column))
        children = np.stack([np.where(leaf, places, places + 1), np.where(leaf, places, self.other)], axis=1)
        return np.where(leaf, 0, self.column), np.array(self.most), children.ravel()

    @cached_property
    def _depth(self) -> int:
        depth = dict.fromkeys(self.roots, 0)
        for at, column in enumerate(self.column):
            if column >= 0:
                depth[at + 1] = depth[self.other[at]] = depth[at] + 1
        return max(depth.values())

    def _sums(self, table: Any) -> Any:
        """For each row and class the sum of the leaves that it falls into."""
        column, most, children = self._nodes
        numbers = table.ravel()
        starts = np.arange(len(table))[:, None] * table.shape[1]
        at = np.tile(np.array(self.roots), (len(table), 1))
        for _ in range(self._depth):
            second = numbers.take(starts + column.take(at)) > most.take(at)
            at = children.take(2 * at + second)
        return self._values.take(at).reshape(len(table), -1, self._width).sum(axis=1)

    @cached_property
    def _values(self) -> Any:
        return np.array(self.value)

    def _shares(self, sums: Sequence[int]) -> dict[str, float]:
        odds = [0.0, sums[0] / UNIT] if self._width == 1 else [s / UNIT for s in sums]
        top = max(odds)
        powers = [exp(o - top) for o in odds]
        total = sum(powers)
        return {name: p / total for name, p in zip(self.classes, powers, strict=True)}
