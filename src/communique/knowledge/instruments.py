"""Treaties, resolutions, agreements, laws, formats and exercises that news names.

Sheet `instruments.csv`: name, kind, variants, date (a prefix of an ISO day: "2015", "2015-07"), parties,
source. A `*` after the name or a variant of an exercise marks a plain word ("Aurora"), which names it
only with a year or beside "exercise". Any resolution of the Security Council is known by its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from communique.knowledge.gazetteer import Entry, Form
from communique.knowledge.sheets import Overlay, SheetRow
from communique.knowledge.thing_rows import keyed_rows, several

KINDS = ("treaty", "resolution", "agreement", "exercise", "format", "law")
PLAIN = "*"
FIRST_YEAR, LAST_YEAR = 2000, 2030

_RESOLUTION = re.compile(
    r"(?:(?:the\s)?(?:U\.?N\.?|United Nations)?\s?(?:Security Council|UNSC)?\s?"
    r"Res(?:olution|\.)|UNSCR|S/RES/)\s?(?:No\.?|number|#)?\s?(\d{2,4})(?:\s?\(\d{4}\))?",
    re.IGNORECASE,
)
_RESOLUTION_FORMS = (
    "Resolution {}",
    "resolution {}",
    "Resolution No. {}",
    "resolution No. {}",
    "UNSCR {}",
    "Res. {}",
)
_EXERCISE_FORMS = (
    "{} exercise", "{} exercises", "{} drill", "{} drills", "{} maneuver", "{} manoeuvre", "{} maneuvers",
    "{} manoeuvres", "{} war game", "{} war games", "{} military exercise", "{} military exercises",
    "{} naval exercise", "{} military drill", "{} military drills", "Exercise {}", "exercise {}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument: `date` is a prefix of the ISO day of adoption, signature or first holding, or ""."""

    name: str
    kind: str
    date: str
    parties: tuple[str, ...]


def entries(overlay: Overlay | None = None) -> Iterator[tuple[str, Entry]]:
    """Every way to write each instrument, with what it means; `detail` is the kind."""
    for row in _rows(overlay):
        made = instrument_of(row)
        for number, written in enumerate((row["name"], *several(row["variants"]))):
            form: Form = "variant" if number else "name"
            if written.islower():
                form = "generic"
            for surface in _surfaces(written, made.kind):
                yield surface, Entry("instrument", made.name, made.name, form, made.kind)


def instruments(overlay: Overlay | None = None) -> Iterator[Instrument]:
    """Every instrument of the sheet, in its order."""
    return (instrument_of(row) for row in _rows(overlay))


def instrument(name: str, overlay: Overlay | None = None) -> Instrument | None:
    """The instrument that a name means, or None. A resolution outside the sheet has no date and no parties.

    >>> instrument("Iran nuclear deal").date, instrument("UNSCR 1929").name
    ('2015-07-14', 'Resolution 1929')
    """
    words = " ".join(name.split())
    known = _by_surface(overlay)
    number = _RESOLUTION.fullmatch(words)
    if number is not None:
        canonical = f"Resolution {int(number[1])}"
        return known.get(canonical, Instrument(canonical, "resolution", "", ()))
    return known.get(words) or known.get(re.sub(r"^(?:[Tt]he)\s", "", words))


@cache
def _by_surface(overlay: Overlay | None) -> dict[str, Instrument]:
    table: dict[str, Instrument] = {}
    for row in _rows(overlay):
        made = instrument_of(row)
        for written in (row["name"], *several(row["variants"])):
            for surface in (written.rstrip(PLAIN), *_surfaces(written, made.kind)):
                table.setdefault(surface, made)
    return table


def _rows(overlay: Overlay | None) -> Iterator[SheetRow]:
    for row in keyed_rows("instruments.csv", ("name", "kind", "source"), overlay, key=("name",)):
        instrument_of(row)
        yield row


def instrument_of(row: SheetRow) -> Instrument:
    """The row as an instrument; raises KnowledgeError for a kind or a date that is none."""
    if row["kind"] not in KINDS:
        raise row.wrong(f"the kind {row['kind']!r} is none of {', '.join(KINDS)}")
    if re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row["date"]) is None:
        raise row.wrong(f"the date {row['date']!r} is no prefix of an ISO day")
    return Instrument(row["name"].rstrip(PLAIN), row["kind"], row["date"], several(row["parties"]))


def _surfaces(written: str, kind: str) -> Iterator[str]:
    name = written.rstrip(PLAIN)
    if kind == "resolution":
        yield from (form.format(name.rpartition(" ")[2]) for form in _RESOLUTION_FORMS)
        return
    if written == name:
        yield name
    if kind == "exercise":
        yield from (form.format(name) for form in _EXERCISE_FORMS)
        if not name[-1].isdigit():
            yield from (f"{name}{mark}{year}" for year in range(FIRST_YEAR, LAST_YEAR + 1) for mark in "- ")
