"""Names in bulk: one automaton over every name of every table, matched with boundaries and case.

A text is searched once; of overlapping matches the longest wins, then the leftmost. Names of noise
(kind "noise": "Paris Saint-Germain", "Turkish Airlines") take part in that contest and are dropped
afterwards, so that no shorter name inside them is seen. Words in capitals throughout (headlines, the
city of a dateline) are searched a second time, against the names in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import ahocorasick_rs

EntryKind = Literal[
    "state", "organisation", "group", "place", "office", "materiel", "instrument", "outlet", "noise"
]
Form = Literal[
    "name", "short", "adjective", "demonym", "capital", "seat", "ministry", "force", "acronym", "variant",
    "generic", "office",
]  # fmt: skip
Span = tuple[int, int, int]  # start, end, which name

HEADLINE_WORDS = 3
SHOUTED_KINDS: frozenset[EntryKind] = frozenset({"state", "organisation", "group", "place"})
SHOUTED_LETTERS = 4
OWNER_FORMS: frozenset[Form] = frozenset({"name", "short", "adjective", "variant"})
OWNED_BY = (" ", "'s ", "' ")

_CAPITAL = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁŃŅŇŐŒŘŚŞŠŤŪŮŰŹŻŽ"
_CAPITALS = re.compile(
    rf"(?<![^\W_])[{_CAPITAL}0-9.'’&/()-]*[{_CAPITAL}]{{2}}[{_CAPITAL}0-9.'’&/()-]*(?![^\W_])"
    rf"(?:[ ,:;\"“”<>\t]+(?:[{_CAPITAL}0-9.'’&/()-]+)(?![^\W_]))*"
)
_CAPITAL_WORD = re.compile(rf"[{_CAPITAL}]{{2,}}")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+")
_NISBA = re.compile(r"(?:^|[^\w])(?:al|el|ul|ol|as|ad|at|az|ash)[-'’]$", re.IGNORECASE)
_DOMAIN = re.compile(r"\.(?:am|az|com|fr|ge|gov|in|info|ir|kz|mil|net|org|ru|tr|ua|uk|us)(?![^\W_])")
_LONE_LINE_BREAK = re.compile(r"(?<=\S)\n(?=\S)")
_ODD = re.compile("[‘’ʼ′\u00a0\u2007\u202f‐‑‒\ud800-\udfff]")
_PLAIN = str.maketrans(
    dict.fromkeys("‘’ʼ′", "'") | dict.fromkeys("\u00a0\u2007\u202f", " ") | dict.fromkeys("‐‑‒", "-")
)


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
    words in capitals throughout match too; a name in small letters also matches with a first capital and
    with a capital on every word; a match never begins or ends inside a word. Kinds of apostrophes, hyphens
    and spaces, and a line break between two words, make no difference.

    `words` are names that stand for an ordinary word where all is in capitals ("WHO"). `shared` are names of
    institutions that many states have: directly after a state ("Peruvian Congress") they are that state's.
    """

    def __init__(
        self, names: Iterable[tuple[str, Entry]], *, words: Collection[str] = (), shared: Collection[str] = ()
    ) -> None:
        self._table = _meanings(names)
        self._shared = frozenset(shared)
        self._words = frozenset(word.upper() for word in words)
        self._exact = _Names(_with_capitals(self._table))
        self._shouted = _Names(_in_capitals(self._table, self._words))

    def find(self, text: str) -> list[Mention]:
        """All mentions of the text, sorted, without overlap; the longest of overlapping ones wins."""
        plain = _plain(text)
        runs = [(run.start(), run.end(), _is_headline(plain, run)) for run in _CAPITALS.finditer(plain)]
        found = [
            (start, end, self._exact.entries[which])
            for start, end, which in self._exact.spans(plain)
            if plain[start:end] not in self._words or not _within_headline(runs, start, end)
        ]
        for run in runs:
            found += self._find_shouted(plain, *run)
        found.sort(key=lambda span: (span[0] - span[1], span[0]))
        taken = bytearray(len(text))
        kept = []
        for start, end, entries in found:
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\x01" * (end - start)
                if entries[0].kind != "noise":
                    kept.append(Mention(start, end, text[start:end], entries))
        return self._owned(sorted(kept, key=lambda mention: mention.start), plain)

    def meanings(self, name: str) -> tuple[Entry, ...]:
        """All that exactly this name can mean, the likeliest first; () for a name that no table has."""
        return tuple(self._table.get(name, ()))

    def names(self) -> list[str]:
        """Every name of every table, in the order of the tables."""
        return list(self._table)

    def _owned(self, mentions: list[Mention], text: str) -> list[Mention]:
        """The mentions, with shared institutions under the state that stands directly before them."""
        for which, mention in enumerate(mentions[1:], start=1):
            owner = mentions[which - 1]
            if (
                text[mention.start : mention.end] in self._shared
                and owner.entry.kind == "state"
                and owner.entry.form in OWNER_FORMS
                and text[owner.end : mention.start] in OWNED_BY
            ):
                entries = tuple(replace(entry, code=owner.entry.code) for entry in mention.entries)
                mentions[which] = replace(mention, entries=entries)
        return mentions

    def _find_shouted(
        self, text: str, start: int, end: int, headline: bool
    ) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """Names in capitals within a run of capitals; a short run only tells of actors and places."""
        for first, last, which in self._shouted.spans(text[start:end]):
            entries = self._shouted.entries[which]
            if headline or (last - first >= SHOUTED_LETTERS and entries[0].kind in SHOUTED_KINDS):
                yield start + first, start + last, entries


class _Names:
    """Names in an automaton, with their entries by the same number."""

    def __init__(self, table: dict[str, tuple[Entry, ...]]) -> None:
        self.entries = list(table.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(table), store_patterns=False, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def spans(self, text: str) -> Iterator[Span]:
        """All bounded matches, overlapping ones too."""
        for which, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if _is_bounded(text, start, end):
                yield start, end, which


def _meanings(names: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    """The entries of each name in order; noise only stands where nothing else has the name."""
    table: dict[str, list[Entry]] = {}
    for name, entry in names:
        row = table.setdefault(_plain(name), [])
        if entry not in row:
            row.append(entry)
    for row in table.values():
        row.sort(key=lambda entry: entry.kind == "noise")
    return table


def _with_capitals(table: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    """The names, and those in small letters also with a first capital and with capitals throughout."""
    cased = {name: tuple(entries) for name, entries in table.items()}
    for name, entries in table.items():
        if name[0].islower():
            for variant in (name[0].upper() + name[1:], _title(name)):
                cased.setdefault(variant, tuple(entries))
    return cased


def _in_capitals(table: dict[str, list[Entry]], words: frozenset[str]) -> dict[str, tuple[Entry, ...]]:
    shouted: dict[str, list[Entry]] = {}
    for name, entries in table.items():
        capitals = name.upper()
        if capitals not in words and len(capitals) > 1:
            row = shouted.setdefault(capitals, [])
            row += [entry for entry in entries if entry not in row]
    for row in shouted.values():
        row.sort(key=lambda entry: entry.kind == "noise")
    return {name: tuple(entries) for name, entries in shouted.items()}


def _title(name: str) -> str:
    return re.sub(r"(?<![\w'])[^\W\d_]", lambda letter: letter[0].upper(), name)


def _plain(text: str) -> str:
    """The text, as long as before, with one kind of apostrophe, hyphen and space, no lone surrogates."""
    if not text.isascii() and _ODD.search(text):
        text = re.sub("[\ud800-\udfff]", "\ufffd", text.translate(_PLAIN))
    return _LONE_LINE_BREAK.sub(" ", text) if "\n" in text else text


def _is_headline(text: str, run: re.Match[str]) -> bool:
    """True for a run of several words in capitals, and for one that fills its line."""
    if len(_CAPITAL_WORD.findall(run[0])) >= HEADLINE_WORDS:
        return True
    first, last = text.rfind("\n", 0, run.start()) + 1, text.find("\n", run.end())
    around = text[first : run.start()] + text[run.end() : last if last >= 0 else len(text)]
    return not around.strip(" \t\r.!?\"'<>()-")


def _within_headline(runs: list[tuple[int, int, bool]], start: int, end: int) -> bool:
    return any(first <= start and end <= last and headline for first, last, headline in runs)


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
