"""Instruments: how news names them, resolutions by number, exercises by year, and the sheet itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communique.errors import KnowledgeError
from communique.knowledge.gazetteer import Gazetteer
from communique.knowledge.instruments import KINDS, Instrument, entries, instrument, instruments

GAZETTEER = Gazetteer(entries())
IRAN_DEAL = Instrument(
    "Joint Comprehensive Plan of Action",
    "agreement",
    "2015-07-14",
    ("IRN", "USA", "GBR", "FRA", "DEU", "RUS", "CHN", "EU"),
)
RESOLUTION_1929 = Instrument("Resolution 1929", "resolution", "2010-06-09", ("IRN",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("JCPOA", IRAN_DEAL),
        ("the Iran nuclear deal", IRAN_DEAL),
        ("2015 nuclear deal", IRAN_DEAL),
        ("Resolution 1929", RESOLUTION_1929),
        ("resolution No. 1929", RESOLUTION_1929),
        ("UN Security Council Resolution 1929", RESOLUTION_1929),
        ("the UN Security Council resolution 1929 (2010)", RESOLUTION_1929),
        ("UNSCR 1929", RESOLUTION_1929),
        ("S/RES/1929", RESOLUTION_1929),
        ("Resolution 1234", Instrument("Resolution 1234", "resolution", "", ())),
        ("I.N.F. Treaty", Instrument("INF Treaty", "treaty", "1987-12-08", ("USA", "RUS"))),
        ("Zapad-2021", Instrument("Zapad", "exercise", "", ("RUS", "BLR"))),
        ("West-2021", Instrument("Zapad", "exercise", "", ("RUS", "BLR"))),
        ("Treaty of Nowhere", None),
        ("", None),
    ],
)
def test_a_name_means_an_instrument(name: str, expected: Instrument | None) -> None:
    assert instrument(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They praised the Minsk agreements.", [("Minsk agreements", "Minsk agreements", "agreement")]),
        ("Foal Eagle began.", [("Foal Eagle", "Foal Eagle", "exercise")]),
        ("Malabar 2020 began.", [("Malabar 2020", "Malabar", "exercise")]),
        ("Vostok-2018 began.", [("Vostok-2018", "Vostok", "exercise")]),
        ("CAATSA sanctions", [("CAATSA", "CAATSA", "law")]),
        ("under UNSCR 2231", [("UNSCR 2231", "Resolution 2231", "resolution")]),
        ("the six-party talks", [("six-party talks", "Six-Party Talks", "format")]),
        ("New START expires", [("New START", "New START", "treaty")]),
        ("Aurora, Search, West and Eternity met Varuna.", []),
        ("the Aurora exercise", [("Aurora exercise", "Aurora", "exercise")]),
    ],
)
def test_instruments_are_found_in_a_text(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(m.text, m.entry.code, m.entry.detail) for m in GAZETTEER.find(text)] == expected


def test_the_council_stays_an_actor_before_its_resolution() -> None:
    (mention,) = GAZETTEER.find("UN Security Council Resolution 1737")
    assert mention.text == "Resolution 1737"


@pytest.mark.parametrize(
    ("number", "date"),
    [
        (242, "1967-11-22"), (338, "1973-10-22"), (425, "1978-03-19"), (598, "1987-07-20"),
        (660, "1990-08-02"),
        (678, "1990-11-29"), (687, "1991-04-03"), (1373, "2001-09-28"), (1441, "2002-11-08"),
        (1559, "2004-09-02"),
        (1696, "2006-07-31"), (1701, "2006-08-11"), (1718, "2006-10-14"), (1737, "2006-12-23"),
        (1747, "2007-03-24"),
        (1803, "2008-03-03"), (1835, "2008-09-27"), (1929, "2010-06-09"), (1973, "2011-03-17"),
        (2094, "2013-03-07"),
        (2231, "2015-07-20"), (2254, "2015-12-18"), (2270, "2016-03-02"), (2321, "2016-11-30"),
        (2371, "2017-08-05"),
        (2375, "2017-09-11"), (2397, "2017-12-22"),
    ],
)  # fmt: skip
def test_the_days_of_resolutions(number: int, date: str) -> None:
    found = instrument(f"Resolution {number}")
    assert found is not None and found.date == date


def test_the_sheet_is_whole() -> None:
    rows = list(instruments())
    assert len(rows) >= 250
    assert len({row.name for row in rows}) == len(rows)
    assert {row.kind for row in rows} == set(KINDS)
    for row in rows:
        assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row.date), row
        assert all(re.fullmatch(r"[A-Z0-9+]{2,16}", code) for code in row.parties), row


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "Pact,pact,,,,me",
            "the kind 'pact' is none of treaty, resolution, agreement, exercise, format, law",
        ),
        ("Pact,treaty,,May 2010,,me", "the date 'May 2010' is no prefix of an ISO day"),
        ("Pact,treaty,,,,", "no value for 'source'"),
    ],
)
def test_a_wrong_row_of_an_overlay_is_reported(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "instruments.csv").write_text(f"name,kind,variants,date,parties,source\n{line}\n", "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        list(instruments(tmp_path))
    assert (caught.value.line, caught.value.reason) == (2, reason)


def test_an_overlay_overrides_a_row(tmp_path: Path) -> None:
    (tmp_path / "instruments.csv").write_text(
        "name,kind,variants,date,parties,source\nNew START,law,Newest,2011,USA,me\n", "utf-8"
    )
    assert [row for row in instruments(tmp_path) if row.name == "New START"] == [
        Instrument("New START", "law", "2011", ("USA",))
    ]
