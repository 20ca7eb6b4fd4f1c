"""Days as they are typed and shown: `2016-05-12`, `2016-05` for a month, `2016` for a year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import click


class Day(click.ParamType[str]):
    """An ISO day, or a year or month that stands for its first (or, if `last`, its last) day."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day in ISO form."""
        try:
            parts = [int(part) for part in value.split("-")]
            start = date(*parts, *[1] * (3 - len(parts)))
            return (_end(start, len(parts)) if self._last else start).isoformat()
        except (ValueError, TypeError):
            self.fail(f"{value!r} is not a day, month or year (2016-04-07, 2016-04, 2016)", param, ctx)


def days_in_short(start: str, end: str) -> str:
    """Two ISO days as one (`2016-05-12`), a whole month (`2016-05`), a whole year (`2016`) or `first..last`."""
    if start == end:
        return start
    first = date.fromisoformat(start)
    for parts, short in ((1, start[:4]), (2, start[:7])):
        if start == f"{short}-01-01"[:10] and end == _end(first, parts).isoformat():
            return short
    return f"{start}..{end}"


def _end(start: date, parts: int) -> date:
    """The last day of what `parts` parts of a date name: its year, its month, or itself."""
    if parts == 3:
        return start
    if parts == 1:
        return date(start.year, 12, 31)
    return date(start.year, start.month, monthrange(start.year, start.month)[1])
