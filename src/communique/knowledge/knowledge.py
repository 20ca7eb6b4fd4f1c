"""Knowledge: all tables behind one face, loaded once.

knowledge = Knowledge.load()
knowledge.gazetteer.find("Tehran and Moscow signed a deal")
knowledge.name_of("IRN")                       "Iran"
knowledge.members_of("SCO", year=2018)         ("CHN", "IND", ...)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from communique.knowledge import instruments, materiel, places, positions
from communique.knowledge.context import ContextNames
from communique.knowledge.derived import namesakes
from communique.knowledge.gazetteer import Entry, Gazetteer
from communique.knowledge.prepared import prepared_surfaces
from communique.knowledge.sheets import TABLES
from communique.knowledge.tables import (
    ActorName,
    Membership,
    actors_of,
    all_names,
    listed,
    memberships,
    named,
)


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Who and what exists. Lookups give None or the code itself for what is unknown, never a guess."""

    gazetteer: Gazetteer
    actors: dict[str, ActorName]
    memberships: tuple[Membership, ...]
    fingerprint: str
    overlay: Path | None = None

    @classmethod
    def load(cls, overlay: Path | None = None) -> Knowledge:
        """Knowledge from the shipped tables and, where given, a user's folder of CSV files over them.

        Raises KnowledgeError, with file and line, for a row that is wrong.
        """
        rows = list(all_names(overlay))
        actors = actors_of(rows)
        fingerprint = fingerprint_of(overlay)

        def read_tables() -> Iterator[tuple[str, Entry]]:
            yield from named(rows, actors)
            yield from _other_names(overlay)

        gazetteer = Gazetteer.of(
            prepared_surfaces(fingerprint, read_tables),
            words=listed("ordinary_words.csv", overlay),
            shared=listed("shared_institutions.csv", overlay),
        )
        return cls(gazetteer, actors, tuple(memberships(overlay)), fingerprint, overlay)

    @cached_property
    def states(self) -> dict[str, ActorName]:
        """The states by code."""
        return {code: actor for code, actor in self.actors.items() if actor.kind == "state"}

    @cached_property
    def organisations(self) -> dict[str, ActorName]:
        """The organisations by code."""
        return {code: actor for code, actor in self.actors.items() if actor.kind == "organisation"}

    @cached_property
    def actor_codes(self) -> frozenset[str]:
        """The codes of all states, organisations and armed groups."""
        return frozenset(self.actors)

    def state(self, code: str) -> ActorName | None:
        """The state with that code, or None."""
        return self.states.get(code)

    def name_of(self, code: str) -> str:
        """The canonical name of an actor; an unknown code is its own name."""
        actor = self.actors.get(code)
        return actor.name if actor else code

    def stands_for(
        self, name: str, *, focus: Sequence[str] = (), home: str | None = None, named: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """The codes of all that a name like "the Baltic states" stands for (see knowledge.context); () for none."""
        return ContextNames.load(self.overlay).stands_for(name, focus=focus, home=home, named=named)

    def members_of(self, code: str, *, year: int | None = None) -> tuple[str, ...]:
        """The codes of an organisation's members in a year (or the present ones), sorted; () if unknown."""
        members = {m.member for m in self.memberships if m.organisation == code and m.holds_in(year)}
        return tuple(sorted(members))


@lru_cache(maxsize=1)
def default_knowledge() -> Knowledge:
    """The shipped tables without an overlay, loaded once a process."""
    return Knowledge.load()


def fingerprint_of(overlay: Path | None = None) -> str:
    """A hash over all shipped tables, the overlay's tables and the code that reads them (hexadecimal)."""
    digest = hashlib.sha256()
    shipped = {item.name: item.read_bytes() for item in TABLES.iterdir() if item.name.endswith(".csv")}
    own = {path.name: path.read_bytes() for path in overlay.glob("*.csv")} if overlay else {}
    code = {path.name: path.read_bytes() for path in Path(__file__).parent.glob("*.py")}
    for part in (shipped, own, code):
        for name in sorted(part):
            digest.update(f"{name}\0{len(part[name])}\0".encode())
            digest.update(part[name])
    return digest.hexdigest()


def _other_names(overlay: Path | None) -> Iterator[tuple[str, Entry]]:
    for table in (positions, materiel, places, instruments):
        yield from table.entries(overlay)
    yield from namesakes(overlay)
