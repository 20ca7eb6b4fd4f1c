"""Finding the date expressions of a text: windows round trigger words, single expressions, then compositions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from communique.coding.dates.compose import composed
from communique.coding.dates.expression import DateExpression
from communique.coding.dates.readings import READINGS
from communique.coding.dates.rules import master, rule, trigger
from communique.coding.dates.vocabulary import alternation, words
from communique.coding.dates.witness import is_date

_REACH = 64


def find_dates(text: str) -> tuple[DateExpression, ...]:
    """The date expressions of a text, sorted and disjoint; text[start:end] == expression.text for each.

    Pure structure: nothing is resolved, and nothing outside the text is consulted. Expressions of time that
    bear no days ("recently") are found too, so that whoever asks can be told why there is no date.
    """
    found: list[DateExpression] = []
    noise = [m.span() for m in _noise().finditer(text)]
    for start, end in _windows(text):
        found.extend(_atoms(text, start, end))
    kept = [e for e in found if not any(e.start < b and a < e.end for a, b in noise)]
    return composed(text, kept)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text round the trigger words, merged where they meet, cut between words."""
    opened: int | None = None
    closed = 0
    for match in trigger().finditer(text):
        start, end = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
        if opened is None:
            opened, closed = start, end
        elif start <= closed:
            closed = end
        else:
            yield opened, closed
            opened, closed = start, end
    if opened is not None:
        yield opened, closed


def _atoms(text: str, start: int, end: int) -> Iterator[DateExpression]:
    """The single expressions of one window."""
    position = start
    while match := master().search(text, position, end):
        name = match.lastgroup
        assert name is not None
        inner = rule(name).match(text, match.start(), match.end())
        expression = READINGS[name](inner) if inner is not None and inner.end() == match.end() else None
        if expression is not None and is_date(text, expression, name):
            yield expression
            position = match.end()
        else:
            position = _next_word(text, match.start())


def _next_word(text: str, position: int) -> int:
    """The offset after the word at `position`."""
    match = re.compile(r"\w+|\W").match(text, position)
    return match.end() if match else position + 1


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(rf"\b{alternation(words('noise', 'phrases'))}(?!\w)")
