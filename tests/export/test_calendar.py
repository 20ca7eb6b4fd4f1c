"""iCalendar, read back with icalendar."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.story import HOSTILE

from communique.archive import Archive
from communique.export.calendar_file import calendar, escaped, folded


@pytest.fixture(scope="module")
def text(archive: Archive) -> str:
    return "".join(calendar(archive))


@pytest.fixture(scope="module")
def entries(text: str) -> dict[str, Any]:
    """The entries by kind and status."""
    read: Any = icalendar.Calendar.from_ical(text)
    return {",".join(entry["CATEGORIES"].cats): entry for entry in read.walk("VEVENT")}


def test_what_is_shown(entries: dict[str, Any]) -> None:
    assert set(entries) == {"visit,actual", "exercise,planned", "exercise,actual"}


def test_a_visit(entries: dict[str, Any], archive: Archive) -> None:
    (event,) = (e for e in archive.events() if e.kind == "visit")
    entry = entries["visit,actual"]
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2017, 1, 30), date(2017, 1, 31))
    assert entry.decoded("DTSTAMP") == datetime(2017, 2, 1, tzinfo=UTC)
    assert {
        name: str(entry[name]) for name in ("UID", "SUMMARY", "LOCATION", "STATUS", "URL", "DESCRIPTION")
    } == {
        "UID": f"{event.id}@communique",
        "SUMMARY": "Visit: Armenia to Iran",
        "LOCATION": "Tehran",
        "STATUS": "CONFIRMED",
        "URL": "https://example.org/visit?a=1&b=2",
        "DESCRIPTION": "Defence Minister Vigen Sargsyan left for Iran on Monday.\n"
        f"The Wire (2 independent, confidence {event.confidence:.2f})",
    }


def test_a_planned_exercise_lasts_its_month_and_is_tentative(entries: dict[str, Any]) -> None:
    entry = entries["exercise,planned"]
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2018, 5, 1), date(2018, 6, 1))
    assert (entry["STATUS"], entry.decoded("DTSTAMP")) == ("TENTATIVE", datetime(2018, 3, 31, tzinfo=UTC))


def test_hostile_text_begins_no_entry(entries: dict[str, Any], text: str) -> None:
    assert text.count("BEGIN:VEVENT\r\n") == len(entries) == 3
    entry = entries["exercise,actual"]
    assert "BEGIN:VEVENT" in str(entry["LOCATION"]) and "URL" not in entry
    assert not {"\x0b", "\x1b", "\u202e"} & set(text) and "\x0b" in HOSTILE


def test_every_line_ends_in_cr_lf_and_has_at_most_75_bytes(text: str) -> None:
    lines = text.split("\r\n")
    assert lines[-1] == "" and "\n" not in "".join(lines) and "\r" not in "".join(lines)
    assert max(len(line.encode("utf-8")) for line in lines) <= 75


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_folding_and_escaping_lose_nothing(words: str) -> None:
    line = folded(f"SUMMARY:{escaped(words)}")
    assert all(len(part.encode("utf-8")) <= 75 for part in line.split("\r\n"))
    read: Any = icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{line}END:VCALENDAR\r\n")
    assert str(read["SUMMARY"]) == escaped_never(words)


def escaped_never(words: str) -> str:
    """What a reader gives back: the noncharacters that XML and others cannot hold are replaced."""
    return words.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
