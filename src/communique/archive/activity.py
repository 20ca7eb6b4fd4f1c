"""Who is active, when and with whom: counts over the events for charts and tables, and links inside an event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, and_, func, select

from communique.archive import schema
from communique.archive.events import full_event, seqs_by_id
from communique.linking.records import ClaimKey, Event, Link, Told
from communique.records import Record

if TYPE_CHECKING:
    from communique.archive import Archive


class ActorCount(Record):
    """An actor's code, in how many events it takes part, and in how many as which."""

    code: str
    events: int
    as_source: int
    as_target: int
    as_participant: int


def events_by_month(
    archive: Archive, *, codes: tuple[str, ...] = (), since: str | None = None
) -> list[tuple[str, str, int]]:
    """How many events of each kind began in each month ("2016-05"), where all of the codes take part.

    Only events that are dated to within a month count; months and kinds without any are left out.
    """
    table = schema.events
    month = func.substr(table.c.date_from, 1, 7)
    query = _with_codes(select(month, table.c.kind, func.count()), codes).where(
        table.c.date_from.is_not(None), month == func.substr(table.c.date_to, 1, 7)
    )
    if since is not None:
        query = query.where(table.c.date_from >= since)
    query = query.group_by(month, table.c.kind).order_by(month, table.c.kind)
    with archive.reading() as connection:
        return [(m, kind, int(n)) for m, kind, n in connection.execute(query)]


def partners(archive: Archive, code: str, *, limit: int = 20) -> list[tuple[str, int]]:
    """The actors that take part in events together with this one, those of the most events first."""
    one, other = schema.event_actors.alias("one"), schema.event_actors.alias("other")
    count = func.count(one.c.event.distinct())
    query = (
        select(other.c.code, count)
        .join(other, and_(other.c.event == one.c.event, other.c.code != one.c.code))
        .where(one.c.code == code)
        .group_by(other.c.code)
        .order_by(count.desc(), other.c.code)
        .limit(limit)
    )
    with archive.reading() as connection:
        return [(who, int(n)) for who, n in connection.execute(query)]


def actors(archive: Archive) -> list[ActorCount]:
    """Every actor of an event, those in the most events first."""
    table = schema.event_actors
    count = func.count(table.c.event.distinct())
    by_role = select(table.c.code, table.c.role, count).group_by(table.c.code, table.c.role)
    with archive.reading() as connection:
        roles = {(code, role): int(n) for code, role, n in connection.execute(by_role)}
        totals = connection.execute(select(table.c.code, count).group_by(table.c.code)).all()
    found = [
        ActorCount(
            code=code,
            events=n,
            as_source=roles.get((code, "source"), 0),
            as_target=roles.get((code, "target"), 0),
            as_participant=roles.get((code, "participant"), 0),
        )
        for code, n in totals
    ]
    return sorted(found, key=lambda a: (-a.events, a.code))


def event_in_full(archive: Archive, prefix: str) -> list[tuple[Event, list[Told]]]:
    """The event of that id, or else those whose id begins so (two at most), each with its claims as judged."""
    with archive.reading() as connection:
        return [full_event(connection, seq) for seq in seqs_by_id(connection, prefix, limit=2)]


def links_within(archive: Archive, event_id: str, *, limit: int = 50) -> list[Link]:
    """The links between claims of one event, the strongest first."""
    links, events = schema.links, schema.events
    one, other = schema.event_claims.alias("one"), schema.event_claims.alias("other")
    query = (
        select(links.c.a, links.c.b, links.c.score, links.c.reasons)
        .join(one, one.c.claim == links.c.a)
        .join(other, and_(other.c.claim == links.c.b, other.c.event == one.c.event))
        .join(events, events.c.seq == one.c.event)
        .where(events.c.id == event_id)
        .order_by(links.c.score.desc(), links.c.a, links.c.b)
        .limit(limit)
    )
    with archive.reading() as connection:
        rows = connection.execute(query).all()
        keys = _keys(connection, {seq for row in rows for seq in (row.a, row.b)})
    return [
        Link(a=keys[row.a], b=keys[row.b], score=row.score, reasons=tuple(json.loads(row.reasons)))
        for row in rows
    ]


def _keys(connection: Connection, claims: set[int]) -> dict[int, ClaimKey]:
    docs, table = schema.documents, schema.claims
    query = select(table.c.seq, docs.c.id, table.c.id).join(docs, docs.c.seq == table.c.doc)
    found = connection.execute(query.where(table.c.seq.in_(sorted(claims))))
    return {seq: ClaimKey(doc_id=doc_id, id=id) for seq, doc_id, id in found}


def _with_codes(query: Select[Any], codes: tuple[str, ...]) -> Select[Any]:
    """The query over events narrowed to those in which all of the codes take part."""
    actors_, table = schema.event_actors, schema.events
    for code in codes:
        query = query.where(table.c.seq.in_(select(actors_.c.event).where(actors_.c.code == code)))
    return query
