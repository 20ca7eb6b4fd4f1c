"""Dating by constraint: when an undated document was written, from what it takes as given.

Bounds come from the officials whom it names in office, from dated events that it tells as past or coming,
from years and full dates told in the past, and from a day and month in its dateline or lead. The upper end
is the tables' own cut-off, never the clock. The interval is never tighter than the facts bear; more than five
years is unknown, with the reasons kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from communique.knowledge.dated_events import (
    EARLIEST,
    DatedEvent,
    DatingReason,
    elapsed_reasons,
    event_reasons,
    load_events,
)
from communique.knowledge.incumbents import Incumbent, incumbents
from communique.knowledge.leads import DayInLead, day_in_lead, past_dates, planned_years
from communique.knowledge.occupancies import CUTOFF, Occupancies
from communique.records import Interval, Published

LONGEST = 5 * 365 + 1
"""An interval of more days than this says too little to be given."""
SHORTEST_OVERLAP = 90
"""Officials' terms that meet in fewer days than this are taken as a succession, not as a date."""
GRACE = timedelta(days=45)
"""A text may still give someone the office for so long after the end."""
LEAD_DAYS = 7
"""A lead that tells a day in the past ("On July 9") appears at most this many days later."""

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Chronology:
    """What dating leans on: who held office when, and what happened when."""

    occupancies: Occupancies
    events: tuple[DatedEvent, ...]
    overlay: Path | None = None

    @classmethod
    def load(cls, overlay: Path | None = None) -> Chronology:
        """The shipped tables with the overlay's rows."""
        return cls(Occupancies.load(overlay), load_events(overlay), overlay)


@dataclass(frozen=True, slots=True)
class Dating:
    """The days on which a document can have been written, the candidate days, and the reasons."""

    spans: tuple[Span, ...]
    candidates: tuple[Span, ...]
    reasons: tuple[DatingReason, ...]

    @property
    def interval(self) -> Interval | None:
        """From the first to the last possible day; None where that is more than five years."""
        spans = self.candidates or self.spans
        if not spans or (spans[-1][1] - spans[0][0]).days > LONGEST:
            return None
        return Interval(start=spans[0][0], end=spans[-1][1])


def infer_published(
    text: str, title: str | None, officials: Iterable[tuple[str, str, str]], *, knowledge: Chronology
) -> Published:
    """When the document was written: found "inferred", or "unknown" with the reasons kept in `expression`.

    `officials` are (name, office of the coding guide, state or organisation) as the document has them in
    office now; those that the tables find in the text are added.
    """
    dating = date_by_constraint(text, title, officials, knowledge=knowledge)
    told = "; ".join(map(str, dating.reasons)) or None
    if dating.interval is None:
        return Published(interval=None, found="unknown", expression=told)
    return Published(interval=dating.interval, found="inferred", expression=told)


def date_by_constraint(
    text: str, title: str | None, officials: Iterable[tuple[str, str, str]], *, knowledge: Chronology
) -> Dating:
    """The same with its parts: possible days, candidate days of the lead, reasons in order of their bound."""
    firm = [*event_reasons(text, knowledge.events), *past_dates(text)]
    coming = [reason for reason in firm if reason.spans[0][1] < CUTOFF]
    firm = [reason for reason in firm if reason not in coming]
    named = incumbents(text, officials, knowledge.occupancies, overlay=knowledge.overlay)
    terms = [_terms(one) for one in named]
    start = max([EARLIEST, *(r.spans[0][0] for r in firm), *(min(r.spans)[0] for r in terms)])
    used = [r for r in (*firm, *terms) if min(r.spans)[0] >= start or r in terms]
    spans, kept = _most_in_office([(start, CUTOFF)], terms)
    used = [r for r in used if r in firm or r in kept or min(r.spans)[0] == start]
    spans = _with_grace(spans)
    for reason in (*coming, *planned_years(text), *elapsed_reasons(text, knowledge.events)):
        if narrower := _meet(spans, reason.spans):
            if narrower != spans:
                used.append(reason)
            spans = narrower
    lead = day_in_lead(text, title)
    candidates = tuple(_candidates(lead, spans)) if lead and start > EARLIEST else ()
    if lead and candidates:
        used.append(DatingReason(lead.words, lead.told, candidates, lead.start, lead.end))
    return Dating(tuple(spans), candidates, tuple(used))


def _terms(one: Incumbent) -> DatingReason:
    """The union of all terms in that office; for one only named as an owner, from the first term on."""
    spans = tuple(sorted((max(r.earliest, EARLIEST), r.latest) for r in one.terms))
    told = ", ".join(dict.fromkeys(f"{r.start}..{r.end or ''}" for r in one.terms))
    why = "{} was {} of {} {}".format(*one.who, told)
    if one.owner:
        return DatingReason(one.words, f"{why}, or had been", ((spans[0][0], CUTOFF),), one.start, one.end)
    return DatingReason(one.words, why, spans, one.start, one.end)


def _most_in_office(spans: list[Span], terms: list[DatingReason]) -> tuple[list[Span], list[DatingReason]]:
    """The days on which most of the named are in office, and who is in office on some of them."""
    edges = {s for span in spans for s in (span[0], span[1] + timedelta(days=1))}
    for reason in terms:
        edges |= {edge for first, last in reason.spans for edge in (first, last + timedelta(days=1))}
    ordered = sorted(e for e in edges if spans[0][0] <= e <= spans[-1][1] + timedelta(days=1))
    pieces = [(a, b - timedelta(days=1)) for a, b in itertools.pairwise(ordered)]
    counts = {piece: sum(bool(_meet([piece], r.spans)) for r in terms) for piece in pieces}
    for most in sorted(set(counts.values()), reverse=True):
        best = _joined([piece for piece in pieces if counts[piece] >= most])
        if sum((b - a).days + 1 for a, b in best) >= SHORTEST_OVERLAP:
            return best, [r for r in terms if _meet(best, r.spans)]
    return spans, []


def _with_grace(spans: list[Span]) -> list[Span]:
    """The last span with the days in which texts go on to give an office to who has just left it."""
    first, last = spans[-1]
    return [*spans[:-1], (first, min(last + GRACE, CUTOFF))]


def _meet(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    others = list(others)
    pairs = [(max(a, c), min(b, d)) for a, b in spans for c, d in others]
    return _joined([(a, b) for a, b in pairs if a <= b])


def _joined(spans: list[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    result: list[Span] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1] + timedelta(days=1):
            result[-1] = result[-1][0], max(last, result[-1][1])
        else:
            result.append((first, last))
    return result


def _candidates(lead: DayInLead, spans: list[Span]) -> Iterator[Span]:
    """The day of the lead in each possible year; a told day also bears the days until it appears."""
    for year in range(spans[0][0].year, spans[-1][1].year + 1):
        if (day := lead.in_year(year)) is None or not _meet(spans, [(day, day)]):
            continue
        yield (day, day) if lead.dateline else (day, day + timedelta(days=LEAD_DAYS))
