"""Dyads: all pairs of actors with shared events, and what passed between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from communique.archive import Archive, followed
from communique.archive import dyads as asks
from communique.archive.dyads import DyadRow
from communique.archive.pages import DocumentFilter, count_documents
from communique.archive.records import EventFilter
from communique.knowledge.occupancies import CUTOFF, Occupancies
from communique.linking.dyads import Count, Coverage, Dyad, Silence, Visits
from communique.linking.dyads import dyad as dyad_of
from communique.linking.records import Agreement, Contradiction, Deal, Event
from communique.records import Actor, Interval, Kind, Status
from communique.web import counted
from communique.web.asking import LONGEST_CODE, Code, EventsAsked, FirstDay, LastDay, in_words
from communique.web.memory import remembered
from communique.web.names import names
from communique.web.page import Missing, Page, Paged, Portion, Row, Shown, Table
from communique.web.shapes import EVENT_COLUMNS, EventRow, event_cells
from communique.web.views.people import Tenure

_READ = 400
"""Events of one dyad that are looked at, the latest of them."""

_DRAWN = 300
_MEETING: tuple[Kind, ...] = ("visit", "meeting", "call")
_POSTS = (
    ("Head of state", ("king", "supreme leader", "president")),
    ("Head of government", ("prime minister", "chancellor")),
    ("Defence", ("defence minister",)),
    ("Foreign affairs", ("foreign minister",)),
    ("Secretary general", ("secretary general",)),
)


class DyadsAsked(Paged):
    """Which dyads."""

    actor: Code | None = Field(None, description="Those of this code or name.")


class Dyads(Shown):
    """A portion of the dyads, those with the most events first."""

    filter: str
    portion: Portion
    dyads: tuple[DyadRow, ...]


def dyads(archive: Archive, asked: DyadsAsked) -> Dyads:
    """The dyads that were asked for."""
    found = remembered(archive, ("dyads", asked.actor), lambda: counted.chosen(archive).dyads(asked.actor))
    return Dyads(
        filter=f"All dyads of {names().of(asked.actor)}." if asked.actor else "All dyads.",
        portion=Portion.of(len(found), asked),
        dyads=tuple(found[asked.offset : asked.offset + asked.size]),
    )


def dyad_rows(archive: Archive, asked: DyadsAsked) -> Iterator[Row]:
    """All dyads that were asked for."""
    for row in asks.dyads(archive, code=asked.actor):
        yield row.a, row.b, row.events, row.first, row.last


class DyadAsked(Paged):
    """Which of the events between the two."""

    kind: list[Kind] = Field([], description="Of one of these kinds.")
    status: list[Status] = Field([], description="Of one of these statuses.")
    since: FirstDay | None = Field(None, description="Dated on or after this day, month or year.")
    until: LastDay | None = Field(None, description="Dated on or before this day, month or year.")
    min_confidence: float | None = Field(None, ge=0, le=1, description="At least as sure as this.")

    def events(self, a: str, b: str) -> EventsAsked:
        """The same asked of the list of events. Raises Missing for what cannot be the codes of two actors."""
        if max(len(a), len(b)) > LONGEST_CODE:
            raise _no_dyad(a, b)
        found = EventsAsked(
            actor=[a, b], kind=self.kind, status=self.status, since=self.since, until=self.until,
            min_confidence=self.min_confidence,
        )  # fmt: skip
        if len(set(found.actor)) < 2:  # an empty one, or one actor by two of its names
            raise _no_dyad(a, b)
        return found


class Post(Shown):
    """Who holds a post on both sides, by the tables, on some day."""

    post: str
    of_a: tuple[Tenure, ...]
    of_b: tuple[Tenure, ...]


class Met(Shown):
    """The last event at which people of both sides are named, and who they were."""

    event: EventRow
    of_a: tuple[Actor, ...]
    of_b: tuple[Actor, ...]


class DyadShown(Shown):
    """Two actors and what passed between them; `left_out` events are older than those that are looked at."""

    a: str
    b: str
    filter: str
    portion: Portion
    left_out: int
    events: tuple[EventRow, ...]
    drawn: tuple[EventRow, ...]
    counts: tuple[Count, ...]
    visits: tuple[Visits, ...]
    silences: tuple[Silence, ...]
    coverage: tuple[tuple[str, int], ...]
    months: tuple[str, ...]
    posts: tuple[Post, ...]
    posts_on: str
    met: Met | None
    deals: tuple[Deal, ...]
    agreements: tuple[Agreement, ...]
    contradictions: tuple[Contradiction, ...]


def dyad(archive: Archive, asked: DyadAsked, *, a: str, b: str) -> DyadShown:
    """What passed between the two actors of these codes or names."""
    wanted = _wanted(archive, asked, a, b)
    question = ("dyad", wanted, asked.page, asked.size)
    return remembered(archive, question, lambda: _dyad(archive, asked, wanted))


def _dyad(archive: Archive, asked: DyadAsked, wanted: EventFilter) -> DyadShown:
    a, b = wanted.between
    total = counted.total(archive, wanted)
    read = _latest(archive, wanted)
    coverage = counted.coverage(archive)
    found = _passed(archive, (a, b), read, _covered(coverage, read, asked, whole=total <= _READ))
    listed = counted.listed(archive, wanted, reverse=True, limit=asked.size, offset=asked.offset)
    on = min(asked.until or CUTOFF.isoformat(), CUTOFF.isoformat())
    return DyadShown(
        a=a,
        b=b,
        filter=in_words(asked.events(a, b)),
        portion=Portion.of(total, asked),
        left_out=max(0, total - _READ),
        events=tuple(map(EventRow.of, listed)),
        drawn=tuple(EventRow.of(e) for e in read if e.date and e.date.days <= 366)[:_DRAWN],
        counts=found.counts,
        visits=found.visits,
        silences=tuple(_by_day(archive, silence) for silence in found.silences),
        coverage=tuple(coverage),
        months=_months(read),
        posts=tuple(_posts(a, b, on)),
        posts_on=on,
        met=_met(archive, a, b),
        deals=tuple(_deals(archive, a, b)),
        agreements=tuple(followed.agreements_between(archive, a, b)),
        contradictions=tuple(followed.contradictions_of_events(archive, (event.id for event in read))),
    )


def _no_dyad(a: str, b: str) -> Missing:
    return Missing(f"There is no dyad of {a} and {b}.")


def _wanted(archive: Archive, asked: DyadAsked, a: str, b: str) -> EventFilter:
    """The filter of what was asked; raises Missing where the archive and the tables know no such two actors."""
    wanted = asked.events(a, b).wanted()
    both = EventFilter(between=wanted.between)
    if not (set(both.between) <= names().actors.keys() or counted.total(archive, both)):
        raise _no_dyad(a, b)
    return wanted


def _latest(archive: Archive, wanted: EventFilter) -> list[Event]:
    """The latest of the events that are wanted; those without a date come with their claims."""
    found = list(counted.listed(archive, wanted, reverse=True, limit=_READ))
    undated = asks.events_named(archive, (event.id for event in found if event.date is None))
    known = {event.id: event for event in undated}
    return [known.get(event.id, event) for event in found]


def _passed(archive: Archive, pair: tuple[str, str], read: Sequence[Event], coverage: Coverage) -> Dyad:
    """Counts, visits and silences of the events that were read; the claims are asked for where a date is missing."""
    undated = [key for event in read if event.date is None for key in event.claims]
    told = {one.key: one for one in archive.told(undated, derived=False)}
    return dyad_of(pair, read, told, coverage)


def _covered(coverage: Coverage, read: Sequence[Event], asked: DyadAsked, *, whole: bool) -> Coverage:
    """The months with documents in which silences are looked for: those asked for, and of events that were read."""
    days = [f"{event.date.start:%Y-%m}" for event in read if event.date]
    first = max((asked.since or "")[:7], "" if whole else min(days, default=""))
    last = (asked.until or "9999")[:7]
    return [(month, n) for month, n in coverage if first <= month <= last]


def event_rows(archive: Archive, asked: DyadAsked, *, a: str, b: str) -> Iterator[Row]:
    """All events between the two, the latest first."""
    return event_cells(archive.events(_wanted(archive, asked, a, b), reverse=True))


def _by_day(archive: Archive, silence: Silence) -> Silence:
    """The silence with the documents of its days, as the list of documents has them."""
    span = DocumentFilter(since=silence.span.start.isoformat(), until=silence.span.end.isoformat())
    return silence.model_copy(update={"documents": count_documents(archive, span)})


def _months(read: Sequence[Event]) -> tuple[str, ...]:
    """The last twelve months with an event that is dated to within one."""
    told = {
        f"{e.date.start:%Y-%m}" for e in read if e.date and f"{e.date.start:%Y-%m}" == f"{e.date.end:%Y-%m}"
    }
    return tuple(sorted(told, reverse=True)[:12])


def _posts(a: str, b: str, on: str) -> Iterator[Post]:
    table, day = Occupancies.load(), Interval.model_validate({"from": on, "to": on})
    for post, offices in _POSTS:
        sides = [
            next((found for office in offices if (found := table.holders(office, code, day))), ())
            for code in (a, b)
        ]
        if any(sides):
            of_a, of_b = (tuple(Tenure.of(row) for row in side if not row.doubtful)[:2] for side in sides)
            yield Post(post=post, of_a=of_a, of_b=of_b)


def _met(archive: Archive, a: str, b: str) -> Met | None:
    """The last visit, meeting or call that took place and names people of both sides."""
    wanted = EventFilter(between=(a, b), kinds=_MEETING, statuses=("actual",))
    for event in counted.listed(archive, wanted, reverse=True, limit=50):
        of_a, of_b = (tuple(p for p in event.actors if p.code == code and p.person) for code in (a, b))
        if of_a and of_b and event.date:
            return Met(event=EventRow.of(event), of_a=of_a, of_b=of_b)
    return None


def _deals(archive: Archive, a: str, b: str) -> Iterator[Deal]:
    yield from archive.deals(supplier=a, recipient=b)
    yield from archive.deals(supplier=b, recipient=a)


PAGES = (
    Page(
        name="dyads",
        path="/dyads",
        title="Dyads",
        about="All pairs of states, organisations and groups that take part in the same events.",
        template="dyads.html",
        data=dyads,
        gives=Dyads,
        asked=DyadsAsked,
        table=Table(("a", "b", "events", "first", "last"), dyad_rows),
        place="dyads",
    ),
    Page(
        name="dyad",
        path="/dyads/{a}/{b}",
        title="Dyad",
        about="What passed between two actors: a timeline over the coverage, visits each way, silences, counterparts.",
        template="dyad.html",
        data=dyad,
        gives=DyadShown,
        asked=DyadAsked,
        table=Table(EVENT_COLUMNS, event_rows),
        place="dyads",
    ),
)
