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
from communique.knowledge import (
    context,
    dated_events,
    instruments,
    materiel,
    occupancies,
    places,
    positions,
    refresh,
)
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
    """What a right row of one table has: the columns that must be filled, and a check that raises.

    No two rows have the same values in the columns of `key`.
    """

    required: Sequence[str]
    check: Callable[[SheetRow], object]
    key: Sequence[str] = ()


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
    "context_names.csv": TableRule(context.COLUMNS, context.context_name),
    "ranks.csv": TableRule(("rank",), _anything),
    "wikidata_posts.csv": TableRule(refresh.POST_COLUMNS, refresh.post_of),
    "dated_events.csv": TableRule(dated_events.COLUMNS, dated_events.event_of),
    "materiel.csv": TableRule(
        ("designation", "family", "category", "source"), _anything, ("designation", "category")
    ),
    "materiel_generic.csv": TableRule(("noun", "plural", "category", "weapon"), materiel.noun_of, ("noun",)),
    "materiel_nouns.csv": TableRule(("category", "nouns"), _anything, ("category",)),
    "instruments.csv": TableRule(("name", "kind", "source"), instruments.instrument_of, ("name",)),
    "places.csv": TableRule(("name", "kind", "source"), places.place_of, ("name", "country")),
    "places_curated.csv": TableRule(("name", "kind", "source"), places.place_of, ("name", "country")),
    "place_countries.csv": TableRule(("country", "names"), _anything, ("country",)),
}
CODED: dict[str, Sequence[str]] = {
    "membership.csv": ("organisation", "member"),
    "occupancies.csv": ("country",),
    "places.csv": ("country",),
    "places_curated.csv": ("country",),
}
"""Columns that hold the codes of actors (empty values are none)."""
FIXED = {
    "measures.csv": "the words of numbers and sums are fixed",
    "holders_recent.csv": "write holders into occupancies.csv, which has the same columns",
}
"""Shipped tables that an overlay cannot change, and what to do instead."""


def problems(overlay: Path) -> list[KnowledgeError]:
    """All that is wrong with an overlay, by file and line; [] for one that can be used.

    Raises KnowledgeError where there is no such folder.
    """
    if not overlay.is_dir():
        raise KnowledgeError(str(overlay), 1, "there is no such folder")
    found = [problem for path in sorted(overlay.iterdir()) for problem in _file_problems(path)]
    return found or [*_unknown_codes(overlay), *_odd_offices(overlay), *_unclear_names(overlay)]


def row_count(overlay: Path) -> int:
    """How many rows an overlay has, in all tables that are known."""
    known = [path for path in sorted(overlay.glob("*.csv")) if path.name in RULES]
    return sum(1 for path in known for _ in checked_rows(sheet_text(path), path.name, ()))


def _file_problems(path: Path) -> Iterator[KnowledgeError]:
    if path.suffix != ".csv":
        return
    if path.name not in RULES:
        yield KnowledgeError(str(path), 1, FIXED.get(path.name) or _no_such_table(path.name))
    else:
        yield from _row_problems(path, RULES[path.name])


def _row_problems(path: Path, rule: TableRule) -> Iterator[KnowledgeError]:
    try:
        rows = list(checked_rows(sheet_text(path), str(path), rule.required))
    except KnowledgeError as error:
        yield error
        return
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        if isinstance(row, KnowledgeError):
            yield row
        else:
            yield from _checked(row, rule.check)
            yield from _repeated(row, tuple(row[column] for column in rule.key), first)


def _checked(row: SheetRow, check: Callable[[SheetRow], object]) -> Iterator[KnowledgeError]:
    try:
        check(row)
    except KnowledgeError as error:
        yield error


def _repeated(
    row: SheetRow, key: tuple[str, ...], first: dict[tuple[str, ...], int]
) -> Iterator[KnowledgeError]:
    if key and first.setdefault(key, row.line) != row.line:
        yield row.wrong(f"{', '.join(key)} is in line {first[key]} already")


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
    for table, columns in CODED.items():
        for found in _right_rows(overlay / table):
            yield from _strangers(found, columns, frozenset(actors))


def _strangers(row: SheetRow, columns: Sequence[str], actors: frozenset[str]) -> Iterator[KnowledgeError]:
    for column in columns:
        if row[column] and row[column] not in actors:
            yield row.wrong(f"{column}: no table has the code {row[column]!r}")


def _odd_offices(overlay: Path) -> Iterator[KnowledgeError]:
    """Holders' rows whose office is not written as the coding guide writes it."""
    for row in _right_rows(overlay / "occupancies.csv"):
        known = positions.canonical_office(row["office"], overlay)
        if known != row["office"]:
            hint = f"write {known!r}" if known else "add it to an offices.csv"
            yield row.wrong(f"office: no office is written {row['office']!r}; {hint}")


def _right_rows(path: Path) -> Iterator[SheetRow]:
    if path.is_file():
        for row in checked_rows(sheet_text(path), str(path), RULES[path.name].required):
            if not isinstance(row, KnowledgeError):
                yield row


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
