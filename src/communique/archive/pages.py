"""Questions that the web pages ask and nobody else does: each a named function over an open archive.

What comes out is in a fixed order and at most a portion long, so a page costs the same in a large archive.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, TextualSelect, and_, func, select, text

from communique.archive import schema
from communique.archive.events import years_met
from communique.archive.opening import engine
from communique.archive.search import match_expression
from communique.records import Found, Interval, Person, Record, Statement

if TYPE_CHECKING:
    from communique.archive import Archive


class Watch:
    """Says whether an archive has changed, whoever changed it: `state()` is equal as long as it has not.

    It is SQLite's `PRAGMA data_version` on one connection that is kept open for it
    (https://sqlite.org/pragma.html#pragma_data_version); numbers of two watches cannot be compared.
    """

    def __init__(self, path: Path) -> None:
        self._engine = engine(path)
        self._connection = self._engine.raw_connection()
        self._lock = threading.Lock()

    def state(self) -> int:
        """A number that changes with every transaction that another connection commits."""
        with self._lock:
            cursor = self._connection.cursor()
            (version,) = cursor.execute("PRAGMA data_version").fetchone()
            cursor.close()
        return int(version)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._engine.dispose()


class DocumentFilter(Record):
    """Which documents are wanted; every part that is set must hold. `since` and `until` are of the publication."""

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    language: str | None = None
    text: str | None = None
    found: Found | None = None
    aside: bool | None = None
    copies: bool | None = None


class DocumentRow(Record):
    """A document in a list, without its text. `copy_of` is the first document that it repeats."""

    id: str
    title: str | None
    outlet: str | None
    language: str
    published: Interval | None
    found: Found
    aside: str | None
    copy_of: str | None
    claims: int


class PersonRow(Record):
    """A person as documents name them: how many documents do, and in which offices of which states."""

    name: str
    documents: int
    posts: tuple[tuple[str | None, str | None, int], ...]


class Sighted(Record):
    """A document that names a person, with the office as of then."""

    doc_id: str
    title: str | None
    published: Interval | None
    office: str | None
    code: str | None


class Said(Record):
    """A statement with the title and the publication of its document."""

    statement: Statement
    title: str | None
    published: Interval | None


def documents(
    archive: Archive, wanted: DocumentFilter, *, limit: int | None = None, offset: int = 0
) -> Iterator[DocumentRow]:
    """The documents that are wanted, the latest published first, undated ones last."""
    docs, claims = schema.documents, schema.claims
    firsts = schema.documents.alias("firsts")
    counted = select(func.count()).where(claims.c.doc == docs.c.seq).scalar_subquery()
    query = (
        select(docs, firsts.c.id.label("copy_of"), counted.label("claims"))
        .outerjoin(schema.duplicates, schema.duplicates.c.doc == docs.c.seq)
        .outerjoin(firsts, firsts.c.seq == schema.duplicates.c.of)
        .order_by(docs.c.published_from.is_(None), docs.c.published_from.desc(), docs.c.id)
        .limit(limit)
        .offset(offset)
    )
    with archive.reading() as connection:
        for row in connection.execute(query.where(_of_documents(wanted)).execution_options(yield_per=200)):
            yield DocumentRow(
                published=_interval(row.published_from, row.published_to),
                found=row.published_found,
                **{
                    n: row._mapping[n]
                    for n in ("id", "title", "outlet", "language", "aside", "copy_of", "claims")
                },
            )


def count_documents(archive: Archive, wanted: DocumentFilter) -> int:
    """How many documents are wanted."""
    query = select(func.count()).select_from(schema.documents).where(_of_documents(wanted))
    if wanted.text is not None and wanted == DocumentFilter(text=wanted.text):
        query = select(func.count()).select_from(_saying(wanted.text).subquery())
    with archive.reading() as connection:
        return int(connection.execute(query).scalar_one())


def document_facets(archive: Archive, wanted: DocumentFilter) -> dict[str, list[tuple[str, int]]]:
    """How many of the documents have each outlet, year, language and way of finding the date; the most first.

    One whose date lasts over several years counts for each.
    """
    docs = schema.documents
    parts = {
        "outlet": docs.c.outlet,
        "language": docs.c.language,
        "found": docs.c.published_found,
    }
    years = [func.substr(day, 1, 4) for day in (docs.c.published_from, docs.c.published_to)]
    columns = [*years, *parts.values()]
    query = select(*columns, func.count()).where(_of_documents(wanted)).group_by(*columns)
    found: dict[str, Counter[str]] = {name: Counter() for name in ("outlet", "year", "language", "found")}
    with archive.reading() as connection:
        for first, last, *values, count in connection.execute(query):  # one walk over the documents for all
            for year, many in years_met([(int(first), int(last), count)] if first else ()):
                found["year"][year] += many
            for name, value in zip(parts, values, strict=True):
                if value is not None:
                    found[name][str(value)] += count
    return {name: sorted(counts.items(), key=lambda one: (-one[1], one[0])) for name, counts in found.items()}


def _of_documents(wanted: DocumentFilter) -> ColumnElement[bool]:
    """The condition that a filter of documents is."""
    docs, copies = schema.documents, schema.duplicates
    conditions: list[ColumnElement[bool]] = []
    for name in ("outlet", "language"):
        if getattr(wanted, name) is not None:
            conditions.append(docs.c[name] == getattr(wanted, name))
    if wanted.found is not None:
        conditions.append(docs.c.published_found == wanted.found)
    if wanted.since:
        conditions.append(docs.c.published_to >= wanted.since)
    if wanted.until:
        conditions.append(docs.c.published_from <= wanted.until)
    if wanted.aside is not None:
        conditions.append(docs.c.aside.is_not(None) if wanted.aside else docs.c.aside.is_(None))
    if wanted.copies is not None:
        marked = docs.c.seq.in_(select(copies.c.doc))
        conditions.append(marked if wanted.copies else ~marked)
    if wanted.text is not None:
        conditions.append(_says(wanted.text))
    return and_(True, *conditions)


def _says(words: str) -> ColumnElement[bool]:
    return schema.documents.c.seq.in_(_saying(words).scalar_subquery())


def _saying(words: str) -> TextualSelect:
    """The numbers of the documents in which the words are; none where there is no word."""
    if not (match := match_expression(words)):
        return text("SELECT seq FROM documents WHERE 0").columns(schema.documents.c.seq)
    found = text("SELECT rowid AS seq FROM documents_text WHERE documents_text MATCH :words")
    return found.bindparams(words=match).columns(schema.documents.c.seq)


def texts_of(archive: Archive, ids: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """The texts of documents and their addresses, by their ids; unknown ones are left out."""
    docs = schema.documents
    query = select(docs.c.id, docs.c.text, docs.c.url).where(docs.c.id.in_(sorted(set(ids))))
    with archive.reading() as connection:
        return {row.id: (row.text, row.url) for row in connection.execute(query)}


def opening_of(archive: Archive, doc_id: str) -> tuple[str | None, str] | None:
    """The title of a document and its first 200 characters; None where there is no such document."""
    docs = schema.documents
    query = select(docs.c.title, func.substr(docs.c.text, 1, 200).label("text")).where(docs.c.id == doc_id)
    with archive.reading() as connection:
        row = connection.execute(query).one_or_none()
    return (row.title, row.text) if row else None


def copies_of(archive: Archive, doc_id: str) -> list[DocumentRow]:
    """The documents that are marked as repeating this one, by id."""
    docs, firsts = schema.documents, schema.documents.alias("firsts")
    query = (
        select(docs)
        .join(schema.duplicates, schema.duplicates.c.doc == docs.c.seq)
        .join(firsts, firsts.c.seq == schema.duplicates.c.of)
        .where(firsts.c.id == doc_id)
        .order_by(docs.c.id)
    )
    with archive.reading() as connection:
        rows = connection.execute(query).all()
    return [
        DocumentRow(
            id=row.id, title=row.title, outlet=row.outlet, language=row.language,
            published=_interval(row.published_from, row.published_to), found=row.published_found,
            aside=row.aside, copy_of=doc_id, claims=0,
        )
        for row in rows
    ]  # fmt: skip


def statements_in(archive: Archive, doc_id: str) -> list[Statement]:
    """The statements of one document, by their place."""
    table, docs = schema.statements, schema.documents
    query = (
        select(table).join(docs, docs.c.seq == table.c.doc).where(docs.c.id == doc_id).order_by(table.c.ord)
    )
    with archive.reading() as connection:
        return [_statement(row, doc_id) for row in connection.execute(query)]


def people_in(archive: Archive, doc_id: str) -> list[Person]:
    """The people that one document names, by their place."""
    table, docs = schema.people, schema.documents
    query = (
        select(table).join(docs, docs.c.seq == table.c.doc).where(docs.c.id == doc_id).order_by(table.c.ord)
    )
    with archive.reading() as connection:
        rows = connection.execute(query).all()
    return [Person(doc_id=doc_id, name=row.name, office=row.office, code=row.code) for row in rows]


def statements_by(
    archive: Archive, *, speaker: str | None = None, code: str | None = None, limit: int = 20, offset: int = 0
) -> list[Said]:
    """What a person (or anybody of a state or organisation) said, the latest published first."""
    table, docs = schema.statements, schema.documents
    query = (
        select(table, docs.c.id.label("doc_id"), docs.c.title, docs.c.published_from, docs.c.published_to)
        .join(docs, docs.c.seq == table.c.doc)
        .where(table.c.speaker == speaker if speaker is not None else table.c.code == code)
        .order_by(docs.c.published_from.is_(None), docs.c.published_from.desc(), docs.c.id, table.c.ord)
        .limit(limit)
        .offset(offset)
    )
    with archive.reading() as connection:
        rows = connection.execute(query).all()
    return [
        Said(
            statement=_statement(row, row.doc_id),
            title=row.title,
            published=_interval(row.published_from, row.published_to),
        )
        for row in rows
    ]


def count_statements(archive: Archive, *, speaker: str | None = None, code: str | None = None) -> int:
    """How many statements a person (or anybody of a state or organisation) made."""
    table = schema.statements
    condition = table.c.speaker == speaker if speaker is not None else table.c.code == code
    with archive.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one())


def people(
    archive: Archive,
    *,
    name: str | None = None,
    code: str | None = None,
    limit: int | None = 50,
    offset: int = 0,
) -> list[PersonRow]:
    """The people whose name holds the words and who act for `code`: those in the most documents first."""
    people = schema.people.c
    documents = func.count(people.doc.distinct())
    query = select(people.name, documents).where(_of_people(name, code)).group_by(people.name)
    query = query.order_by(documents.desc(), people.name).limit(limit).offset(offset)
    with archive.reading() as connection:
        found = connection.execute(query).all()
        posts = _posts(connection, [who for who, _ in found])
    return [PersonRow(name=who, documents=n, posts=tuple(posts.get(who, ()))) for who, n in found]


def count_people(archive: Archive, *, name: str | None = None, code: str | None = None) -> int:
    """How many people there are of that name and code."""
    query = select(func.count(schema.people.c.name.distinct())).where(_of_people(name, code))
    with archive.reading() as connection:
        return int(connection.execute(query).scalar_one())


def sighted(archive: Archive, name: str, *, limit: int = 200) -> list[Sighted]:
    """The documents that name the person, the earliest published first."""
    table, docs = schema.people, schema.documents
    query = (
        select(
            docs.c.id, docs.c.title, docs.c.published_from, docs.c.published_to, table.c.office, table.c.code
        )
        .join(docs, docs.c.seq == table.c.doc)
        .where(table.c.name == name)
        .order_by(docs.c.published_from.is_(None), docs.c.published_from, docs.c.id, table.c.ord)
        .limit(limit)
    )
    with archive.reading() as connection:
        rows = connection.execute(query).all()
    return [
        Sighted(
            doc_id=row.id, title=row.title, published=_interval(row.published_from, row.published_to),
            office=row.office, code=row.code,
        )
        for row in rows
    ]  # fmt: skip


def _of_people(name: str | None, code: str | None) -> ColumnElement[bool]:
    table = schema.people
    conditions = [table.c.name.contains(word, autoescape=True) for word in (name or "").split()]
    return and_(True, *conditions, *([table.c.code == code] if code else []))


def _posts(connection: Connection, names: list[str]) -> dict[str, list[tuple[str | None, str | None, int]]]:
    people = schema.people.c
    post, documents = (people.name, people.office, people.code), func.count(people.doc.distinct())
    query = select(*post, documents).where(people.name.in_(names)).group_by(*post)
    query = query.order_by(people.name, documents.desc(), people.office, people.code)
    found: dict[str, list[tuple[str | None, str | None, int]]] = {}
    for name, office, code, n in connection.execute(query):
        found.setdefault(name, []).append((office, code, n))
    return found


def _statement(row: Row[Any], doc_id: str) -> Statement:
    fields = ("text", "speaker", "code", "start", "end")
    values = {name: row._mapping[name] for name in fields}
    return Statement(doc_id=doc_id, direct=bool(row.direct), **values)


def _interval(start: str | None, end: str | None) -> Interval | None:
    return None if start is None else Interval.model_validate({"from": start, "to": end})
