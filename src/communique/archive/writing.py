"""All writes: documents with their coding, marks of duplicates, runs. Each takes an open transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, CursorResult, Table, delete, func, insert, select, update

from communique.archive import schema
from communique.archive.records import Coded
from communique.records import Claim, Coding, Document, Failure, Interval

Row = dict[str, Any]


def begin_run(
    connection: Connection, *, version: str, coder: str, settings: Mapping[str, str], inputs: Sequence[str]
) -> int:
    """Note that a run begins; gives its id."""
    result = connection.execute(
        insert(schema.runs).values(
            version=version,
            coder=coder,
            settings=json.dumps(dict(settings), sort_keys=True),
            inputs=json.dumps(list(inputs)),
            state="running",
        )
    )
    return _key_of(result)


def count_in_run(connection: Connection, run: int, **counts: int) -> None:
    """Add to the run's counts (kept, replaced, known, failed)."""
    table = schema.runs
    connection.execute(
        update(table).where(table.c.id == run).values({n: table.c[n] + more for n, more in counts.items()})
    )


def note_failure(connection: Connection, run: int, failure: Failure) -> None:
    """Keep a failure with its reason, after the ones before it."""
    table = schema.failures
    before = connection.execute(select(func.count()).where(table.c.run == run)).scalar_one()
    connection.execute(
        insert(table).values(
            run=run, ord=before, origin=_storable(failure.origin), reason=_storable(failure.reason)
        )
    )


def end_run(connection: Connection, run: int, state: Literal["finished", "stopped"]) -> None:
    """Note how a run ended."""
    connection.execute(update(schema.runs).where(schema.runs.c.id == run).values(state=state))


def keep(connection: Connection, coded: Coded, *, run: int, coder: str) -> Literal["kept", "replaced"]:
    """Put a document with all its coding into the archive, in place of an earlier coding of the same id.

    A replaced document keeps its place in the order of arrival. What is kept waits to be linked.
    """
    seq = connection.execute(
        select(schema.documents.c.seq).where(schema.documents.c.id == coded.document.id)
    ).scalar_one_or_none()
    row = _document_row(coded.document) | {"page_key": coded.page_key, "coder": coder, "run": run}
    if seq is None:
        new = _key_of(connection.execute(insert(schema.documents).values(row)))
        _add_coding(connection, new, coded.coding)
        wait(connection, [new])
        return "kept"
    _drop_coding(connection, seq)
    connection.execute(update(schema.documents).where(schema.documents.c.seq == seq).values(row))
    _add_coding(connection, seq, coded.coding)
    wait(connection, [seq])
    return "replaced"


def wait(connection: Connection, docs: Iterable[int]) -> None:
    """Let documents wait to be linked (again)."""
    rows = [{"doc": doc} for doc in sorted(set(docs))]
    if rows:
        connection.execute(insert(schema.unlinked).prefix_with("OR IGNORE"), rows)


def _document_row(document: Document) -> Row:
    published = document.published
    start, end = _days(published.interval)
    row = document.model_dump(exclude={"published"}) | {
        "published_from": start,
        "published_to": end,
        "published_found": published.found,
        "published_expression": published.expression,
    }
    return {name: row[name] for name in schema.documents.c.keys() if name in row}  # noqa: SIM118


def _days(interval: Interval | None) -> tuple[str | None, str | None]:
    return (interval.start.isoformat(), interval.end.isoformat()) if interval else (None, None)


def _drop_coding(connection: Connection, seq: int) -> None:
    """Remove what was coded from a document; triggers take it out of the search indexes."""
    claims = select(schema.claims.c.seq).where(schema.claims.c.doc == seq)
    for table in (schema.actors, schema.sources, schema.materiel, schema.evidence, schema.derivations):
        connection.execute(delete(table).where(table.c.claim.in_(claims)))
    for table in (schema.claims, schema.statements, schema.people):
        connection.execute(delete(table).where(table.c.doc == seq))


def _add_coding(connection: Connection, seq: int, coding: Coding) -> None:
    for ord_, claim in enumerate(coding.claims):
        _add_claim(connection, seq, ord_, claim)
    statements = [s.model_dump(exclude={"doc_id"}) for s in coding.statements]
    people = [p.model_dump(exclude={"doc_id"}) for p in coding.people]
    _add_rows(connection, schema.statements, {"doc": seq}, statements)
    _add_rows(connection, schema.people, {"doc": seq}, people)


def _add_claim(connection: Connection, seq: int, ord_: int, claim: Claim) -> None:
    start, end = _days(claim.date)
    row = {
        "id": claim.id,
        "doc": seq,
        "ord": ord_,
        "kind": claim.kind,
        "status": claim.status,
        "date_from": start,
        "date_to": end,
        "place_name": claim.place.name if claim.place else None,
        "place_country": claim.place.country if claim.place else None,
        "stage": claim.stage,
        "instrument": claim.instrument,
        "attribution": claim.attribution,
        "confidence": claim.confidence,
    }
    key = {"claim": _key_of(connection.execute(insert(schema.claims).values(row)))}
    for table, parts in (
        (schema.actors, claim.actors),
        (schema.materiel, claim.materiel),
        (schema.evidence, claim.evidence),
        (schema.derivations, claim.derivations),
    ):
        _add_rows(connection, table, key, [part.model_dump() for part in parts])
    _add_rows(connection, schema.sources, key, [{"name": name} for name in claim.attribution_chain])


def _add_rows(connection: Connection, table: Table, key: Row, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), [key | {"ord": n} | row for n, row in enumerate(rows)])


def _key_of(result: CursorResult[Any]) -> int:
    """The key of the row that was inserted."""
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def _storable(text: str) -> str:
    """The text with what UTF-8 cannot hold (lone surrogates of odd file names) shown as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
