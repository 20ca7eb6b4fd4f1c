"""Dated events: what a text takes as past, or as coming, bounds the day on which it was written.

`tables/dated_events.csv` has one row a bound: the event, its day (or month), the bound, and a pattern (a
regular expression without regard to capitals). "after": whoever writes these words writes on that day or
later. "before": the words tell the event as coming, so the text is of that day or earlier, at most
`lead_days` before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from communique.knowledge.instruments import instruments
from communique.knowledge.occupancies import CUTOFF, first_day, last_day
from communique.knowledge.sheets import SheetRow, read_sheet

COLUMNS = ("event", "date", "bound", "pattern", "source")
RESOLUTION = (
    r"(?<!\w)(?<!House )(?<!Senate )(?<!Joint )(?<!Parliament )(?<!Assembly )"
    r"(?:resolution,? (?:No\.? ?)?|UNSCR |S/RES/){number}(?!\w)"
)

EARLIEST = date(1980, 1, 1)
"""Documents are not looked for before this day."""


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """One bound: `event` on `day` (ISO day or month), `bound` "after" or "before", `lead` in days or None.

    Each match of the pattern has one of the `literals` in it (lower case; "" where nothing is sure), so
    that most patterns need not be tried.
    """

    event: str
    day: str
    bound: str
    pattern: re.Pattern[str]
    lead: int | None = None
    literals: tuple[str, ...] = ("",)

    @property
    def span(self) -> tuple[date, date]:
        """The first and last day on which a text with these words can have been written."""
        if self.bound == "after":
            return max(first_day(self.day), EARLIEST), CUTOFF
        last = last_day(self.day)
        return (last - timedelta(days=self.lead) if self.lead else EARLIEST), last


@dataclass(frozen=True, slots=True)
class DatingReason:
    """Why the day lies in one of the `spans`: the words of the text (at `start`..`end`) and the fact.

    `start` is -1 where the words stand in no one place (an official given by the caller).
    """

    words: str
    why: str
    spans: tuple[tuple[date, date], ...]
    start: int = -1
    end: int = -1

    def __str__(self) -> str:
        return f"“{self.words}”: {self.why}"


@lru_cache(maxsize=4)
def load_events(overlay: Path | None = None) -> tuple[DatedEvent, ...]:
    """All dated events, the overlay's first, and the adoption of each resolution of instruments.csv.

    Raises KnowledgeError for a wrong date, bound or pattern.
    """
    listed = tuple(map(event_of, read_sheet("dated_events.csv", COLUMNS, overlay)))
    return listed + tuple(_adoptions(overlay, {event.event for event in listed}))


def _adoptions(overlay: Path | None, listed: set[str]) -> Iterator[DatedEvent]:
    """Nobody cites a resolution of the Security Council by its number before it is adopted."""
    for one in instruments(overlay):
        number = one.name.removeprefix("Resolution ")
        if one.kind == "resolution" and number.isdigit() and one.name not in listed and len(one.date) == 10:
            pattern = re.compile(RESOLUTION.format(number=number), re.IGNORECASE | re.ASCII)
            yield DatedEvent(one.name, one.date, "after", pattern, literals=(number,))


def event_reasons(text: str, events: tuple[DatedEvent, ...]) -> Iterator[DatingReason]:
    """One reason for each event whose words the text has (their first place)."""
    lowered = text.lower()
    for event in events:
        if any(literal in lowered for literal in event.literals) and (found := event.pattern.search(text)):
            told = "is past" if event.bound == "after" else "is told as coming"
            why = f"{event.event} ({event.day}) {told}"
            yield DatingReason(_short(found[0]), why, (event.span,), *found.span())


def elapsed_reasons(text: str, events: tuple[DatedEvent, ...]) -> Iterator[DatingReason]:
    """Times since an event: "the five-year-old war in Syria", "32 years since the Islamic Revolution".

    The day is taken as that many years after the event, give or take one.
    """
    for found in ELAPSED.finditer(text):
        years = NUMBERS.get(found[1].lower()) or (int(found[1]) if found[1].isdigit() else 0)
        rest = text[found.end() : found.end() + 80].split(".")[0]
        for event in events:
            if (
                years
                and event.bound == "after"
                and (where := event.pattern.search(rest))
                and where.start() < 45
            ):
                day = first_day(event.day)
                span = _shifted(day, years - 1), _shifted(day, years + 1)
                why = f"{years} years since {event.event} ({event.day}), give or take one"
                end = found.end() + where.end()
                yield DatingReason(text[found.start() : end], why, (span,), found.start(), end)
                break


NUMBERS = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
}
ELAPSED = re.compile(
    r"\b(\d{1,2}|[a-z]+)(?:[- ]years?[- ]old|[- ]years?(?: \w+){0,2} since|(?:st|nd|rd|th) anniversary of)\b",
    re.IGNORECASE,
)


def literals_of(pattern: str) -> tuple[str, ...]:
    """For each alternative of a pattern the longest run that all its matches have, in lower case."""
    return tuple(max(_runs(part), key=len, default="").lower() for part in _alternatives(pattern))


def _alternatives(pattern: str) -> list[str]:
    """The parts between the bars that stand outside all brackets."""
    parts, depth, start = [], 0, 0
    for place, char in enumerate(pattern):
        if pattern[place - 1 : place] == "\\" and place:
            continue
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append(pattern[start:place])
            start = place + 1
    return [*parts, pattern[start:]]


def _runs(part: str) -> list[str]:
    """The runs of plain characters outside all brackets, without what a quantifier makes optional."""
    outside = re.sub(r"\{\d*,?\d*\}", "*", re.sub(r"\\.", "\0", part))
    while (inner := re.sub(r"\[[^][]*\]|\([^()]*\)", "\0", outside)) != outside:
        outside = inner
    certain = r"[^\W_](?:[\w '-]*\w)?(?![?*])|[\w '-]+(?=\w[?*])"
    return re.findall(certain, outside)


def _shifted(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 80 else f"{flat[:77]}..."


def event_of(row: SheetRow) -> DatedEvent:
    """The row as an event; raises KnowledgeError for a wrong date, bound, lead or pattern."""
    if row["bound"] not in {"after", "before"}:
        raise row.wrong(f"bound is neither 'after' nor 'before': {row['bound']!r}")
    if row["lead_days"] and not row["lead_days"].isdigit():
        raise row.wrong(f"lead_days is no number of days: {row['lead_days']!r}")
    try:
        first_day(row["date"])
        pattern = re.compile(rf"(?<!\w)(?:{row['pattern']})", re.IGNORECASE | re.ASCII)
    except (ValueError, re.error) as error:
        raise row.wrong(str(error)) from error
    lead = int(row["lead_days"]) if row["lead_days"].isdigit() else None
    literals = literals_of(row["pattern"])
    return DatedEvent(row["event"], row["date"], row["bound"], pattern, lead, literals)
