from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from communique.coding.linear import LinearModel, present
from communique.coding.models import read_models, write_models

weights = st.floats(-4, 4)
rows = st.dictionaries(st.text(min_size=1, max_size=6), st.tuples(weights, weights, weights), max_size=8)


@given(rows, st.lists(st.text(max_size=6), max_size=8))
def test_probabilities_sum_to_one(table: dict[str, tuple[float, float, float]], names: list[str]) -> None:
    model = LinearModel(("a", "b", "c"), (0.1, 0.0, -0.2), table)
    found = model.predict(present(names))
    assert math.isclose(sum(found.values()), 1.0)
    assert all(0 <= p <= 1 for p in found.values())


@given(rows)
def test_models_come_back_as_written(table: dict[str, tuple[float, float, float]]) -> None:
    models = {"m": LinearModel(("a", "b", "c"), (0.0, 1.0, 2.0), table)}
    content = write_models(models)
    assert read_models(content) == models
    assert write_models(read_models(content)) == content


def test_scores_add_up_in_the_order_of_the_features() -> None:
    model = LinearModel(("no", "yes"), (-0.1, 0.1), {"tag": (-0.3, 0.3), "met": (-0.7, 0.7)})
    score = 0.1 + 0.3 * 2.5 + 0.7
    yes, no = math.exp(score - score), math.exp(-score - score)
    assert model.predict({"tag": 2.5, "unknown": 9.0, "met": 1.0}) == {
        "no": no / (no + yes),
        "yes": yes / (no + yes),
    }


def test_a_feature_moves_its_class_and_is_named_as_a_reason() -> None:
    model = LinearModel(("no", "yes"), (0.0, 0.0), {"met": (-1.0, 1.0), "dull": (0.1, -0.1)})
    features = present(["met", "dull", "unknown"])
    assert model.predict(features)["yes"] > model.predict({})["yes"] == 0.5
    assert model.reasons(features, "yes") == (("met", 1.0), ("dull", -0.1))
