from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.coding.models import read_models, write_models
from communique.coding.trees import UNIT, TreeModel

# "far" above 2.5: +1; else "near" above 0: -0.5, or +0.25. A second tree knows only "near".
MODEL = TreeModel(
    classes=("no", "yes"),
    names=("far", "near"),
    roots=(0, 5),
    column=(0, 1, -1, -1, -1, 1, -1, -1),
    most=(2.5, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    other=(4, 3, 0, 0, 0, 7, 0, 0),
    value=(1000, 0, 2500, -5000, UNIT, 0, -1000, 2000),
)


def sure(odds: float) -> float:
    return math.exp(odds) / (1 + math.exp(odds))


@pytest.mark.parametrize(
    ("numbers", "odds"),
    [
        ({}, 0.25 - 0.1),
        ({"near": 1.0}, -0.5 - 0.1),
        ({"near": 1.5}, -0.5 + 0.2),
        ({"far": 3.0, "near": 1.5, "unknown": 7.0}, 1.0 + 0.2),
        ({"far": 2.5}, 0.25 - 0.1),
    ],
)
def test_leaves_add_up_to_log_odds_of_the_second_class(numbers: dict[str, float], odds: float) -> None:
    found = MODEL.predict([numbers])[0]
    assert found["yes"] == pytest.approx(sure(odds))
    assert found["no"] == pytest.approx(1 - sure(odds))


@given(st.lists(st.fixed_dictionaries({"far": st.floats(-5, 5), "near": st.floats(-5, 5)}), max_size=6))
def test_a_row_is_judged_the_same_alone_and_among_others(rows: list[dict[str, float]]) -> None:
    assert MODEL.predict(rows) == [MODEL.predict([row])[0] for row in rows]


def test_reasons_are_the_steps_along_the_branches() -> None:
    found = MODEL.reasons({"far": 0.0, "near": 1.5}, "yes")
    assert found == pytest.approx({"far": -0.1, "near": -0.5 + 0.2})
    assert MODEL.reasons({"far": 0.0, "near": 1.5}, "no") == pytest.approx({"far": 0.1, "near": 0.3})


def test_three_classes_have_a_tree_each_in_every_round() -> None:
    model = TreeModel(
        ("a", "b", "c"), ("x",), (0, 1, 2), (-1, -1, -1), (0.0,) * 3, (0,) * 3, (0, UNIT, 2 * UNIT)
    )
    found = model.predict([{"x": 1.0}])[0]
    assert sum(found.values()) == pytest.approx(1)
    assert math.log(found["c"] / found["b"]) == pytest.approx(1)


def test_trees_of_leaves_alone_need_no_number() -> None:
    model = TreeModel(("no", "yes"), (), (0,), (-1,), (0.0,), (0,), (UNIT,))
    assert model.predict([{}, {"x": 1.0}]) == [model.predict([{}])[0]] * 2
    assert model.predict([{}])[0]["yes"] == pytest.approx(sure(1.0))


def test_models_come_back_as_written() -> None:
    content = write_models({"m": MODEL})
    assert read_models(content) == {"m": MODEL}
    assert write_models(read_models(content)) == content
