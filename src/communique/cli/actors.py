"""Actors as they are typed: a code (IRN, NATO, HOUTHIS) or a name ("Iran"); near names where neither is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.archive import Archive

NEAR = 75.0
"""How alike, of 100, the spelling of a suggested name is at least."""

MOST_NEAR = 5


def actor_code(words: str, archive: Archive) -> str:
    """The code that is meant: a code of the tables or of the archive, or the code of a name of the tables.

    Raises SettingsError for what is neither, with the names that are spelt alike, and for a name of several.
    """
    from communique.archive import EventFilter
    from communique.errors import SettingsError

    named = _codes_by_name()
    code, name = words.strip().upper(), words.strip().casefold()
    if code in {c for codes in named.values() for c in codes}:
        return code
    codes = named.get(name, ())
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise SettingsError(f"{words!r} may be any of {', '.join(codes)}: give the code")
    if next(archive.events(EventFilter(actor=code), limit=1), None):
        return code
    near = _near(name, list(named))
    hint = f"; near names: {', '.join(near)}" if near else "; `communique knowledge find` looks names up"
    raise SettingsError(f"no state, organisation or group has the code or name {words!r}{hint}")


def _codes_by_name() -> dict[str, tuple[str, ...]]:
    """The codes of the actors that bear a name (in lower case), by the best rank of the name."""
    from communique.knowledge.entries import ACTOR_KINDS
    from communique.knowledge.tables import all_names

    found: dict[str, dict[int, dict[str, None]]] = {}
    for row in all_names():
        if row.kind in ACTOR_KINDS and row.code:
            found.setdefault(row.name.casefold(), {}).setdefault(row.rank, {})[row.code] = None
    return {name: tuple(ranks[min(ranks)]) for name, ranks in found.items()}


def _near(name: str, known: list[str]) -> list[str]:
    """Names that are spelt alike, the nearest first, as titles."""
    from rapidfuzz import fuzz, process

    found = process.extract(name, known, scorer=fuzz.ratio, limit=MOST_NEAR, score_cutoff=NEAR)
    return [spelling.title() for spelling, _, _ in sorted(found, key=lambda hit: (-hit[1], hit[0]))]
