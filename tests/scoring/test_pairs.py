from typing import Any

import pytest

from communique.scoring.names import office_key, same_name, same_or_no_name
from communique.scoring.pairs import date_right, touches


def days(start: str, end: str) -> dict[str, str]:
    return {"from": start, "to": end}


@pytest.mark.parametrize(
    ("gold", "pred", "right"),
    [
        (None, None, True),
        (None, days("2016-01-01", "2016-01-01"), False),
        (days("2016-01-01", "2016-01-01"), {"from": "2016-01-01"}, False),
        (days("2016-01-01", "2016-01-01"), days("2016-01-04", "2016-01-04"), True),
        (days("2016-01-01", "2016-01-01"), days("2016-01-05", "2016-01-05"), False),
        (days("2016", "2016"), days("2016-04", "2016-12"), True),
        (days("2016", "2016"), days("2016-04", "2016-04"), False),
        (days("2016-02-28", "2016-02-01"), days("2016-02", "2016-02"), True),
    ],
)
def test_dates(gold: Any, pred: Any, right: bool) -> None:
    assert date_right(gold, pred) is right


@pytest.mark.parametrize(
    ("gold", "pred", "right"),
    [
        ("The two ministers met in Vienna on Friday", "on that day the two ministers met in Vienna", True),
        ("The two ministers met", "ministers met", False),
        ("They met in Vienna", "the heads said they met in Vienna twice", True),
        ("The two ministers met in Vienna", "The two generals met in Vienna", False),
        ("met in Vienna", " ".join(["met in Vienna"] * 30), False),
    ],
)
def test_evidence(gold: str, pred: str, right: bool) -> None:
    assert touches({"evidence": [gold]}, {"evidence": [{"text": pred}]}) is right


def test_names_and_offices() -> None:
    assert same_name("José Martín", "Jose Martin y Ruiz")
    assert not same_name("José Martín", "Pedro Martín")
    assert not same_name("", "")
    assert same_or_no_name(None, "")
    assert office_key("Former  Defense Minister") == "defence minister"
