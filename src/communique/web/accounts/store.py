"""The file of accounts: people with roles, sessions, failed log-ins, the audit log."""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal, get_args

from communique.errors import AccountsError
from communique.web.accounts.passwords import fault_of, hashed, matches

Role = Literal["reader", "reviewer", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

_NAME: Final = re.compile(r"[\w.@+-]{1,64}")
_SESSION: Final = 12 * 3600.0  # seconds
_WINDOW: Final = 15 * 60.0
_TRIES: Final = {"name": 5, "address": 30}  # failures in a window before log-in is refused for a while
_APPLICATION: Final = 0x636F6D61  # "coma"
_HEAD: Final = b"SQLite format 3\x00"  # https://www.sqlite.org/fileformat.html#magic_header_string


@dataclass(frozen=True, slots=True)
class Account:
    """Who may log in. A reviewer may do what a reader may, and judge; an admin may also keep accounts."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """True when this account may do what that role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in: its secret (the cookie), who it is, and until when (seconds since 1970)."""

    token: str
    account: Account
    ends: float


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What was done: when (seconds since 1970), by whom, from which address."""

    at: float
    who: str
    what: str
    address: str


class Accounts:
    """The accounts of a file; it is made where there is none. `clock` gives seconds since 1970.

    Raises AccountsError for a file that is none of ours, names and passwords that will not do, and unknown people.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._clock = clock
        self._refuse_other_content()
        with self._writing() as connection:
            self._prepare(connection)

    def add(self, name: str, password: str, role: Role) -> Account:
        """Make an account."""
        if not _NAME.fullmatch(name):
            raise AccountsError(f"{name!r}: a name has 1 to 64 letters, digits and . _ @ + -")
        values = (name, _role(role), _good(password))
        with self._writing() as connection:
            try:
                connection.execute("INSERT INTO accounts (name, role, password) VALUES (?, ?, ?)", values)
            except sqlite3.IntegrityError as error:
                raise AccountsError(f"{name}: there is such an account already") from error
        return Account(name, role)

    def remove(self, name: str) -> None:
        """Take an account away, with its sessions; what it did stays in the log. The last admin stays."""
        with self._writing() as connection:
            self._not_the_last_admin(connection, name)
            self._change(connection, "DELETE FROM accounts WHERE name = ?", (name,), name)

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role. The last admin stays one."""
        with self._writing() as connection:
            if role != "admin":
                self._not_the_last_admin(connection, name)
            change = "UPDATE accounts SET role = ? WHERE name = ?"
            self._change(connection, change, (_role(role), name), name)

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password; its sessions end."""
        with self._writing() as connection:
            change = "UPDATE accounts SET password = ? WHERE name = ?"
            self._change(connection, change, (_good(password), name), name)
            connection.execute("DELETE FROM sessions WHERE account = ?", (name,))

    def all(self) -> list[Account]:
        """All accounts, by name."""
        with self._reading() as connection:
            rows = connection.execute("SELECT name, role FROM accounts ORDER BY name").fetchall()
        return [Account(name, role) for name, role in rows]

    def log_in(self, name: str, password: str, *, address: str) -> Session | None:
        """A new session, or None where name or password is wrong, or too many failed of late.

        An unknown name takes as long as a wrong password, so that names cannot be guessed by the time.
        """
        now = self._clock()
        with self._writing() as connection:
            connection.execute("DELETE FROM attempts WHERE at < ?", (now - _WINDOW,))
            if self._tried_too_often(connection, name, address):
                self._log(connection, name, "log-in refused: too many failures", address)
                return None
            row = connection.execute(
                "SELECT name, role, password FROM accounts WHERE name = ?", (name,)
            ).fetchone()
        right = matches(password, row[2] if row else _nobody())
        with self._writing() as connection:
            if row is None or not right:
                tries = [(_tried("name", name), now), (_tried("address", address), now)]
                connection.executemany("INSERT INTO attempts (what, at) VALUES (?, ?)", tries)
                self._log(connection, name, "log-in failed", address)
                return None
            return self._begin(connection, Account(row[0], row[1]), address)

    def session(self, token: str) -> Session | None:
        """The session of a cookie, or None where there is none or it has ended."""
        query = """SELECT a.name, a.role, s.ends FROM sessions s JOIN accounts a ON a.name = s.account
                   WHERE s.token = ? AND s.ends > ?"""
        with self._reading() as connection:
            row = connection.execute(query, (_kept(token), self._clock())).fetchone()
        return None if row is None else Session(token, Account(row[0], row[1]), row[2])

    def log_out(self, session: Session, *, address: str) -> None:
        """End a session."""
        with self._writing() as connection:
            connection.execute("DELETE FROM sessions WHERE token = ?", (_kept(session.token),))
            self._log(connection, session.account.name, "logged out", address)

    def note(self, who: str, what: str, *, address: str) -> None:
        """Write into the audit log."""
        with self._writing() as connection:
            self._log(connection, who, what, address)

    def audit(self, *, limit: int = 200) -> list[AuditEntry]:
        """The log, the newest first."""
        query = "SELECT at, who, what, address FROM audit ORDER BY seq DESC LIMIT ?"
        with self._reading() as connection:
            return [AuditEntry(*row) for row in connection.execute(query, (limit,))]

    def _begin(self, connection: sqlite3.Connection, account: Account, address: str) -> Session:
        token, ends = secrets.token_urlsafe(32), self._clock() + _SESSION
        connection.execute("DELETE FROM sessions WHERE ends < ?", (self._clock(),))
        connection.execute("INSERT INTO sessions VALUES (?, ?, ?)", (_kept(token), account.name, ends))
        connection.execute("DELETE FROM attempts WHERE what = ?", (_tried("name", account.name),))
        self._log(connection, account.name, "logged in", address)
        return Session(token, account, ends)

    def _tried_too_often(self, connection: sqlite3.Connection, name: str, address: str) -> bool:
        query = "SELECT count(*) FROM attempts WHERE what = ?"
        return any(
            connection.execute(query, (_tried(sort, value),)).fetchone()[0] >= _TRIES[sort]
            for sort, value in (("name", name), ("address", address))
        )

    def _log(self, connection: sqlite3.Connection, who: str, what: str, address: str) -> None:
        values = (self._clock(), who[:64], what[:1000], address)
        connection.execute("INSERT INTO audit (at, who, what, address) VALUES (?, ?, ?, ?)", values)

    def _not_the_last_admin(self, connection: sqlite3.Connection, name: str) -> None:
        others = "SELECT count(*) FROM accounts WHERE role = 'admin' AND name <> ?"
        is_one = "SELECT 1 FROM accounts WHERE role = 'admin' AND name = ?"
        if (
            connection.execute(is_one, (name,)).fetchone()
            and not connection.execute(others, (name,)).fetchone()[0]
        ):
            raise AccountsError(f"{name} is the last admin")

    def _change(
        self, connection: sqlite3.Connection, change: str, values: tuple[str, ...], name: str
    ) -> None:
        if connection.execute(change, values).rowcount == 0:
            raise AccountsError(f"{name}: there is no such account")

    def _refuse_other_content(self) -> None:
        """Look at the file before SQLite does, which takes one of a single byte for empty and writes over it."""
        if not self.path.is_file():
            return
        try:
            with self.path.open("rb") as file:
                head = file.read(len(_HEAD))
        except OSError as error:
            raise AccountsError(f"{self.path}: {error.strerror}") from error
        if head not in (b"", _HEAD):
            raise AccountsError(f"{self.path} is no file of accounts: it holds something else")

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables in an empty file; refuse a file of another program."""
        kept = connection.execute("PRAGMA application_id").fetchone()[0]
        if kept == _APPLICATION:
            return
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise AccountsError(f"{self.path} is no file of accounts")
        text = (files("communique.web.accounts") / "schema.sql").read_text(encoding="utf-8")
        connection.executescript(f"BEGIN; {text} PRAGMA application_id = {_APPLICATION}; COMMIT;")
        self.path.chmod(0o600)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=10)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise AccountsError(f"{self.path}: {error}") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept together, or on an error not at all."""
        with self._reading() as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            with connection:
                yield connection


def _good(password: str) -> str:
    if fault := fault_of(password):
        raise AccountsError(fault)
    return hashed(password)


def _role(role: str) -> str:
    if role not in ROLES:
        raise AccountsError(f"{role!r} is not one of {', '.join(ROLES)}")
    return role


def _kept(token: str) -> str:
    """How a session's cookie is kept: whoever reads the file cannot log in with it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _tried(sort: str, value: str) -> str:
    return f"{sort}:{value.lower()}"


@cache
def _nobody() -> str:
    """A hash of no known password, to spend the time of a check on."""
    return hashed(secrets.token_urlsafe(32))
