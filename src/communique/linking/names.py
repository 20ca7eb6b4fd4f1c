"""The words by which the tables name a party, and whether a source speaks for one of an act's parties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from communique.knowledge.entries import ACTOR_KINDS
from communique.knowledge.sheets import Overlay
from communique.knowledge.tables import all_names
from communique.linking import tables
from communique.linking.words import plain, stems
from communique.records import Actor

_FORMS = frozenset({"name", "adjective", "demonym", "capital", "acronym", "seat"})


@cache
def _named(overlay: Overlay | None) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in all_names(overlay):
        if row.kind in ACTOR_KINDS and row.form in _FORMS:
            found.setdefault(row.code, set()).update(stems(row.name))
    return {code: frozenset(words) for code, words in found.items()}


def named(code: str) -> frozenset[str]:
    """The stems of the names, adjectives, demonyms, capitals and seats of a party; its code's own if unknown."""
    return _named(tables.overlay()).get(code) or frozenset(stems(code))


def name_words(person: str) -> frozenset[str]:
    """The words by which a person is known again: the longer ones of the name, or all where all are short."""
    words = re.findall(r"[a-z]+", plain(person).replace("-", " "))
    return frozenset([w for w in words if len(w) > 3] or words)


def speaks_for(attribution: str | None, actors: Iterable[Actor]) -> bool:
    """True where a source is no third party: the outlet itself (None), or named like a party or its person."""
    if attribution is None:
        return True
    said = frozenset(stems(attribution))
    names = frozenset(name_words(attribution))
    return any(
        said & named(actor.code) or (actor.person and names & name_words(actor.person)) for actor in actors
    )
