"""Families of copies and near-copies: which documents are one independent source.

Two documents are near when they have the same text, or share a band and are like enough. A family is
what hangs together by such pairs, named by its least document id; a document without copies is a family
of its own. That is a property of the set of documents, so it does not hang on the order of arrival
(which marks of duplicates do: they name the first that arrived).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, delete, func, insert, select, update

from communique.archive import schema
from communique.archive.records import Signature

Likeness = Callable[[Signature, Signature], float]


def leave_family(connection: Connection, doc: int) -> None:
    """Undo the family of a document whose text has changed; all who were of it wait to be linked again."""
    table = schema.families
    name = select(table.c.family).where(table.c.doc == doc).scalar_subquery()
    all_of_it = select(table.c.doc).where(table.c.family == name)
    waiting = insert(schema.unlinked).prefix_with("OR IGNORE")
    connection.execute(waiting.from_select(["doc"], all_of_it))
    connection.execute(delete(table).where(table.c.family == name))


def join_families(connection: Connection, *, likeness: Likeness, near: float) -> None:
    """Find the families of documents that wait to be linked and have none (their fingerprints are kept).

    Where families grow together, those whose family has another name now wait to be linked too: what counts
    as an independent source has changed for them.
    """
    waiting = select(schema.unlinked.c.doc).where(schema.unlinked.c.doc.not_in(select(schema.families.c.doc)))
    for doc in connection.execute(waiting.order_by(schema.unlinked.c.doc)).scalars().all():
        _join(connection, doc, likeness, near)


def _join(connection: Connection, doc: int, likeness: Likeness, near: float) -> None:
    """Put one document into the family that its near ones make with it."""
    table = schema.families
    met: set[str] = set()
    for other, family in _candidates(connection, doc):
        if family not in met and _is_near(connection, doc, other, likeness, near):
            met.add(family)
    own = connection.execute(select(schema.documents.c.id).where(schema.documents.c.seq == doc)).scalar_one()
    name = min({own, *met})
    connection.execute(insert(table).values(doc=doc, family=name))
    renamed = sorted(met - {name})
    if renamed:
        theirs = select(table.c.doc).where(table.c.family.in_(renamed))
        waiting = insert(schema.unlinked).prefix_with("OR IGNORE")
        connection.execute(waiting.from_select(["doc"], theirs))
        connection.execute(update(table).where(table.c.family.in_(renamed)).values(family=name))


def _candidates(connection: Connection, doc: int) -> list[tuple[int, str]]:
    """The documents of a family already that have the same text or share a band, with their families."""
    docs, families, twins = schema.documents, schema.families, schema.documents.alias("twins")
    mine, others = schema.bands.alias("mine"), schema.bands.alias("others")
    same_text = (
        select(families.c.doc, families.c.family)
        .join(docs, docs.c.seq == families.c.doc)
        .join(twins, twins.c.text_sha256 == docs.c.text_sha256)
        .where(twins.c.seq == doc)
    )
    same_band = (
        select(families.c.doc, families.c.family)
        .join(others, others.c.doc == families.c.doc)
        .join(mine, (mine.c.band == others.c.band) & (mine.c.value == others.c.value))
        .where(mine.c.doc == doc)
    )
    found = {(other, family) for other, family in connection.execute(same_text.union(same_band))}
    return sorted(pair for pair in found if pair[0] != doc)


def _is_near(connection: Connection, doc: int, other: int, likeness: Likeness, near: float) -> bool:
    docs, table = schema.documents, schema.signatures
    texts = select(func.count(docs.c.text_sha256.distinct())).where(docs.c.seq.in_([doc, other]))
    if connection.execute(texts).scalar_one() == 1:
        return True
    stored = connection.execute(select(table.c.signature).where(table.c.doc.in_([doc, other]))).scalars()
    one, another = (Signature(bands=(), signature=signature) for signature in stored)
    return likeness(one, another) >= near
