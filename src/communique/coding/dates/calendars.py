"""Arithmetic on intervals of days that never leaves the calendar: what would is None."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date

from communique.records import Interval

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_THIRDS = {"early": 0, "start": 0, "mid": 1, "late": 2, "end": 2}


def day(year: int, month: int, number: int) -> Interval | None:
    """One day, or None where the calendar has no such day."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    only = date(year, month, number)
    return Interval(start=only, end=only)


def months(year: int, month: int, count: int = 1) -> Interval | None:
    """`count` whole months from the first of a month on; `month` may lie outside 1..12."""
    first, last = 12 * year + month - 1, 12 * year + month - 2 + count
    if first < 12 * MINYEAR or last >= 12 * (MAXYEAR + 1) or count < 1:
        return None
    end_year, end_month = divmod(last, 12)
    start = date(first // 12, first % 12 + 1, 1)
    return Interval(start=start, end=date(end_year, end_month + 1, monthrange(end_year, end_month + 1)[1]))


def years(first: int, last: int) -> Interval | None:
    """Whole years, both inclusive."""
    return months(first, 1, 12 * (last - first + 1)) if first <= last else None


def span(start: date | None, end: date | None) -> Interval | None:
    """The days between two, or None where one is missing or they are out of order."""
    return Interval(start=start, end=end) if start is not None and end is not None and start <= end else None


def hull(*intervals: Interval | None) -> Interval | None:
    """The smallest interval that contains all of them; None where one is None."""
    known = [i for i in intervals if i is not None]
    if not known or len(known) != len(intervals):
        return None
    return Interval(start=min(i.start for i in known), end=max(i.end for i in known))


def shifted_day(base: date, days: int) -> date | None:
    """The day so many days away, or None beyond the calendar."""
    number = base.toordinal() + days
    return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else None


def shifted_month(base: date, count: int) -> date | None:
    """The same day so many months away (the month's last where it is shorter), or None."""
    year, month = divmod(12 * base.year + base.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1]))


def around(middle: date | None, reach: int) -> Interval | None:
    """The days within `reach` of a day."""
    return None if middle is None else span(shifted_day(middle, -reach), shifted_day(middle, reach))


def unit_of(base: date, unit: str, offset: int = 0) -> Interval | None:
    """The calendar unit of a day, or the one `offset` units away. Weeks begin on Monday."""
    if unit == "day":
        return around(shifted_day(base, offset), 0)
    if unit in ("week", "weekend"):
        monday = shifted_day(base, 7 * offset - base.weekday())
        first = monday and shifted_day(monday, 5 if unit == "weekend" else 0)
        return span(first, monday and shifted_day(monday, 6))
    if unit == "century":
        first_year = (base.year - 1) // 100 * 100 + 1 + 100 * offset
        return years(first_year, first_year + 99)
    length = _MONTHS[unit]
    if unit == "decade":
        return months(base.year // 10 * 10 + 10 * offset, 1, 120)
    return months(base.year, (base.month - 1) // length * length + 1 + length * offset, length)


def shifted(base: date, unit: str, count: float) -> date | None:
    """The day so many units away, counted exactly (halves of a month are fifteen days)."""
    if unit in ("day", "week", "weekend", "hour"):
        days = count * {"day": 1, "hour": 1 / 24}.get(unit, 7)
        return shifted_day(
            base, round(days) if abs(days) >= 1 else (-1 if days < 0 else 1) * round(abs(days))
        )
    whole = int(count * _MONTHS[unit])
    moved = shifted_month(base, whole)
    rest = round((count * _MONTHS[unit] - whole) * 30)
    return moved and shifted_day(moved, rest)


def cut(whole: Interval, part: str) -> Interval | None:
    """A part of an interval: thirds (early, mid, late), halves, quarters, first months, weeks, start, end."""
    if part.startswith("months"):
        return months(whole.start.year, whole.start.month, int(part[6:]))
    if part.startswith("week"):
        return _week_of(whole, int(part[4:]))
    if part.startswith(("half", "quarter")):
        pieces = 2 if part.startswith("half") else 4
        return _piece(whole, int(part[-1]) - 1, pieces)
    if part in ("start", "end") and whole.days > 300:
        return _edge(whole, part)
    return _piece(whole, _THIRDS[part], 3)


def _edge(whole: Interval, part: str) -> Interval | None:
    """The first or last month of a year; the first or last year of what is longer."""
    if whole.days > 400:
        return unit_of(whole.start if part == "start" else whole.end, "year")
    return unit_of(whole.start if part == "start" else whole.end, "month")


def _week_of(whole: Interval, number: int) -> Interval | None:
    if number == 4:
        return span(shifted_day(whole.end, -6), whole.end)
    return span(shifted_day(whole.start, 7 * number - 7), shifted_day(whole.start, 7 * number - 1))


def _piece(whole: Interval, which: int, of: int) -> Interval | None:
    """One of equal pieces, in whole months or years where they divide; a month's thirds are tens of days."""
    if whole.days >= 3000:
        length = whole.end.year - whole.start.year + 1
        edges = [round(length * i / of) for i in range(of + 1)]
        return years(whole.start.year + edges[which], whole.start.year + edges[which + 1] - 1)
    count = 12 * (whole.end.year - whole.start.year) + whole.end.month - whole.start.month + 1
    if whole.start.day == 1 and whole.days >= 59 and count % of == 0:
        length = count // of
        return months(whole.start.year, whole.start.month + which * length, length)
    if whole.days < of:
        return whole
    length = 10 if of == 3 and 28 <= whole.days <= 31 else whole.days // of
    first = shifted_day(whole.start, which * length)
    last = whole.end if which == of - 1 else shifted_day(whole.start, (which + 1) * length - 1)
    return span(first, last)
