"""iCalendar: visits, exercises and all that is planned, as days of a calendar (RFC 5545; docs/exports.md).

A calendar shows days: an event without a date, or dated to a stretch of more than 31 days, is left out, and so is what
was denied. The stamp of an entry is the day on which a document last told of the event, never the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from communique import __version__
from communique.archive import Archive
from communique.export.telling import Telling, addresses, tellings
from communique.export.wording import one_line, plain, title_of
from communique.linking.records import Event

LONGEST: Final = 31
"""Days of the longest stretch that is shown."""

KINDS: Final = frozenset({"visit", "exercise"})
"""Kinds that are shown also when they are over; others only while they are planned."""

STATUS: Final = {"actual": "CONFIRMED", "planned": "TENTATIVE", "possible": "TENTATIVE"}
_FIRST: Final = date(1970, 1, 1)


def calendar(archive: Archive) -> Iterator[str]:
    """The calendar, line by line; lines end in CR LF and are folded at 75 bytes."""
    known = addresses(archive)
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Communique//communique {__version__}//EN")
    yield from map(folded, (*head, "CALSCALE:GREGORIAN", "METHOD:PUBLISH"))
    for telling in tellings(archive):
        if is_shown(telling.event):
            yield from map(folded, _entry(telling, known))
    yield folded("END:VCALENDAR")


def is_shown(event: Event) -> bool:
    """True for what stands in the calendar."""
    if event.date is None or event.date.days > LONGEST or event.status not in STATUS:
        return False
    return event.kind in KINDS or event.status == "planned"


def folded(line: str) -> str:
    """A content line in lines of at most 75 bytes (RFC 5545, 3.1), none of which parts a character.

    >>> folded("SUMMARY:" + "x" * 70)
    "SUMMARY:xxxxx...\\r\\n xxx\\r\\n"
    """
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if size + width > 75:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n".join(parts) + "\r\n"


def escaped(text: str) -> str:
    """Text as the value of a property (RFC 5545, 3.3.11)."""
    safe = re.sub(r"([\\;,])", r"\\\1", plain(text).replace("\t", " "))
    return safe.replace("\n", "\\n")


def _entry(telling: Telling, known: Mapping[str, str]) -> Iterator[str]:
    event = telling.event
    assert event.date is not None  # is_shown
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@communique"
    yield f"DTSTAMP:{_basic(telling.last_told or _FIRST)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(event.date.start)}"
    if event.date.end < date.max:
        yield f"DTEND;VALUE=DATE:{_basic(event.date.end + timedelta(days=1))}"
    yield f"SUMMARY:{escaped(title_of(event))}"
    yield f"DESCRIPTION:{escaped(_description(telling))}"
    if event.place:
        yield f"LOCATION:{escaped(one_line(event.place.name))}"
    yield f"CATEGORIES:{event.kind},{event.status}"
    yield f"STATUS:{STATUS[event.status]}"
    yield "TRANSP:TRANSPARENT"
    if url := known.get(telling.lead.claim.doc_id):
        yield f"URL:{url}"
    yield "END:VEVENT"


def _description(telling: Telling) -> str:
    """The words, who published them, and how sure it is."""
    said_by = ", ".join(telling.outlets) or "a document without an outlet"
    sure = f"{telling.event.independent} independent, confidence {telling.event.confidence:.2f}"
    return f"{one_line(telling.passage)}\n{one_line(said_by)} ({sure})"


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")
