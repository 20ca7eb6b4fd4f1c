"""Names in bulk: one automaton over every name of every table, matched with boundaries and case.

A text is searched once; of overlapping matches the longest wins, then the leftmost. Names of noise
(kind "noise": "Paris Saint-Germain", "Turkish Airlines") take part in that contest and are dropped
afterwards, so that no shorter name inside them is seen. Words in capitals throughout (headlines, the
city of a dateline) are searched a second time, against the names in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import ahocorasick_rs

from communique.knowledge.capitals import Run, capital_runs, in_headline
from communique.knowledge.entries import ACTOR_KINDS, Entry, EntryKind, Form
from communique.knowledge.surfaces import Meanings, Surfaces, plain, surfaces_of

__all__ = ["Entry", "EntryKind", "Form", "Gazetteer", "Mention"]

Span = tuple[int, int, int]  # start, end, which name

SHOUTED_KINDS: frozenset[EntryKind] = ACTOR_KINDS | {"place"}
SHOUTED_LETTERS = 4
OWNER_FORMS: frozenset[Form] = frozenset({"name", "short", "adjective", "variant"})
OWNED_BY = (" ", "'s ", "' ")
OWNED_BY_NEXT = (" of ", " of the ")

_ABBREVIATED = re.compile(r"[^\W\d_]\.")
_NISBA = re.compile(r"(?:^|[^\w])(?:al|el|ul|ol|as|ad|at|az|ash)[-'’]$", re.IGNORECASE)
_DOMAIN = re.compile(r"\.(?:am|az|com|fr|ge|gov|in|info|ir|kz|mil|net|org|ru|tr|ua|uk|us)(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text, with all that it can mean (the likeliest first)."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The likeliest meaning."""
        return self.entries[0]


class Gazetteer:
    """Names mapped to entries; `find` gives the mentions of a text in order, without overlap.

    Laws: mentions are sorted and disjoint; each text[start:end] equals `text`; a name that is written
    with a capital only matches where the text has the same capitals (so "turkey" is a bird), except that
    words in capitals throughout match too; a name in small letters also matches with a first capital and
    with a capital on every word; a match never begins or ends inside a word. Kinds of apostrophes, hyphens
    and spaces, and a line break between two words, make no difference.

    `words` are names that stand for an ordinary word where all is in capitals ("WHO"). `shared` are names of
    institutions that many states have: directly after a state ("Peruvian Congress") they are that state's.
    """

    def __init__(
        self, names: Iterable[tuple[str, Entry]], *, words: Collection[str] = (), shared: Collection[str] = ()
    ) -> None:
        self._build(surfaces_of(names), words, shared)

    @classmethod
    def of(cls, surfaces: Surfaces, *, words: Collection[str] = (), shared: Collection[str] = ()) -> Self:
        """A gazetteer over names whose surfaces are made already."""
        gazetteer = cls.__new__(cls)
        gazetteer._build(surfaces, words, shared)
        return gazetteer

    def _build(self, surfaces: Surfaces, words: Collection[str], shared: Collection[str]) -> None:
        self._table = surfaces.exact
        self._shared = frozenset(shared)
        self._words = frozenset(word.upper() for word in words)
        self._exact = _Names(surfaces.exact)
        self._shouted = _Names(
            {name: found for name, found in surfaces.shouted.items() if name not in self._words}
        )

    def find(self, text: str) -> list[Mention]:
        """All mentions of the text, sorted, without overlap; the longest of overlapping ones wins."""
        even = plain(text)
        runs = capital_runs(text)
        found = [
            (start, end, self._exact.entries[which])
            for start, end, which in self._exact.spans(even)
            if even[start:end] not in self._words or not in_headline(runs, start, end)
        ]
        for run in runs:
            found += self._find_shouted(even, run)
        found.sort(key=lambda span: (span[0] - span[1], span[0]))
        taken = bytearray(len(text))
        kept = []
        for start, end, entries in found:
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\x01" * (end - start)
                if entries[0].kind != "noise":
                    kept.append(Mention(start, end, text[start:end], entries))
        return self._owned(sorted(kept, key=lambda mention: mention.start), even)

    def meanings(self, name: str) -> tuple[Entry, ...]:
        """All that exactly this name can mean, the likeliest first; () for a name that no table has."""
        return self._table.get(plain(name), ())

    def names(self) -> list[str]:
        """Every name as it can be written, in the order of the tables."""
        return list(self._table)

    def _owned(self, mentions: list[Mention], text: str) -> list[Mention]:
        """The mentions, with shared institutions under the state before them or after "of".

        One without, which the tables give to a state that the text does not name, though it names others, is
        left out: the "Foreign Office" of a text about Pakistan.
        """
        states = {m.entry.code for m in mentions if m.entry.kind == "state" and not self._is_shared(m, text)}
        kept = []
        for which, mention in enumerate(mentions):
            if self._is_shared(mention, text):
                owner = _owner(mentions, which, text)
                if owner is None and states and mention.entry.code not in states:
                    continue
                if owner is not None:
                    entries = tuple(replace(entry, code=owner) for entry in mention.entries)
                    mention = replace(mention, entries=entries)
            kept.append(mention)
        return kept

    def _is_shared(self, mention: Mention, text: str) -> bool:
        return text[mention.start : mention.end] in self._shared

    def _find_shouted(self, text: str, run: Run) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """Names in capitals within a run of capitals; outside of headlines only of actors and places."""
        for start, end, which in self._shouted.spans(text[run.start : run.end]):
            entries = self._shouted.entries[which]
            if run.headline or (end - start >= SHOUTED_LETTERS and entries[0].kind in SHOUTED_KINDS):
                yield run.start + start, run.start + end, entries


def _owner(mentions: Sequence[Mention], which: int, text: str) -> str | None:
    """The state of "Peru's Congress" and of "the Royal Navy of Oman"."""
    own = mentions[which]
    for other in (mentions[which - 1] if which else None, *mentions[which + 1 : which + 2]):
        if other is not None and other.entry.kind == "state" and other.entry.form in OWNER_FORMS:
            between = text[other.end : own.start] if other.end <= own.start else text[own.end : other.start]
            if between in (OWNED_BY if other.end <= own.start else OWNED_BY_NEXT):
                return other.entry.code
    return None


class _Names:
    """Names in an automaton, with their entries by the same number."""

    def __init__(self, table: Meanings) -> None:
        self.entries = list(table.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(table), store_patterns=False, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def spans(self, text: str) -> Iterator[Span]:
        """All bounded matches, overlapping ones too."""
        for which, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if _is_bounded(text, start, end):
                yield start, end, which


def _is_bounded(text: str, start: int, end: int) -> bool:
    """True when the match is whole words: no part of a longer word, abbreviation, domain or al-name."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return False
    if end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        return False
    if start > 1 and text[start - 1] in "-'" and _NISBA.search(text, max(0, start - 5), start):
        return False
    if end < len(text) and text[end] == "." and _DOMAIN.match(text, end):
        return False
    return not (text[end - 1] == "." and _ABBREVIATED.match(text, end))
