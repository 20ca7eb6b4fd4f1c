"""Questions to the events about pairs of actors, and about single months."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from communique.archive import schema
from communique.archive.events import events_at
from communique.linking.records import Event
from communique.records import Interval, Record

if TYPE_CHECKING:
    from sqlalchemy.sql.base import ReadOnlyColumnCollection

    from communique.archive import Archive

    Columns = ReadOnlyColumnCollection[str, Any]

_PORTION: Final = 400


class DyadRow(Record):
    """Two actors (`a` before `b`), how many events they take part in together, and the first and last day of those."""

    a: str
    b: str
    events: int
    first: str | None
    last: str | None


def dyads(archive: Archive, *, code: str | None = None, limit: int | None = None) -> list[DyadRow]:
    """The pairs of actors (with this one) that share events, those of the most events first."""
    one, other, table = schema.event_actors.alias("one"), schema.event_actors.alias("other"), schema.events
    count = func.count(one.c.event.distinct())
    query = (
        select(one.c.code, other.c.code, count, func.min(table.c.date_from), func.max(table.c.date_to))
        .join(other, and_(other.c.event == one.c.event, other.c.code > one.c.code))
        .join(table, table.c.seq == one.c.event)
        .group_by(one.c.code, other.c.code)
        .order_by(count.desc(), one.c.code, other.c.code)
        .limit(-1 if limit is None else limit)
    )
    with archive.reading() as connection:
        rows = connection.execute(_with(query, one.c, other.c, code))
        return [DyadRow(a=a, b=b, events=n, first=first, last=last) for a, b, n, first, last in rows]


def events_of_days(archive: Archive, first: str, last: str) -> list[Event]:
    """The events of some days (ISO): dated on them at least in part, or first told on them."""
    table = schema.events
    dated = and_(table.c.date_from <= last, table.c.date_to >= first)
    told = and_(table.c.told_from >= first, table.c.told_from <= last)
    return _events_where(archive, or_(dated, told))


def events_named(archive: Archive, ids: Iterable[str]) -> list[Event]:
    """The events of those ids, in no order; unknown ones are left out."""
    wanted = sorted(set(ids))
    found: list[Event] = []
    for at in range(0, len(wanted), _PORTION):
        found += _events_where(archive, schema.events.c.id.in_(wanted[at : at + _PORTION]))
    return found


def sightings(archive: Archive, offices: Iterable[str], code: str) -> list[tuple[str, str, str, Interval]]:
    """Whom dated documents name in those offices of a state: office, name, document, its days of publication."""
    table, docs = schema.people, schema.documents
    query = (
        select(table.c.office, table.c.name, docs.c.id, docs.c.published_from, docs.c.published_to)
        .join(docs, docs.c.seq == table.c.doc)
        .where(table.c.code == code, table.c.office.in_(list(offices)), docs.c.published_from.is_not(None))
        .order_by(docs.c.published_from, docs.c.id, table.c.ord)
    )
    with archive.reading() as connection:
        return [
            (office, name, doc, Interval.model_validate({"from": first, "to": last}))
            for office, name, doc, first, last in connection.execute(query)
        ]


def offices_told(archive: Archive, *, limit: int = 200) -> list[tuple[str, str, int]]:
    """The offices and the codes for which documents name somebody, those of the most documents first."""
    people = schema.people.c
    documents = func.count(people.doc.distinct())
    query = select(people.office, people.code, documents)
    query = query.where(people.office.is_not(None), people.code.is_not(None))
    query = query.group_by(people.code, people.office)
    query = query.order_by(documents.desc(), people.office, people.code)
    with archive.reading() as connection:
        return [(office, code, int(n)) for office, code, n in connection.execute(query.limit(limit))]


def _with(query: Select[Any], one: Columns, other: Columns, code: str | None) -> Select[Any]:
    if code is None:
        return query
    theirs = select(schema.event_actors.c.event).where(schema.event_actors.c.code == code)
    return query.where(one.event.in_(theirs), or_(one.code == code, other.code == code))


def _events_where(archive: Archive, condition: ColumnElement[bool]) -> list[Event]:
    with archive.reading() as connection:
        seqs = connection.execute(select(schema.events.c.seq).where(condition)).scalars().all()
        found: dict[int, Event] = {}
        for at in range(0, len(seqs), _PORTION):
            found |= events_at(connection, seqs[at : at + _PORTION])
    return [found[seq] for seq in sorted(found)]
