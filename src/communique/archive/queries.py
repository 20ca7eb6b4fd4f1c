"""Every question to the record that is not a search: each a named function over an open connection.

Rows come as records, in a fixed order (document id, then place in the document, unless said), and in
portions: memory does not grow with the archive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, bindparam, exists, select

from communique.archive import schema
from communique.archive.records import ClaimFilter, Duplicate, Run, Standing, StoredDocument
from communique.records import Claim, Document, Failure, Person, Statement

Values = tuple[Any, ...]
Parts = dict[str, dict[int, tuple[Values, ...]]]
_PORTION = 200
_KEPT: Final = 8192
"""Claims that are kept as they were made, by all that they consist of."""


def standing(connection: Connection, doc_id: str) -> Standing | None:
    """What is held under that document id."""
    docs = schema.documents
    columns = (docs.c[field] for field in Standing.model_fields)
    row = connection.execute(select(*columns).where(docs.c.id == doc_id)).one_or_none()
    return None if row is None else Standing.model_validate(dict(row._mapping))


def documents(connection: Connection, *, doc_id: str | None = None) -> Iterator[StoredDocument]:
    """All documents (or the one of that id) with their marks, by id."""
    docs, marks, firsts = schema.documents, schema.duplicates, schema.documents.alias("firsts")
    query = (
        select(docs, firsts.c.id.label("of"), marks.c.how, marks.c.likeness)
        .outerjoin(marks, marks.c.doc == docs.c.seq)
        .outerjoin(firsts, firsts.c.seq == marks.c.of)
        .order_by(docs.c.id)
    )
    if doc_id is not None:
        query = query.where(docs.c.id == doc_id)
    for row in connection.execute(query.execution_options(yield_per=_PORTION)):
        yield _stored_document(row)


def seqs_of_documents(connection: Connection, ids: Iterable[str]) -> list[int]:
    """The places of documents in the table; ids that are not there are left out."""
    docs = schema.documents
    return list(connection.execute(select(docs.c.seq).where(docs.c.id.in_(sorted(set(ids))))).scalars())


def claims(connection: Connection, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
    """The claims that the filter wants, by document id and place in the document."""
    query = _claim_rows().order_by(schema.documents.c.id, schema.claims.c.ord)
    yield from _claims(connection, _filtered(query, wanted or ClaimFilter()))


def claims_by_date(connection: Connection, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
    """The claims that the filter wants, earliest first; undated ones last."""
    date = schema.claims.c.date_from
    query = _claim_rows().order_by(
        date.is_(None), date, schema.claims.c.date_to, schema.documents.c.id, schema.claims.c.ord
    )
    yield from _claims(connection, _filtered(query, wanted or ClaimFilter()))


def claims_by_id(connection: Connection, prefix: str, *, limit: int = 20) -> list[Claim]:
    """The claims of that id, or else those whose id begins so (at most `limit`), by id."""
    exact = _claim_rows().where(schema.claims.c.id == prefix).order_by(schema.documents.c.id)
    found = list(_claims(connection, exact))
    if found:
        return found
    like = _claim_rows().where(schema.claims.c.id.startswith(prefix, autoescape=True))
    return list(_claims(connection, like.order_by(schema.claims.c.id, schema.documents.c.id).limit(limit)))


def statements(connection: Connection, document: str | None = None) -> Iterator[Statement]:
    """All statements (of that document), by document id and place."""
    for row in _of_documents(connection, schema.statements, document):
        yield Statement.model_validate(_without(row, "seq", "doc", "ord") | {"direct": bool(row.direct)})


def people(connection: Connection, document: str | None = None) -> Iterator[Person]:
    """All people named (in that document), by document id and place."""
    for row in _of_documents(connection, schema.people, document):
        yield Person.model_validate(_without(row, "doc", "ord"))


def runs(connection: Connection) -> list[Run]:
    """All runs with their failures, the first one first."""
    found = connection.execute(select(schema.runs).order_by(schema.runs.c.id)).all()
    return [_run(connection, row) for row in found]


def _run(connection: Connection, row: Row[Any]) -> Run:
    table = schema.failures
    failed = connection.execute(
        select(table.c.origin, table.c.reason).where(table.c.run == row.id).order_by(table.c.ord)
    )
    values = dict(row._mapping) | {
        "settings": json.loads(row.settings),
        "inputs": json.loads(row.inputs),
        "failures": [Failure(origin=f.origin, reason=f.reason) for f in failed],
    }
    return Run.model_validate(values)


def _claim_rows() -> Select[Any]:
    docs, table = schema.documents, schema.claims
    return select(table, docs.c.id.label("doc_id")).join(docs, docs.c.seq == table.c.doc)


def _filtered(query: Select[Any], wanted: ClaimFilter) -> Select[Any]:
    """The query narrowed to what is wanted."""
    table = schema.claims
    codes = [*wanted.between, *([wanted.actor] if wanted.actor else [])]
    conditions: list[ColumnElement[bool]] = [_takes_part(code) for code in codes]
    if wanted.kinds:
        conditions.append(table.c.kind.in_(wanted.kinds))
    if wanted.statuses:
        conditions.append(table.c.status.in_(wanted.statuses))
    if wanted.since:
        conditions.append(table.c.date_to >= wanted.since)
    if wanted.until:
        conditions.append(table.c.date_from <= wanted.until)
    if wanted.min_confidence is not None:
        conditions.append(table.c.confidence >= wanted.min_confidence)
    if wanted.document is not None:
        conditions.append(schema.documents.c.id == wanted.document)
    return query.where(and_(True, *conditions)).limit(wanted.limit)


def _takes_part(code: str) -> ColumnElement[bool]:
    table = schema.actors
    return exists().where(table.c.claim == schema.claims.c.seq, table.c.code == code)


def _claims(connection: Connection, query: Select[Any]) -> Iterator[Claim]:
    rows = iter(connection.execute(query.execution_options(yield_per=_PORTION)))
    while portion := list(islice(rows, _PORTION)):
        parts = parts_of_claims(connection, [row.seq for row in portion])
        yield from (claim_of(row, parts) for row in portion)


def parts_of_claims(connection: Connection, keys: Sequence[int], *, derived: bool = True) -> Parts:
    """What claims consist of beside their row: by the table's name, then by the claim.

    Without `derived` the derivations of their values, which are most of it, are left out.
    """
    tables = _PARTS if derived else _PARTS[:-1]
    return {table.name: _parts(connection, table, keys) for table in tables}


_PARTS: Final = (schema.actors, schema.sources, schema.materiel, schema.evidence, schema.derivations)


def _parts(connection: Connection, table: Table, keys: Sequence[int]) -> dict[int, tuple[Values, ...]]:
    """The rows of a table by the claim that they belong to, in their order."""
    rows = connection.execute(_query_of_parts(table), {"keys": list(keys)}).all()
    return {claim: tuple([row[1:] for row in theirs]) for claim, theirs in groupby(rows, key=itemgetter(0))}


@cache
def _query_of_parts(table: Table) -> Select[Any]:
    """The question for the parts of `keys`: the claim, and what `_columns` names; made once for a table."""
    columns = (table.c[name] for name in _columns(table))
    query = select(table.c.claim, *columns).where(table.c.claim.in_(bindparam("keys", expanding=True)))
    return query.order_by(table.c.claim, table.c.ord)


@cache
def _columns(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in ("seq", "claim", "ord"))


def claim_of(row: Row[Any], parts: Parts) -> Claim:
    """The claim of a row of the table, with its parts among those."""
    of_it = (parts[table.name].get(row.seq, ()) if table.name in parts else () for table in _PARTS)
    return _claim(_values(row), *of_it)


_FIELDS: Final = ("id", "doc_id", "kind", "status", "stage", "instrument", "attribution", "confidence")
_values = attrgetter(*_FIELDS, "date_from", "date_to", "place_name", "place_country")


@lru_cache(_KEPT)
def _claim(values: Values, *parts: tuple[Values, ...]) -> Claim:
    """The claim of such a row and such parts; claims that are read again are not made again."""
    first, last, name, country = values[len(_FIELDS) :]
    made = {
        table.name: [dict(zip(_columns(table), one, strict=True)) for one in some]
        for table, some in zip(_PARTS, parts, strict=True)
    }
    chain = [source["name"] for source in made.pop("sources")]
    place = {"name": name, "country": country} if name is not None else None
    more = {"date": _interval(first, last), "place": place, "attribution_chain": chain}
    return Claim.model_validate(dict(zip(_FIELDS, values, strict=False)) | made | more)


def _interval(start: str | None, end: str | None) -> dict[str, str | None] | None:
    return None if start is None else {"from": start, "to": end}


def _stored_document(row: Row[Any]) -> StoredDocument:
    values = {name: row._mapping[name] for name in Document.model_fields if name != "published"}
    values["published"] = {
        "interval": _interval(row.published_from, row.published_to),
        "found": row.published_found,
        "expression": row.published_expression,
    }
    mark = None if row.of is None else Duplicate(of=row.of, how=row.how, likeness=row.likeness)
    return StoredDocument(document=Document.model_validate(values), duplicate=mark)


def _of_documents(connection: Connection, table: Table, document: str | None = None) -> Iterable[Row[Any]]:
    docs = schema.documents
    query = (
        select(table, docs.c.id.label("doc_id"))
        .join(docs, docs.c.seq == table.c.doc)
        .order_by(docs.c.id, table.c.ord)
    )
    query = query if document is None else query.where(docs.c.id == document)
    return connection.execute(query.execution_options(yield_per=_PORTION))


def _without(row: Row[Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name not in names}
