"""The Iranian solar calendar, as intervals of the common one.

Leap years follow the rule of eight in 33 years, which agrees with the astronomical calendar from 1244 to
1500 (1865 to 2121). Reference day: 1 Farvardin 1396 is 21 March 2017.
"""

from __future__ import annotations

from datetime import date

from communique.coding.dates import calendars
from communique.records import Interval

FIRST_YEAR, LAST_YEAR = 1244, 1500
_REFERENCE_YEAR = 1396
_REFERENCE = date(2017, 3, 21).toordinal()


def is_leap(year: int) -> bool:
    """True when Esfand of the year has 30 days."""
    return (25 * year + 11) % 33 < 8


def new_year(year: int) -> int:
    """The ordinal of 1 Farvardin of a year (see `date.fromordinal`)."""
    low, high = sorted((year, _REFERENCE_YEAR))
    days = sum(366 if is_leap(y) else 365 for y in range(low, high))
    return _REFERENCE + (days if year > _REFERENCE_YEAR else -days)


def interval(year: int, month: int | None = None, day: int | None = None) -> Interval | None:
    """A year, a month or a day of the calendar; None where it has no such day or the rule does not hold."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    start = date.fromordinal(new_year(year))
    if month is None:
        return calendars.span(start, date.fromordinal(new_year(year + 1) - 1))
    first = start.toordinal() + 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    length = 31 if month <= 6 else 30 if month < 12 or is_leap(year) else 29
    if day is None:
        return calendars.span(date.fromordinal(first), date.fromordinal(first + length - 1))
    return calendars.around(date.fromordinal(first + day - 1), 0) if 1 <= day <= length else None


def year_of(day: date) -> int:
    """The Iranian year in which a day lies (outside the rule's range: the nearest it holds for)."""
    guess = min(max(day.year - 621, FIRST_YEAR), LAST_YEAR)
    return guess if day.toordinal() >= new_year(guess) else max(guess - 1, FIRST_YEAR)
