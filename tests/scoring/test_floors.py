from pathlib import Path

import pytest

from communique.errors import SettingsError
from communique.scoring.floors import (
    Corpus,
    Shortfall,
    flat,
    floors_of,
    gold_hash,
    load_floors,
    shortfalls,
    text_hash,
)

FIGURES = {"documents": 5, "event": {"p": 0.7, "f1": 0.61}, "parts": {"body": "4/5"}}


def test_figures_by_dotted_names() -> None:
    assert flat(FIGURES) == {"documents": 5.0, "event.p": 0.7, "event.f1": 0.61, "parts.body": 4.0}


def test_what_is_under_its_floor_or_was_not_measured() -> None:
    corpus = Corpus("seeds", "x", {"event.f1": 0.61, "parts.body": 5, "full.f1": 0.3})
    assert shortfalls(corpus, FIGURES) == [Shortfall("parts.body", 5, 4.0), Shortfall("full.f1", 0.3, None)]


def test_floors_belong_to_the_gold_that_they_were_set_on(tmp_path: Path) -> None:
    gold = {"a": {"doc_id": "a", "records": []}}
    path = tmp_path / "floors.toml"
    path.write_text(f'[one]\ngold = "{gold_hash(gold)}"\ntexts = "t"\nfloors = {{ "event.f1" = 1 }}\n')
    assert floors_of(path, gold) == Corpus("one", gold_hash(gold), {"event.f1": 1.0}, "t")
    with pytest.raises(SettingsError, match="no floors for this gold"):
        floors_of(path, gold | {"b": {"doc_id": "b", "records": []}})


@pytest.mark.parametrize("content", ["[", "x = 1", "[a]\ngold = 'x'", "[a]\ngold = 'x'\nfloors = {a = 'b'}"])
def test_a_file_that_is_no_floors_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(content)
    with pytest.raises(SettingsError, match="not a floors file"):
        load_floors(path)


def test_the_hash_of_texts_hangs_on_names_and_contents(tmp_path: Path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    a.write_text("one")
    b.write_text("two")
    first = text_hash([a, b])
    assert text_hash([b, a]) == first
    b.write_text("three")
    assert text_hash([a, b]) != first


def test_the_shipped_floors_are_well_formed() -> None:
    shipped = Path(__file__).parents[1] / "quality" / "floors.toml"
    assert [c.name for c in load_floors(shipped)] == ["seeds", "dev", "locked"]
