"""Checks everything that an archive promises, and says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DatabaseError

from communique.archive import queries, schema
from communique.archive.event_integrity import event_faults
from communique.archive.records import ClaimFilter, Fault
from communique.records import Claim, sha256

_INDEXES = {"documents_text": "documents", "evidence_text": "evidence", "statements_text": "statements"}


def record_faults(connection: Connection) -> Iterator[Fault]:
    """What is wrong in a sound file: references, hashes, offsets, ranges, events and the search indexes.

    The connection must be one that may write (FTS5 runs its check as an INSERT); nothing is changed.
    """
    yield from _reference_faults(connection)
    yield from _document_faults(connection)
    yield from _duplicate_faults(connection)
    yield from event_faults(connection)
    yield from _index_faults(connection)


def file_faults(connection: Connection) -> Iterator[Fault]:
    """SQLite's own check; a file too broken for that says so too."""
    try:
        messages = list(connection.execute(text("PRAGMA integrity_check")).scalars())
    except DatabaseError as error:
        messages = [str(error.orig)]
    for message in messages:
        if message != "ok":
            yield Fault(where="file", what=str(message))


def _reference_faults(connection: Connection) -> Iterator[Fault]:
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield Fault(where=f"{table} row {row}", what=f"refers to a row of {parent} that is not there")


def _document_faults(connection: Connection) -> Iterator[Fault]:
    """Document by document: hashes, the offsets of statements, and the claims."""
    docs = schema.documents
    query = select(docs.c.seq, docs.c.id, docs.c.text, docs.c.text_sha256).order_by(docs.c.id)
    for seq, doc_id, body, digest in connection.execute(query.execution_options(yield_per=100)):
        where = f"document {doc_id}"
        if sha256(body) != digest:
            yield Fault(where=where, what="the text is not the one that was hashed")
        try:
            list(queries.documents(connection, doc_id=doc_id))
        except ValidationError as error:
            yield Fault(where=where, what=f"is not as the record is defined: {_first(error)}")
        yield from _statement_faults(connection, seq, body, where)
        yield from _claim_faults(connection, doc_id, body)


def _statement_faults(connection: Connection, seq: int, body: str, where: str) -> Iterator[Fault]:
    table = schema.statements
    query = select(table.c.text, table.c.start, table.c.end).where(table.c.doc == seq).order_by(table.c.ord)
    for words, start, end in connection.execute(query):
        if not 0 <= start < end <= len(body) or words not in body[start:end]:
            yield Fault(where=where, what=f"statement at {start}-{end} is not in the text there: {words!r}")


def _claim_faults(connection: Connection, doc_id: str, body: str) -> Iterator[Fault]:
    """Evidence and derivations against the text, and what the record's definition wants."""
    try:
        claims = list(queries.claims(connection, ClaimFilter(document=doc_id)))
    except ValidationError as error:
        yield Fault(where=f"claims of {doc_id}", what=f"are not as the record is defined: {_first(error)}")
        return
    for claim in claims:
        for what in _wrong_with(claim, body):
            yield Fault(where=f"claim {claim.id} of {claim.doc_id}", what=what)


def _first(error: ValidationError) -> str:
    details = error.errors()[0]
    return f"{'.'.join(map(str, details['loc']))}: {details['msg']}"


def _wrong_with(claim: Claim, body: str) -> Iterator[str]:
    if not claim.evidence:
        yield "has no evidence"
    if not claim.actors:
        yield "has no actors"
    if not 0 <= claim.confidence <= 1:
        yield f"confidence {claim.confidence} is not between 0 and 1"
    if claim.attribution != next(iter(claim.attribution_chain), None):
        yield f"attribution {claim.attribution!r} is not the first of {list(claim.attribution_chain)}"
    for e in claim.evidence:
        if body[e.start : e.end] != e.text or not 0 <= e.start < e.end:
            yield f"evidence at {e.start}-{e.end} is not in the text there: {e.text!r}"
    for d in claim.derivations:
        if d.start is not None and d.end is not None and not 0 <= d.start <= d.end <= len(body):
            yield f"derivation of {d.field} rests on {d.start}-{d.end}, outside the text"


def _duplicate_faults(connection: Connection) -> Iterator[Fault]:
    """Marks of exact duplicates against the texts, and documents that no later one can be compared with."""
    docs, marks, firsts = schema.documents, schema.duplicates, schema.documents.alias("firsts")
    differ = (
        select(docs.c.id, firsts.c.id)
        .join(marks, marks.c.doc == docs.c.seq)
        .join(firsts, firsts.c.seq == marks.c.of)
        .where(marks.c.how == "exact", docs.c.text_sha256 != firsts.c.text_sha256)
    )
    for doc_id, first in connection.execute(differ.order_by(docs.c.id)):
        yield Fault(where=f"document {doc_id}", what=f"is marked as a copy of {first}, whose text is another")
    unsigned = select(docs.c.id).where(docs.c.seq.not_in(select(schema.signatures.c.doc)))
    for (doc_id,) in connection.execute(unsigned.order_by(docs.c.id)):
        yield Fault(where=f"document {doc_id}", what="has no fingerprint to find its duplicates by")


def _index_faults(connection: Connection) -> Iterator[Fault]:
    """The search indexes against their tables (https://sqlite.org/fts5.html, 'integrity-check')."""
    for index, table in _INDEXES.items():
        try:
            connection.execute(text(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"))
        except DatabaseError:
            yield Fault(where=index, what=f"the search index does not agree with the table {table}")
