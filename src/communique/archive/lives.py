"""What is followed over time: deals, agreements and contradictions, kept as records with columns to find them by.

All of it is made from the events and can be made again; `fresh` says whether it is of the events of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from communique.archive import schema
from communique.archive.told import seqs_of, told_as_judged
from communique.linking.records import Agreement, ClaimKey, Contradiction, Deal, Event, Told

_AHEAD: Final = 200
"""Events whose claims are read at a time."""


def deals(connection: Connection, *, supplier: str | None = None, recipient: str | None = None) -> list[Deal]:
    """The deals (of that supplier, to that recipient), in the order in which they were made."""
    table, parties = schema.deals, schema.deal_parties
    query = select(table.c.body).order_by(table.c.ord)
    for role, code in (("supplier", supplier), ("recipient", recipient)):
        if code is not None:
            theirs = select(parties.c.deal).where(parties.c.role == role, parties.c.code == code)
            query = query.where(table.c.id.in_(theirs))
    return [Deal.model_validate_json(body) for body in connection.execute(query).scalars()]


def deal(connection: Connection, id: str) -> Deal | None:
    """The deal of that id."""
    table = schema.deals
    body = connection.execute(select(table.c.body).where(table.c.id == id)).scalar_one_or_none()
    return None if body is None else Deal.model_validate_json(body)


def deals_of_event(connection: Connection, event: str) -> list[Deal]:
    """The deals that an event is a step of."""
    table, held = schema.deals, schema.deal_events
    query = select(table.c.body).join(held, held.c.deal == table.c.id).where(held.c.event == event)
    return [Deal.model_validate_json(b) for b in connection.execute(query.order_by(table.c.ord)).scalars()]


def agreements(connection: Connection, *, party: str | None = None) -> list[Agreement]:
    """The agreements (of that party), in the order in which they were made."""
    table, parties = schema.agreements, schema.agreement_parties
    query = select(table.c.body).order_by(table.c.ord)
    if party is not None:
        query = query.where(table.c.id.in_(select(parties.c.agreement).where(parties.c.code == party)))
    return [Agreement.model_validate_json(body) for body in connection.execute(query).scalars()]


def agreement(connection: Connection, id: str) -> Agreement | None:
    """The agreement of that id."""
    table = schema.agreements
    body = connection.execute(select(table.c.body).where(table.c.id == id)).scalar_one_or_none()
    return None if body is None else Agreement.model_validate_json(body)


def agreements_of_event(connection: Connection, event: str) -> list[Agreement]:
    """The agreements that an event is a step of."""
    table, held = schema.agreements, schema.agreement_events
    query = select(table.c.body).join(held, held.c.agreement == table.c.id).where(held.c.event == event)
    found = connection.execute(query.order_by(table.c.ord)).scalars()
    return [Agreement.model_validate_json(body) for body in found]


def contradictions(connection: Connection, *, event: str | None = None) -> list[Contradiction]:
    """The contradictions (of that event), in the order in which they were found."""
    table = schema.contradictions
    query = select(table.c.body).order_by(table.c.ord)
    if event is not None:
        query = query.where(table.c.event == event)
    return [Contradiction.model_validate_json(body) for body in connection.execute(query).scalars()]


def keep_deals(connection: Connection, made: Iterable[Deal]) -> None:
    """Put these deals in the place of those kept before."""
    connection.execute(delete(schema.deals))
    for ord_, one in enumerate(made):
        row = {
            "id": one.id,
            "ord": ord_,
            "materiel": one.materiel,
            "body": one.model_dump_json(by_alias=True),
        }
        state = {"state": one.state, "state_status": one.state_status}
        connection.execute(insert(schema.deals).values(row | state))
        roles = (("supplier", one.suppliers), ("recipient", one.recipients), ("blocker", one.blockers))
        parties = [{"deal": one.id, "role": r, "code": c} for r, codes in roles for c in dict.fromkeys(codes)]
        if parties:
            connection.execute(insert(schema.deal_parties), parties)
        if events := dict.fromkeys(step.event for step in one.steps):
            connection.execute(insert(schema.deal_events), [{"deal": one.id, "event": e} for e in events])


def keep_agreements(connection: Connection, made: Iterable[Agreement]) -> None:
    """Put these agreements in the place of those kept before."""
    connection.execute(delete(schema.agreements))
    for ord_, one in enumerate(made):
        row = {"id": one.id, "ord": ord_, "instrument": one.instrument, "state": one.state}
        body = {"state_status": one.state_status, "body": one.model_dump_json(by_alias=True)}
        connection.execute(insert(schema.agreements).values(row | body))
        if parties := [{"agreement": one.id, "code": c} for c in dict.fromkeys(one.parties)]:
            connection.execute(insert(schema.agreement_parties), parties)
        if events := dict.fromkeys(step.event for step in one.steps):
            rows = [{"agreement": one.id, "event": e} for e in events]
            connection.execute(insert(schema.agreement_events), rows)


def keep_contradictions(connection: Connection, found: Iterable[Contradiction]) -> None:
    """Put these contradictions in the place of those kept before."""
    connection.execute(delete(schema.contradictions))
    rows = [
        {
            "id": c.id,
            "ord": n,
            "finding": c.finding,
            "event": c.event,
            "body": c.model_dump_json(by_alias=True),
        }
        for n, c in enumerate(found)
    ]
    if rows:
        connection.execute(insert(schema.contradictions), rows)


def fresh(connection: Connection) -> bool:
    """True when deals, agreements and contradictions were made from the events of now."""
    return noted(connection, "lives") == noted(connection, "version")


def mark_fresh(connection: Connection) -> None:
    """Note that deals, agreements and contradictions were made from the events of now."""
    note(connection, "lives", noted(connection, "version"))


def noted(connection: Connection, name: str) -> str:
    """A note about linking: `linker`, `version` or `lives`."""
    table = schema.linking
    return str(connection.execute(select(table.c.value).where(table.c.name == name)).scalar_one())


def note(connection: Connection, name: str, value: str) -> None:
    """Change a note about linking."""
    table = schema.linking
    connection.execute(update(table).where(table.c.name == name).values(value=value))


class StoredClaims(Mapping[ClaimKey, Told]):
    """The claims of an archive, as judged: read once, when they are asked for or, many at a time, ahead."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[ClaimKey, Told | None] = {}

    def ahead(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events, the claims of each read before it is given."""
        left = iter(events)
        while portion := list(islice(left, _AHEAD)):
            self._fetch([key for event in portion for key in event.claims])
            yield from portion

    def __getitem__(self, key: ClaimKey) -> Told:
        if key not in self._read:
            self._fetch([key])
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

    def _fetch(self, keys: Sequence[ClaimKey]) -> None:
        new = [key for key in keys if key not in self._read]
        self._read |= dict.fromkeys(new)
        found = told_as_judged(self._connection, seqs_of(self._connection, new).values())
        self._read |= {one.key: one for one in found.values()}
