"""How names are written: in one kind of apostrophe and hyphen, and with or without capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from communique.knowledge.entries import Entry

Meanings = dict[str, tuple[Entry, ...]]

_LONE_LINE_BREAK = re.compile(r"(?<=\S)\n(?=\S)")
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
    table = _collected((plain(name), entry) for name, entry in names)
    exact = _with_capitals(table)
    return Surfaces(exact, _in_capitals(table, exact))


def plain(text: str) -> str:
    """The text, as long as before, with one kind of apostrophe, hyphen and space, no lone surrogates."""
    if not text.isascii() and _ODD.search(text):
        text = re.sub("[\ud800-\udfff]", "\ufffd", text.translate(_PLAIN))
    return _LONE_LINE_BREAK.sub(" ", text) if "\n" in text else text


def _collected(names: Iterable[tuple[str, Entry]]) -> Meanings:
    table: dict[str, dict[Entry, None]] = {}
    for name, entry in names:
        table.setdefault(name, {})[entry] = None
    return {name: _likeliest_first(entries) for name, entries in table.items()}


def _likeliest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.kind == "noise"))


def _with_capitals(table: Meanings) -> Meanings:
    cased = dict(table)
    for name, entries in table.items():
        if name[0].islower():
            for variant in (name[0].upper() + name[1:], title(name)):
                cased.setdefault(variant, entries)
    return cased


def _in_capitals(table: Meanings, exact: Meanings) -> Meanings:
    pairs = ((name.upper(), entry) for name, entries in table.items() for entry in entries)
    return _collected((name, entry) for name, entry in pairs if len(name) > 1 and name not in exact)


def title(name: str) -> str:
    """The name with a capital on every word: "al-Qassam brigades" gives "Al-Qassam Brigades"."""
    return re.sub(r"(?<![\w'])[^\W\d_]", lambda letter: letter[0].upper(), name)
