"""Names in bulk: one automaton over every name of every table, matched with boundaries and case.

A text is searched once; of overlapping matches the longest wins, then the leftmost. Names of noise
(kind "noise": "Washington Post", "Paris Saint-Germain") take part in that contest and are dropped
afterwards, so that no shorter name inside them is seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import ahocorasick_rs

EntryKind = Literal["state", "organisation", "group", "place", "office", "materiel", "instrument", "outlet", "noise"]
Form = Literal[
    "name", "short", "adjective", "demonym", "capital", "seat", "ministry", "force", "acronym", "variant",
    "generic", "office",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a name can mean.

    `code` by kind: state, organisation, group -> the actor's code; place -> the country's code ("" where
    open); office -> the office of the coding guide ("defence minister"); materiel -> the family ("S-300");
    instrument -> its canonical name; outlet -> the country's code ("" where unknown).
    `name` is the canonical name of the thing; `form` says how the matched words name it.
    """

    kind: EntryKind
    code: str
    name: str
    form: Form
    detail: str = ""


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
    text in capitals throughout matches too; a match never begins or ends inside a word.
    """

    def __init__(self, names: Iterable[tuple[str, Entry]]) -> None:
        table: dict[str, list[Entry]] = {}
        for name, entry in names:
            row = table.setdefault(name, [])
            if entry not in row:
                row.append(entry)
        self._names = list(table)
        self._entries = [tuple(table[name]) for name in self._names]
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._names, matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def find(self, text: str) -> list[Mention]:
        """All mentions of the text, sorted, without overlap; the longest of overlapping ones wins."""
        spans = [
            (start, end, which)
            for which, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _is_bounded(text, start, end)
        ]
        spans.sort(key=lambda s: (s[0] - s[1], s[0]))
        kept: list[tuple[int, int, int]] = []
        taken = bytearray(len(text))
        for start, end, which in spans:
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                kept.append((start, end, which))
        return [
            Mention(start, end, text[start:end], entries)
            for start, end, which in sorted(kept)
            if (entries := self._entries[which])[0].kind != "noise"
        ]


def _is_bounded(text: str, start: int, end: int) -> bool:
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    after = end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
    return before and after
