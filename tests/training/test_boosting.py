"""The trees that LightGBM grows say the same as it does, in our own form."""

from __future__ import annotations

import numpy as np
import pytest
from boosting import grow

from communique.coding.models import write_models

NAMES = ("useless", "x", "y")


def examples(classes: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """A label for each row by what x and y are together."""
    rng = np.random.default_rng(1)
    table = np.column_stack([np.zeros(600), rng.normal(size=600), rng.normal(size=600)])
    place = (table[:, 1] > 0).astype(int) + (table[:, 1] * table[:, 2] > 0.3)
    return table, np.array([classes[p % len(classes)] for p in place])


@pytest.mark.parametrize("classes", [("no", "yes"), ("none", "source", "target")])
def test_grown_trees_tell_what_they_learnt(classes: tuple[str, ...]) -> None:
    table, labels = examples(classes)
    model = grow(table, NAMES, labels, np.ones(len(labels)), rounds=60)
    assert model.names == ("x", "y")
    found = model.predict([dict(zip(NAMES, row, strict=True)) for row in table.tolist()])
    right = sum(max(p, key=lambda c: p[c]) == label for p, label in zip(found, labels, strict=True))
    assert right > 0.9 * len(labels)


def test_the_same_examples_grow_the_same_trees() -> None:
    table, labels = examples(("no", "yes"))
    models = [grow(table, NAMES, labels, np.ones(len(labels)), rounds=20) for _ in range(2)]
    assert write_models({"m": models[0]}) == write_models({"m": models[1]})


@pytest.mark.parametrize("classes", [("no", "yes"), ("none", "source", "target")])
def test_grown_trees_are_the_mean_of_forests_of_several_seeds(
    classes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, labels = examples(classes)
    rows = [dict(zip(NAMES, row, strict=True)) for row in table[:50].tolist()]

    def odds(seeds: tuple[int, ...]) -> np.ndarray:
        monkeypatch.setattr("boosting.SEEDS", seeds)
        found = grow(table, NAMES, labels, np.ones(len(labels)), rounds=20).predict(rows)
        return np.log([[p[c] / p[classes[0]] for c in classes] for p in found])

    one, other = odds((3,)), odds((5,))
    assert not np.allclose(one, other, atol=0.01)
    assert np.allclose(odds((3, 5)), (one + other) / 2, atol=0.01)
