"""Names of several states, and names that depend on what a text is about."""

from __future__ import annotations

import pytest

from communique.errors import KnowledgeError
from communique.knowledge.context import ContextName, ContextNames, context_name
from communique.knowledge.knowledge import default_knowledge
from communique.knowledge.sheets import SheetRow, read_sheet

NAMES = ContextNames.load()


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Baltic states", ("EST", "LVA", "LTU")),
        ("Caspian littoral states", ("AZE", "IRN", "KAZ", "RUS", "TKM")),
        ("Associated Trio", ("GEO", "MDA", "UKR")),
        ("Normandy Four", ("DEU", "FRA", "RUS", "UKR")),
        ("Donetsk and Lugansk people's republics", ("DPR", "LPR")),
        ("Donetsk and Luhansk People’s Republics", ("DPR", "LPR")),
        ("two Koreas", ("KOR", "PRK")),
        ("Atlantis states", ()),
    ],
)
def test_a_name_of_several_states(name: str, codes: tuple[str, ...]) -> None:
    assert NAMES.stands_for(name) == codes
    assert default_knowledge().stands_for(name) == codes


@pytest.mark.parametrize(
    ("name", "focus", "home", "codes"),
    [
        ("the North", ("KOR", "USA"), None, ("PRK",)),
        ("the North", ("SDN", "SSD"), None, ()),
        ("the North", (), None, ()),
        ("Security Council", (), "RUS", ("RUS",)),
        ("Security Council", (), "UKR", ("UKR",)),
        ("Security Council", ("RUS",), "USA", ()),
        ("Senate", ("PHL", "USA"), "USA", ("PHL",)),
        ("Senate", (), None, ()),
        ("E3", ("IRN",), None, ("DEU", "FRA", "GBR")),
        ("rebels", ("USA", "SYR"), None, ("SYRIANREBELS",)),
        ("rebels", ("PHL", "USA"), None, ()),
    ],
)
def test_a_name_that_depends_on_context(
    name: str, focus: tuple[str, ...], home: str | None, codes: tuple[str, ...]
) -> None:
    assert NAMES.stands_for(name, focus=focus, home=home) == codes


def test_names_in_a_text() -> None:
    text = "The South protested when the North fired a missile off the South Sea; the Baltic states did too."
    found = [(one.text, one.codes) for one in NAMES.find(text, focus=("PRK", "KOR"))]
    assert found == [
        ("The South", ("KOR",)),
        ("the North", ("PRK",)),
        ("Baltic states", ("EST", "LVA", "LTU")),
    ]
    assert [text[one.start : one.end] for one in NAMES.find(text)] == ["Baltic states"]


def test_every_code_is_that_of_an_actor() -> None:
    known = default_knowledge().actor_codes
    for row in map(context_name, read_sheet("context_names.csv", ("name", "codes", "source"))):
        assert set(row.codes) - {"*"} <= known
        assert set(row.states) <= known


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"codes": "Iran"}, "'Iran' is no code"),
        ({"codes": "IRN", "where": "near"}, "where is none of focus, home, named and nothing"),
        ({"codes": "*"}, r"\* stands alone"),
        ({"codes": "*|IRN", "where": "focus"}, r"\* stands alone"),
    ],
)
def test_wrong_rows_are_told(values: dict[str, str], reason: str) -> None:
    with pytest.raises(KnowledgeError, match=reason):
        context_name(SheetRow("context_names.csv", 2, {"name": "X", **values}))


def test_a_right_row() -> None:
    row = SheetRow(
        "context_names.csv", 2, {"name": "X", "codes": "IRN|IRQ", "where": "focus", "states": "KWT"}
    )
    assert context_name(row) == ContextName("X", ("IRN", "IRQ"), "focus", ("KWT",))


def test_a_short_name_counts_where_the_text_names_its_owner() -> None:
    named = ("ERI", "DJI", "USA", "UNSC")
    assert NAMES.stands_for("the Council", named=named) == ("UNSC",)
    assert NAMES.stands_for("the Council", named=named[:3]) == ()
    found = NAMES.find("the Council on Foreign Relations and the Council", named=named)
    assert [(one.start, one.codes) for one in found] == [(37, ("UNSC",))]
