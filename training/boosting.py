"""Boosted trees for the second look, grown by LightGBM (Ke et al., NIPS 2017; MIT) and kept as our own `TreeModel`.

Which rows and columns a tree sees is left to chance, and its seed alone moves the judge's figures by half a point: a
model is the mean of the forests of several seeds (bagging: Breiman, Machine Learning 24, 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from lightgbm import LGBMClassifier

from communique.coding.trees import UNIT, TreeModel

DIGITS = 4  # of what a number is compared with
SEEDS = (0, 1)


def grow(
    table: Any,
    names: Sequence[str],
    labels: Any,
    weights: Any,
    *,
    rounds: int,
    leaves: int = 31,
    rate: float = 0.1,
) -> TreeModel:
    """Trees that tell the labels from the columns of a table; the same input gives the same trees."""
    classes = sorted(set(labels))
    numbers = np.array([classes.index(label) for label in labels])
    forests = []
    for seed in SEEDS:
        booster = LGBMClassifier(
            n_estimators=rounds,
            learning_rate=rate,
            num_leaves=leaves,
            max_depth=8,
            min_child_samples=40,
            colsample_bytree=0.4,
            subsample=0.8,
            subsample_freq=1,
            reg_lambda=5,
            random_state=seed,
            deterministic=True,
            force_row_wise=True,
            n_jobs=1,
            verbose=-1,
        )
        booster.fit(table, numbers, sample_weight=weights)
        forests.append(booster.booster_.dump_model())
    return tree_model(forests, classes, names)


def tree_model(forests: Sequence[dict[str, Any]], classes: Sequence[str], names: Sequence[str]) -> TreeModel:
    """The mean of models as LightGBM describes them, without columns that no tree asks for."""
    roots: list[int] = []
    nodes: list[tuple[int, float, int, float]] = []
    for tree in chain.from_iterable(forest["tree_info"] for forest in forests):
        roots.append(len(nodes))
        _lay_out(tree["tree_structure"], nodes)
    used = sorted({column for column, *_ in nodes if column >= 0})
    place = {column: i for i, column in enumerate(used)} | {-1: -1}
    column, most, other, value = zip(*nodes, strict=True)
    return TreeModel(
        tuple(classes), tuple(names[c] for c in used), tuple(roots),
        tuple(place[c] for c in column), most, other, tuple(round(v * UNIT / len(forests)) for v in value),
    )  # fmt: skip


def _lay_out(node: dict[str, Any], nodes: list[tuple[int, float, int, float]]) -> None:
    """A node and all below it at the end of the list, its first child right after it."""
    at = len(nodes)
    if "split_feature" not in node:
        nodes.append((-1, 0.0, 0, node["leaf_value"]))
        return
    nodes.append((node["split_feature"], 0.0, 0, 0.0))
    _lay_out(node["left_child"], nodes)
    other = len(nodes)
    _lay_out(node["right_child"], nodes)
    nodes[at] = (node["split_feature"], round(node["threshold"], DIGITS), other, node["internal_value"])
