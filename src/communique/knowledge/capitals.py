"""Runs of words in capitals throughout: the headlines of old wires, the city of a dateline, an emphasis.

Every step looks at a bounded stretch of the text, so hostile text costs no more than its length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

HEADLINE_WORDS = 5
LONGEST_LINE = 400
LONGEST_LEAD = 40

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁŃŅŇŐŒŘŚŞŠŤŪŮŰŹŻŽ"
_SMALL = "a-zß-öø-ÿāăąćčďđēėęěğģīıķļłńņňőœřśşšťūůűźżž"
_WORD = re.compile(rf"[{_CAPITAL}]{{2,}}")
_LEAD = re.compile(rf"[^{_SMALL}\n]*\Z")
_REST = re.compile(rf"[^{_SMALL}\n]*")
_ORNAMENT = " \t\r.!?\"'<>()-–—*="


@dataclass(frozen=True, slots=True)
class Run:
    """Words without a small letter; `headline` when they fill a line or are many."""

    start: int
    end: int
    headline: bool


def capital_runs(text: str) -> list[Run]:
    """The runs of a text in order; lines that follow one another in capitals are one run."""
    runs: list[Run] = []
    for run in _single_runs(text):
        before = runs[-1] if runs else None
        if before and before.headline and run.headline and text[before.end : run.start] == "\n":
            runs[-1] = Run(before.start, run.end, True)
        else:
            runs.append(run)
    return runs


def in_headline(runs: list[Run], start: int, end: int) -> bool:
    """True when the stretch lies within a run that is a headline."""
    which = bisect_right(runs, start, key=lambda run: run.start) - 1
    return which >= 0 and runs[which].headline and end <= runs[which].end


def _single_runs(text: str) -> Iterator[Run]:
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue
        lead = _LEAD.search(text[max(end, word.start() - LONGEST_LEAD) : word.start()])
        rest = _REST.match(text, word.end())
        start, end = _whole_words(
            text, word.start() - len(lead[0] if lead else ""), rest.end() if rest else 0
        )
        if start < end:
            yield Run(start, end, _is_headline(text, start, end))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends, and without the parts of words that go on outside."""
    while start < end and (text[start].isspace() or _splits(text, start)):
        start += 1
    while end > start and (text[end - 1].isspace() or _splits(text, end)):
        end -= 1
    return start, end


def _splits(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _is_headline(text: str, start: int, end: int) -> bool:
    """True for a run of many words in capitals, and for one that fills its line."""
    if len(_WORD.findall(text, start, end)) >= HEADLINE_WORDS:
        return True
    before, after = text[max(0, start - LONGEST_LINE) : start], text[end : end + LONGEST_LINE]
    return not (before.rpartition("\n")[2] + after.partition("\n")[0]).strip(_ORNAMENT)
