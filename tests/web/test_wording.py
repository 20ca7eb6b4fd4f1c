import csv
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.linking.likeness import weights
from communique.web import wording
from communique.web.names import names


@pytest.mark.parametrize(
    "value, words",
    [
        ("source CHL, target PER", "Chile → Peru"),
        ("participant IRN, participant OMN", "Iran · Oman"),
        ("source FRA, source GBR, target IRN", "France, United Kingdom → Iran"),
        ("target PER", "→ Peru"),
        ("participant QAT, source ERI, target DJI", "Eritrea → Djibouti; Qatar"),
        ("source CHL", "Chile"),
        ("source <b>&", "<b>&"),
        ("whoever it was", "whoever it was"),
        ("", ""),
    ],
)
def test_parties_as_people_write_them(value: str, words: str) -> None:
    assert wording.parties_in_words(value, names().of) == words


@pytest.mark.parametrize(
    "value, chosen, told",
    [
        ("2018-02-01..2018-02-28", "2018-02-19", "less exact"),
        ("2018-01-01..2018-12-31", "2018-02-01..2018-02-28", "less exact"),
        ("2018-02-19", "2018-02-01..2018-02-28", "differs"),
        ("2018-02-20", "2018-02-19", "differs"),
        ("planned", "actual", "differs"),
    ],
)
def test_wider_days_are_less_exact_not_different(value: str, chosen: str, told: str) -> None:
    assert wording.difference(value, chosen) == told


def test_reasons_stand_for_and_against() -> None:
    reasons = ("+ parties: same", "- words: none shared", "+ date: overlap", "- not known yet")
    told = "For: the same parties; dates that overlap. Against: no word in common; not known yet."
    assert (wording.reasons_in_words(reasons), wording.reasons_in_words(())) == (told, "")


def test_every_feature_of_likeness_has_words() -> None:
    text = files("communique.web").joinpath("likeness.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["feature"] for row in rows] == sorted(row["feature"] for row in rows)
    assert {row["feature"] for row in rows if row["words"]} >= set(weights()) - {"bias"}


@pytest.mark.parametrize(
    "days, told",
    [(89, "89 days"), (90, "3 months"), (305, "10 months"), (836, "2 years"), (8092, "22 years")],
)
def test_a_length_of_time_as_people_say_it(days: int, told: str) -> None:
    assert wording.stretch(days) == told


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["0.9", "0.5", "0"]), st.integers(0, 99))))
def test_bands_are_summed_from_the_highest_down(bands: Sequence[tuple[str, int]]) -> None:
    told = wording.at_least(bands)
    assert [low for low, _ in told] == [low for low, _ in bands]
    assert [n for _, n in told] == [sum(n for _, n in bands[: i + 1]) for i in range(len(bands))]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("date", {"from": "2016-05-01", "to": "2016-05-31"}, "May 2016"),
        ("date", None, "unknown"),
        ("status", "planned", "planned"),
        ("kind", "arms_transfer", "arms transfer"),
        ("instrument", "New START", "New START"),
        (
            "actors",
            [
                {"role": "source", "code": "ARM", "person": "A. B.", "office": "minister"},
                {"role": "target", "code": "IRN", "person": None, "office": None},
            ],
            "<ARM> (A. B., minister) as source; <IRN> as target",
        ),
        ("materiel", [{"name": "S-300", "quantity": 4}, {"name": "radar"}], "4 S-300, radar"),
        ("materiel", [], "unknown"),
        ("place", {"name": "Tehran", "country": "IRN"}, "Tehran, <IRN>"),
        ("place", {"name": "Larak", "country": None}, "Larak"),
    ],
)
def test_what_a_person_corrected_in_words(field: str, value: Any, words: str) -> None:
    assert wording.corrected_in_words(field, json.dumps(value), lambda code: f"<{code}>") == words
