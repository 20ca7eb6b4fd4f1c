"""People's judgements: kept in a table that coding never touches, and resolved to the claims of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, delete, insert, or_, select, update

from communique.archive import schema
from communique.archive.queries import claims as claims_of
from communique.archive.records import ClaimFilter, Resolved
from communique.linking.judgements import standing_at
from communique.linking.records import ClaimAnchor, ClaimKey, Judgement

_PORTION = 400


def keep_judgement(connection: Connection, judgement: Judgement) -> bool:
    """Keep a judgement; False where it is held already. One that is withdrawn on either side stays withdrawn."""
    table = schema.judgements
    held = connection.execute(
        select(table.c.withdrawn).where(table.c.id == judgement.id)
    ).scalar_one_or_none()
    if held is not None:
        if judgement.withdrawn and not held:
            withdraw_judgement(connection, judgement.id)
        return False
    row = {
        "id": judgement.id,
        "verdict": judgement.verdict,
        "doc_id": judgement.claim.doc_id,
        "other_doc_id": judgement.other.doc_id if judgement.other else None,
        "body": judgement.model_dump_json(exclude={"withdrawn"}),
        "withdrawn": judgement.withdrawn,
    }
    connection.execute(insert(table).values(row))
    return True


def withdraw_judgement(connection: Connection, id: str) -> None:
    """Mark a judgement as withdrawn."""
    table = schema.judgements
    connection.execute(update(table).where(table.c.id == id).values(withdrawn=1))


def all_judgements(connection: Connection) -> list[Judgement]:
    """All judgements, withdrawn ones too: by the document and place they are of, then by id."""
    table = schema.judgements
    rows = connection.execute(select(table.c.body, table.c.withdrawn))
    found = [
        Judgement.model_validate_json(body).model_copy(update={"withdrawn": bool(withdrawn)})
        for body, withdrawn in rows
    ]
    return sorted(found, key=lambda j: (j.claim.doc_id, j.claim.start, j.id))


def resolved_judgements(connection: Connection) -> list[Resolved]:
    """All judgements, in that order, with the claims that they are of now (none for withdrawn ones)."""
    docs, claims, judged = schema.documents, schema.claims, schema.judged
    query = (
        select(judged.c.judgement, judged.c.side, docs.c.id, claims.c.id)
        .join(claims, claims.c.seq == judged.c.claim)
        .join(docs, docs.c.seq == claims.c.doc)
    )
    keys = {(j, side): ClaimKey(doc_id=doc, id=id) for j, side, doc, id in connection.execute(query)}
    return [
        Resolved(judgement=j, claim=keys.get((j.id, 0)), other=keys.get((j.id, 1)))
        for j in all_judgements(connection)
    ]


def resolve(connection: Connection, docs: Sequence[int]) -> None:
    """Find anew which claims of some documents the standing judgements are of."""
    table, judged = schema.judgements, schema.judged
    for doc, doc_id, text_sha256 in _documents(connection, docs):
        theirs = select(schema.claims.c.seq).where(schema.claims.c.doc == doc)
        connection.execute(delete(judged).where(judged.c.claim.in_(theirs)))
        found = connection.execute(
            select(table.c.body).where(
                or_(table.c.doc_id == doc_id, table.c.other_doc_id == doc_id), table.c.withdrawn == 0
            )
        ).scalars()
        rows = [row for body in found for row in _rows(connection, body, doc_id, text_sha256)]
        if rows:
            connection.execute(insert(judged), rows)


def judged_pairs(connection: Connection, claims: Iterable[int]) -> list[tuple[Judgement, int, int]]:
    """The standing judgements on whether two claims are the same, one of them among these, with both claims."""
    one, other, table = schema.judged.alias("one"), schema.judged.alias("other"), schema.judgements
    query = (
        select(table.c.id, table.c.body, one.c.claim, other.c.claim)
        .join(one, (one.c.judgement == table.c.id) & (one.c.side == 0))
        .join(other, (other.c.judgement == table.c.id) & (other.c.side == 1))
    )
    found: dict[str, tuple[Judgement, int, int]] = {}
    wanted = sorted(set(claims))
    for at in range(0, len(wanted), _PORTION):
        portion = wanted[at : at + _PORTION]
        for side in (one, other):
            for id, body, a, b in connection.execute(query.where(side.c.claim.in_(portion))):
                found[id] = (Judgement.model_validate_json(body), a, b)
    return [found[id] for id in sorted(found)]


def _documents(connection: Connection, docs: Sequence[int]) -> list[tuple[int, str, str]]:
    table = schema.documents
    query = select(table.c.seq, table.c.id, table.c.text_sha256).where(table.c.seq.in_(docs))
    return [(seq, id, digest) for seq, id, digest in connection.execute(query.order_by(table.c.seq))]


def _rows(connection: Connection, body: str, doc_id: str, text_sha256: str) -> Iterator[dict[str, object]]:
    """The rows of a judgement for the claims of one document."""
    judgement = Judgement.model_validate_json(body)
    for side, anchor in enumerate((judgement.claim, judgement.other)):
        if anchor is not None and anchor.doc_id == doc_id:
            claim = _claim_at(connection, anchor, text_sha256)
            if claim is not None:
                yield {"judgement": judgement.id, "claim": claim, "side": side}


def _claim_at(connection: Connection, anchor: ClaimAnchor, text_sha256: str) -> int | None:
    found = standing_at(anchor, text_sha256, list(claims_of(connection, ClaimFilter(document=anchor.doc_id))))
    if found is None:
        return None
    docs, table = schema.documents, schema.claims
    query = select(table.c.seq).join(docs, docs.c.seq == table.c.doc)
    here = query.where(docs.c.id == anchor.doc_id, table.c.id == found.id)
    return int(connection.execute(here).scalar_one())
