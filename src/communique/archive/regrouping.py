"""Keeps deals and agreements in step with events: only what hangs together with those that changed is grouped again.

Events are tied by keys (linking/ties.py); what hangs together by ties is grouped as it is among all others, so the
result is that of grouping everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from communique.archive import schema
from communique.archive.events import events_at
from communique.archive.lives import Changed, StoredClaims, keep_agreements, keep_deals
from communique.archive.told import portions
from communique.linking.agreements import agreements
from communique.linking.deals import deals
from communique.linking.records import Agreement, Deal, Event
from communique.linking.ties import ANSWERS, ASKS, KINDS, OPPOSES, lots, opposed_by, opposed_in, ties

_AGREEMENT: Final = "agreement"


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What came of grouping again: ties of the events that came, as rows, and the deals and agreements made.

    These take the place of all that were made of the events of the ids `of` (of all, where None).
    """

    rows: list[dict[str, Any]]
    deals: tuple[Deal, ...]
    agreements: tuple[Agreement, ...]
    of: frozenset[str] | None


def regroup(connection: Connection, changed: Changed) -> Regrouped:
    """The deals and agreements of all that the changed events are tied to. Nothing is written."""
    told = StoredClaims(connection)
    came = _of_kinds(connection, changed.waiting)
    read = _read(connection, came, told)
    held = {seq: ties(event, told) for seq, event in read.items()}
    rows = [{"key": k, "event": seq, "part": part} for seq, some in held.items() for k, part in some.items()]
    book = _Book(connection, rows)
    if changed.whole:
        together = lots(held)
    else:
        near = book.reached()
        read |= _read(connection, near - read.keys(), told)
        together = [sorted(near)]
    of = {read[seq].id for lot in together for seq in lot}.union(changed.gone)
    made = [_grouped(connection, [read[seq] for seq in lot], book, told) for lot in together]
    return Regrouped(
        rows=rows,
        deals=tuple(deal for found, _ in made for deal in found),
        agreements=tuple(accord for _, found in made for accord in found),
        of=None if changed.whole else frozenset(of),
    )


def _grouped(
    connection: Connection, lot: Sequence[Event], book: _Book, told: StoredClaims
) -> tuple[tuple[Deal, ...], tuple[Agreement, ...]]:
    """The deals and agreements of events that hang together, with the acts that oppose them."""
    against = book.under(opposed_in(lot, told), OPPOSES)
    accords = [event for event in lot if event.kind == _AGREEMENT]
    others = [event for event in lot if event.kind != _AGREEMENT]
    return deals([*others, *_read(connection, against, told).values()], told), agreements(accords, told)


def keep_regrouped(connection: Connection, made: Regrouped) -> None:
    """Put what came of grouping again into the archive."""
    if made.of is None:
        connection.execute(delete(schema.ties))
    if made.rows:
        connection.execute(insert(schema.ties), made.rows)
    keep_deals(connection, made.deals, of=made.of)
    keep_agreements(connection, made.agreements, of=made.of)


def _of_kinds(connection: Connection, seqs: Sequence[int]) -> list[int]:
    """Those of the events that have ties at all."""
    table = schema.events
    query = select(table.c.seq).where(table.c.kind.in_(KINDS))
    found = (connection.execute(query.where(table.c.seq.in_(some))).scalars() for some in portions(seqs))
    return sorted(seq for some in found for seq in some)


def _read(connection: Connection, seqs: Iterable[int], told: StoredClaims) -> dict[int, Event]:
    """The events at those places, their claims read into `told`."""
    found: dict[int, Event] = {}
    for portion in portions(sorted(seqs)):
        some = events_at(connection, portion)
        told.fetch([key for event in some.values() for key in event.claims])
        found |= some
    return found


class _Book:
    """The ties of events: those that the archive holds, and those that came."""

    def __init__(self, connection: Connection, came: Sequence[Mapping[str, Any]]) -> None:
        self._connection = connection
        self._came: dict[str, list[tuple[int, int]]] = {}
        self._rows = came
        for row in came:
            self._came.setdefault(row["key"], []).append((row["event"], row["part"]))

    def reached(self) -> set[int]:
        """The events that hang together with those that came or went."""
        gone = self._connection.execute(select(schema.touched_ties.c.key, schema.touched_ties.c.part)).all()
        changed = [*((row["key"], row["part"]) for row in self._rows), *((row.key, row.part) for row in gone)]
        reached = {row["event"] for row in self._rows if row["part"] != OPPOSES}
        reached |= self._steps_opposed({key for key, part in changed if part == OPPOSES})
        frontier = {*changed, *self._of_events(reached)}
        looked: set[tuple[str, int]] = set()
        while frontier:
            looked |= frontier
            new = self._beside(frontier) - reached
            reached |= new
            frontier = set(self._of_events(new)) - looked
        return reached

    def under(self, keys: Iterable[str], *parts: int) -> set[int]:
        """The events that have one of these parts under one of the keys."""
        wanted, table = sorted(keys), schema.ties
        found = {seq for key in wanted for seq, part in self._came.get(key, ()) if part in parts}
        for portion in portions(wanted):
            query = select(table.c.event).where(table.c.key.in_(portion), table.c.part.in_(parts))
            found |= set(self._connection.execute(query).scalars())
        return found

    def _beside(self, some: Iterable[tuple[str, int]]) -> set[int]:
        """The events that are tied to whoever has these keys."""
        asked = {key for key, part in some if part == ASKS}
        answered = {key for key, part in some if part == ANSWERS} - asked
        return self.under(asked, ASKS, ANSWERS) | self.under(answered, ASKS)

    def _of_events(self, events: Iterable[int]) -> Iterator[tuple[str, int]]:
        """The ties of events that the archive holds."""
        table = schema.ties
        query = select(table.c.key, table.c.part).where(table.c.part != OPPOSES)
        for portion in portions(sorted(events)):
            for row in self._connection.execute(query.where(table.c.event.in_(portion))):
                yield row.key, row.part

    def _steps_opposed(self, keys: Iterable[str]) -> set[int]:
        """The events of the deals that acts under these keys may oppose."""
        table, parties, held, events = schema.deals, schema.deal_parties, schema.deal_events, schema.events
        found: set[int] = set()
        for family, party in filter(None, map(opposed_by, sorted(keys))):
            query = (
                select(events.c.seq)
                .join(held, held.c.event == events.c.id)
                .join(table, table.c.id == held.c.deal)
                .join(parties, parties.c.deal == table.c.id)
                .where(table.c.materiel == family, parties.c.code == party)
            )
            found |= set(self._connection.execute(query).scalars())
        return found
