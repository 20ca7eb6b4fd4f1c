"""Dates as they are written with a document: in metadata, in a URL, in a dateline.

Only what is written counts: a day, a month or a year as an interval. Where the words leave open which
day is meant (03/04/2017), the answer is None. A time of day and its zone are passed over: the day
stays as written.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from communique.records import Interval

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2099

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)\d{2})"

_DAY_FIRST: Final = rf"{_DAY}\s+(?:of\s+)?{_MONTH}".replace("?P<day>", "").replace("?P<month>", "")
DAY_AND_MONTH: Final = re.compile(rf"(?:{_MONTH}\s*{_DAY}|{_DAY_FIRST})(?![\d/])", re.I)

_FULL: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<!\d){_YEAR}([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})(?:T?\d{{4,6}}Z?)?(?!\d)",
        rf"\b{_MONTH}\s*{_DAY}\s*,?\s+(?:\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s+)?(?:[A-Z]{{3,4}}\s+|[+-]\d{{4}}\s+)?{_YEAR}\b",
        rf"(?<!\d){_DAY}\s*[-./]?\s*(?:of\s+)?{_MONTH}[,\s./-]*{_YEAR}\b",
    )
)
_NUMERIC: Final = re.compile(rf"(?<![\d./-])(?P<one>\d{{1,2}})([./-])(?P<two>\d{{1,2}})\2{_YEAR}(?!\d)")
_MONTH_YEAR: Final = (
    re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", re.I),
    re.compile(rf"(?<!\d){_YEAR}[-/](?P<month>\d{{2}})(?![\d/-])"),
)
_ONLY_YEAR: Final = re.compile(rf"\s*{_YEAR}\s*")
_URL_DAY: Final = re.compile(
    rf"(?<!\d)(?:{_YEAR}([/_.-])(?P<month>\d{{1,2}}|[a-z]{{3,9}})\2(?P<day>\d{{1,2}})"
    r"|(?P<year2>(?:19|20)\d{2})(?P<month2>\d{2})(?P<day2>\d{2}))(?!\d)",
    re.I,
)
_URL_MONTH: Final = re.compile(rf"/{_YEAR}/(?P<month>\d{{2}})/(?!\d{{1,2}}(?:/|$))")


def written_interval(text: str) -> Interval | None:
    """The day, month or year that `text` states, or None where it states none or more than one."""
    days = {
        day for pattern in _FULL for match in pattern.finditer(text) if (day := _day_of(match)) is not None
    }
    days |= {day for match in _NUMERIC.finditer(text) if (day := _numeric_day(match)) is not None}
    if len(days) == 1:
        return day_interval(*days)
    if days or _NUMERIC.search(text):
        return None
    months = {
        (int(m["year"]), number)
        for p in _MONTH_YEAR
        for m in p.finditer(text)
        if (number := month_number(m["month"]))
    }
    if len(months) == 1:
        return month_interval(*months.pop())
    year = _ONLY_YEAR.fullmatch(text)
    return (
        Interval(start=date(int(year["year"]), 1, 1), end=date(int(year["year"]), 12, 31)) if year else None
    )


def url_interval(url: str) -> tuple[Interval, str] | None:
    """The day, or else the month, that a URL's path states, and the piece of it that does."""
    for match in _URL_DAY.finditer(url):
        year, month, day = (match[name] or match[f"{name}2"] for name in ("year", "month", "day"))
        found = _valid(int(year), month_number(month), int(day))
        if found is not None:
            return day_interval(found), match[0]
    match_month = _URL_MONTH.search(url)
    number = month_number(match_month["month"]) if match_month else None
    if match_month is None or number is None:
        return None
    return month_interval(int(match_month["year"]), number), match_month[0].strip("/")


def day_interval(day: date) -> Interval:
    """The interval that is one day."""
    return Interval(start=day, end=day)


def month_interval(year: int, month: int) -> Interval:
    """The interval that is one calendar month."""
    return Interval(start=date(year, month, 1), end=date(year, month, calendar.monthrange(year, month)[1]))


def month_number(written: str) -> int | None:
    """The month's number from 1, from its name, its abbreviation or its digits."""
    if written.isdecimal():
        return int(written) if 1 <= int(written) <= 12 else None
    key = written.rstrip(".").casefold()
    return next(
        (number for number, name in enumerate(MONTHS, 1) if len(key) >= 3 and name.startswith(key[:4])), None
    )


def _day_of(match: re.Match[str]) -> date | None:
    return _valid(int(match["year"]), month_number(match["month"]), int(match["day"]))


def _numeric_day(match: re.Match[str]) -> date | None:
    """Day and month in the only order that is possible; with dots the day comes first."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if match[2] == "." or one > 12 or one == two:
        return _valid(year, two if two <= 12 else None, one)
    return _valid(year, one, two) if two > 12 else None


def _valid(year: int, month: int | None, day: int) -> date | None:
    if (
        month is None
        or not FIRST_YEAR <= year <= LAST_YEAR
        or not 1 <= day <= calendar.monthrange(year, month)[1]
    ):
        return None
    return date(year, month, day)
