"""Words for people and for formats without types: names of actors, one line for an event, text without controls."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from communique.knowledge.tables import ActorName, actors_of, all_names
from communique.linking.records import Event
from communique.records import Actor, Interval, Role

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def name_of(code: str) -> str:
    """The name of an actor in the tables of knowledge; an unknown code is its own name."""
    actor = _actors().get(code)
    return actor.name if actor else code


def sort_of(code: str) -> str:
    """ "state", "organisation" or "group"; "actor" where the tables do not have the code."""
    actor = _actors().get(code)
    return actor.kind if actor else "actor"


def alpha2(code: str) -> str | None:
    """The two-letter code (ISO 3166-1 alpha-2, lower case; `xk` for Kosovo) of a state; None for others."""
    return _alpha2().get(code)


def codes_of(actors: Iterable[Actor], *roles: Role) -> tuple[str, ...]:
    """The codes in these roles, each once, in their order."""
    return tuple(dict.fromkeys(a.code for a in actors if a.role in roles))


def title_of(event: Event) -> str:
    """One line for an event: kind (or stage), parties, what it is about, and its status where that is not actual.

    >>> title_of(event)
    "Arms transfer (contract): France to India: Rafale (planned)"
    """
    kind = event.kind.replace("_", " ").capitalize()
    stage = f" ({event.stage.replace('_', ' ')})" if event.stage else ""
    about = [m.name for m in event.materiel] or ([event.instrument] if event.instrument else [])
    parts = [kind + stage, _parties(event), ", ".join(dict.fromkeys(about))]
    status = "" if event.status == "actual" else f" ({event.status})"
    return one_line(": ".join(part for part in parts if part) + status)


def days_of(interval: Interval | None) -> str:
    """An interval in few words: "30 January 2017", "May 2016", "2007", "2 May 2016 to 3 June 2016"."""
    if interval is None:
        return ""
    start, end = interval.start, interval.end
    if start == end:
        return f"{start.day} {MONTHS[start.month - 1]} {start.year}"
    prefix = prefix_of(interval)
    if prefix is None:
        return " to ".join(f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in (start, end))
    return str(start.year) if len(prefix) == 4 else f"{MONTHS[start.month - 1]} {start.year}"


def prefix_of(interval: Interval) -> str | None:
    """The ISO day, month or year that an interval is, whole ("2016-05", "2007"); None for any other stretch."""
    start, end = interval.start, interval.end
    if start == end:
        return start.isoformat()
    if start.day != 1 or start.year != end.year:
        return None
    if (start.month, end.month, end.day) == (1, 12, 31):
        return f"{start.year:04}"
    whole = start.month == end.month and end.day == monthrange(end.year, end.month)[1]
    return f"{start.year:04}-{start.month:02}" if whole else None


def one_line(text: str) -> str:
    """The text on one line, without control characters or marks that turn the direction of writing."""
    return " ".join(_STEERING.sub("", plain(text)).split())


def plain(text: str) -> str:
    """The text with U+FFFD for control characters and lone surrogates: what XML 1.0 and UTF-8 can hold."""
    return _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web and holds nothing that an address cannot; else None."""
    return (
        url
        if url and re.fullmatch(r"https?://[!-~]+", url) and not re.search(r"[\"<>\\^`{|}]", url)
        else None
    )


def _parties(event: Event) -> str:
    sources, targets = codes_of(event.actors, "source"), codes_of(event.actors, "target")
    joined = ", ".join(map(name_of, codes_of(event.actors, "participant")))
    sides = " to ".join(", ".join(map(name_of, side)) for side in (sources, targets) if side)
    if targets and not sources:
        sides = f"to {sides}"
    return "; ".join(part for part in (sides, joined) if part)


@cache
def _actors() -> dict[str, ActorName]:
    return actors_of(all_names())


@cache
def _alpha2() -> dict[str, str]:
    text = (files("communique.export") / "iso.csv").read_text(encoding="utf-8")
    return {row["code"]: row["alpha2"] for row in csv.DictReader(text.splitlines())}
