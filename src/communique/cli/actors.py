"""Actors as they are typed: a code (IRN, NATO, HOUTHIS) or a name ("Iran"); near names where neither is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.archive import Archive

ACTORS = ("state", "organisation", "group")


def actor_code(words: str, archive: Archive) -> str:
    """The code that is meant: a code of the tables or of the archive, or the code of a name.

    Raises SettingsError for what is neither, with the names that are spelt alike.
    """
    from communique.archive import EventFilter
    from communique.errors import SettingsError
    from communique.knowledge.tables import actors_of, all_names

    code = words.strip().upper()
    if code in actors_of(all_names()) or next(archive.events(EventFilter(actor=code), limit=1), None):
        return code
    codes, near = _named(words)
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise SettingsError(f"{words!r} may be {_either(codes)}: give the code")
    hint = f"; near names: {', '.join(near)}" if near else "; `communique knowledge find` looks names up"
    raise SettingsError(f"no state, organisation or group has the code or name {words!r}{hint}")


def _named(words: str) -> tuple[list[str], tuple[str, ...]]:
    """The codes of the actors of that name, and names that are spelt alike."""
    from communique.knowledge.finding import find_name
    from communique.knowledge.knowledge import default_knowledge

    found = find_name(words, default_knowledge())
    entries = [m.entry for m in found.meanings if m.entry.kind in ACTORS]
    return list(dict.fromkeys(entry.code for entry in entries)), found.suggestions


def _either(codes: Iterable[str]) -> str:
    *most, last = codes
    return f"{', '.join(most)} or {last}" if most else last
