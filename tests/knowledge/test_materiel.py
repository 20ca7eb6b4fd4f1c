"""Designations: every pattern by which news writes them, plain words, nouns, and the sheets themselves."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from communique.errors import KnowledgeError
from communique.knowledge.entries import Entry
from communique.knowledge.gazetteer import Gazetteer
from communique.knowledge.materiel import (
    entries,
    equipment,
    generic_nouns,
    is_arms,
    is_weapon,
    resolve,
    surfaces,
    without_noun,
)

TABLES = Path(__file__).parents[2] / "src" / "communique" / "knowledge" / "tables"
GAZETTEER = Gazetteer(entries())


def named(text: str) -> list[tuple[str, str, str]]:
    """The words, family and category of every designation in a text."""
    found = GAZETTEER.find(text)
    return [(m.text, m.entry.code, m.entry.detail) for m in found if m.entry.form != "generic"]


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("S-300", "S-300"), ("S300", "S-300"), ("S 300", "S-300"), ("S-300s", "S-300"),
        ("S-300PMU-2", "S-300"),
        ("T-90s", "T-90"), ("T-90S", "T-90"), ("T90", "T-90"), ("F-16s", "F-16"), ("F-16C/D", "F-16"),
        ("F16", "F-16"),
        ("Su-30MKI", "Su-30"), ("SU 35", "Su-35"), ("MIG-29s", "MiG-29"), ("Mi-17V5", "Mi-17"),
        ("AK-47s", "AK-47"),
        ("Black Hawks", "UH-60"), ("Blackhawk", "UH-60"), ("Patriot", "Patriot"), ("Javelins", "Javelin"),
        ("Iskander-M", "Iskander"), ("Shahed-136", "Shahed-136"), ("Shahed 136", "Shahed-136"),
        ("Bayraktar TB2", "Bayraktar TB2"), ("HIMARS", "HIMARS"), ("Fateh-110", "Fateh-110"),
        ("Sejil", "Sejjil"),
        ("Hwasong-15", "Hwasong-15"), ("Exocet", "Exocet"), ("Silkworm", "Silkworm"), ("Stingers", "Stinger"),
        ("AWACS", "AWACS"), ("Leopard 2A6", "Leopard 2"), ("Thaad", "THAAD"), ("M1A1 Abrams", "M1 Abrams"),
    ],
)  # fmt: skip
def test_a_designation_is_found_however_it_is_written(words: str, family: str) -> None:
    assert [(w, f) for w, f, _ in named(f"They showed the {words} on parade.")] == [(words, family)]


@pytest.mark.parametrize(
    "text",
    [
        "The leopard slept; a Tiger and a Leopard were seen.",
        "Hermes ran, an Arrow flew, and Trident Juncture began.",
        "The Senator met the Eagle scouts near Osprey Bay.",
        "The USA Patriot Act and Patriot Park were named.",
        "Elliott Abrams spoke.",
        "Resolution 1929 and Article 5 were cited at 10 Downing Street.",
        "It weighs 300 kg, S-3000 is a road.",
    ],
)
def test_a_plain_word_is_no_designation(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leopard tanks arrived", [("Leopard tanks", "Leopard 2", "tank")]),
        ("Tiger helicopters arrived", [("Tiger helicopters", "Tiger helicopter", "helicopter")]),
        ("an Arrow missile flew", [("Arrow missile", "Arrow", "air defence system")]),
        ("a Trident missile flew", [("Trident missile", "Trident missile", "ballistic missile")]),
        ("a Hornet jet landed", [("Hornet jet", "F/A-18", "fighter aircraft")]),
    ],
)
def test_a_noun_makes_a_plain_word_a_designation(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("S-300PMU-7", "S-300"), ("s 300 pmu-2", "S-300"), ("F-16XL", "F-16"), ("Su-30 SM2", "Su-30"),
        ("T-90s", "T-90"), ("Hwasong-15s", "Hwasong-15"), ("Black Hawks", "UH-60"),
        ("Resolution 1929", None), ("S-3000", None), ("", None), ("hello", None),
    ],
)  # fmt: skip
def test_an_unlisted_form_resolves_to_its_family(words: str, family: str | None) -> None:
    assert resolve(words) == family


def test_the_ways_to_write_a_designation() -> None:
    assert list(surfaces("Su-30")) == [
        "Su-30", "Su-30s", "Su 30", "Su 30s", "Su30", "Su30s", "SU-30", "SU-30s", "SU 30", "SU 30s",
        "SU30", "SU30s",
    ]  # fmt: skip
    assert list(surfaces("K-9")) == ["K-9", "K-9s"]
    assert list(surfaces("HIMARS")) == ["HIMARS"]


@pytest.mark.parametrize("item", list(equipment())[::25])
def test_every_designation_resolves_to_its_own_family_or_an_earlier_one(item: object) -> None:
    known = {e.family for e in equipment()}
    assert resolve(getattr(item, "designation")) in known  # noqa: B009


def test_nouns_are_found_in_both_spellings_and_in_headlines() -> None:
    text = "Air Defence Systems, air defense systems, Missiles, body armour, body armor"
    assert [(m.text, m.entry.detail) for m in GAZETTEER.find(text)] == [
        ("Air Defence Systems", "air defence system"),
        ("air defense systems", "air defence system"),
        ("Missiles", "missile"),
        ("body armour", "military goods"),
        ("body armor", "military goods"),
    ]


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("missiles", True),
        ("torpedo", True),
        ("body armour", False),
        ("humanitarian aid", False),
        ("bread", None),
    ],
)
def test_arms_are_told_from_other_goods(noun: str, expected: bool | None) -> None:
    assert is_weapon(noun) is expected


def test_entries_that_mean_arms() -> None:
    text = "Ten T-90 tanks, howitzers, body armour and humanitarian aid went to Iran."
    found = [(m.text, is_arms(m.entry)) for m in GAZETTEER.find(text)]
    assert found == [("T-90", True), ("tanks", True), ("howitzers", True), ("body armour", False)]
    assert is_arms(Entry("state", "IRN", "Iran", "name")) is None


def test_an_overlay_s_nouns_and_designations_are_known(tmp_path: Path) -> None:
    (tmp_path / "materiel_generic.csv").write_text(
        "noun,plural,category,weapon\nzedgun,zedguns,artillery,yes\n", encoding="utf-8"
    )
    (tmp_path / "materiel.csv").write_text(
        "designation,family,category,source\nZed-77,Zed-77,tank,us\n", encoding="utf-8"
    )
    assert (is_weapon("zedguns", tmp_path), is_weapon("zedguns")) == (True, None)
    assert (resolve("Zed 77", tmp_path), resolve("Zed 77")) == ("Zed-77", None)


def test_a_designation_is_taken_from_its_noun() -> None:
    assert without_noun("Leopard tanks", "tank") == "Leopard"
    assert without_noun("Leopard 2", "tank") == "Leopard 2"


def read(name: str) -> list[dict[str, str]]:
    """The rows of one of the sheets."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sheet_of_designations_is_whole() -> None:
    rows = read("materiel.csv")
    designations = [row for row in rows if row["category"] != "noise"]
    nouns = {row["category"] for row in read("materiel_nouns.csv")}
    assert len({(row["designation"], row["category"]) for row in rows}) == len(rows)
    assert len(designations) >= 700
    for row in designations:
        assert row["family"] and row["source"], row
        assert re.fullmatch(r"[A-Z]{3}(\|[A-Z]{3})*", row["maker"]), row
        assert all(
            variant == variant.strip() != "" for variant in row["variants"].split("|") if row["variants"]
        ), row
        if "*" in row["designation"] + row["variants"]:
            assert row["category"] in nouns, row


def test_the_sheet_of_nouns_is_whole() -> None:
    nouns = list(generic_nouns())
    assert len({noun.noun for noun in nouns}) == len(nouns)
    assert {row["weapon"] for row in read("materiel_generic.csv")} == {"yes", "no"}


def test_an_overlay_adds_and_overrides(tmp_path: Path) -> None:
    header = "designation,family,category,maker,variants,source\n"
    (tmp_path / "materiel.csv").write_text(
        header + "S-300,S-300 family,air defence system,RUS,Favorit,me\nX-99,X-99,drone,FRA,,me\n", "utf-8"
    )
    found = {(e.designation, e.family) for e in equipment(tmp_path)}
    assert ("X-99", "X-99") in found
    assert ("S-300", "S-300 family") in found
    assert ("S-300", "S-300") not in found
    assert ("Favorit", "S-300 family") in {(s, e.code) for s, e in entries(tmp_path)}


def test_a_repeated_row_is_reported_with_its_line(tmp_path: Path) -> None:
    row = "X-99,X-99,drone,FRA,,me\n"
    (tmp_path / "materiel.csv").write_text(
        "designation,family,category,maker,variants,source\n" + row + row, "utf-8"
    )
    with pytest.raises(KnowledgeError) as caught:
        list(entries(tmp_path))
    assert (caught.value.line, caught.value.reason) == (3, "X-99, drone is there twice")
