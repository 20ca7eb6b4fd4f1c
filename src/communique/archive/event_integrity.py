"""Checks what linking made and people judged against the claims, and says what is wrong or worth knowing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pydantic import ValidationError
from sqlalchemy import Connection, Table, func, select, text

from communique.archive import events, lives, schema
from communique.archive.judgements import resolved_judgements
from communique.archive.records import Fault
from communique.archive.told import judged_claims, portions, told_as_judged
from communique.errors import SettingsError
from communique.linking.blocking import keys
from communique.linking.consolidate import consolidate
from communique.linking.judgements import read_judgement, settled
from communique.linking.likeness import THRESHOLD, score
from communique.linking.records import Agreement, Contradiction, Deal, Event, Told
from communique.records import Record

_UNSETTLED: Final = "wait to be linked: communique relink"
_BODIES: Final[dict[str, tuple[Table, type[Record]]]] = {
    "deal": (schema.deals, Deal),
    "agreement": (schema.agreements, Agreement),
    "contradiction": (schema.contradictions, Contradiction),
}


def event_faults(connection: Connection) -> Iterator[Fault]:
    """What is wrong with events, links, keys, judgements and what is followed over time.

    Events are worked out again from their claims, links scored again, keys made again.
    """
    yield from _judgement_faults(connection)
    try:
        yield from _empty_events(connection)
        yield from _events_at_odds(connection)
        yield from _homeless_claims(connection)
        yield from _link_faults(connection)
        yield from _key_faults(connection)
    except (ValidationError, SettingsError) as error:
        yield Fault(where="events", what=f"cannot be worked out again from the claims: {_first(error)}")
    yield from _family_faults(connection)
    yield from _body_faults(connection)
    yield from _paging_faults(connection)


def notices(connection: Connection) -> Iterator[Fault]:
    """What is no fault but worth knowing: what waits to be linked, and judgements that no claim is found for."""
    for table, what in ((schema.unlinked, "documents"), (schema.unsettled, "claims")):
        waiting = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if waiting:
            yield Fault(where="linking", what=f"{waiting} {what} {_UNSETTLED}")
    if not lives.fresh(connection):
        yield Fault(where="linking", what="deals, agreements and contradictions are of earlier events")
    for found in resolved_judgements(connection):
        if not found.judgement.withdrawn and not found.holds:
            where = f"judgement {found.judgement.id}"
            yield Fault(where=where, what="holds no more: no claim stands where it was made")


def _empty_events(connection: Connection) -> Iterator[Fault]:
    table, held = schema.events, schema.event_claims
    query = select(table.c.id).where(table.c.seq.not_in(select(held.c.event))).order_by(table.c.id)
    for id in connection.execute(query).scalars():
        yield Fault(where=f"event {id}", what="has no claims")


def _events_at_odds(connection: Connection) -> Iterator[Fault]:
    """Events that their claims, as judged, do not give."""
    held = schema.event_claims
    seqs = connection.execute(select(held.c.event).distinct().order_by(held.c.event)).scalars().all()
    for portion in portions(seqs):
        rows = connection.execute(select(held.c.event, held.c.claim).where(held.c.event.in_(portion))).all()
        claims: dict[int, list[int]] = {}
        for event, claim in rows:
            claims.setdefault(event, []).append(claim)
        told = told_as_judged(connection, [row.claim for row in rows])
        judged = judged_claims(connection, told)
        stored = events.events_at(connection, portion)
        for event, members in claims.items():
            mine = [told[claim] for claim in members if claim in told]
            made = settled(mine, judged, consolidate) if mine else None
            yield from _at_odds(stored[event], made, whole=len(mine) == len(members))


def _at_odds(stored: Event, made: Event | None, *, whole: bool) -> Iterator[Fault]:
    where = f"event {stored.id}"
    if made is None or not whole:
        yield Fault(where=where, what="has a claim that was judged wrong")
        return
    for name in Event.model_fields:
        if name not in ("choices", "history") and getattr(stored, name) != getattr(made, name):
            yield Fault(where=where, what=f"its {name} is not what its claims give")


def _homeless_claims(connection: Connection) -> Iterator[Fault]:
    """Claims of linked documents that tell no event, though nobody judged them wrong."""
    docs, claims = schema.documents, schema.claims
    query = (
        select(claims.c.seq, claims.c.id, docs.c.id)
        .join(docs, docs.c.seq == claims.c.doc)
        .where(claims.c.seq.not_in(select(schema.event_claims.c.claim)))
        .where(docs.c.seq.not_in(select(schema.unlinked.c.doc)))
        .where(claims.c.seq.not_in(select(schema.unsettled.c.claim)))
        .order_by(docs.c.id, claims.c.ord)
    )
    rows = connection.execute(query).all()
    standing = told_as_judged(connection, [seq for seq, _, _ in rows])
    for seq, claim, doc_id in rows:
        if seq in standing:
            yield Fault(where=f"claim {claim} of {doc_id}", what="tells no event")


def _link_faults(connection: Connection) -> Iterator[Fault]:
    links = schema.links
    rows = connection.execute(
        select(links.c.a, links.c.b, links.c.score).order_by(links.c.a, links.c.b)
    ).all()
    for portion in portions(rows):
        told = told_as_judged(connection, {seq for row in portion for seq in (row.a, row.b)})
        for a, b, stored in portion:
            if not _is_link(told, a, b, stored):
                yield Fault(where=f"link of claims {a} and {b}", what="is not what the two claims give")


def _is_link(told: Mapping[int, Told], a: int, b: int, stored: float) -> bool:
    if a not in told or b not in told:
        return False
    made = score(told[a], told[b])
    return made is not None and (made.a, made.score) == (told[a].key, stored) and stored >= THRESHOLD


def _key_faults(connection: Connection) -> Iterator[Fault]:
    """Claims whose block keys are not those that they have: others would not be compared with them."""
    claims, blocks = schema.claims, schema.blocks
    query = select(claims.c.seq).where(claims.c.doc.not_in(select(schema.unlinked.c.doc)))
    for portion in portions(connection.execute(query.order_by(claims.c.seq)).scalars().all()):
        kept: dict[int, set[str]] = {}
        for key, claim in connection.execute(select(blocks).where(blocks.c.claim.in_(portion))):
            kept.setdefault(claim, set()).add(key)
        for seq, one in told_as_judged(connection, portion).items():
            if kept.get(seq, set()) != set(keys(one)):
                where = f"claim {one.claim.id} of {one.claim.doc_id}"
                yield Fault(where=where, what="its keys for linking are not those that it has")


def _family_faults(connection: Connection) -> Iterator[Fault]:
    """Families of copies that are not named by their least document, and linked documents without one."""
    docs, families = schema.documents, schema.families
    least = select(families.c.family, func.min(docs.c.id)).join(docs, docs.c.seq == families.c.doc)
    for name, first in connection.execute(least.group_by(families.c.family).order_by(families.c.family)):
        if name != first:
            yield Fault(where=f"family {name}", what=f"its least document is {first}")
    lost = select(docs.c.id).where(docs.c.seq.not_in(select(families.c.doc)))
    waiting = select(schema.unlinked.c.doc)
    for doc_id in connection.execute(lost.where(docs.c.seq.not_in(waiting)).order_by(docs.c.id)).scalars():
        yield Fault(where=f"document {doc_id}", what="is of no family of copies")


def _body_faults(connection: Connection) -> Iterator[Fault]:
    """Deals, agreements and contradictions that are not as defined, or (if fresh) of events that are not there."""
    known = set(connection.execute(select(schema.events.c.id)).scalars())
    checked = lives.fresh(connection)
    for what, (table, record) in _BODIES.items():
        for id, body in connection.execute(select(table.c.id, table.c.body).order_by(table.c.id)):
            where = f"{what} {id}"
            try:
                read = record.model_validate_json(body)
            except ValidationError as error:
                yield Fault(where=where, what=f"is not as the record is defined: {_first(error)}")
                continue
            if getattr(read, "id", None) != id:
                yield Fault(where=where, what="its record has another id")
            lost = sorted(set(_events_in(read)) - known) if checked else []
            if lost:
                yield Fault(where=where, what=f"is of events that are not there: {', '.join(lost)}")


def _paging_faults(connection: Connection) -> Iterator[Fault]:
    """What pages list and count by: chunks that hold every event, days of lives that their steps give."""
    lost = "SELECT id FROM events WHERE seq / 128 NOT IN (SELECT chunk FROM event_chunks) ORDER BY id"
    for id in connection.execute(text(lost)).scalars():
        yield Fault(where=f"event {id}", what="is of no chunk, so counts would leave it out")
    for what in ("deal", "agreement"):
        made, kept = (
            f"SELECT id, begun, moved, until FROM {of}" for of in (f"days_of_{what}s", f"{what}_days")
        )
        differ = (
            f"SELECT id FROM ({made} EXCEPT {kept}) UNION SELECT id FROM ({kept} EXCEPT {made}) ORDER BY id"
        )
        for id in connection.execute(text(differ)).scalars():
            yield Fault(where=f"{what} {id}", what="its days are not those of its steps")


def _events_in(read: Record) -> Iterable[str]:
    if isinstance(read, Deal | Agreement):
        return [step.event for step in read.steps]
    return [read.event] if isinstance(read, Contradiction) and read.event else []


def _judgement_faults(connection: Connection) -> Iterator[Fault]:
    table = schema.judgements
    query = select(table.c.id, table.c.verdict, table.c.doc_id, table.c.body).order_by(table.c.id)
    for id, verdict, doc_id, body in connection.execute(query):
        try:
            read = read_judgement(body)
        except SettingsError as error:
            yield Fault(where=f"judgement {id}", what=str(error))
            continue
        if (read.id, read.verdict, read.claim.doc_id) != (id, verdict, doc_id):
            yield Fault(where=f"judgement {id}", what="its columns are not those of its record")
    lost = text("""
        SELECT j.judgement FROM judged j JOIN judgements g ON g.id = j.judgement WHERE g.withdrawn = 1
        ORDER BY j.judgement
    """)
    for id in connection.execute(lost).scalars():
        yield Fault(where=f"judgement {id}", what="is withdrawn, but still counted")


def _first(error: ValidationError | SettingsError) -> str:
    if isinstance(error, SettingsError):
        return str(error)
    details = error.errors()[0]
    return f"{'.'.join(map(str, details['loc']))}: {details['msg']}"
