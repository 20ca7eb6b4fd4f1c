"""Knowledge as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import KnowledgeError
from communique.knowledge.knowledge import Knowledge, default_knowledge, fingerprint_of
from communique.knowledge.tables import ActorName


def test_look_ups() -> None:
    knowledge = default_knowledge()
    assert knowledge.state("IRN") == ActorName("IRN", "state", "Iran")
    assert knowledge.state("NATO") is None
    assert knowledge.organisations["NATO"] == ActorName(
        "NATO", "organisation", "North Atlantic Treaty Organization"
    )
    assert [knowledge.name_of(code) for code in ("ISIS", "P5+1", "NOBODY")] == [
        "Islamic State",
        "P5+1",
        "NOBODY",
    ]
    assert {"IRN", "NATO", "ISIS"} <= knowledge.actor_codes


@pytest.mark.parametrize(
    ("code", "year", "members"),
    [
        ("UNSC", None, ("CHN", "FRA", "GBR", "RUS", "USA")),
        ("P5+1", None, ("CHN", "DEU", "FRA", "GBR", "RUS", "USA")),
        ("SCO", 2016, ("CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB")),
        ("SCO", 2024, ("BLR", "CHN", "IND", "IRN", "KAZ", "KGZ", "PAK", "RUS", "TJK", "UZB")),
        ("CSTO", None, ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")),
        ("WARSAWPACT", None, ()),
        ("GCC", 1990, ("ARE", "BHR", "KWT", "OMN", "QAT", "SAU")),
        ("IRN", None, ()),
    ],
)
def test_members(code: str, year: int | None, members: tuple[str, ...]) -> None:
    assert default_knowledge().members_of(code, year=year) == members


@pytest.mark.parametrize(("year", "count"), [(1950, 12), (1990, 16), (2005, 26), (2018, 29), (None, 32)])
def test_nato_has_grown(year: int | None, count: int) -> None:
    assert len(default_knowledge().members_of("NATO", year=year)) == count


def test_it_is_loaded_once() -> None:
    assert default_knowledge() is default_knowledge()


def test_offices_and_equipment_are_found_too() -> None:
    found = default_knowledge().gazetteer.find("The defence minister sold 36 Rafale jets")
    assert [(m.entry.kind, m.entry.code) for m in found] == [
        ("office", "defence minister"),
        ("materiel", "Rafale"),
    ]


def test_an_overlay_adds_overrides_and_removes(tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text(
        "code,name,form,source\nGREENBAND,Green Band,name,us\nHAMAS,Daesh,variant,us\n-,Wagner,name,us\n",
        encoding="utf-8",
    )
    (tmp_path / "membership.csv").write_text("organisation,member,source\nUNSC,IND,us\n", encoding="utf-8")
    (tmp_path / "ordinary_words.csv").write_text("name,source\nIRAN,us\n", encoding="utf-8")
    knowledge = Knowledge.load(tmp_path)
    text = "Green Band, Daesh and Wagner"
    assert [(m.text, m.entry.code) for m in knowledge.gazetteer.find(text)] == [
        ("Green Band", "GREENBAND"),
        ("Daesh", "HAMAS"),
    ]
    assert knowledge.gazetteer.find("IRAN") == []
    assert knowledge.name_of("GREENBAND") == "Green Band"
    assert "IND" in knowledge.members_of("UNSC")
    assert default_knowledge().gazetteer.find("Green Band") == []


def test_a_wrong_overlay_is_refused_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text("code,name,form,source\nG,Green Band,nome,us\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"groups\.csv:2: 'nome' is no form"):
        Knowledge.load(tmp_path)


def test_the_fingerprint_tells_tables_apart(tmp_path: Path) -> None:
    assert fingerprint_of() == fingerprint_of() == default_knowledge().fingerprint
    (tmp_path / "groups.csv").write_text("code,name,form,source\n", encoding="utf-8")
    with_overlay = fingerprint_of(tmp_path)
    (tmp_path / "groups.csv").write_text("code,name,form,source\n\n", encoding="utf-8")
    assert len({fingerprint_of(), with_overlay, fingerprint_of(tmp_path)}) == 3
