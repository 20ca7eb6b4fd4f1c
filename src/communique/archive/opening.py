"""Opens the archive's file: is it there, is it ours, is its schema known; migrates; gives an engine.

An archive is a SQLite file with `PRAGMA application_id` "CMNQ" and `PRAGMA user_version` the number of
the last migration. It is in WAL mode (others may read while one writes) and every commit is synced, so
that what was reported as kept outlives a kill and a power cut (https://sqlite.org/wal.html).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool

from communique.errors import ArchiveError

APPLICATION_ID = 0x434D4E51  # "CMNQ"
_BUSY_SECONDS = 30.0


def prepare(path: Path, *, write: bool = False) -> None:
    """See that there is an archive at `path`, of this program's schema; with `write` one is made.

    Raises ArchiveError when the file is missing, is not an archive, or comes from a newer program.
    A read never makes a file. An archive of an older schema is migrated.
    """
    if path.is_dir():
        raise ArchiveError(f"{path}: is a folder; an archive is a single file")
    if not write and not path.is_file():
        raise ArchiveError(f"{path}: no such archive (communique code INPUT --archive {path} makes one)")
    if not path.absolute().parent.is_dir():
        raise ArchiveError(f"{path}: the folder {path.parent} does not exist")
    try:
        _prepare(path, write=write)
    except sqlite3.Error as error:
        foreign = error.sqlite_errorcode == sqlite3.SQLITE_NOTADB
        raise ArchiveError(f"{path}: {'not an archive: ' if foreign else ''}{error}") from error


def engine(path: Path, *, write: bool = False) -> Engine:
    """An engine on a prepared archive. A writing transaction takes the lock when it begins."""
    mode, begin = ("rw", "BEGIN IMMEDIATE") if write else ("ro", "BEGIN")
    made = create_engine(
        "sqlite+pysqlite://", creator=lambda: _connect(path, mode), poolclass=QueuePool, max_overflow=-1
    )  # a reader never waits for another: connections to a file cost next to nothing

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return made


def known_version() -> int:
    """The number of the last migration that this program has."""
    return max(number for number, _ in _migrations())


def _prepare(path: Path, *, write: bool) -> None:
    """Check whose file it is, and bring its schema to this program's."""
    with_file = _connect(path, "rwc" if write else "rw" if _is_writable(path) else "ro")
    try:
        version = _version(with_file, path, may_be_new=write)
        if version < known_version():
            _migrate(with_file, version)
    finally:
        with_file.close()


def _is_writable(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


def _version(connection: sqlite3.Connection, path: Path, *, may_be_new: bool) -> int:
    """The file's schema number, 0 for a file that is to become an archive."""
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{path}: not an archive: {error}") from error
    if may_be_new and not tables and not application and not version:
        return 0
    if application != APPLICATION_ID:
        what = "an SQLite file of another program" if tables else "an empty file"
        raise ArchiveError(f"{path}: not an archive, but {what}")
    if version > known_version():
        raise ArchiveError(
            f"{path}: schema {version} is newer than this program's {known_version()}: update communique"
        )
    return int(version)


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Run the migrations after `version`, all in one transaction: a kill leaves the old schema whole."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    (now,) = connection.execute("PRAGMA user_version").fetchone()  # another process may have been first
    for number, script in _migrations():
        if number > max(version, now):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
    connection.execute("COMMIT")


def _migrations() -> list[tuple[int, str]]:
    folder = resources.files("communique.archive") / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [(int(f.name[:4]), f.read_text(encoding="utf-8")) for f in files]


def _statements(script: str) -> Iterator[str]:
    """The single statements of a script (a trigger's body holds semicolons of its own)."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection without implicit transactions; foreign keys are enforced and commits synced."""
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection
