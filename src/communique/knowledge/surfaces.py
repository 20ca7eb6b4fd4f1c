"""How names are written: in one kind of apostrophe and hyphen, and with or without capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from communique.knowledge.entries import Entry

Meanings = dict[str, tuple[Entry, ...]]

_LONE_LINE_BREAK = re.compile(r"(?<=\S)\n(?=\S)")
_WORD_START = re.compile(r"(?<![\w'])[^\W\d_]")
_ODD = re.compile("[‘’ʼ′\u00a0\u2007\u202f‐‑‒\ud800-\udfff]")
_PLAIN = str.maketrans(
    dict.fromkeys("‘’ʼ′", "'") | dict.fromkeys("\u00a0\u2007\u202f", " ") | dict.fromkeys("‐‑‒", "-")
)


@dataclass(frozen=True)
class Surfaces:
    """All ways in which names are written, and what each can mean (the likeliest first).

    `exact` has the names as they stand, and those in small letters also with a first capital and with a
    capital on every word; `shouted` has those in capitals throughout that `exact` does not have.
    """

    exact: Meanings
    shouted: Meanings


def surfaces_of(names: Iterable[tuple[str, Entry]]) -> Surfaces:
    """The surfaces of names; of the meanings of one name, noise only stands where nothing else does."""
    table: Meanings = {}
    alone: dict[Entry, tuple[Entry, ...]] = {}  # equal entries become one object
    for name, entry in names:
        _add(table, plain(name), alone.setdefault(entry, (entry,)))
    exact = _with_capitals(table)
    return Surfaces(exact, _in_capitals(table, exact))


def plain(text: str) -> str:
    """The text, as long as before, with one kind of apostrophe, hyphen and space, no lone surrogates."""
    if not text.isascii() and _ODD.search(text):
        text = re.sub("[\ud800-\udfff]", "\ufffd", text.translate(_PLAIN))
    return _LONE_LINE_BREAK.sub(" ", text) if "\n" in text else text


def _add(table: Meanings, name: str, entries: tuple[Entry, ...]) -> None:
    """Add meanings to a name behind those that it has; noise goes last."""
    had = table.get(name)
    if had is None:
        table[name] = entries
    elif had != entries:
        table[name] = tuple(sorted(dict.fromkeys(had + entries), key=_is_noise))


def _is_noise(entry: Entry) -> bool:
    return entry.kind == "noise"


def _with_capitals(table: Meanings) -> Meanings:
    cased = dict(table)
    for name, entries in table.items():
        if name[0].islower():
            cased.setdefault(name[0].upper() + name[1:], entries)
            cased.setdefault(title(name), entries)
    return cased


def _in_capitals(table: Meanings, exact: Meanings) -> Meanings:
    shouted: Meanings = {}
    for name, entries in table.items():
        capitals = name.upper()
        if len(capitals) > 1 and capitals not in exact:
            _add(shouted, capitals, entries)
    return shouted


def title(name: str) -> str:
    """The name with a capital on every word: "al-Qassam brigades" gives "Al-Qassam Brigades"."""
    return _WORD_START.sub(lambda letter: letter[0].upper(), name)
