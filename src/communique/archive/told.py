"""Claims as linking takes them: with what their documents are, and as people judged them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Row, Select, func, select, tuple_

from communique.archive import schema
from communique.archive.queries import Parts, claim_of, parts_of_claims
from communique.linking.judgements import apply
from communique.linking.records import ClaimKey, Judgement, Told
from communique.records import Interval

PORTION: Final = 400
"""How many claims are read at a time."""

T = TypeVar("T")
Judged = dict[ClaimKey, list[Judgement]]


def told_as_coded(connection: Connection, claims: Iterable[int], *, derived: bool = True) -> dict[int, Told]:
    """The claims by their place in the table, as they were coded, in that order; `derived`: with derivations."""
    found: dict[int, Told] = {}
    for portion in portions(sorted(set(claims))):
        rows = connection.execute(_rows().where(schema.claims.c.seq.in_(portion))).all()
        parts = parts_of_claims(connection, portion, derived=derived)
        found |= {row.seq: _told(row, parts) for row in rows}
    return dict(sorted(found.items()))


def told_as_judged(connection: Connection, claims: Iterable[int], *, derived: bool = True) -> dict[int, Told]:
    """The claims as people judged them: without the wrong ones, with corrected values."""
    coded = told_as_coded(connection, claims, derived=derived)
    judged = judged_claims(connection, coded)
    if not judged:
        return coded
    return {seq: t for seq, one in coded.items() for t in apply([one], judged)}


def judged_claims(connection: Connection, claims: Iterable[int]) -> Judged:
    """The standing judgements about single claims, by the claim."""
    docs, table, judged, judgements = schema.documents, schema.claims, schema.judged, schema.judgements
    query = (
        select(docs.c.id, table.c.id, judgements.c.body)
        .join(table, table.c.doc == docs.c.seq)
        .join(judged, judged.c.claim == table.c.seq)
        .join(judgements, judgements.c.id == judged.c.judgement)
        .where(judgements.c.verdict.in_(["wrong", "right", "corrected"]))
    )
    found: Judged = {}
    for portion in portions(sorted(set(claims))):
        for doc_id, claim_id, body in connection.execute(query.where(table.c.seq.in_(portion))):
            key = ClaimKey(doc_id=doc_id, id=claim_id)
            found.setdefault(key, []).append(Judgement.model_validate_json(body))
    return found


def seqs_of(connection: Connection, keys: Iterable[ClaimKey]) -> dict[ClaimKey, int]:
    """The places of claims in the table; keys that are not there are left out."""
    docs, table = schema.documents, schema.claims
    query = select(docs.c.id, table.c.id, table.c.seq).join(docs, docs.c.seq == table.c.doc)
    query = query.order_by(table.c.doc, table.c.id)
    found: dict[ClaimKey, int] = {}
    wanted = sorted({(key.doc_id, key.id) for key in keys})
    for portion in portions(wanted):
        # SQLite seeks no index for pairs alone: without the first condition all claims are gone through
        among = docs.c.id.in_(sorted({doc_id for doc_id, _ in portion}))
        rows = connection.execute(query.where(among, tuple_(docs.c.id, table.c.id).in_(portion)))
        found |= {ClaimKey(doc_id=doc_id, id=claim_id): seq for doc_id, claim_id, seq in rows}
    return found


def portions(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items, `PORTION` at a time."""
    return (items[at : at + PORTION] for at in range(0, len(items), PORTION))


def _rows() -> Select[Any]:
    docs, table, families = schema.documents, schema.claims, schema.families
    return (
        select(
            table,
            docs.c.id.label("doc_id"),
            docs.c.published_from,
            docs.c.published_to,
            docs.c.outlet,
            docs.c.title,
            func.coalesce(families.c.family, docs.c.id).label("copies"),
        )
        .join(docs, docs.c.seq == table.c.doc)
        .outerjoin(families, families.c.doc == docs.c.seq)
    )


def _told(row: Row[Any], parts: Parts) -> Told:
    return Told(
        claim=claim_of(row, parts),
        published=_published(row.published_from, row.published_to),
        outlet=row.outlet,
        title=row.title,
        copies=row.copies,
    )


@lru_cache(PORTION)
def _published(first: str | None, last: str | None) -> Interval | None:
    return None if first is None else Interval.model_validate({"from": first, "to": last})
