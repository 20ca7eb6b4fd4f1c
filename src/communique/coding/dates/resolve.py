"""The days that a date expression means, given the document's own date, the tense, and a date told before.

Conventions are those of the coding guide ("Dates"). Whatever hangs on a date that is not known, or that is
known too widely to bear it, is None with the reason: never the publication date in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from communique.coding.dates import calendars
from communique.coding.dates.anchored import Tense, dated_in, on_day
from communique.coding.dates.expression import DateExpression
from communique.coding.dates.grammar import find_dates
from communique.records import Interval

_WIDENING = 4


@dataclass(frozen=True, slots=True)
class Resolution:
    """The days of an expression, or None, and why.

    `interval` follows the coding guide ("a week ago" is that day and three to either side); `point` is the
    same counted exactly ("a week ago" is one day). They differ only for weeks counted back or ahead.
    """

    interval: Interval | None
    reason: str
    point: Interval | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an expression is resolved against."""

    anchor: Interval | None
    tense: Tense | None
    context: Interval | None
    exact: bool


def resolve(
    expression: DateExpression,
    *,
    anchor: Interval | None,
    tense: Tense | None = None,
    context: Interval | None = None,
) -> Resolution:
    """The days that an expression means.

    `anchor` is the document's own date (None where unknown; several days or years where only bounded).
    `tense` is that of the act: it decides between last and next Monday. `context` is a date told just before
    in the text, from which "the following day" counts. Never raises, for any anchor the calendar holds.
    """
    return _resolution(expression, anchor, tense, context)


@lru_cache(maxsize=1024)
def _resolution(
    expression: DateExpression, anchor: Interval | None, tense: Tense | None, context: Interval | None
) -> Resolution:
    """The same, kept: each event of a sentence asks for the sentence's dates."""
    interval, reason = _resolved(expression, _Frame(anchor, tense, context, exact=False))
    point, _ = _resolved(expression, _Frame(anchor, tense, context, exact=True))
    return Resolution(interval, reason, point)


def resolve_all(
    text: str, *, anchor: Interval | None, tense: Tense | None = None
) -> tuple[tuple[DateExpression, Resolution], ...]:
    """Every expression of a text with its days; each day or month told is the context of the next."""
    context: Interval | None = None
    results: list[tuple[DateExpression, Resolution]] = []
    for expression in find_dates(text):
        resolution = resolve(expression, anchor=anchor, tense=tense, context=context)
        results.append((expression, resolution))
        context = resolution.interval or context
    return tuple(results)


_Answer = tuple[Interval | None, str]


def _resolved(expression: DateExpression, frame: _Frame) -> _Answer:
    if expression.reason is not None:
        return None, expression.reason
    if expression.attributive:
        return None, "the year names a thing; it does not date the act"
    composite = _COMPOSITES.get(expression.shape)
    if composite is not None and expression.parts:
        return composite(expression, frame)
    return _against(expression, frame)


def _against(expression: DateExpression, frame: _Frame) -> _Answer:
    """A single expression against the date it counts from."""
    if expression.reference == "context":
        base = frame.context or (frame.anchor if expression.side in ("earlier", "later") else None)
        if base is None:
            return None, "it counts from a date told before, and none is"
        return _bounded(expression, base, frame, "counted from the date told before")
    fixed = on_day(expression, None, frame.tense, frame.exact)
    if fixed is not None:
        return fixed, "the expression says it in full"
    if expression.is_explicit or expression.shape == "numeric":
        return None, _unreadable(expression)
    if frame.anchor is None:
        return None, "it hangs on the document's own date, which is unknown"
    return _bounded(expression, frame.anchor, frame, "counted from the document's own date")


def _unreadable(expression: DateExpression) -> str:
    if expression.shape == "numeric":
        return "day and month cannot be told apart"
    return "the calendar has no such day"


def _bounded(expression: DateExpression, base: Interval, frame: _Frame, why: str) -> _Answer:
    """The expression seen from the first and from the last day of a base that may be wide.

    What both ends agree on holds for every day between. Where they differ, the days of both are taken
    together while that widens the expression no more than the base itself bears; otherwise it is unknown.
    """
    first = on_day(expression, base.start, frame.tense, frame.exact)
    last = on_day(expression, base.end, frame.tense, frame.exact)
    if first is None or last is None:
        is_length = expression.shape == "ahead" and frame.tense != "future"
        return None, "a length of time, unless it lies ahead" if is_length else "there is no such day"
    if first == last:
        return first, why
    return _reconciled(expression, base, (first, last), why)


def _reconciled(
    expression: DateExpression, base: Interval, seen: tuple[Interval, Interval], why: str
) -> _Answer:
    if _repeats(expression):
        within = _in_year_of(expression, base)
        if within is not None:
            return within, f"{why}, whose year is known"
        return None, "the document's own date is too wide to say which one"
    both = calendars.hull(*seen)
    if both is not None and both.days <= _WIDENING * min(seen[0].days, seen[1].days):
        return both, f"{why}, which is itself an interval"
    return None, "the document's own date is too wide for this expression"


def _repeats(expression: DateExpression) -> bool:
    """True for what comes round again: a weekday, a day and month, a season."""
    return expression.shape in ("weekday", "season", "quarter", "persian") or (
        expression.shape == "date" and expression.year is None and expression.which is None
    )


def _in_year_of(expression: DateExpression, base: Interval) -> Interval | None:
    """A day and month, or a month, in a wide base: in its one year, or in the year that has its weekday."""
    if expression.shape != "date" or expression.month is None or base.days <= 31:
        return None
    found = dated_in(expression, base.start.year, base.end.year)
    return found[0] if len(found) == 1 else None


def _part(expression: DateExpression, frame: _Frame) -> _Answer:
    whole, reason = _resolved(expression.parts[0], frame)
    if whole is None or expression.part is None:
        return None, reason
    return calendars.cut(whole, expression.part), reason


def _range(expression: DateExpression, frame: _Frame) -> _Answer:
    first, last = _completed(*expression.parts)
    if last.shape == "now":
        return _since(first, frame)
    start, reason = _resolved(first, frame)
    end, end_reason = _resolved(last, frame)
    if start is not None and end is not None and end.start < start.start:
        end = _after(last, start, frame)
    if start is None or end is None or end.end < start.start:
        return None, reason if start is None else end_reason if end is None else "it ends before it begins"
    return calendars.span(start.start, end.end), reason


def _after(last: DateExpression, start: Interval, frame: _Frame) -> Interval | None:
    """The end of a range looked for after its start ("from Friday to Monday")."""
    return on_day(last, start.end, "future", frame.exact)


def _completed(first: DateExpression, last: DateExpression) -> tuple[DateExpression, DateExpression]:
    """The two ends of a range, each with the year that only the other carries ("May to July 2016")."""
    if first.shape == last.shape == "date" and first.year is None and first.which is None and first.month:
        if last.year is not None:
            year = last.year - (1 if last.month and first.month > last.month else 0)
            return replace(first, year=year), last
        return replace(first, which=last.which), last
    if first.shape == last.shape == "date" and first.year is not None and last.year is None and last.month:
        rolls = bool(first.month and first.month > last.month)
        return first, replace(last, year=first.year + rolls)
    return first, last


def _since(first: DateExpression, frame: _Frame) -> _Answer:
    start, reason = _resolved(first, frame)
    if start is None or frame.anchor is None:
        return None, reason if start is None else "it runs to the document's own date, which is unknown"
    if frame.anchor.end < start.start:
        return start, "it begins after the document's own date"
    return calendars.span(start.start, frame.anchor.end), "from its start to the document's own date"


def _list(expression: DateExpression, frame: _Frame) -> _Answer:
    """One record over the span of all that are listed; a year told once at the end holds for all."""
    parts = list(expression.parts)
    for i in range(len(parts) - 2, -1, -1):
        parts[i], parts[i + 1] = _completed(parts[i], parts[i + 1])
    answers = [_resolved(p, frame) for p in parts]
    together = calendars.hull(*[interval for interval, _ in answers])
    if together is None:
        return None, next(reason for interval, reason in answers if interval is None)
    return together, answers[0][1]


def _open(expression: DateExpression, frame: _Frame) -> _Answer:
    inner = expression.parts[0]
    if expression.bound == "since":
        return _since(inner, frame)
    whole, reason = _resolved(inner, frame)
    if whole is None:
        return None, reason
    if expression.bound == "before":
        return _before(whole, frame)
    if expression.bound == "after":
        return _later(whole, frame)
    return whole, {"until": "its end is told", "by": "the time by which"}.get(
        expression.bound or "", "its start is told"
    )


def _before(whole: Interval, frame: _Frame) -> _Answer:
    """From the document's own date to the day before, where that lies ahead; else nothing bounds it."""
    last = calendars.shifted_day(whole.start, -1)
    ahead = frame.anchor and calendars.span(frame.anchor.start, last)
    return (ahead, "from the document's own date on") if ahead else (None, "nothing says how long before")


def _later(whole: Interval, frame: _Frame) -> _Answer:
    """From the day after to the document's own date, where that lies between; else nothing bounds it."""
    first = calendars.shifted_day(whole.end, 1)
    back = frame.anchor and calendars.span(first, frame.anchor.end)
    return (back, "up to the document's own date") if back else (None, "nothing says how long after")


def _counted(expression: DateExpression, frame: _Frame) -> _Answer:
    """Units counted from a date in words ("a week before March 10")."""
    base, reason = _resolved(expression.parts[0], frame)
    if base is None:
        return None, reason
    if expression.count is None:
        return None, f"how many {expression.unit}s is not said"
    moved = calendars.shifted(base.start, expression.unit or "day", expression.direction * expression.count)
    return (calendars.around(moved, 0), reason) if moved else (None, "there is no such day")


_COMPOSITES = {
    "part": _part,
    "range": _range,
    "list": _list,
    "open": _open,
    "counted": _counted,
}
