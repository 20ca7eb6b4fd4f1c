"""What a name resolves to, and why: meanings with the rows that they come from, persons, near spellings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from communique.knowledge.entries import Entry
from communique.knowledge.knowledge import Knowledge
from communique.knowledge.occupancies import Occupancies, Occupancy
from communique.knowledge.surfaces import title
from communique.knowledge.tables import NAME_TABLES, NameRow, name_rows

NEAR = 75.0
MOST_SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a name; `origin` says which rows of which table it comes from."""

    name: str
    entry: Entry
    origin: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that is known of a name: what it means as a whole or in its parts, whom it names, what is near."""

    name: str
    meanings: tuple[Meaning, ...]
    parts: tuple[Meaning, ...]
    persons: tuple[Occupancy, ...]
    suggestions: tuple[str, ...]


def find_name(name: str, knowledge: Knowledge) -> Findings:
    """What a name resolves to; suggestions are given only where nothing has the name."""
    whole = _meanings(name, knowledge)
    persons = () if whole else Occupancies.load(knowledge.overlay).of_person(name)
    parts = () if whole or persons else _parts(name, knowledge)
    near = () if whole or persons or parts else _near(name, knowledge)
    return Findings(name, whole, parts, persons, near)


def _meanings(name: str, knowledge: Knowledge) -> tuple[Meaning, ...]:
    for written in dict.fromkeys((name, title(name.lower()), name.upper(), name.lower())):
        if entries := knowledge.gazetteer.meanings(written):
            return tuple(
                Meaning(written, entry, _origin(written, entry, knowledge.overlay)) for entry in entries
            )
    return ()


def _parts(name: str, knowledge: Knowledge) -> tuple[Meaning, ...]:
    return tuple(
        Meaning(mention.text, entry, _origin(mention.text, entry, knowledge.overlay))
        for mention in knowledge.gazetteer.find(name)
        for entry in mention.entries
    )


def _origin(name: str, entry: Entry, overlay: Path | None) -> str:
    """The rows of the tables of names that give the entry, or the kind of table where it is made by rule."""
    for table, kind in NAME_TABLES.items():
        if kind == entry.kind:
            rows = [row for row in name_rows(table, overlay) if row.code == entry.code and row.name == name]
            return "; ".join(map(_cited, rows)) or f"by rule from {table}"
    return f"from the table of {entry.kind}"


def _cited(row: NameRow) -> str:
    return f"{row.row.file}:{row.row.line} ({row.row['source']})"


def _near(name: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Names that are spelt alike, the nearest first; of spellings that differ in capitals only the first."""
    from rapidfuzz import fuzz, process

    written: dict[str, str] = {}
    for known in chain(knowledge.gazetteer.names(), _persons(knowledge)):
        written.setdefault(known.lower(), known)
    found = process.extract(
        name.lower(), list(written), scorer=fuzz.ratio, limit=MOST_SUGGESTIONS, score_cutoff=NEAR
    )
    ranked = sorted(found, key=lambda hit: (-hit[1], hit[0]))
    return tuple(written[spelling] for spelling, _, _ in ranked)


def _persons(knowledge: Knowledge) -> Iterator[str]:
    return (form for form, _ in Occupancies.load(knowledge.overlay).person_names())
