"""What waits for a person's eye: unsure claims, weak and missed joins, and codes that no table has."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, text, tuple_
from sqlalchemy.sql.selectable import NamedFromClause

from communique.archive import schema
from communique.archive.judgements import all_judgements
from communique.linking.records import ClaimKey, Judgement, Link
from communique.records import Record

if TYPE_CHECKING:
    from communique.archive import Archive


class CodeCount(Record):
    """A code that claims give to an actor, and how many claims."""

    code: str
    claims: int


_CODES: Final = text("""
    WITH RECURSIVE known (code) AS (
        SELECT min(code) FROM event_actors
        UNION ALL
        SELECT (SELECT min(code) FROM event_actors WHERE code > known.code) FROM known WHERE known.code IS NOT NULL
    ) SELECT code FROM known WHERE code IS NOT NULL
""")
"""All codes of events' actors, each found by one step in the index: there are few codes of very many actors."""


def unsure_claims(archive: Archive, below: float, *, limit: int, offset: int = 0) -> list[ClaimKey]:
    """The claims less sure than that which nobody has judged, the least sure first."""
    table = schema.claims
    query = select(table.c.seq).where(_unsure(below)).order_by(table.c.confidence, table.c.seq)
    with archive.reading() as connection:
        seqs = connection.execute(query.limit(limit).offset(offset)).scalars().all()
        found = _keys_of(connection.execute(_named(seqs)).all())
    return [found[seq] for seq in seqs]


def count_unsure(archive: Archive, below: float) -> int:
    """How many claims are less sure than that and judged by nobody."""
    return _counted(archive, select(func.count()).select_from(schema.claims).where(_unsure(below)))


def joins(archive: Archive, *, within: bool, limit: int, offset: int = 0) -> list[Link]:
    """Links that nobody has judged: `within` one event, the weakest first; or between two, the strongest first."""
    score = schema.links.c.score
    query = _links(within).order_by(score if within else score.desc(), schema.links.c.a, schema.links.c.b)
    with archive.reading() as connection:
        rows = connection.execute(query.limit(limit).offset(offset)).all()
        keys = _keys_of(connection.execute(_named({seq for row in rows for seq in (row.a, row.b)})).all())
    return [
        Link(a=keys[row.a], b=keys[row.b], score=row.score, reasons=tuple(json.loads(row.reasons)))
        for row in rows
    ]


def count_joins(archive: Archive) -> tuple[int, int]:
    """How many links there are that nobody has judged, within one event and between two: in one walk over them."""
    one, other = schema.event_claims.alias("one"), schema.event_claims.alias("other")
    together = func.ifnull(func.sum(one.c.event == other.c.event), 0)
    joined = _joined(select(together, func.count()), one, other)
    with archive.reading() as connection:
        (every, all_), (judged, all_judged) = (
            connection.execute(query).one() for query in (joined, joined.where(_decided()))
        )
    within = int(every) - int(judged)
    return within, int(all_) - int(all_judged) - within


def codes(archive: Archive, known: Collection[str]) -> list[CodeCount]:
    """The codes of events' actors that are not among the known ones, those of the most claims first."""
    actors, held = schema.event_actors, schema.event_claims
    count = func.count(held.c.claim.distinct())
    query = select(actors.c.code, count).join(held, held.c.event == actors.c.event)
    with archive.reading() as connection:
        told = set(connection.execute(_CODES).scalars())
        strange = sorted(told - set(known))
        found = connection.execute(query.where(actors.c.code.in_(strange)).group_by(actors.c.code)).all()
    counts = [CodeCount(code=code, claims=n) for code, n in found]
    return sorted(counts, key=lambda one: (-one.claims, one.code))


def claims_with_code(archive: Archive, code: str, *, limit: int | None = None) -> list[ClaimKey]:
    """The claims that have an actor of that code (as coded), by their place in the archive."""
    table = schema.actors
    query = select(table.c.claim).where(table.c.code == code).distinct().order_by(table.c.claim).limit(limit)
    with archive.reading() as connection:
        seqs = connection.execute(query).scalars().all()
        found = _keys_of(connection.execute(_named(seqs)).all())
    return [found[seq] for seq in seqs]


def linked_with(archive: Archive, claim: ClaimKey) -> list[ClaimKey]:
    """The claims of the same event that are linked with this one, by their place in the archive."""
    links, docs, table = schema.links, schema.documents, schema.claims
    one, other = schema.event_claims.alias("one"), schema.event_claims.alias("other")
    this = (
        select(table.c.seq)
        .join(docs, docs.c.seq == table.c.doc)
        .where(docs.c.id == claim.doc_id, table.c.id == claim.id)
    ).scalar_subquery()
    joined = or_(
        and_(links.c.a == one.c.claim, links.c.b == other.c.claim),
        and_(links.c.b == one.c.claim, links.c.a == other.c.claim),
    )
    query = select(other.c.claim).select_from(one).join(other, other.c.event == one.c.event)
    query = query.join(links, joined).where(one.c.claim == this).order_by(other.c.claim)
    with archive.reading() as connection:
        seqs = connection.execute(query).scalars().all()
        found = _keys_of(connection.execute(_named(seqs)).all())
    return [found[seq] for seq in seqs]


def standing_on(archive: Archive, claims: Iterable[ClaimKey]) -> dict[ClaimKey, list[Judgement]]:
    """The judgements that are not withdrawn, by the claims that they are of now (each under one claim or two)."""
    docs, table, judged, judgements = schema.documents, schema.claims, schema.judged, schema.judgements
    query = (
        select(docs.c.id, table.c.id, judgements.c.body)
        .join(table, table.c.doc == docs.c.seq)
        .join(judged, judged.c.claim == table.c.seq)
        .join(judgements, judgements.c.id == judged.c.judgement)
        .where(judgements.c.withdrawn == 0)
        .order_by(judgements.c.id)
    )
    wanted = set(claims)
    found: dict[ClaimKey, list[Judgement]] = {}
    with archive.reading() as connection:
        for doc_id, id, body in connection.execute(query.where(docs.c.id.in_({k.doc_id for k in wanted}))):
            key = ClaimKey(doc_id=doc_id, id=id)
            if key in wanted:
                found.setdefault(key, []).append(Judgement.model_validate_json(body))
    return found


def judgement(archive: Archive, id: str) -> Judgement | None:
    """The judgement of that id, or None."""
    with archive.reading() as connection:
        return next((j for j in all_judgements(connection) if j.id == id), None)


def _unsure(below: float) -> ColumnElement[bool]:
    """Claims of events that are less sure than that and on which nobody has decided."""
    judged, judgements, table = schema.judged, schema.judgements, schema.claims
    decided = select(judged.c.claim).join(judgements, judgements.c.id == judged.c.judgement)
    decided = decided.where(judgements.c.verdict.in_(("wrong", "right", "corrected")))
    return and_(table.c.confidence < below, table.c.seq.not_in(decided))


def _links(within: bool) -> Select[Any]:
    one, other = schema.event_claims.alias("one"), schema.event_claims.alias("other")
    together = one.c.event == other.c.event if within else one.c.event != other.c.event
    return _joined(select(schema.links), one, other).where(together, ~_decided())


def _joined(query: Select[Any], one: NamedFromClause, other: NamedFromClause) -> Select[Any]:
    """The query over links with the events of both claims."""
    links = schema.links
    query = query.select_from(links).join(one, one.c.claim == links.c.a)
    return query.join(other, other.c.claim == links.c.b)


def _decided() -> ColumnElement[bool]:
    """That the two claims of a link were judged to be one event or not."""
    first, second = schema.judged.alias("first"), schema.judged.alias("second")
    pairs = select(first.c.claim, second.c.claim).join(second, second.c.judgement == first.c.judgement)
    pairs = pairs.where(first.c.side != second.c.side)
    return tuple_(schema.links.c.a, schema.links.c.b).in_(pairs)


def _named(seqs: Iterable[int]) -> Select[Any]:
    docs, table = schema.documents, schema.claims
    query = select(table.c.seq, docs.c.id.label("doc_id"), table.c.id).join(docs, docs.c.seq == table.c.doc)
    return query.where(table.c.seq.in_(sorted(seqs)))


def _keys_of(rows: Iterable[Row[Any]]) -> dict[int, ClaimKey]:
    return {row.seq: ClaimKey(doc_id=row.doc_id, id=row.id) for row in rows}


def _counted(archive: Archive, query: Select[Any]) -> int:
    with archive.reading() as connection:
        return int(connection.execute(query).scalar_one())
