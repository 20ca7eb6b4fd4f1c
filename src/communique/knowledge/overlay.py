"""Overlays: a user's folder of CSV files over the shipped tables, and what is wrong with one.

A file of an overlay has the name and the columns of a shipped table. Its rows are added; a row with a name
(or the key) of a shipped row takes that row's place.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.errors import KnowledgeError
from communique.knowledge import dated_events, instruments, materiel, occupancies, places
from communique.knowledge.derived import PERSON_COLUMNS, part_of
from communique.knowledge.sheets import SheetRow, checked_rows, sheet_text
from communique.knowledge.tables import (
    LIST_COLUMNS,
    MEMBER_COLUMNS,
    NAME_TABLES,
    REMOVED,
    NameRow,
    actors_of,
    all_names,
    as_membership,
    as_name,
    required_of,
)


@dataclass(frozen=True, slots=True)
class TableRule:
    """What a right row of one table has: the columns that must be filled, and a check that raises."""

    required: Sequence[str]
    check: Callable[[SheetRow], object]


def _anything(row: SheetRow) -> SheetRow:
    return row


def _name_rule(table: str) -> TableRule:
    return TableRule(required_of(table), lambda row: as_name(row, NAME_TABLES[table]))


RULES: dict[str, TableRule] = {
    **{table: _name_rule(table) for table in NAME_TABLES},
    "membership.csv": TableRule(MEMBER_COLUMNS, as_membership),
    "ordinary_words.csv": TableRule(LIST_COLUMNS, _anything),
    "shared_institutions.csv": TableRule(LIST_COLUMNS, _anything),
    "person_names.csv": TableRule(PERSON_COLUMNS, part_of),
    "namesakes.csv": TableRule(PERSON_COLUMNS, part_of),
    "occupancies.csv": TableRule(("person", "office", "country"), occupancies.parse_row),
    "offices.csv": TableRule(("surface", "office"), _anything),
    "portfolios.csv": TableRule(("portfolio", "office"), _anything),
    "office_classes.csv": TableRule(("office",), _anything),
    "dated_events.csv": TableRule(("event", "date", "bound", "pattern"), _anything),
    "materiel.csv": TableRule(("designation", "family", "category", "source"), _anything),
    "materiel_generic.csv": TableRule(("noun", "plural", "category", "weapon"), _anything),
    "materiel_nouns.csv": TableRule(("category", "nouns"), _anything),
    "instruments.csv": TableRule(("name", "kind", "source"), _anything),
    "places.csv": TableRule(("name", "kind", "source"), _anything),
    "places_curated.csv": TableRule(("name", "kind", "source"), _anything),
}
READERS: dict[str, Callable[[Path], object]] = {
    "dated_events.csv": dated_events.load_events,
    "instruments.csv": lambda overlay: list(instruments.entries(overlay)),
    "materiel.csv": lambda overlay: [*materiel.entries(overlay), *materiel.equipment(overlay)],
    "materiel_generic.csv": lambda overlay: list(materiel.generic_nouns(overlay)),
    "places.csv": lambda overlay: list(places.places(overlay)),
    "places_curated.csv": lambda overlay: list(places.places(overlay)),
}
"""Tables whose values are checked by their own reader, which raises for the first row that is wrong."""


def problems(overlay: Path) -> list[KnowledgeError]:
    """All that is wrong with an overlay, by file and line; [] for one that can be used.

    Raises KnowledgeError where there is no such folder.
    """
    if not overlay.is_dir():
        raise KnowledgeError(str(overlay), 1, "there is no such folder")
    found = [problem for path in sorted(overlay.iterdir()) for problem in _file_problems(path)]
    return found or [*_unknown_codes(overlay), *_unclear_names(overlay)]


def row_count(overlay: Path) -> int:
    """How many rows an overlay has, in all tables that are known."""
    known = [path for path in sorted(overlay.glob("*.csv")) if path.name in RULES]
    return sum(1 for path in known for _ in checked_rows(sheet_text(path), path.name, ()))


def _file_problems(path: Path) -> Iterator[KnowledgeError]:
    if path.suffix != ".csv":
        return
    if path.name not in RULES:
        yield KnowledgeError(str(path), 1, _no_such_table(path.name))
        return
    found = list(_row_problems(path, RULES[path.name]))
    yield from found
    if not found and path.name in READERS:
        yield from _first_problem(path, READERS[path.name])


def _row_problems(path: Path, rule: TableRule) -> Iterator[KnowledgeError]:
    try:
        rows = list(checked_rows(sheet_text(path), str(path), rule.required))
    except KnowledgeError as error:
        yield error
        return
    for row in rows:
        if isinstance(row, KnowledgeError):
            yield row
        else:
            yield from _checked(row, rule.check)


def _checked(row: SheetRow, check: Callable[[SheetRow], object]) -> Iterator[KnowledgeError]:
    try:
        check(row)
    except KnowledgeError as error:
        yield error


def _first_problem(path: Path, read: Callable[[Path], object]) -> Iterator[KnowledgeError]:
    try:
        read(path.parent)
    except KnowledgeError as error:
        if error.file == str(path):
            yield error


def _no_such_table(name: str) -> str:
    tables = sorted(RULES)
    near = difflib.get_close_matches(name, tables, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"the tables are {', '.join(tables)}"
    return f"there is no table {name!r}; {hint}"


def _unknown_codes(overlay: Path) -> Iterator[KnowledgeError]:
    """Rows whose code has no row with the form "name", and memberships of actors that no table has."""
    rows = list(all_names(overlay))
    actors = actors_of(rows)
    named = {row.code for row in rows if row.form == "name"}
    for row in _own(rows, overlay):
        if row.kind == "outlet" and row.code and row.code not in actors:
            yield row.row.wrong(f"no table has a state {row.code!r}")
        elif row.code in actors and row.code not in named and not row.thing:
            yield row.row.wrong(f"{row.code!r} is new: give it a row with the form 'name' first")
    path = overlay / "membership.csv"
    if path.is_file():
        for found in checked_rows(sheet_text(path), str(path), MEMBER_COLUMNS):
            if not isinstance(found, KnowledgeError):
                yield from _strangers(found, frozenset(actors))


def _strangers(row: SheetRow, actors: frozenset[str]) -> Iterator[KnowledgeError]:
    for column in ("organisation", "member"):
        if row[column] not in actors:
            yield row.wrong(f"{column}: no table has the code {row[column]!r}")


def _unclear_names(overlay: Path) -> Iterator[KnowledgeError]:
    """Names that the overlay gives to two codes with the same rank."""
    owners: dict[tuple[str, int], NameRow] = {}
    for row in _own(list(all_names(overlay)), overlay):
        first = owners.setdefault((row.name, row.rank), row)
        if first.code != row.code:
            yield row.row.wrong(
                f"{row.name!r} is {first.code!r} in line {first.row.line} of {Path(first.row.file).name} "
                f"with the same rank {row.rank}; give the less likely one a higher rank"
            )


def _own(rows: Sequence[NameRow], overlay: Path) -> list[NameRow]:
    return [row for row in rows if row.row.file.startswith(str(overlay)) and row.code != REMOVED]
