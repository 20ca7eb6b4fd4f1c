"""The table of docs/dates.md holds, row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from communique.coding.dates import Tense, find_dates, resolve
from communique.records import Interval

DOCS = Path(__file__).parents[3] / "docs" / "dates.md"
DAY = date(2025, 7, 10)


def rows() -> list[tuple[str, str, str]]:
    """Each expression of the table with its tense and its days."""
    lines = [
        line.split("|") for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    cells = [[cell.strip() for cell in line[1:4]] for line in lines[2:]]
    return [
        (words, tense, days)
        for phrases, tense, found in cells
        for words, days in zip(phrases.split("; "), found.split("; "), strict=True)
    ]


@pytest.mark.parametrize(("words", "tense", "days"), rows())
def test_the_documented_days(words: str, tense: str, days: str) -> None:
    tenses: list[Tense] = [t for t in get_args(Tense) if tense in ("any", t)]
    (expression,) = find_dates(words)
    for one in tenses:
        found = resolve(expression, anchor=Interval(start=DAY, end=DAY), tense=one).interval
        assert written(found) == days


def written(interval: Interval | None) -> str:
    if interval is None:
        return "none"
    return str(interval.start) if interval.days == 1 else f"{interval.start}..{interval.end}"
