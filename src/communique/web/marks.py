"""Cuts a text into paragraphs and these into pieces, each with the marks that lie on it; marks may overlap.

pieces of "ab cd ef" with A on "ab cd" and B on "cd ef":  "ab " (A), "cd" (A, B), " ef" (B)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from communique.web.page import Shown


class Span(Shown):
    """A mark on a text: characters `start` to `end`, of what (`claim`, `said`), and of which one (its number)."""

    start: int
    end: int
    sort: str
    number: int


class Piece(Shown):
    """A piece of text on which the same marks lie: the numbers of the claims and of the statements on it.

    `opens` are the claims whose passage begins here, so that their number can stand before it.
    """

    text: str
    claims: tuple[int, ...] = ()
    said: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


class Paragraph(Shown):
    """A paragraph: where it begins in the text, and its pieces. Law: the pieces' texts joined are its text."""

    start: int
    pieces: tuple[Piece, ...]


def paragraphs(text: str, spans: Iterable[Span]) -> list[Paragraph]:
    """The text's paragraphs with the marks on them; line feeds between paragraphs are dropped."""
    marks = sorted(spans, key=lambda s: (s.start, s.end, s.sort, s.number))
    return [
        Paragraph(start=start, pieces=tuple(_pieces(text, start, end, marks))) for start, end in _bounds(text)
    ]


def passage(text: str, marks: Sequence[Span], *, around: int = 240) -> Paragraph:
    """The words around the marks, out to the paragraph's ends but no more than `around` characters away."""
    first, last = min(m.start for m in marks), max(m.end for m in marks)
    low = max(text.rfind("\n", 0, first) + 1, 0)
    high = text.find("\n", last)
    high = len(text) if high < 0 else high
    start = low if first - low <= around else _word_start(text, first - around)
    end = high if high - last <= around else _word_end(text, last + around)
    pieces = list(_pieces(text, start, end, sorted(marks, key=lambda s: (s.start, s.end))))
    if start > low:
        pieces.insert(0, Piece(text="… "))
    if end < high:
        pieces.append(Piece(text=" …"))
    return Paragraph(start=start, pieces=tuple(pieces))


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        if match[0].strip():
            yield match.start(), match.end()


def _pieces(text: str, start: int, end: int, marks: Sequence[Span]) -> Iterator[Piece]:
    here = [m for m in marks if m.start < end and start < m.end and m.start < m.end]
    cuts = sorted({start, end, *(min(max(at, start), end) for m in here for at in (m.start, m.end))})
    for a, b in pairwise(cuts):
        on = [m for m in here if m.start < b and a < m.end]
        yield Piece(
            text=text[a:b],
            claims=_numbers(on, "claim"),
            said=_numbers(on, "said"),
            opens=_numbers([m for m in on if max(m.start, start) == a], "claim"),
        )


def _numbers(marks: Iterable[Span], sort: str) -> tuple[int, ...]:
    return tuple(sorted({m.number for m in marks if m.sort == sort}))


def _word_start(text: str, at: int) -> int:
    found = text.find(" ", at, at + 40)
    return found + 1 if found >= 0 else at


def _word_end(text: str, at: int) -> int:
    found = text.rfind(" ", at - 40, at)
    return found if found >= 0 else at
