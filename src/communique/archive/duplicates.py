"""Marks of exact and near duplicates, found through bands in the archive rather than in memory.

Two texts share a band when part of their MinHash signatures is the same (locality-sensitive hashing,
Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3); only those are compared.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from communique.archive import schema
from communique.archive.families import Likeness, leave_family
from communique.archive.records import Duplicate, Signature


def mark_duplicate(
    connection: Connection, doc_id: str, fingerprint: Signature, *, likeness: Likeness, near: float
) -> Duplicate | None:
    """Keep the fingerprint of a kept document and mark which earlier one it repeats, if any.

    The mark names the earliest document with the same text, or else the earliest whose likeness is at
    least `near`. Only documents that arrived before are looked at, so the marks do not change later.
    """
    docs = schema.documents
    seq, text_sha256 = connection.execute(
        select(docs.c.seq, docs.c.text_sha256).where(docs.c.id == doc_id)
    ).one()
    connection.execute(delete(schema.duplicates).where(schema.duplicates.c.doc == seq))
    _keep_fingerprint(connection, seq, fingerprint)
    found = _exact(connection, seq, text_sha256) or _near(connection, seq, fingerprint, likeness, near)
    if found is None:
        return None
    of, how, value = found
    connection.execute(insert(schema.duplicates).values(doc=seq, of=of, how=how, likeness=value))
    name = connection.execute(select(docs.c.id).where(docs.c.seq == of)).scalar_one()
    return Duplicate.model_validate({"of": name, "how": how, "likeness": value})


def _keep_fingerprint(connection: Connection, seq: int, fingerprint: Signature) -> None:
    """Keep the fingerprint; where another was kept before, the document leaves its family."""
    table = schema.signatures
    held = connection.execute(select(table.c.signature).where(table.c.doc == seq)).scalar_one_or_none()
    if held is not None and held != fingerprint.signature:
        leave_family(connection, seq)
    connection.execute(delete(schema.bands).where(schema.bands.c.doc == seq))
    connection.execute(delete(schema.signatures).where(schema.signatures.c.doc == seq))
    connection.execute(insert(schema.signatures).values(doc=seq, signature=fingerprint.signature))
    rows = [{"band": n, "value": _signed(v), "doc": seq} for n, v in enumerate(fingerprint.bands)]
    if rows:
        connection.execute(insert(schema.bands), rows)


def _exact(connection: Connection, seq: int, text_sha256: str) -> tuple[int, str, float] | None:
    docs = schema.documents
    query = select(docs.c.seq).where(docs.c.text_sha256 == text_sha256, docs.c.seq < seq)
    first = connection.execute(query.order_by(docs.c.seq).limit(1)).scalar_one_or_none()
    return None if first is None else (first, "exact", 1.0)


def _near(
    connection: Connection, seq: int, fingerprint: Signature, likeness: Likeness, near: float
) -> tuple[int, str, float] | None:
    signatures = schema.signatures
    for other in _sharing_a_band(connection, seq):
        stored = connection.execute(
            select(signatures.c.signature).where(signatures.c.doc == other)
        ).scalar_one()
        value = likeness(fingerprint, Signature(bands=(), signature=stored))
        if value >= near:
            return other, "near", value
    return None


def _sharing_a_band(connection: Connection, seq: int) -> list[int]:
    """The earlier documents that share a band, earliest first."""
    mine, others = schema.bands.alias("mine"), schema.bands.alias("others")
    query = (
        select(others.c.doc)
        .join(mine, (mine.c.band == others.c.band) & (mine.c.value == others.c.value))
        .where(mine.c.doc == seq, others.c.doc < seq)
        .distinct()
        .order_by(others.c.doc)
    )
    return list(connection.execute(query).scalars())


def _signed(value: int) -> int:
    """The 64-bit value as SQLite stores whole numbers."""
    value &= (1 << 64) - 1
    return value - (1 << 64) if value >= 1 << 63 else value
