"""Events: the list with its filters, and one event with everything that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from communique.archive import Archive, activity, tally
from communique.archive.records import EventFilter
from communique.archive.review import standing_on
from communique.linking.records import Agreement, ClaimKey, Contradiction, Deal, Event, Link, Told
from communique.web import counted
from communique.web.asking import EventsAsked, in_words
from communique.web.judging.cases import Standing
from communique.web.page import Asked, Missing, Page, Portion, Row, Shown, Table
from communique.web.shapes import EVENT_COLUMNS, EventRow, Passage, event_cells, passages

_SHOWN = 40  # claims of one event whose evidence is shown
_NEIGHBOURS = 3  # on each side; those whose days overlap with the event's are on neither


class Events(Shown):
    """A portion of the events that were asked for, the filter in words, and how many there are of each sort."""

    filter: str
    portion: Portion
    events: tuple[EventRow, ...]
    facets: dict[str, list[tuple[str, int]]]


def events(archive: Archive, asked: EventsAsked) -> Events:
    """The events that were asked for."""
    wanted = asked.wanted()
    found = counted.listed(
        archive, wanted, order=asked.order, reverse=asked.reverse, limit=asked.size, offset=asked.offset
    )
    return Events(
        filter=in_words(asked),
        portion=Portion.of(counted.total(archive, wanted), asked),
        events=tuple(EventRow.of(event) for event in found),
        facets=counted.facets(archive, wanted),
    )


def event_rows(archive: Archive, asked: EventsAsked) -> Iterator[Row]:
    """All events that were asked for, as rows of the CSV twin."""
    return event_cells(archive.events(asked.wanted(), order=asked.order, reverse=asked.reverse))


class Neighbours(Shown):
    """The events next before and next after this one between the same two actors, the earliest first."""

    a: str
    b: str
    before: tuple[EventRow, ...]
    after: tuple[EventRow, ...]


class EventShown(Shown):
    """One event: its values and how each was chosen, the passages, what it belongs to, its neighbours.

    `standing` are the claims of the passages, in their order, with what was judged of them.
    """

    event: Event
    row: EventRow
    passages: tuple[Passage, ...]
    standing: tuple[Standing, ...]
    left_out: int
    links: tuple[Link, ...]
    deals: tuple[Deal, ...]
    agreements: tuple[Agreement, ...]
    contradictions: tuple[Contradiction, ...]
    neighbours: Neighbours | None


def event(archive: Archive, asked: Asked, *, id: str) -> EventShown:
    """The event of that id (or whose id begins so, where only one does)."""
    found = activity.event_in_full(archive, id)
    if len(found) != 1:
        raise Missing(f"There is no event {id}." if not found else f"{id} begins the ids of several events.")
    ((one, told),) = found
    first = _by_day(sorted(told, key=lambda t: _key(t.key))[:_SHOWN])
    said = standing_on(archive, (t.key for t in first))
    return EventShown(
        event=one,
        row=EventRow.of(one),
        passages=tuple(passages(archive, first).values()),
        standing=tuple(Standing.of(t.claim, event=one.id, said=said.get(t.key, ())) for t in first),
        left_out=max(0, len(one.claims) - _SHOWN),
        links=tuple(activity.links_within(archive, one.id, limit=_SHOWN)) if len(told) > 1 else (),
        deals=tuple(archive.deals_of_event(one.id)),
        agreements=tuple(archive.agreements_of_event(one.id)),
        contradictions=tuple(archive.contradictions(one.id)),
        neighbours=_neighbours(archive, one),
    )


def _neighbours(archive: Archive, event: Event) -> Neighbours | None:
    """What passed between its first two actors next before and next after it; None for an undated event."""
    codes = list(dict.fromkeys(actor.code for actor in event.actors))[:2]
    if event.date is None or len(codes) < 2:
        return None
    both = counted.chosen(archive, EventFilter(between=tuple(codes)))
    day = timedelta(days=1)
    ended, begun = both.before(str(event.date.start - day)), both.after(str(event.date.end + day))
    before = ended.listed("date", reverse=True, limit=_NEIGHBOURS)[::-1]
    after = begun.listed("date", reverse=False, limit=_NEIGHBOURS)
    rows = [EventRow.of(e) for e in tally.numbered(archive, before + after)]
    return Neighbours(
        a=codes[0], b=codes[1], before=tuple(rows[: len(before)]), after=tuple(rows[len(before) :])
    )


def _by_day(told: list[Told]) -> list[Told]:
    """The claims in the order in which they were published; those of unknown day last."""
    return sorted(told, key=lambda t: (t.published is None, t.published and t.published.start, _key(t.key)))


def _key(key: ClaimKey) -> tuple[str, str]:
    return key.doc_id, key.id


PAGES = (
    Page(
        name="events",
        path="/events",
        title="Events",
        about="The events of the archive: who did what to whom, when, how it stands, and how many sources tell it.",
        template="events.html",
        data=events,
        gives=Events,
        asked=EventsAsked,
        table=Table(EVENT_COLUMNS, event_rows),
        place="events",
    ),
    Page(
        name="event",
        path="/events/{id}",
        title="Event",
        about="One event: each value with its support and dissent, and the words of the documents behind it.",
        template="event.html",
        data=event,
        gives=EventShown,
        place="events",
    ),
)
