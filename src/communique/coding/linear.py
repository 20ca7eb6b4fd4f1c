"""Linear models over named features: small, exact, and able to say in words what they weighed.

A model is a multinomial (or binary) logistic regression, trained in `training/` and kept as gzipped JSON.
Features are strings (weight 1) or (string, value) pairs; unknown ones weigh nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import exp
from operator import add
from typing import Any


@dataclass(frozen=True)
class LinearModel:
    """Weights by feature for each class; `predict` gives probabilities that sum to 1."""

    classes: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def predict(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of each class."""
        known, rows = self.weights, [self.intercepts]
        for name, value in features.items():
            row = known.get(name)
            if row is not None:
                rows.append(row if value == 1.0 else tuple(weight * value for weight in row))
        scores = [reduce(add, column) for column in zip(*rows, strict=True)]
        return dict(zip(self.classes, _softmax(scores), strict=True))

    def reasons(
        self, features: Mapping[str, float], label: str, *, most: int = 4
    ) -> tuple[tuple[str, float], ...]:
        """The features that spoke most strongly for or against a class, strongest first, with their weight."""
        which = self.classes.index(label)
        weighed = [
            (name, self.weights[name][which] * v) for name, v in features.items() if name in self.weights
        ]
        weighed.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
        return tuple(weighed[:most])

    def to_json(self) -> dict[str, Any]:
        """The model as plain JSON data, features in order of their names."""
        return {
            "classes": list(self.classes),
            "intercepts": list(self.intercepts),
            "weights": {name: list(self.weights[name]) for name in sorted(self.weights)},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LinearModel:
        """The model of `to_json`."""
        weights = {name: tuple(row) for name, row in data["weights"].items()}
        return cls(tuple(data["classes"]), tuple(data["intercepts"]), weights)


def present(features: Iterable[str]) -> dict[str, float]:
    """Features that are simply there, each with the value 1."""
    return dict.fromkeys(features, 1.0)


def _softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    powers = [exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]
