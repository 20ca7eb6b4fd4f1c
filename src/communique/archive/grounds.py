"""Keeps contradictions in step with events: only grounds that share a key with what has changed are looked at again.

What is found on a ground depends on the claims under its keys alone (linking/grounds.py), so the result is that
of looking through all of the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select

from communique.archive import schema
from communique.archive.events import events_at
from communique.archive.lives import Changed, keep_contradictions
from communique.archive.told import portions, seqs_of, told_as_judged
from communique.linking.contradictions import around, of_event, of_grounds
from communique.linking.grounds import Book, Entry, concerns, entries, event_ground, span
from communique.linking.records import ClaimKey, Contradiction, Told


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking again: the keys of the events that came, as rows, and what is found on each ground."""

    rows: list[dict[str, Any]]
    found: dict[str, list[Contradiction]]
    whole: bool


def look_again(connection: Connection, changed: Changed) -> Looked:
    """The contradictions on all grounds that the changed events touch. Nothing is written."""
    rows: list[dict[str, Any]] = []
    found: dict[str, list[Contradiction]] = {event_ground(id): [] for id in changed.gone}
    book = Book()
    for portion in portions(changed.waiting):
        for ground, made, some in _of_events(connection, portion, rows):
            found[ground] = made
            book.add(some)
    books = (book,) if changed.whole else (book, StoredBook(connection))
    touched = set(book.grounds()) if changed.whole else _touched(connection, book, rows)
    beside = ((ground, around(ground, *books)) for ground in sorted(touched))
    found |= of_grounds(beside, lambda keys: _told(connection, keys))
    return Looked(rows, found, changed.whole)


def keep_looked(connection: Connection, looked: Looked) -> None:
    """Put what came of looking again into the archive."""
    if looked.whole:
        connection.execute(delete(schema.grounds))
    if looked.rows:
        connection.execute(insert(schema.grounds), looked.rows)
    keep_contradictions(connection, looked.found, whole=looked.whole)


def _of_events(
    connection: Connection, seqs: Sequence[int], rows: list[dict[str, Any]]
) -> Iterator[tuple[str, list[Contradiction], list[Entry]]]:
    """For each event its ground, what its documents differ in, and its entries, whose rows are put to `rows`."""
    known = events_at(connection, seqs)
    places = seqs_of(connection, [key for event in known.values() for key in event.claims])
    told = {one.key: one for one in told_as_judged(connection, places.values()).values()}
    for seq, event in known.items():
        claims = [told[key] for key in event.claims if key in told]
        some = [entry for one in claims for entry in entries(one, event.id)]
        rows += (_row(entry, seq, places[entry.claim]) for entry in some)
        yield event_ground(event.id), of_event(event, claims), some


def _row(entry: Entry, event: int, claim: int) -> dict[str, Any]:
    first, last = entry.days or (None, None)
    row = {"key": entry.key, "claim": claim, "event": event, "ground": entry.ground}
    return row | {"first": first, "last": last}


def _touched(connection: Connection, book: Book, rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """The grounds of what came and went, and those that are under a key of it and concern it."""
    lost = set(connection.execute(select(schema.touched_keys.c.key)).scalars())
    found = {*book.grounds(), *connection.execute(select(schema.touched_grounds.c.ground)).scalars()}
    table = schema.grounds
    query = select(table.c.ground).where(table.c.ground.is_not(None)).distinct()
    keys = lost | {row["key"] for row in rows}
    for portion in portions(sorted(keys)):
        found |= set(connection.execute(query.where(table.c.key.in_(portion))).scalars())
    return found


class StoredBook(Book):
    """The entries that the archive holds, of events that have not changed."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def own(self, ground: str) -> list[Entry]:
        """The entries of a ground."""
        return self._read(_entries().where(schema.grounds.c.ground == ground))

    def beside(self, own: Entry) -> list[Entry]:
        """The entries under the key of a ground's entry that concern it."""
        table, near = schema.grounds, span(own)
        here = schema.documents.c.id == own.claim.doc_id
        if near is not None:
            here = or_(here, (table.c.first <= near[1]) & (table.c.last >= near[0]))
        found = self._read(_entries().where(table.c.key == own.key, here))
        return [other for other in found if concerns(own, other)]

    def _read(self, query: Select[Any]) -> list[Entry]:
        return [_entry(row) for row in self._connection.execute(query)]


def _entries() -> Select[Any]:
    table, docs, claims, events = schema.grounds, schema.documents, schema.claims, schema.events
    return (
        select(table, docs.c.id.label("doc_id"), claims.c.id.label("claim_id"), events.c.id.label("event_id"))
        .join(claims, claims.c.seq == table.c.claim)
        .join(docs, docs.c.seq == claims.c.doc)
        .join(events, events.c.seq == table.c.event)
    )


def _entry(row: Row[Any]) -> Entry:
    days = None if row.first is None else (row.first, row.last)
    return Entry(row.key, ClaimKey(doc_id=row.doc_id, id=row.claim_id), row.event_id, days, row.ground)


def _told(connection: Connection, keys: Iterable[ClaimKey]) -> dict[ClaimKey, Told]:
    found = told_as_judged(connection, seqs_of(connection, keys).values())
    return {one.key: one for one in found.values()}
