"""docs/knowledge-things.md names every table, column, kind and public function of the things."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from communique.knowledge import instruments, materiel, places, quantities

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "knowledge-things.md").read_text(encoding="utf-8")
TABLES = ROOT / "src" / "communique" / "knowledge" / "tables"
SHEETS = (
    "materiel.csv",
    "materiel_generic.csv",
    "materiel_nouns.csv",
    "measures.csv",
    "instruments.csv",
    "places_curated.csv",
    "places.csv",
    "place_countries.csv",
)


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_and_column_is_described(sheet: str) -> None:
    with (TABLES / sheet).open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    assert f"`{sheet}`" in PAGE
    assert [column for column in columns if f"`{column}`" not in PAGE] == []


def test_every_kind_of_word_is_described() -> None:
    with (TABLES / "measures.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    assert {kind for kind in kinds if f"`{kind}`" not in PAGE} == set()


@pytest.mark.parametrize("kind", instruments.KINDS)
def test_every_kind_of_instrument_is_described(kind: str) -> None:
    assert kind in PAGE


@pytest.mark.parametrize(
    "function",
    [
        materiel.entries,
        materiel.resolve,
        materiel.is_weapon,
        materiel.is_arms,
        quantities.find_quantities,
        quantities.find_values,
        quantities.materiel_in,
        instruments.instrument,
        places.candidates,
        places.resolve_place,
    ],
)
def test_every_function_is_described(function: object) -> None:
    assert f"`{getattr(function, '__name__', '')}(" in PAGE
