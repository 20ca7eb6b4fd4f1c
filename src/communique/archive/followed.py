"""Deals, agreements and contradictions as pages list them: by portion, by filter, counted, without reading all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, or_, select

from communique.archive import schema
from communique.archive.lives import agreement_of, contradiction_of, deal_of
from communique.archive.told import portions
from communique.linking.records import Agreement, Contradiction, Deal
from communique.records import Record

if TYPE_CHECKING:
    from communique.archive import Archive

Window = tuple[int | None, int]
ALL: Final[Window] = (None, 0)
"""The whole list: a window is how many at most, and how many are passed over."""


class DealFilter(Record):
    """Which deals; every part that is set must hold. `materiel`: words of the equipment's name."""

    supplier: str | None = None
    recipient: str | None = None
    materiel: str | None = None
    state: str | None = None


class AgreementFilter(Record):
    """Which agreements; every part that is set must hold. `name`: words of it."""

    party: str | None = None
    name: str | None = None
    state: str | None = None


def deals(archive: Archive, wanted: DealFilter, window: Window = ALL) -> list[Deal]:
    """The deals that are wanted, those that moved last first (see the migration's `deal_days`)."""
    days = schema.deal_days
    query = select(schema.deals.c.body).join(days, days.c.id == schema.deals.c.id)
    query = query.where(_of_deals(archive, wanted)).order_by(days.c.moved.desc(), schema.deals.c.id.desc())
    return [deal_of(body) for body in _bodies(archive, query, window)]


def deal_states(archive: Archive, wanted: DealFilter) -> dict[str, int]:
    """How many of the wanted deals stand at each stage."""
    return _counted(archive, schema.deals.c.state, _of_deals(archive, wanted))


def agreements(archive: Archive, wanted: AgreementFilter, window: Window = ALL) -> list[Agreement]:
    """The agreements that are wanted, those that moved last first (see the migration's `agreement_days`)."""
    table, days = schema.agreements, schema.agreement_days
    query = select(table.c.body).join(days, days.c.id == table.c.id)
    query = query.where(_of_agreements(archive, wanted)).order_by(days.c.moved.desc(), table.c.id.desc())
    return [agreement_of(body) for body in _bodies(archive, query, window)]


def agreement_states(archive: Archive, wanted: AgreementFilter) -> dict[str, int]:
    """How many of the wanted agreements stand at each stage."""
    return _counted(archive, schema.agreements.c.state, _of_agreements(archive, wanted))


def agreements_between(archive: Archive, a: str, b: str) -> list[Agreement]:
    """The agreements of which both are parties, in the order in which they were made."""
    table = schema.agreements
    query = select(table.c.body).where(_has_party(a), _has_party(b)).order_by(table.c.place, table.c.id)
    return [agreement_of(body) for body in _bodies(archive, query)]


def lives_in(archive: Archive, first: str, last: str) -> list[Deal | Agreement]:
    """The deals, then the agreements, that began before the last of some days (ISO) and were not over by the first."""
    found: list[Deal | Agreement] = []
    for table, days, made in (
        (schema.deals, schema.deal_days, deal_of),
        (schema.agreements, schema.agreement_days, agreement_of),
    ):
        here = and_(days.c.begun != "", days.c.begun <= last, days.c.until >= first)
        query = select(table.c.body).join(days, days.c.id == table.c.id).where(here)
        found += [made(body) for body in _bodies(archive, query.order_by(table.c.place, table.c.id))]
    return found


def contradictions(
    archive: Archive, *, findings: Iterable[str] = (), actor: str | None = None, window: Window = ALL
) -> list[Contradiction]:
    """The contradictions of one of these sorts, of events in which the actor takes part, as they were found."""
    table, sorts = schema.contradictions, list(findings)
    query = select(table.c.body).where(_of_contradictions(actor)).order_by(table.c.place, table.c.id)
    query = query.where(table.c.finding.in_(sorts)) if sorts else query
    return [contradiction_of(body) for body in _bodies(archive, query, window)]


def findings(archive: Archive, *, actor: str | None = None) -> dict[str, int]:
    """How many contradictions there are of each sort (of events in which the actor takes part)."""
    return _counted(archive, schema.contradictions.c.finding, _of_contradictions(actor))


def contradictions_of_events(archive: Archive, events: Iterable[str]) -> list[Contradiction]:
    """The contradictions of the events of those ids, as they were found."""
    return _in_order(_at_odds(archive, events))


def contradictions_of(archive: Archive, first: str, last: str, events: Iterable[str]) -> list[Contradiction]:
    """The contradictions of those events, and those of a document that was published on those days (ISO)."""
    table, docs = schema.contradictions, schema.documents
    here = select(docs.c.id).where(docs.c.published_from >= first, docs.c.published_from <= last)
    sides = (func.json_extract(table.c.body, f"$.{side}.doc_id").in_(here) for side in ("a", "b"))
    with archive.reading() as connection:
        rows = connection.execute(select(table.c.place, table.c.id, table.c.body).where(or_(*sides))).all()
    return _in_order({**_at_odds(archive, events), **{(row.place, row.id): row.body for row in rows}})


def _at_odds(archive: Archive, events: Iterable[str]) -> dict[tuple[str, str], str]:
    """The records of the contradictions of those events, by their place."""
    table = schema.contradictions
    found: dict[tuple[str, str], str] = {}
    with archive.reading() as connection:
        for portion in portions(sorted(set(events))):
            rows = connection.execute(
                select(table.c.place, table.c.id, table.c.body).where(table.c.event.in_(portion))
            )
            found |= {(row.place, row.id): row.body for row in rows}
    return found


def _in_order(bodies: dict[tuple[str, str], str]) -> list[Contradiction]:
    return [contradiction_of(bodies[place]) for place in sorted(bodies)]


def _of_deals(archive: Archive, wanted: DealFilter) -> ColumnElement[bool]:
    table, parties = schema.deals, schema.deal_parties
    conditions: list[ColumnElement[bool]] = []
    for role, code in (("supplier", wanted.supplier), ("recipient", wanted.recipient)):
        if code is not None:
            theirs = select(parties.c.deal).where(parties.c.role == role, parties.c.code == code)
            conditions.append(table.c.id.in_(theirs))
    if wanted.materiel:
        conditions.append(table.c.materiel.in_(_holding(archive, table, "materiel", wanted.materiel)))
    if wanted.state:
        conditions.append(table.c.state == wanted.state)
    return and_(True, *conditions)


def _of_agreements(archive: Archive, wanted: AgreementFilter) -> ColumnElement[bool]:
    table = schema.agreements
    conditions: list[ColumnElement[bool]] = [_has_party(wanted.party)] if wanted.party is not None else []
    if wanted.name:
        conditions.append(table.c.instrument.in_(_holding(archive, table, "instrument", wanted.name)))
    if wanted.state:
        conditions.append(table.c.state == wanted.state)
    return and_(True, *conditions)


def _has_party(code: str) -> ColumnElement[bool]:
    parties = schema.agreement_parties
    return schema.agreements.c.id.in_(select(parties.c.agreement).where(parties.c.code == code))


def _of_contradictions(actor: str | None) -> ColumnElement[bool]:
    """Of events in which the actor takes part; all where None."""
    if actor is None:
        return and_(True)
    events, parties = schema.events, schema.event_actors
    theirs = exists().where(events.c.id == schema.contradictions.c.event, parties.c.event == events.c.seq)
    return theirs.where(parties.c.code == actor)


def _holding(archive: Archive, table: Table, column: str, words: str) -> list[str]:
    """The values of the column that hold the words, whatever the case (SQLite's `lower` knows ASCII alone)."""
    query = select(table.c[column]).distinct().where(table.c[column].is_not(None))
    with archive.reading() as connection:
        names = connection.execute(query.order_by(table.c[column])).scalars().all()
    return [name for name in names if words.lower() in name.lower()]


def _bodies(archive: Archive, query: Select[Any], window: Window = ALL) -> list[str]:
    limit, offset = window
    with archive.reading() as connection:
        return list(connection.execute(query.limit(-1 if limit is None else limit).offset(offset)).scalars())


def _counted(archive: Archive, column: ColumnElement[Any], where: ColumnElement[bool]) -> dict[str, int]:
    query = select(column, func.count()).where(where).group_by(column).order_by(column)
    with archive.reading() as connection:
        return {str(value): int(count) for value, count in connection.execute(query)}
