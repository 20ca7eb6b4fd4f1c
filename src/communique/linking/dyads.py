"""Dyads: all that passed between two actors, in order, with who goes to whom, and where the record is silent.

A silence is told with the number of documents that the archive has for that time: where there are many, nothing
was reported; where there are none, nothing is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from communique.linking.lives import told_on
from communique.linking.records import ClaimKey, Event, Told
from communique.records import Interval, Kind, Record, Status

SHORTEST: Final = 90
"""Days of the shortest silence that is told."""

MOST_SILENCES: Final = 5
VAGUE: Final = 62
"""Days of an interval above which it does not say that there was contact on any of its days."""

NO_CLAIMS: Final[Mapping[ClaimKey, Told]] = MappingProxyType({})
Coverage = Sequence[tuple[str, int]]
"""Months (`2016-05`) with the number of documents published in them; months without any may be left out."""


class Encounter(Record):
    """An event between the two: by which day it is placed, and from whom to whom (None where it is mutual)."""

    event: Event
    day: date | None
    direction: tuple[str, str] | None


class Count(Record):
    """How many events there are of a kind and status."""

    kind: Kind
    status: Status
    events: int


class Visits(Record):
    """How many visits `visitor` made to `host`, by status."""

    visitor: str
    host: str
    actual: int = 0
    planned: int = 0
    possible: int = 0
    denied: int = 0


class Silence(Record):
    """A stretch without an event between the two, and how many documents the archive has of it."""

    span: Interval
    documents: int


class Dyad(Record):
    """Two actors and what passed between them. Encounters are in order; those without any day come last."""

    a: str
    b: str
    encounters: tuple[Encounter, ...]
    counts: tuple[Count, ...]
    visits: tuple[Visits, ...]
    silences: tuple[Silence, ...]
    coverage: tuple[tuple[str, int], ...]


def dyad(
    pair: tuple[str, str],
    events: Iterable[Event],
    told: Mapping[ClaimKey, Told] = NO_CLAIMS,
    coverage: Coverage = (),
) -> Dyad:
    """The dyad of the two codes from the events in which both take part; others are passed over."""
    a, b = pair
    between = [event for event in events if {a, b} <= {actor.code for actor in event.actors}]
    met = [_encounter(event, pair, told) for event in between]
    met.sort(key=lambda e: (e.day is None, e.day or date.max, e.event.id))
    return Dyad(
        a=a,
        b=b,
        encounters=tuple(met),
        counts=counts(between),
        visits=tuple(_visits(met, one, other) for one, other in (pair, (b, a))),
        silences=silences(met, coverage),
        coverage=tuple(coverage),
    )


def counts(events: Iterable[Event]) -> tuple[Count, ...]:
    """How many events there are of each kind and status, the most frequent kind and status first."""
    found = Counter((event.kind, event.status) for event in events)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Count(kind=kind, status=status, events=n) for (kind, status), n in ordered)


def silences(met: Sequence[Encounter], coverage: Coverage) -> tuple[Silence, ...]:
    """The longest stretches without an encounter between the first and last month with documents, longest first."""
    if not coverage:
        return ()
    begin, end = _first_of(min(coverage)[0]), _next_month(max(coverage)[0]) - timedelta(days=1)
    spans, free = [], begin
    for start, last in sorted(_days(encounter) for encounter in met if encounter.day):
        spans.append((free, min(start - timedelta(days=1), end)))
        free = max(free, last + timedelta(days=1))
    spans.append((free, end))
    found = [Interval(start=s, end=e) for s, e in spans if begin <= s and (e - s).days + 1 >= SHORTEST]
    longest = sorted(found, key=lambda span: (-span.days, span.start))[:MOST_SILENCES]
    return tuple(Silence(span=span, documents=documents_in(span, coverage)) for span in longest)


def documents_in(span: Interval, coverage: Coverage) -> int:
    """The documents of the months that begin within a span, or in whose course it begins."""
    return sum(n for month, n in coverage if str(span.start)[:7] <= month <= str(span.end)[:7])


def placed(event: Event, told: Mapping[ClaimKey, Told]) -> date | None:
    """The day by which an event is placed: the first of its date, else that of its first telling."""
    return event.date.start if event.date else told_on(event, told)


def _encounter(event: Event, pair: tuple[str, str], told: Mapping[ClaimKey, Told]) -> Encounter:
    return Encounter(event=event, day=placed(event, told), direction=_direction(event, pair))


def _direction(event: Event, pair: tuple[str, str]) -> tuple[str, str] | None:
    """From the one that is only a source to the one that is only a target."""
    roles = {code: {actor.role for actor in event.actors if actor.code == code} for code in pair}
    for one, other in (pair, pair[::-1]):
        if roles[one] == {"source"} and roles[other] == {"target"}:
            return one, other
    return None


def _visits(met: Sequence[Encounter], visitor: str, host: str) -> Visits:
    found = Counter(e.event.status for e in met if e.event.kind == "visit" and e.direction == (visitor, host))
    return Visits(
        visitor=visitor,
        host=host,
        actual=found["actual"],
        planned=found["planned"],
        possible=found["possible"],
        denied=found["denied"],
    )


def _days(encounter: Encounter) -> tuple[date, date]:
    """The days on which there was contact: those of a short interval; of a vague one the first alone."""
    day, days = encounter.day or date.max, encounter.event.date
    return (day, days.end) if days and days.days <= VAGUE else (day, day)


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _next_month(month: str) -> date:
    year, number = divmod(int(month[:4]) * 12 + int(month[5:7]), 12)
    return date(year, number + 1, 1)
