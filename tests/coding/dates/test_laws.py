"""Laws of finding and resolving, for any text and any anchor the calendar holds."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.coding.dates import DateExpression, find_dates, resolve
from communique.coding.dates.vocabulary import table, vocabulary
from communique.records import Interval

PHRASES = sorted(
    {
        phrase
        for name in (
            "months",
            "weekdays",
            "numbers",
            "ordinals",
            "units",
            "unit_plurals",
            "seasons",
            "which",
            "parts",
        )
        for phrase in table(name)
    }
    | {
        "ago",
        "later",
        "before",
        "from",
        "to",
        "and",
        "-",
        ",",
        "since",
        "until",
        "by",
        "2016",
        "9999",
        "31",
        "29",
        "3",
    }
    | {
        "February",
        "May",
        "9/9/2016",
        "12/04/2016",
        "1396",
        "Esfand",
        "Q4",
        "the 1990s",
        "'s",
        "in",
        "of",
        "'",
        "/",
    }
)
texts = st.one_of(st.text(), st.lists(st.sampled_from(PHRASES), max_size=14).map(" ".join))
intervals = st.tuples(st.dates(), st.dates()).map(lambda d: Interval(start=min(d), end=max(d)))
near_edges = st.sampled_from([date.min, date(1, 12, 31), date(9999, 1, 1), date.max])
anchors = st.one_of(st.none(), intervals, near_edges.map(lambda d: Interval(start=d, end=d)))
tenses = st.sampled_from([None, "past", "present", "future"])


@given(texts)
@settings(max_examples=300, deadline=None)
def test_expressions_are_sorted_disjoint_and_quote_the_text(text: str) -> None:
    found = find_dates(text)
    assert all(text[e.start : e.end] == e.text and e.text == e.text.strip() and e.text for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert not any("\n" in e.text for e in found)


def parts_lie_inside(expression: DateExpression) -> bool:
    return all(
        expression.start <= p.start and p.end <= expression.end and parts_lie_inside(p)
        for p in expression.parts
    )


@given(texts)
@settings(max_examples=200, deadline=None)
def test_parts_lie_inside_the_whole(text: str) -> None:
    assert all(parts_lie_inside(e) for e in find_dates(text))


@given(texts, anchors, tenses, anchors)
@settings(max_examples=500, deadline=None)
def test_resolving_gives_days_or_a_reason_and_never_raises(
    text: str, anchor: Interval | None, tense: None, context: Interval | None
) -> None:
    for expression in find_dates(text):
        resolution = resolve(expression, anchor=anchor, tense=tense, context=context)
        assert resolution.reason
        assert (resolution.interval is None) == (resolution.point is None)
        if resolution.interval and resolution.point:
            assert resolution.interval.contains(resolution.point)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "2007-" * 20_000,
        "the end of " * 20_000,
        "May 1, " * 5_000,
        "2005, " * 20_000,
        "1, 2, 3, " * 20_000,
        "more than twenty-" * 10_000,
        "May" + " " * 100_000 + "3",
        "in two" + " " * 100_000 + "days",
        "from May " * 5_000,
        "İ" * 20_000 + " May 3",
        "the first in two weeks " * 5_000,
    ],
    ids=lambda text: f"{text[:12]!r} {len(text)}",
)
def test_hostile_texts_are_read_in_one_pass(text: str) -> None:
    found = find_dates(text)
    assert all(text[e.start : e.end] == e.text for e in found)


@pytest.mark.parametrize("name", sorted(vocabulary()))
def test_every_phrase_of_the_vocabulary_is_in_lower_case(name: str) -> None:
    rows = table(name)
    phrases = [*rows, *(p for row in rows.values() if isinstance(row, list) for p in row)]
    assert [p for p in phrases if p != p.lower()] == []
