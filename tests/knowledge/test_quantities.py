"""Numbers of things, sums of money, and the equipment that they belong to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.knowledge.gazetteer import Gazetteer
from communique.knowledge.knowledge import default_knowledge
from communique.knowledge.materiel import entries
from communique.knowledge.quantities import find_quantities, find_values, materiel_in
from communique.records import Materiel

GAZETTEER = Gazetteer(entries())
TEXTS = st.text(alphabet="ab five 36,.$1-0 dozen of tanks mln dlrs\n%", max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("five battalions of S-300", [(5, "battalion", "S-300")]),
        ("three S-300 battalions", [(3, "battalion", "S-300 battalions")]),
        ("a battery of Patriot missiles", [(1, "battery", "Patriot missiles")]),
        ("a batch of Javelin missiles", [(1, "batch", "Javelin missiles")]),
        ("36 Rafale jets", [(36, None, "Rafale jets")]),
        ("a dozen tanks", [(12, None, "tanks")]),
        ("two dozen tanks", [(24, None, "tanks")]),
        ("Half a dozen tanks", [(6, None, "tanks")]),
        ("hundreds of rockets", [(None, None, "rockets")]),
        ("tens of thousands of shells", [(None, None, "shells")]),
        ("several missiles", [(None, None, "missiles")]),
        ("some 20 drones", [(20, None, "drones")]),
        ("100 more tanks", [(100, None, "tanks")]),
        ("1,200 missiles", [(1200, None, "missiles")]),
        ("two thousand shells", [(2000, None, "shells")]),
        ("forty-four interceptors", [(44, None, "interceptors")]),
        ("Six U.S. Navy warships", [(6, None, "U.S. Navy warships")]),
        ("three of the jets", [(3, None, "jets")]),
        ("two F-14 and three F-4 jets", [(2, None, "F-14"), (3, None, "F-4 jets")]),
    ],
)
def test_numbers_of_things(text: str, expected: list[tuple[int | None, str | None, str]]) -> None:
    found = [(q.count, q.unit, text[q.noun_start : q.noun_end]) for q in find_quantities(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "on May 20 rockets fell", "Resolution 1929 was adopted", "in 2015 missiles fell", "a 2,000 km range",
        "12 percent of it", "a 155-mm gun", "at 10:30 guns fired", "S-300 missiles", "$36 million",
        "F-16 jets",
        "120 mln dlrs", "Article 5 guarantees", "for 10 years", "two-day talks", "No. 4 reactor", "0.5 tanks",
    ],
)  # fmt: skip
def test_numbers_that_count_nothing(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an $800-million deal", (800e6, "USD", 800e6)),
        ("worth $60 billion", (60e9, "USD", 60e9)),
        ("$2.3bn", (2.3e9, "USD", 2.3e9)),
        ("$ 700 million", (700e6, "USD", 700e6)),
        ("USD 1 billion", (1e9, "USD", 1e9)),
        ("US$1.5m", (1.5e6, "USD", 1.5e6)),
        ("$500,000", (500000.0, "USD", 500000.0)),
        ("120 mln dlrs", (120e6, "USD", 120e6)),
        ("a 3.53 billion dlr contract", (3.53e9, "USD", 3.53e9)),
        ("a billion dollars", (1e9, "USD", 1e9)),
        ("half a million dollars", (0.5e6, "USD", 0.5e6)),
        ("2.5 billion euros", (2.5e9, "EUR", None)),
        ("the five billion stg deal", (5e9, "GBP", None)),
        ("Rs 59,000 crore", (590e9, "INR", None)),
        ("A$300m", (300e6, "AUD", None)),
        ("300 million Australian dollars", (300e6, "AUD", None)),
        ("€7.8bn", (7.8e9, "EUR", None)),
    ],
)
def test_sums_of_money(text: str, expected: tuple[float, str, float | None]) -> None:
    assert [(v.amount, v.currency, v.usd) for v in find_values(text)] == [expected]


def test_the_first_sum_of_a_range_takes_the_scale_of_the_second() -> None:
    assert [v.amount for v in find_values("between $2 and $3 billion")] == [2e9, 3e9]


@pytest.mark.parametrize("text", ["the dollar fell", "USD", "$", "36 jets", "a Million Men", "in euros"])
def test_no_sum_of_money(text: str) -> None:
    assert find_values(text) == ()


@given(TEXTS)
def test_quantities_are_ordered_disjoint_and_inside_the_text(text: str) -> None:
    found = find_quantities(text)
    ends = [(q.start, q.end) for q in found]
    assert all(0 <= q.start < q.end <= q.noun_start <= q.noun_end <= len(text) for q in found)
    assert all(before[1] <= after[0] for before, after in pairwise(ends))
    assert all(q.count is None or q.count >= 0 for q in found)


@given(TEXTS)
def test_no_quantity_touches_a_sum(text: str) -> None:
    sums = find_values(text)
    assert not any(v.start < q.end and q.start < v.end for q in find_quantities(text) for v in sums)


@given(st.integers(min_value=1, max_value=10**7))
def test_a_written_number_is_read_back(number: int) -> None:
    if 1900 <= number <= 2099:
        return
    assert [q.count for q in find_quantities(f"They sent {number:,} drones.")] == [number]


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["million", "billion"]))
def test_a_written_sum_is_read_back_and_is_its_own_dollar_value(number: int, scale: str) -> None:
    (value,) = find_values(f"It is worth ${number} {scale}.")
    assert value.usd == value.amount == number * {"million": 1e6, "billion": 1e9}[scale]


def told(text: str) -> tuple[Materiel, ...]:
    """The equipment of a text, from the mentions of our own sheets."""
    return materiel_in(text, GAZETTEER.find(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The $800-million deal is for five battalions of S-300.", [("S-300", None, 800e6)]),
        ("They bought 36 Rafale jets worth 8 billion euros.", [("Rafale", 36, None)]),
        ("T-90s Tanks and Sukhoi Su-30s were shown.", [("T-90", None, None), ("Su-30", None, None)]),
        (
            "They ordered 132 warplanes including 72 Tornado fighters.",
            [("warplanes", 132, None), ("Tornado", 72, None)],
        ),
        ("They flew two F-14 and three F-4 fighter jets.", [("F-14", 2, None), ("F-4", 3, None)]),
        ("Weapons were sent.", [("weapons", None, None)]),
        ("ICBMs and a THAAD battery", [("ICBMs", None, None), ("THAAD", None, None)]),
        (
            "The Patriot missile is old. It fired 30 missiles.",
            [("Patriot", None, None), ("missiles", 30, None)],
        ),
        ("the Terminal High Altitude Area Defense (THAAD) system", [("THAAD", None, None)]),
        ("Talks were held.", []),
    ],
)
def test_equipment_with_its_quantity_and_value(
    text: str, expected: list[tuple[str, int | None, float | None]]
) -> None:
    assert told(text) == tuple(Materiel(name=n, quantity=q, value_usd=v) for n, q, v in expected)


def test_a_sum_in_another_sentence_is_not_the_equipment_s() -> None:
    assert told("Trade is worth $5 billion. Iran wants Su-30 jets.") == (Materiel(name="Su-30"),)


def test_who_deals_in_arms_is_no_equipment() -> None:
    text = "The arms procurement agency and a missile maker sold tanks."
    found = materiel_in(text, default_knowledge().gazetteer.find(text))
    assert [m.name for m in found] == ["tanks"]
