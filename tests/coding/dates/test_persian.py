"""The Iranian solar calendar against days known from its published tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.coding.dates import persian
from communique.records import Interval

# First days of Iranian years (Nowruz), from the calendar's official announcements.
NOWRUZ = {
    1357: date(1978, 3, 21), 1358: date(1979, 3, 21), 1375: date(1996, 3, 20), 1376: date(1997, 3, 21),
    1379: date(2000, 3, 20), 1387: date(2008, 3, 20), 1391: date(2012, 3, 20), 1392: date(2013, 3, 21),
    1395: date(2016, 3, 20), 1396: date(2017, 3, 21), 1399: date(2020, 3, 20), 1400: date(2021, 3, 21),
    1403: date(2024, 3, 20), 1404: date(2025, 3, 21),
}  # fmt: skip


@pytest.mark.parametrize(("year", "first"), NOWRUZ.items())
def test_new_year(year: int, first: date) -> None:
    assert date.fromordinal(persian.new_year(year)) == first


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (1357, 11, 22, date(1979, 2, 11)),  # the revolution's day
        (1358, 8, 13, date(1979, 11, 4)),  # the taking of the United States embassy
        (1332, 5, 28, date(1953, 8, 19)),  # the coup
        (1395, 12, 30, date(2017, 3, 20)),
    ],
)
def test_days(year: int, month: int, day: int, expected: date) -> None:
    assert persian.interval(year, month, day) == Interval(start=expected, end=expected)


def test_what_the_calendar_lacks_is_none() -> None:
    assert persian.interval(1396, 12, 30) is None
    assert persian.interval(1396, 7, 31) is None
    assert persian.interval(1200) is None


@given(st.integers(persian.FIRST_YEAR, persian.LAST_YEAR))
def test_twelve_months_make_the_year(year: int) -> None:
    whole = persian.interval(year)
    months = [persian.interval(year, month) for month in range(1, 13)]
    assert whole is not None
    assert [m for m in months if m is None] == []
    assert sum(m.days for m in months if m) == whole.days
    assert {persian.year_of(whole.start), persian.year_of(whole.end)} == {year}
