"""Which days an expression means: the conventions of the coding guide, one row each."""

from __future__ import annotations

from datetime import date

import pytest

from communique.coding.dates import DateExpression, Resolution, Tense, find_dates, resolve, resolve_all
from communique.records import Interval

THURSDAY = "2025-07-10"


def interval(written: str) -> Interval:
    """ "2025-07-10" or "2025-07-01..2025-07-31"."""
    first, _, last = written.partition("..")
    return Interval(start=date.fromisoformat(first), end=date.fromisoformat(last or first))


def only(text: str) -> DateExpression:
    (expression,) = find_dates(text)
    return expression


def days(
    text: str, tense: Tense | None = "past", anchor: str | None = THURSDAY, context: str | None = None
) -> str | None:
    """The days of the only expression of a text, written as above."""
    found = resolve(
        only(text),
        anchor=interval(anchor) if anchor else None,
        tense=tense,
        context=interval(context) if context else None,
    ).interval
    if found is None:
        return None
    return str(found.start) if found.days == 1 else f"{found.start}..{found.end}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 9, 2016", "2016-07-09"),
        ("9 July 2016", "2016-07-09"),
        ("the 5th of March, 2016", "2016-03-05"),
        ("Saturday, July 9, 2016", "2016-07-09"),
        ("Oct.10, 2016", "2016-10-10"),
        ("2016-04-12", "2016-04-12"),
        ("2016-04-12T09:30:00Z", "2016-04-12"),
        ("25/04/2016", "2016-04-25"),
        ("04.04.2016", "2016-04-04"),
        ("12/04/2016", None),
        ("February 30, 2016", None),
        ("April 2015", "2015-04-01..2015-04-30"),
        ("in 2007", "2007-01-01..2007-12-31"),
        ("2007-2009", "2007-01-01..2009-12-31"),
        ("2007-09", "2007-01-01..2009-12-31"),
        ("between 2005 and 2008", "2005-01-01..2008-12-31"),
        ("in 2005, 2006 and 2018", "2005-01-01..2018-12-31"),
        ("May 3-7, 2016", "2016-05-03..2016-05-07"),
        ("from 3 to 7 May 2016", "2016-05-03..2016-05-07"),
        ("from May to July 2016", "2016-05-01..2016-07-31"),
        ("November 2015-January 2016", "2015-11-01..2016-01-31"),
        ("December 30 to January 2, 2016", "2015-12-30..2016-01-02"),
        ("January 1, 2020 – February 19", "2020-01-01..2020-02-19"),
        ("in August/September 2018", "2018-08-01..2018-09-30"),
        ("in April and May of 2017", "2017-04-01..2017-05-31"),
        ("the 1990s", "1990-01-01..1999-12-31"),
        ("the '80s", "1980-01-01..1989-12-31"),
        ("the late 1990s", "1997-01-01..1999-12-31"),
        ("the 19th century", "1801-01-01..1900-12-31"),
        ("early 2014", "2014-01-01..2014-04-30"),
        ("mid-2014", "2014-05-01..2014-08-31"),
        ("late 2014", "2014-09-01..2014-12-31"),
        ("the end of 2014", "2014-12-01..2014-12-31"),
        ("the first half of 2014", "2014-01-01..2014-06-30"),
        ("the second quarter of 2014", "2014-04-01..2014-06-30"),
        ("Q3 2014", "2014-07-01..2014-09-30"),
        ("the first nine months of 2014", "2014-01-01..2014-09-30"),
        ("early May 2014", "2014-05-01..2014-05-10"),
        ("mid-May 2014", "2014-05-11..2014-05-20"),
        ("late February 2016", "2016-02-21..2016-02-29"),
        ("the last week of May 2014", "2014-05-25..2014-05-31"),
        ("spring 2014", "2014-03-01..2014-05-31"),
        ("the winter of 2013-2014", "2013-12-01..2014-02-28"),
        ("the winter of 2014", "2014-01-01..2014-12-31"),
        ("by 2025", "2025-01-01..2025-12-31"),
        ("Iranian year 1396", "2017-03-21..2018-03-20"),
        ("12 Farvardin 1358", "1979-04-01"),
        ("the 2015 accord", None),
    ],
)  # fmt: skip
def test_what_is_told_in_full_needs_no_anchor(text: str, expected: str | None) -> None:
    found = resolve(find_dates(text)[0], anchor=None).interval
    assert found == (interval(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Monday", "2025-07-07"),
        ("on Thursday", "2025-07-10"),
        ("on Friday", "2025-07-11"),
        ("on Saturday", "2025-07-05"),
        ("last Thursday", "2025-07-03"),
        ("on Tuesday night", "2025-07-08"),
        ("midnight Tuesday", "2025-07-08"),
        ("Tuesday of last week", "2025-07-01"),
        ("on Monday and Tuesday", "2025-07-07..2025-07-08"),
        ("from Saturday to Monday", "2025-07-05..2025-07-07"),
        ("yesterday", "2025-07-09"),
        ("the day before yesterday", "2025-07-08"),
        ("this morning", "2025-07-10"),
        ("last night", "2025-07-09"),
        ("July 9", "2025-07-09"),
        ("on October 17", "2024-10-17"),
        ("on July 25", "2025-07-25"),
        ("Friday, October 10", "2025-10-10"),
        ("October 11-13", "2024-10-11..2024-10-13"),
        ("in April", "2025-04-01..2025-04-30"),
        ("in July", "2025-07-01..2025-07-31"),
        ("in August", "2024-08-01..2024-08-31"),
        ("in mid-June", "2025-06-11..2025-06-20"),
        ("January this year", "2025-01-01..2025-01-31"),
        ("last October", "2024-10-01..2024-10-31"),
        ("May 9 last year", "2024-05-09"),
        ("last week", "2025-06-30..2025-07-06"),
        ("last month", "2025-06-01..2025-06-30"),
        ("this month", "2025-07-01..2025-07-31"),
        ("last year", "2024-01-01..2024-12-31"),
        ("late last year", "2024-09-01..2024-12-31"),
        ("the end of last month", "2025-06-21..2025-06-30"),
        ("the start of this decade", "2020-01-01..2020-12-31"),
        ("over the weekend", "2025-07-05..2025-07-06"),
        ("earlier this week", "2025-07-07..2025-07-10"),
        ("earlier this year", "2025-01-01..2025-07-10"),
        ("earlier in the month", "2025-07-01..2025-07-10"),
        ("a week ago", "2025-06-30..2025-07-06"),
        ("three days ago", "2025-07-07"),
        ("two months ago", "2025-05-01..2025-05-31"),
        ("more than two years ago", "2023-01-01..2023-12-31"),
        ("a year and a half ago", "2024-01-01..2024-01-31"),
        ("a decade ago", "2015-01-01..2015-12-31"),
        ("a quarter-century ago", "2000-01-01..2000-12-31"),
        ("the past five days", "2025-07-05..2025-07-10"),
        ("the past two weeks", "2025-06-26..2025-07-10"),
        ("the last year", "2024-07-10..2025-07-10"),
        ("last summer", "2024-06-01..2024-08-31"),
        ("this spring", "2025-03-01..2025-05-31"),
        ("in the autumn", "2024-09-01..2024-11-30"),
        ("the first quarter", "2025-01-01..2025-03-31"),
        ("since 2011", "2011-01-01..2025-07-10"),
        ("since last October", "2024-10-01..2025-07-10"),
        ("from 2011 to the present", "2011-01-01..2025-07-10"),
        ("after July 1", "2025-07-02..2025-07-10"),
        ("before July 1", None),
        ("a week before June 10", "2025-06-03"),
        ("a few weeks ago", None),
        ("years ago", None),
        ("recently", None),
        ("in two weeks", None),
        ("the day after the vote", None),
        ("the following day", None),
        ("two days later", None),
    ],
)  # fmt: skip
def test_the_past(text: str, expected: str | None) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Monday", "2025-07-14"),
        ("on Thursday", "2025-07-10"),
        ("next Thursday", "2025-07-17"),
        ("on October 17", "2025-10-17"),
        ("on May 9", "2026-05-09"),
        ("in April", "2026-04-01..2026-04-30"),
        ("in late May", "2026-05-21..2026-05-31"),
        ("from July 14 to 18", "2025-07-14..2025-07-18"),
        ("tomorrow", "2025-07-11"),
        ("next week", "2025-07-14..2025-07-20"),
        ("next month", "2025-08-01..2025-08-31"),
        ("January next year", "2026-01-01..2026-01-31"),
        ("this weekend", "2025-07-12..2025-07-13"),
        ("later this month", "2025-07-10..2025-07-31"),
        ("the coming year", "2025-07-10..2026-07-10"),
        ("next spring", "2026-03-01..2026-05-31"),
        ("by the end of the year", "2025-12-01..2025-12-31"),
        ("by year-end", "2025-12-01..2025-12-31"),
        ("until October 17", "2025-10-17"),
        ("before July 20", "2025-07-10..2025-07-19"),
        ("in two weeks", "2025-07-21..2025-07-27"),
        ("within three days", "2025-07-10..2025-07-13"),
        ("the next two weeks", "2025-07-10..2025-07-24"),
        ("soon", None),
        ("in the near future", None),
        ("in the coming days", None),
    ],
)
def test_the_future(text: str, expected: str | None) -> None:
    assert days(text, "future") == expected


@pytest.mark.parametrize(
    ("tense", "expected"), [(None, "2025-07-04"), ("past", "2025-07-11"), ("present", "2025-07-11")]
)
def test_the_morrow_s_weekday_is_never_six_days_back_where_a_tense_is_known(
    tense: Tense | None, expected: str
) -> None:
    assert days("on Friday", tense) == expected


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("the following day", "2016-05-03", "2016-05-04"),
        ("the next day", "2016-05-03", "2016-05-04"),
        ("the same day", "2016-05-03", "2016-05-03"),
        ("two days later", "2016-05-03", "2016-05-05"),
        ("the day before", "2016-05-03", "2016-05-02"),
        ("three weeks later", "2016-05-03", "2016-05-21..2016-05-27"),
        ("the following month", "2016-05-03", "2016-06-01..2016-06-30"),
        ("later that year", "2016-05-03", "2016-05-03..2016-12-31"),
        ("a year later", "2016-01-01..2016-12-31", "2017-01-01..2017-12-31"),
        ("the following March", "2016-05-03", "2017-03-01..2017-03-31"),
        ("the following day", "2016-01-01..2016-12-31", None),
    ],
)
def test_a_date_told_before_is_counted_from(text: str, context: str, expected: str | None) -> None:
    assert days(text, anchor=None, context=context) == expected


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("in April", "2016-01-01..2016-12-31", "2016-04-01..2016-04-30"),
        ("on July 9", "2016-01-01..2016-12-31", "2016-07-09"),
        ("on July 9", "2015-01-01..2016-12-31", None),
        ("Saturday, July 9", "2014-01-01..2018-12-31", "2016-07-09"),
        ("on July 9", "2016-07-09..2016-07-12", "2016-07-09"),
        ("last year", "2016-01-01..2016-12-31", "2015-01-01..2015-12-31"),
        ("two months ago", "2016-05-02..2016-05-20", "2016-03-01..2016-03-31"),
        ("on Monday", "2016-07-05..2016-07-07", "2016-07-04"),
        ("on Monday", "2016-07-01..2016-07-31", None),
        ("yesterday", "2016-07-05..2016-07-07", "2016-07-04..2016-07-06"),
        ("yesterday", "2016-07-01..2016-07-31", None),
    ],
)
def test_a_wide_anchor_gives_only_what_it_bears(text: str, anchor: str, expected: str | None) -> None:
    assert days(text, anchor=anchor) == expected


def test_weeks_counted_back_have_an_exact_day_beside_the_interval() -> None:
    assert resolve(only("a week ago"), anchor=interval(THURSDAY)) == Resolution(
        interval("2025-06-30..2025-07-06"), "counted from the document's own date", interval("2025-07-03")
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("on Monday", "it hangs on the document's own date, which is unknown"),
        ("12/04/2016", "day and month cannot be told apart"),
        ("February 30, 2016", "the calendar has no such day"),
        ("recently", "recently has no days"),
        ("several years ago", "how many years is not said"),
        ("the 2015 accord", "the year names a thing; it does not date the act"),
        ("the following day", "it counts from a date told before, and none is"),
        ("the first visit since 2011", "it tells since when nothing like it was, not when"),
        ("Ramadan 1437", "a date of the lunar calendar, which is not reckoned"),
    ],
)
def test_what_is_unknown_says_why(text: str, reason: str) -> None:
    assert resolve(only(text), anchor=None) == Resolution(None, reason)


def test_a_year_that_names_a_thing_dates_that_thing() -> None:
    named = only("Russia's 2014 annexation of Crimea")
    assert (named.attributive, resolve(named, anchor=None).interval) == (True, None)
    assert resolve(named.dating(), anchor=None).interval == interval("2014-01-01..2014-12-31")


def test_each_date_is_the_context_of_the_next() -> None:
    told = resolve_all("They met on May 3, 2016. The following day they signed.", anchor=None)
    assert [(e.text, r.interval) for e, r in told] == [
        ("May 3, 2016", interval("2016-05-03")),
        ("The following day", interval("2016-05-04")),
    ]
