"""The tables of names and memberships: which rows they hold, and what a right row is.

A table of names (states, organisations, groups, outlets, noise) is long: one row a name, with the columns
`code, name, form, thing, detail, rank, source`. Empty `thing` means the owner of the code itself; `rank`
orders the meanings of one name (1 is the likeliest). A row with the code "-" in an overlay takes the name
out of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from communique.knowledge.entries import ACTOR_KINDS, Entry, EntryKind, Form
from communique.knowledge.sheets import Overlay, SheetRow, read_sheet

NAME_COLUMNS = ("code", "name", "form", "source")
MEMBER_COLUMNS = ("organisation", "member", "source")
LIST_COLUMNS = ("name", "source")
NAME_TABLES: dict[str, EntryKind] = {
    "states.csv": "state",
    "organisations.csv": "organisation",
    "groups.csv": "group",
    "outlets.csv": "outlet",
    "noise.csv": "noise",
}
CODELESS: frozenset[EntryKind] = frozenset({"outlet", "noise"})
REMOVED = "-"
FORMS = frozenset(get_args(Form))
STATE_CODE = re.compile(r"[A-Z]{3}")
ACTOR_CODE = re.compile(r"[A-Z0-9][A-Z0-9+]*")
YEAR = re.compile(r"(?:1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of one thing, as a table of names has it, and the row that it stands in."""

    name: str
    kind: EntryKind
    code: str
    form: Form
    thing: str
    detail: str
    rank: int
    row: SheetRow

    def entry(self, owner: str) -> Entry:
        """The entry of the gazetteer; `owner` is the canonical name of the code's owner."""
        return Entry(self.kind, self.code, self.thing or owner, self.form, self.detail)


@dataclass(frozen=True, slots=True)
class ActorName:
    """A state, organisation or armed group: its code, its kind and its canonical name."""

    code: str
    kind: EntryKind
    name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A member of an organisation, with the first and last year where they are known (None is open)."""

    organisation: str
    member: str
    first: int | None
    last: int | None

    def holds_in(self, year: int | None) -> bool:
        """True when the member belongs in that year; without a year, when it has not left."""
        if year is None:
            return self.last is None
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


def name_rows(table: str, overlay: Overlay | None = None) -> list[NameRow]:
    """The names of one table: an overlay's rows replace the shipped rows of the same name.

    Raises KnowledgeError, with file and line, for the first row that is wrong.
    """
    rows = [as_name(row, NAME_TABLES[table]) for row in read_sheet(table, required_of(table), overlay)]
    own = {row.name for row in rows if row.row.file != table}
    kept = [row for row in rows if row.row.file != table or row.name not in own]
    return [row for row in kept if row.code != REMOVED]


def required_of(table: str) -> tuple[str, ...]:
    """The columns that every row of a table of names must fill."""
    return NAME_COLUMNS[1:] if NAME_TABLES[table] in CODELESS else NAME_COLUMNS


def as_name(row: SheetRow, kind: EntryKind) -> NameRow:
    """The row as a name; raises KnowledgeError where a value is not of its vocabulary."""
    code, form, rank = row["code"], row["form"], row["rank"] or "1"
    pattern = STATE_CODE if kind in {"state", "outlet"} else ACTOR_CODE
    if code not in {"", REMOVED} and not pattern.fullmatch(code):
        raise row.wrong(f"{code!r} is no code of a {kind}")
    if form not in FORMS:
        raise row.wrong(f"{form!r} is no form; the forms are {', '.join(sorted(FORMS))}")
    if not rank.isdigit():
        raise row.wrong(f"the rank {rank!r} is no number")
    return NameRow(row["name"], kind, code, _form(form), row["thing"], row["detail"], int(rank), row)


def memberships(overlay: Overlay | None = None) -> list[Membership]:
    """All memberships, those of the overlay first; raises KnowledgeError for a year that is none."""
    return [as_membership(row) for row in read_sheet("membership.csv", MEMBER_COLUMNS, overlay)]


def as_membership(row: SheetRow) -> Membership:
    """The row as a membership; raises KnowledgeError for a year that is none or years out of order."""
    first, last = (_year(row, column) for column in ("from", "to"))
    if first is not None and last is not None and first > last:
        raise row.wrong(f"the membership ends ({last}) before it starts ({first})")
    return Membership(row["organisation"], row["member"], first, last)


def all_names(overlay: Overlay | None = None) -> Iterator[NameRow]:
    """The rows of all tables of names, table by table."""
    for table in NAME_TABLES:
        yield from name_rows(table, overlay)


def actors_of(rows: Iterable[NameRow]) -> dict[str, ActorName]:
    """The actors by code; the first name of a code is its canonical one."""
    actors: dict[str, ActorName] = {}
    for row in rows:
        if row.kind in ACTOR_KINDS:
            actors.setdefault(row.code, ActorName(row.code, row.kind, row.thing or row.name))
    return actors


def named(rows: Iterable[NameRow], actors: dict[str, ActorName]) -> Iterator[tuple[str, Entry]]:
    """The names with their entries, the likeliest meaning of a name before the others."""
    for row in sorted(rows, key=lambda row: row.rank):
        owner = actors.get(row.code)
        yield row.name, row.entry(owner.name if owner else row.name)


def listed(sheet: str, overlay: Overlay | None = None) -> list[str]:
    """The names of a sheet that only lists names (`name, source`), those of the overlay first."""
    return [row["name"] for row in read_sheet(sheet, LIST_COLUMNS, overlay)]


def _year(row: SheetRow, column: str) -> int | None:
    value = row[column]
    if value and not YEAR.fullmatch(value):
        raise row.wrong(f"{column}: {value!r} is no year")
    return int(value) if value else None


def _form(value: str) -> Form:
    return next(form for form in get_args(Form) if form == value)
