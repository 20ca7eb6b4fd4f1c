"""Single expressions seen from one day: which days does "Monday" or "last month" mean on that day?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from communique.coding.dates import calendars, persian
from communique.coding.dates.expression import DateExpression
from communique.coding.dates.vocabulary import table
from communique.records import Interval

Tense = Literal["past", "present", "future"]

_NEAR_AHEAD = 31  # days: a day and month this near ahead is meant rather than last year's, whatever the verb
_LEANINGS: dict[str, Tense] = {
    "last": "past",
    "previous": "past",
    "next": "future",
    "following": "future",
}
_OFFSETS = {
    "this": 0, "the": 0, "same": 0, "that": 0, "last": -1, "previous": -1, "next": 1, "following": 1,
}  # fmt: skip


def on_day(
    expression: DateExpression, base: date | None, tense: Tense | None, exact: bool
) -> Interval | None:
    """The days of a single expression seen from `base`; with no base, only what is told in full.

    `exact` counts weeks back to the day; otherwise three days to either side belong to it.
    """
    if base is None:
        fixed = _FIXED.get(expression.shape)
        return fixed(expression) if fixed else None
    if expression.shape == "counted":
        return _counted(expression, base, exact)
    if expression.shape == "ahead":
        return _ahead(expression, base, tense, exact)
    seen = _SEEN.get(expression.shape)
    return seen(expression, base, tense) if seen else None


def _fixed_date(expression: DateExpression) -> Interval | None:
    year, month = expression.year, expression.month
    if year is None:
        return None
    if month is None:
        return calendars.years(year, year)
    if expression.day is None:
        return calendars.months(year, month)
    last = expression.last_day or expression.day
    return calendars.hull(calendars.day(year, month, expression.day), calendars.day(year, month, last))


def _fixed_season(expression: DateExpression) -> Interval | None:
    year = expression.year
    if year is None or expression.season is None:
        return None
    if expression.season == "winter" and expression.side is None:
        return calendars.years(year, year)
    return _season(year, expression.season)


def _season(year: int, season: str) -> Interval | None:
    return calendars.months(year, int(table("seasons")[season]), 3)


def _fixed_quarter(expression: DateExpression) -> Interval | None:
    if expression.year is None or expression.part is None:
        return None
    whole = calendars.years(expression.year, expression.year)
    return whole and calendars.cut(whole, expression.part)


def _fixed_decade(expression: DateExpression) -> Interval | None:
    return None if expression.year is None else calendars.years(expression.year, expression.year + 9)


def _fixed_century(expression: DateExpression) -> Interval | None:
    return None if expression.year is None else calendars.years(expression.year, expression.year + 99)


def _fixed_persian(expression: DateExpression) -> Interval | None:
    if expression.year is None:
        return None
    return persian.interval(expression.year, expression.month, expression.day)


def _persian(expression: DateExpression, base: date, tense: Tense | None) -> Interval | None:
    """A day and month of the Iranian calendar, in the year that the tense says."""
    year = persian.year_of(base)
    found = [persian.interval(y, expression.month, expression.day) for y in (year - 1, year, year + 1)]
    return _chosen([f for f in found if f is not None], base, tense, near=_NEAR_AHEAD)


def _date(expression: DateExpression, base: date, tense: Tense | None) -> Interval | None:
    """A day and month, or a month, in the year that the tense or "next year" says."""
    if expression.which is not None:
        return _in_year(expression, base.year + _OFFSETS[expression.which])
    reach = 8 if (expression.month, expression.day) == (2, 29) else 1
    found = dated_in(expression, base.year - reach, base.year + reach)
    near = _NEAR_AHEAD if expression.side is None and expression.day else 0
    chosen = _chosen(found, base, _leaning(expression.side, tense), near=near)
    return chosen if chosen or expression.weekday is None else _nearest(found, base)


def dated_in(expression: DateExpression, first: int, last: int) -> list[Interval]:
    """A day and month in each of these years; where a weekday is told too, in those where it falls on it."""
    found = [day for year in range(first, last + 1) if (day := _in_year(expression, year)) is not None]
    if expression.weekday is None:
        return found
    return [day for day in found if day.start.weekday() == expression.weekday] or found


def _leaning(side: str | None, tense: Tense | None) -> Tense | None:
    """ "Last March" is past and "next March" future, whatever the verb."""
    return _LEANINGS.get(side, tense) if side else tense


def _in_year(expression: DateExpression, year: int) -> Interval | None:
    month = expression.month or 1
    if expression.day is None:
        return calendars.months(year, month)
    last = expression.last_day or expression.day
    return calendars.hull(calendars.day(year, month, expression.day), calendars.day(year, month, last))


def _nearest(candidates: list[Interval], base: date) -> Interval | None:
    return min(candidates, key=lambda c: abs(c.start.toordinal() - base.toordinal()), default=None)


def _chosen(candidates: list[Interval], base: date, tense: Tense | None, *, near: int) -> Interval | None:
    """The last candidate that began by the base or soon after; in the future the first not ended."""
    if tense == "future":
        return next((c for c in candidates if c.end >= base), None)
    begun = [c for c in candidates if c.start.toordinal() <= base.toordinal() + near]
    return begun[-1] if begun else None


def _weekday(expression: DateExpression, base: date, tense: Tense | None) -> Interval | None:
    """The weekday that its own word ("last", "of next week"), or else the tense, points to."""
    number = expression.weekday or 0
    if expression.side is not None:
        week = calendars.unit_of(base, "week", _OFFSETS[expression.side])
        moved = week and calendars.shifted_day(week.start, number)
    else:
        moved = calendars.shifted_day(base, _days_to(number - base.weekday(), expression.which, tense))
    return calendars.around(moved, 0) if moved else None


def _days_to(difference: int, which: str | None, tense: Tense | None) -> int:
    """Days from the base to a weekday. `difference` is that between the two weekdays' numbers.

    A past weekday is told within the six days up to the base. Where it is the base's morrow, the dateline is
    meant to lie in another time zone: news never calls the day six days back by its weekday alone.
    """
    ahead = difference % 7
    if which in ("last", "previous"):
        return -((-difference - 1) % 7 + 1)
    if which in ("next", "following"):
        return (difference - 1) % 7 + 1
    if tense == "future" or (which == "this" and tense != "past"):
        return ahead
    if tense == "present":
        return ahead if ahead <= 3 else ahead - 7
    if tense == "past" and ahead == 1:
        return 1
    return ahead - 7 if ahead else 0


def _day_word(expression: DateExpression, base: date, tense: Tense | None) -> Interval | None:
    return calendars.around(calendars.shifted_day(base, expression.offset or 0), 0)


def _relative(expression: DateExpression, base: date, tense: Tense | None) -> Interval | None:
    which = expression.which or "this"
    if expression.season is not None:
        return _relative_season(expression.season, which, base, tense)
    if expression.unit == "weekend":
        return _weekend(which, base, tense)
    whole = calendars.unit_of(base, expression.unit or "day", _OFFSETS[which])
    if whole is None:
        return None
    if expression.part is not None:
        return calendars.cut(whole, expression.part)
    if expression.side == "earlier":
        return (
            calendars.span(whole.start, min(base, whole.end)) if which in ("this", "that", "same") else whole
        )
    if expression.side == "later":
        return (
            calendars.span(max(base, whole.start), whole.end) if which in ("this", "that", "same") else whole
        )
    return whole


def _weekend(which: str, base: date, tense: Tense | None) -> Interval | None:
    """The weekend last begun, or the one to come."""
    if which in ("next", "following") or (which in ("this", "the") and tense == "future"):
        return calendars.unit_of(base, "weekend")
    began = calendars.shifted_day(base, -((base.weekday() - 5) % 7))
    return calendars.unit_of(began, "weekend") if began else None


def _relative_season(season: str, which: str, base: date, tense: Tense | None) -> Interval | None:
    candidates = [
        s for year in range(base.year - 2, base.year + 3) if (s := _season(year, season)) is not None
    ]
    if which in ("last", "previous"):
        over = [c for c in candidates if c.end < base]
        return over[-1] if over else None
    if which in ("next", "following"):
        return next((c for c in candidates if c.start > base), None)
    if which == "this":
        return _nearest([c for c in candidates if base.year in (c.start.year, c.end.year)], base)
    return _chosen(candidates, base, tense, near=0)


def _bare_season(expression: DateExpression, base: date, tense: Tense | None) -> Interval | None:
    season = expression.season or "summer"
    if expression.which is not None:
        return _season(base.year + _OFFSETS[expression.which], season)
    candidates = [
        s for year in range(base.year - 1, base.year + 2) if (s := _season(year, season)) is not None
    ]
    return _chosen(candidates, base, tense, near=0)


def _quarter(expression: DateExpression, base: date, tense: Tense | None) -> Interval | None:
    part = expression.part or "quarter1"
    years = [
        y for year in range(base.year - 1, base.year + 2) if (y := calendars.years(year, year)) is not None
    ]
    candidates = [quarter for year in years if (quarter := calendars.cut(year, part)) is not None]
    return _chosen(candidates, base, tense, near=0)


def _span(expression: DateExpression, base: date, tense: Tense | None) -> Interval | None:
    if expression.count is None or expression.unit is None:
        return None
    moved = calendars.shifted(base, expression.unit, expression.direction * expression.count)
    return calendars.span(moved, base) if expression.direction < 0 else calendars.span(base, moved)


def _counted(expression: DateExpression, base: date, exact: bool) -> Interval | None:
    """A count of units back or ahead: the day for days, three to either side for weeks, else the unit."""
    if expression.count is None or expression.unit is None:
        return None
    moved = calendars.shifted(base, expression.unit, expression.direction * expression.count)
    if moved is None:
        return None
    if expression.unit in ("day", "hour"):
        return calendars.around(moved, 0)
    if expression.unit in ("week", "weekend"):
        return calendars.around(moved, 0 if exact else 3)
    is_fraction = expression.unit == "year" and expression.count != int(expression.count)
    return calendars.unit_of(moved, "month" if is_fraction or expression.unit == "month" else "year")


def _ahead(expression: DateExpression, base: date, tense: Tense | None, exact: bool) -> Interval | None:
    if expression.which == "within" and tense == "future":
        return _span(expression, base, tense)
    return _counted(expression, base, exact) if tense == "future" or expression.which == "time" else None


_FIXED: dict[str, Callable[[DateExpression], Interval | None]] = {
    "date": _fixed_date, "season": _fixed_season, "quarter": _fixed_quarter, "decade": _fixed_decade,
    "century": _fixed_century,
    "persian": _fixed_persian,
}  # fmt: skip
_SEEN: dict[str, Callable[[DateExpression, date, Tense | None], Interval | None]] = {
    "date": _date, "weekday": _weekday, "dayword": _day_word, "relative": _relative, "season": _bare_season,
    "quarter": _quarter, "span": _span,
}  # fmt: skip
