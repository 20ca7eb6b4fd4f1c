"""What is followed over time: deals, agreements and contradictions, kept as records with columns to find them by.

All of it is made from the events and can be made again; `fresh` says whether it is of the events of now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar

from sqlalchemy import Column, Connection, Select, Table, delete, func, insert, select

from communique.archive import schema
from communique.archive.told import portions, seqs_of, told_as_judged
from communique.knowledge.sheets import KeptOverlay
from communique.linking import tables
from communique.linking.contradictions import place_of
from communique.linking.lives import first_day
from communique.linking.records import Agreement, ClaimKey, Contradiction, Deal, Told
from communique.records import Record

Row = dict[str, Any]
L = TypeVar("L", Deal, Agreement)

_CHANGED: Final = (
    schema.life_waiting,
    schema.life_gone,
    schema.touched_keys,
    schema.touched_grounds,
    schema.touched_ties,
)
"""The tables that tell what has changed since all was made."""

_KEPT: Final = 4096
"""Deals, agreements and contradictions (of each so many) that are kept as they were made."""


def deals(connection: Connection, *, supplier: str | None = None, recipient: str | None = None) -> list[Deal]:
    """The deals (of that supplier, to that recipient), in the order in which they were made."""
    table, parties = schema.deals, schema.deal_parties
    query = select(table.c.body).order_by(table.c.place, table.c.id)
    for role, code in (("supplier", supplier), ("recipient", recipient)):
        if code is not None:
            theirs = select(parties.c.deal).where(parties.c.role == role, parties.c.code == code)
            query = query.where(table.c.id.in_(theirs))
    return [deal_of(body) for body in connection.execute(query).scalars()]


def deal(connection: Connection, id: str) -> Deal | None:
    """The deal of that id."""
    table = schema.deals
    body = connection.execute(select(table.c.body).where(table.c.id == id)).scalar_one_or_none()
    return None if body is None else deal_of(body)


def deals_of_event(connection: Connection, event: str) -> list[Deal]:
    """The deals that an event is a step of."""
    table, held = schema.deals, schema.deal_events
    query = select(table.c.body).join(held, held.c.deal == table.c.id).where(held.c.event == event)
    return [deal_of(b) for b in connection.execute(query.order_by(table.c.place, table.c.id)).scalars()]


def agreements(connection: Connection, *, party: str | None = None) -> list[Agreement]:
    """The agreements (of that party), in the order in which they were made."""
    table, parties = schema.agreements, schema.agreement_parties
    query = select(table.c.body).order_by(table.c.place, table.c.id)
    if party is not None:
        query = query.where(table.c.id.in_(select(parties.c.agreement).where(parties.c.code == party)))
    return [agreement_of(body) for body in connection.execute(query).scalars()]


def agreement(connection: Connection, id: str) -> Agreement | None:
    """The agreement of that id."""
    table = schema.agreements
    body = connection.execute(select(table.c.body).where(table.c.id == id)).scalar_one_or_none()
    return None if body is None else agreement_of(body)


def agreements_of_event(connection: Connection, event: str) -> list[Agreement]:
    """The agreements that an event is a step of."""
    table, held = schema.agreements, schema.agreement_events
    query = select(table.c.body).join(held, held.c.agreement == table.c.id).where(held.c.event == event)
    found = connection.execute(query.order_by(table.c.place, table.c.id)).scalars()
    return [agreement_of(body) for body in found]


def contradictions(connection: Connection, *, event: str | None = None) -> list[Contradiction]:
    """The contradictions (of that event), in the order in which they were found."""
    table = schema.contradictions
    query = select(table.c.body).order_by(table.c.place, table.c.id)
    if event is not None:
        query = query.where(table.c.event == event)
    return [contradiction_of(body) for body in connection.execute(query).scalars()]


@lru_cache(_KEPT)
def deal_of(body: str) -> Deal:
    """The deal as it is kept; one that is read again is not made again."""
    return Deal.model_validate_json(body)


@lru_cache(_KEPT)
def agreement_of(body: str) -> Agreement:
    """The agreement as it is kept; one that is read again is not made again."""
    return Agreement.model_validate_json(body)


@lru_cache(_KEPT)
def contradiction_of(body: str) -> Contradiction:
    """The contradiction as it is kept; one that is read again is not made again."""
    return Contradiction.model_validate_json(body)


def keep_deals(connection: Connection, made: Iterable[Deal], *, of: Collection[str] | None = None) -> None:
    """Put these deals in the place of those with a step of the events `of` (of all, where None).

    What has not changed is not written.
    """
    kept, steps = list(made), schema.deal_events
    among = _with_steps(schema.deals, steps, steps.c.deal, of)
    for one in _new(connection, schema.deals, {one.id: _deal_row(one) for one in kept}, kept, among):
        roles = (("supplier", one.suppliers), ("recipient", one.recipients), ("blocker", one.blockers))
        parties = [{"deal": one.id, "role": r, "code": c} for r, codes in roles for c in dict.fromkeys(codes)]
        held = [{"deal": one.id, "event": e} for e in dict.fromkeys(step.event for step in one.steps)]
        _add(connection, schema.deal_parties, parties)
        _add(connection, schema.deal_events, held)


def _deal_row(one: Deal) -> Row:
    place = one.suppliers, one.recipients, (one.materiel or "",), (first_day(one),), (one.id,)
    row = {"id": one.id, "materiel": one.materiel, "place": place_in(*place)}
    return row | {"state": one.state, "state_status": one.state_status, "body": _body(one)}


def keep_agreements(
    connection: Connection, made: Iterable[Agreement], *, of: Collection[str] | None = None
) -> None:
    """As `keep_deals`."""
    kept, steps = list(made), schema.agreement_events
    among = _with_steps(schema.agreements, steps, steps.c.agreement, of)
    rows = {one.id: _agreement_row(one) for one in kept}
    for one in _new(connection, schema.agreements, rows, kept, among):
        parties = [{"agreement": one.id, "code": code} for code in dict.fromkeys(one.parties)]
        held = [{"agreement": one.id, "event": e} for e in dict.fromkeys(step.event for step in one.steps)]
        _add(connection, schema.agreement_parties, parties)
        _add(connection, schema.agreement_events, held)


def _agreement_row(one: Agreement) -> Row:
    place = one.parties, (one.instrument or "",), (first_day(one),), (one.id,)
    row = {"id": one.id, "instrument": one.instrument, "place": place_in(*place)}
    return row | {"state": one.state, "state_status": one.state_status, "body": _body(one)}


def keep_contradictions(
    connection: Connection, by_ground: Mapping[str, Sequence[Contradiction]], *, whole: bool
) -> None:
    """Put the contradictions of some grounds (all that there are, where `whole`) in the place of those kept before."""
    rows = {
        one.id: _contradiction_row(one, ground) for ground in sorted(by_ground) for one in by_ground[ground]
    }
    table = schema.contradictions
    every = [select(table)] if whole else [_on(table, some) for some in portions(sorted(by_ground))]
    _replace(connection, table, rows, every)


def _contradiction_row(one: Contradiction, ground: str) -> Row:
    place = place_in(*((part,) for part in place_of(one)))
    return {
        "id": one.id, "finding": one.finding, "event": one.event, "body": _body(one), "place": place, "ground": ground
    }  # fmt: skip


def place_in(*parts: Sequence[str]) -> str:
    """A text by which SQLite orders as Python orders the tuples."""
    return "".join("".join(f"{word}\x02" for word in part) + "\x01" for part in parts)


def _body(one: Record) -> str:
    return one.model_dump_json(by_alias=True)


def _new(
    connection: Connection,
    table: Table,
    rows: Mapping[str, Row],
    made: Sequence[L],
    among: Sequence[Select[Any]],
) -> list[L]:
    """Replace those rows of a table by these; gives those of the made that were not there so."""
    written = _replace(connection, table, rows, among)
    return [one for one in made if one.id in written]


def _replace(
    connection: Connection, table: Table, rows: Mapping[str, Row], among: Sequence[Select[Any]]
) -> set[str]:
    """Write rows that are new or changed, delete those among others that are no more; gives what was written."""
    kept: dict[str, Row] = {}
    for query in among:
        kept |= {row.id: dict(row._mapping) for row in connection.execute(query)}
    written = {id for id, row in rows.items() if kept.get(id) != row}
    gone = sorted((kept.keys() - rows.keys()) | (kept.keys() & written))
    for portion in portions(gone):
        connection.execute(delete(table).where(table.c.id.in_(portion)))
    _add(connection, table, [rows[id] for id in sorted(written)])
    return written


def _on(table: Table, some: Sequence[str]) -> Select[Any]:
    return select(table).where(table.c.ground.in_(some))


def _with_steps(
    table: Table, held: Table, life: Column[Any], of: Collection[str] | None
) -> list[Select[Any]]:
    """The lives that have a step of the events of those ids; all, where None."""
    if of is None:
        return [select(table)]
    theirs = (select(life).where(held.c.event.in_(some)) for some in portions(sorted(of)))
    return [select(table).where(table.c.id.in_(some)) for some in theirs]


def _add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), list(rows))


def fresh(connection: Connection) -> bool:
    """True when deals, agreements and contradictions were made from the events of now."""
    return noted(connection, "lives") == noted(connection, "version") and not changed(connection).any


@dataclass(frozen=True, slots=True)
class Changed:
    """What has changed since deals, agreements and contradictions were made.

    `whole` where nothing is known of them. `waiting` are the events that came, by their place in the table;
    `gone` the ids of those that went; `kinds` those of both. Two are equal where nothing came between.
    """

    version: str
    lives: str
    waiting: tuple[int, ...]
    gone: tuple[str, ...]
    kinds: frozenset[str]

    @property
    def whole(self) -> bool:
        """True where all has to be made."""
        return not self.lives

    @property
    def any(self) -> bool:
        """True where events came or went."""
        return bool(self.waiting or self.gone)


def changed(connection: Connection) -> Changed:
    """What has changed since deals, agreements and contradictions were made."""
    made, waiting, gone = noted(connection, "lives"), schema.life_waiting, schema.life_gone
    came = select(schema.events.c.seq, schema.events.c.kind).order_by(schema.events.c.seq)
    if made:
        came = came.where(schema.events.c.seq.in_(select(waiting.c.event)))
    seqs = connection.execute(came).all()
    ids = connection.execute(select(gone.c.id, gone.c.kind).order_by(gone.c.id)).all()
    return Changed(
        version=noted(connection, "version"),
        lives=made,
        waiting=tuple(row.seq for row in seqs),
        gone=tuple(row.id for row in ids),
        kinds=frozenset(row.kind for row in (*seqs, *ids)),
    )


def mark_fresh(connection: Connection) -> None:
    """Note that deals, agreements and contradictions were made from the events of now."""
    for table in _CHANGED:
        connection.execute(delete(table))
    note(connection, "lives", noted(connection, "version"))


def forget(connection: Connection) -> None:
    """Let all of it be made anew the next time."""
    for table in (schema.grounds, schema.ties, *_CHANGED):
        connection.execute(delete(table))
    note(connection, "lives", "")


@contextmanager
def own_tables(connection: Connection) -> Iterator[None]:
    """Within this, linking reads the tables that the archive was linked by."""
    with tables.over(overlay(connection)):
        yield


def overlay(connection: Connection) -> KeptOverlay | None:
    """The user's tables that the archive was linked by."""
    return tables.from_text(noted(connection, "overlay"))


def noted(connection: Connection, name: str) -> str:
    """A note about linking: `linker`, `version`, `lives`, or the `overlay` it is linked by; empty if there is none."""
    table = schema.linking
    return connection.execute(select(table.c.value).where(table.c.name == name)).scalar_one_or_none() or ""


def note(connection: Connection, name: str, value: str) -> None:
    """Change a note about linking."""
    table = schema.linking
    connection.execute(insert(table).prefix_with("OR REPLACE").values(name=name, value=value))


class StoredClaims(Mapping[ClaimKey, Told]):
    """The claims of an archive, as judged: read once, when they are asked for or, many at a time, ahead."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[ClaimKey, Told | None] = {}

    def __getitem__(self, key: ClaimKey) -> Told:
        if key not in self._read:
            self.fetch([key])
        found = self._read[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[ClaimKey]:
        docs, table = schema.documents, schema.claims
        query = select(docs.c.id, table.c.id).join(docs, docs.c.seq == table.c.doc)
        for doc_id, claim_id in self._connection.execute(query.order_by(docs.c.id, table.c.id)):
            yield ClaimKey(doc_id=doc_id, id=claim_id)

    def __len__(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(schema.claims)).scalar_one())

    def fetch(self, keys: Sequence[ClaimKey]) -> None:
        """Read claims ahead, many at a time."""
        new = [key for key in keys if key not in self._read]
        self._read |= dict.fromkeys(new)
        found = told_as_judged(self._connection, seqs_of(self._connection, new).values())
        self._read |= {one.key: one for one in found.values()}
