"""Names made by rule from the tables: persons who are called like a country.

"Michael Jordan" and "Chad Smith" are noise: a given name of `person_names.csv` before a name of
`namesakes.csv` that is also a family name, or the reverse.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from communique.knowledge.gazetteer import Entry
from communique.knowledge.sheets import SheetRow, read_sheet

PERSON_COLUMNS = ("name", "part", "source")
PARTS = ("given", "family")


def namesakes(overlay: Path | None = None) -> Iterator[tuple[str, Entry]]:
    """Full names of persons in which one part is called like a country or a capital, as noise."""
    people = _by_part("person_names.csv", overlay)
    alike = _by_part("namesakes.csv", overlay)
    full = [f"{given} {name}" for name in alike["family"] for given in people["given"]]
    full += [f"{name} {family}" for name in alike["given"] for family in people["family"]]
    for name in full:
        yield name, Entry("noise", "", name, "name", "person")


def _by_part(sheet: str, overlay: Path | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {part: [] for part in PARTS}
    for row in read_sheet(sheet, PERSON_COLUMNS, overlay):
        found[part_of(row)].append(row["name"])
    return found


def part_of(row: SheetRow) -> str:
    """The part of a person's name that the row gives; raises KnowledgeError for any other word."""
    if row["part"] not in PARTS:
        raise row.wrong(f"{row['part']!r} is no part of a name; the parts are {' and '.join(PARTS)}")
    return row["part"]
