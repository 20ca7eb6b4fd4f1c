"""Finding the date expressions of a text: windows round triggers, single expressions, then compositions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from communique.coding.dates.compose import composed
from communique.coding.dates.expression import DateExpression
from communique.coding.dates.readings import READINGS
from communique.coding.dates.rules import master, rule
from communique.coding.dates.vocabulary import alternation, words
from communique.coding.dates.witness import is_date

_REACH = 32  # characters that an expression may begin before, or go on after, each of its triggers
_NUMBERS = re.compile(r"\d(?:\d{3}|\d?[-./]\d\d?[-./]\d|0['’]?s|q)")
_WORD = re.compile(r"\w+|\W")


def find_dates(text: str) -> tuple[DateExpression, ...]:
    """The date expressions of a text, sorted and disjoint; text[start:end] == expression.text for each.

    Pure structure: nothing is resolved, and nothing outside the text is consulted. Expressions of time that
    bear no days ("recently") are found too, so that whoever asks can be told why there is no date. An
    expression never spans two lines.
    """
    low = _lowered(text)
    lines = (line for window in _windows(low) for line in _lines(low, *window))
    found = [atom for start, end in lines for atom in _atoms(text, low, start, end)]
    if not found:
        return ()
    noise = [m.span() for m in _noise().finditer(low)]
    return composed(text, [e for e in found if not any(e.start < b and a < e.end for a, b in noise)])


def _lowered(text: str) -> str:
    """The text in lower case, each character for one."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _windows(low: str) -> Iterator[tuple[int, int]]:
    """Stretches of text round the triggers, merged where they meet."""
    opened, closed = 0, -1
    for start, end in _triggers(low):
        if start - _REACH > closed:
            if closed > 0:
                yield opened, closed
            opened = max(0, start - _REACH)
        closed = max(closed, min(len(low), end + _REACH))
    if closed > 0:
        yield opened, closed


def _lines(low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a window that lie on one line each."""
    while start < end:
        stop = low.find("\n", start, end)
        if stop < 0:
            stop = end
        if stop > start:
            yield start, stop
        start = stop + 1


def _triggers(low: str) -> list[tuple[int, int]]:
    """Where something stands that every expression holds, in order."""
    found = [m.span() for m in _NUMBERS.finditer(low)]
    plain, automaton = _automaton()
    for which, start, end in automaton.find_matches_as_indexes(low, overlapping=True):
        if which < plain or low[end : end + 1].isdigit() or low[end + 1 : end + 2].isdigit():
            found.append((start, end))
    found.sort()
    return found


@cache
def _automaton() -> tuple[int, ahocorasick_rs.AhoCorasick]:
    """The trigger words, and how many of them need no number after them."""
    plain, others = words("triggers"), words("triggers", "before_digits")
    return len(plain), ahocorasick_rs.AhoCorasick([*plain, *others])


def _atoms(text: str, low: str, start: int, end: int) -> Iterator[DateExpression]:
    """The single expressions of one window."""
    position = start
    while match := master().search(low, position, end):
        expression = _read(text, match)
        if expression is not None:
            yield expression
            position = match.end()
        else:
            position = _after_word(low, match.start())


def _read(text: str, match: re.Match[str]) -> DateExpression | None:
    """What a match of the alternation means, or None where it is no date after all."""
    name = match.lastgroup or ""
    inner = rule(name).match(text, match.start(), match.end())
    if inner is None:
        return None
    expression = READINGS[name](inner)
    return expression if expression is not None and is_date(text, expression, name) else None


def _after_word(low: str, position: int) -> int:
    """The offset after the word at `position`."""
    match = _WORD.match(low, position)
    return match.end() if match else position + 1


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(rf"\b{alternation(words('noise', 'phrases'))}(?!\w)")
