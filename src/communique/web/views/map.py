"""The map: how many events each state takes part in, and who visits whom."""

from __future__ import annotations

from collections.abc import Iterator

from communique.archive import Archive, between
from communique.web import counted
from communique.web.asking import EventsAsked, in_words
from communique.web.page import Page, Row, Shown, Table

_ARCS = 150


class OnMap(Shown):
    """A state (or another actor, which the map cannot show) with its events."""

    code: str
    events: int


class Visits(Shown):
    """How many visits one pays to the other."""

    guest: str
    host: str
    events: int


class Map(Shown):
    """All that take part in the events that were asked for, and the visits among them; the filter in words."""

    filter: str
    actors: tuple[OnMap, ...]
    visits: tuple[Visits, ...]
    visits_left_out: int


def world(archive: Archive, asked: EventsAsked) -> Map:
    """The numbers of the map, for the events that were asked for."""
    wanted = asked.wanted()
    chosen = counted.chosen(archive, wanted)
    found = [Visits(guest=v.a, host=v.b, events=v.events) for v in chosen.visits()]
    return Map(
        filter=in_words(asked),
        actors=tuple(OnMap(code=c, events=n) for c, n in counted.facets(archive, wanted)["actor"]),
        visits=tuple(found[:_ARCS]),
        visits_left_out=max(0, len(found) - _ARCS),
    )


def rows(archive: Archive, asked: EventsAsked) -> Iterator[Row]:
    """Each actor with its events, then each guest and host with the visits."""
    wanted = asked.wanted()
    for code, events in between.takers_of_part(archive, wanted):
        yield "takes part", code, None, events
    for visit in between.visits(archive, wanted):
        yield "visits", visit.a, visit.b, visit.events


PAGES = (
    Page(
        name="map",
        path="/map",
        title="Map",
        about="How many events each state takes part in, and who visits whom, for any choice of events.",
        template="map.html",
        data=world,
        gives=Map,
        asked=EventsAsked,
        table=Table(("what", "code", "host", "events"), rows),
        place="map",
    ),
)
