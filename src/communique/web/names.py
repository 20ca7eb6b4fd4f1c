"""Names of states, organisations and groups by code, and codes by any of their names, from the tables of knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.knowledge.entries import ACTOR_KINDS
from communique.knowledge.tables import ActorName, NameRow, actors_of, all_names

_NAMED = frozenset({"name", "variant", "acronym", "short"})


@dataclass(frozen=True)
class Names:
    """The tables' names: of codes, and codes of names (in lower case)."""

    actors: dict[str, ActorName]
    codes: dict[str, str]

    def of(self, code: str) -> str:
        """The name of a code; an unknown code is its own name."""
        actor = self.actors.get(code)
        return actor.name if actor else code

    def sort_of(self, code: str) -> str:
        """ "state", "organisation", "group", or "actor" where the code is not in the tables."""
        actor = self.actors.get(code)
        return actor.kind if actor else "actor"

    def code(self, words: str) -> str:
        """The code that the words name ("Armenia", "arm", "ARM" give ARM); unknown words as they are."""
        plain = " ".join(words.split())
        if plain in self.actors:
            return plain
        if plain.upper() in self.actors:
            return plain.upper()
        return self.codes.get(plain.lower(), plain)


@cache
def names() -> Names:
    """The names of the shipped tables, read once a process."""
    rows = list(all_names(None))
    return Names(actors_of(rows), _codes(rows))


def _codes(rows: list[NameRow]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda r: r.rank):
        if row.kind in ACTOR_KINDS and row.form in _NAMED and not row.thing:
            found.setdefault(row.name.lower(), row.code)
    return found
