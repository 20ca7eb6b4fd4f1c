"""Counts for the map and the network: how often each takes part, who visits whom, who appears together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, select

from communique.archive import schema
from communique.archive.events import narrowed
from communique.archive.records import EventFilter
from communique.records import Record

if TYPE_CHECKING:
    from communique.archive import Archive


class Pair(Record):
    """Two that appear in the same events (their codes, or the names of people), and in how many events.

    Of visits, `a` is the visitor and `b` the host.
    """

    a: str
    b: str
    events: int


def takers_of_part(archive: Archive, wanted: EventFilter) -> list[tuple[str, int]]:
    """The codes that take part in the events wanted, with the number of events, those of the most first."""
    table = schema.event_actors
    count = func.count(table.c.event.distinct())
    query = select(table.c.code, count).where(table.c.event.in_(_seqs(wanted)))
    query = query.group_by(table.c.code).order_by(count.desc(), table.c.code)
    with archive.reading() as connection:
        return [(code, int(n)) for code, n in connection.execute(query)]


def visits(archive: Archive, wanted: EventFilter) -> list[Pair]:
    """Who visits whom in the events wanted, the most visits first."""
    guest, host, table = schema.event_actors.alias("guest"), schema.event_actors.alias("host"), schema.events
    count = func.count(guest.c.event.distinct())
    query = (
        select(guest.c.code, host.c.code, count)
        .join(host, and_(host.c.event == guest.c.event, host.c.role == "target", host.c.code != guest.c.code))
        .join(table, table.c.seq == guest.c.event)
        .where(table.c.kind == "visit", guest.c.role == "source", table.c.seq.in_(_seqs(wanted)))
        .group_by(guest.c.code, host.c.code)
        .order_by(count.desc(), guest.c.code, host.c.code)
    )
    return _pairs(archive, query)


def pairs(archive: Archive, wanted: EventFilter, *, people: bool = False, limit: int = 500) -> list[Pair]:
    """The pairs of codes (or people) in the same events of those wanted, the most events first; `a` before `b`."""
    one, other = schema.event_actors.alias("one"), schema.event_actors.alias("other")
    a, b = (one.c.person, other.c.person) if people else (one.c.code, other.c.code)
    count = func.count(one.c.event.distinct())
    query = (
        select(a, b, count)
        .join(other, and_(other.c.event == one.c.event, b > a))
        .where(one.c.event.in_(_seqs(wanted)))
        .group_by(a, b)
        .order_by(count.desc(), a, b)
        .limit(limit)
    )
    return _pairs(archive, query)


def _seqs(wanted: EventFilter) -> Select[tuple[int]]:
    return narrowed(select(schema.events.c.seq), wanted)


def _pairs(archive: Archive, query: Select[Any]) -> list[Pair]:
    with archive.reading() as connection:
        return [Pair(a=a, b=b, events=n) for a, b, n in connection.execute(query)]
