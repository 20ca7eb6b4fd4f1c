"""The archive: one SQLite file that holds the record and answers questions about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from communique.archive import integrity, queries
from communique.archive.opening import engine, prepare
from communique.archive.records import (
    ClaimFilter,
    Coded,
    Duplicate,
    Fault,
    Hit,
    Run,
    Signature,
    Standing,
    StoredDocument,
)
from communique.archive.search import EVERYWHERE, What, search
from communique.errors import ArchiveError
from communique.records import Claim, Person, Statement

__all__ = [
    "Archive",
    "ClaimFilter",
    "Coded",
    "Duplicate",
    "Fault",
    "Hit",
    "Run",
    "Signature",
    "Standing",
    "StoredDocument",
    "open_archive",
]


class Archive:
    """An open archive. Each question reads one consistent state, also while another process writes."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        prepare(path, write=write)
        self.path = path
        self._reader = engine(path)
        self._writer = engine(path, write=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state. Raises ArchiveError where the engine fails."""
        try:
            with self._reader.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise ArchiveError(f"{self.path}: {error.orig}") from error
        except ValidationError as error:
            raise ArchiveError(f"{self.path}: damaged: `communique verify` says where") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction for the writes of this room: all of it is kept, or (on an error) none.

        Raises ArchiveError where the engine fails (a full disk, a lock held for too long, damage).
        """
        try:
            with self._writer.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise ArchiveError(f"{self.path}: {error.orig}") from error

    def documents(self) -> Iterator[StoredDocument]:
        """All documents, by id."""
        with self.reading() as connection:
            yield from queries.documents(connection)

    def document(self, doc_id: str) -> StoredDocument | None:
        """The document of that id, or None."""
        with self.reading() as connection:
            return next(queries.documents(connection, doc_id=doc_id), None)

    def claims(self, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
        """The claims that are wanted (all by default), by document id and place in the document."""
        with self.reading() as connection:
            yield from queries.claims(connection, wanted)

    def claims_by_date(self, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
        """The claims that are wanted, earliest first; undated ones last."""
        with self.reading() as connection:
            yield from queries.claims_by_date(connection, wanted)

    def claims_by_id(self, prefix: str) -> list[Claim]:
        """The claims of that id, or else those whose id begins so."""
        with self.reading() as connection:
            return queries.claims_by_id(connection, prefix)

    def statements(self) -> Iterator[Statement]:
        """All statements, by document id and place."""
        with self.reading() as connection:
            yield from queries.statements(connection)

    def people(self) -> Iterator[Person]:
        """All people named, by document id and place."""
        with self.reading() as connection:
            yield from queries.people(connection)

    def runs(self) -> list[Run]:
        """All coding passes with their failures."""
        with self.reading() as connection:
            return queries.runs(connection)

    def search(self, query: str, *, what: tuple[What, ...] = EVERYWHERE, limit: int = 10) -> list[Hit]:
        """Where the words of the query occur: at most `limit` hits of each sort."""
        with self.reading() as connection:
            return search(connection, query, what=what, limit=limit)

    def faults(self) -> list[Fault]:
        """All that is wrong with the archive; empty when it keeps every promise."""
        with self.reading() as connection:
            damage = list(integrity.file_faults(connection))
        if damage:
            return damage
        with self.writing() as connection:
            return list(integrity.record_faults(connection))

    def close(self) -> None:
        """Let go of the file."""
        self._reader.dispose()
        self._writer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_archive(path: str | Path, *, write: bool = False) -> Archive:
    """The archive at `path`; with `write`, one is made where there is none.

    Raises ArchiveError when it is missing, foreign, damaged or of a newer schema.
    """
    return Archive(Path(path), write=write)
