"""Single expressions put together: cut ("late May"), counted from, joined to ranges and lists, left open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from communique.coding.dates.expression import DateExpression
from communique.coding.dates.vocabulary import alternation, key, table, words

_CUTTABLE = frozenset({"date", "relative", "decade", "century", "season", "quarter", "range"})
_RANGED = frozenset(
    {"date", "numeric", "weekday", "relative", "part", "season", "decade", "now", "dayword", "quarter"}
)
_OPENABLE = (_RANGED | frozenset({"counted", "century", "range"})) - {"now"}
_TO = re.compile(
    r"\s*(?:,\s*)?(?:to|until|till|through|up\s+to|and\s+lasting\s+until)\s+(?:the\s+)?$|\s?[-–—]\s?$", re.I
)
_AND = re.compile(r"\s+(?:and|to)\s+(?:the\s+)?$", re.I)
_LIST_GAP = re.compile(
    r"/$|\s*,\s*(?:(?:and|or)\s+)?(?:in\s+|on\s+)?$|\s+(?:and|or|&)\s+(?:again\s+)?(?:in\s+|on\s+)?$", re.I
)
_CLOSING = re.compile(r"/|\b(?:and|or)\b|&", re.I)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.I)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.I)
_COUNTED_GAP = re.compile(r"\s+(?:on\s+|the\s+|of\s+)?$", re.I)
_NAME = re.compile(r"[A-Z][a-z]{2,}[\s-]$")
_THING = re.compile(r"\s+[“\"]?[A-Za-z]")
_REACH = 48


def composed(text: str, atoms: Sequence[DateExpression]) -> tuple[DateExpression, ...]:
    """The expressions that the atoms of a text (sorted, disjoint) make together, sorted and disjoint."""
    found = [_cut(text, atom, _limit(atoms, i)) for i, atom in enumerate(atoms)]
    found = [e for e in found if not _is_bare(e)]
    found = _joined(text, [_attributed(text, e) for e in found])
    found = _counted_from(text, found)
    opened = [_opened(text, e, _limit(found, i)) for i, e in enumerate(found)]
    return tuple(e for e in opened if e.shape != "now")


def _limit(expressions: Sequence[DateExpression], i: int) -> int:
    """Where the expression before the i-th ends: nothing may reach further back."""
    return expressions[i - 1].end if i else 0


def _before(text: str, expression: DateExpression, limit: int) -> str:
    """What stands before an expression on its line, as far as a composition reaches."""
    return text[max(limit, expression.start - _REACH) : expression.start].rpartition("\n")[2]


def _between(text: str, first: DateExpression, last: DateExpression) -> str:
    """What stands between two expressions; a mark that joins nothing where they are on two lines."""
    gap = text[first.end : last.start]
    return "|" if "\n" in gap else gap


def _wrap(text: str, start: int, end: int, shape: Any, **fields: Any) -> DateExpression:
    return DateExpression(start, end, text[start:end], shape, **fields)


def _is_bare(expression: DateExpression) -> bool:
    """ "The year" that nothing cuts says nothing."""
    return expression.shape == "relative" and expression.which == "the" and expression.unit != "weekend"


@cache
def _part_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![\w-])({alternation(table('parts'))})(?:\s+|-|–)(?:the\s+)?$")


@cache
def _bound_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![\w-])({alternation(table('bounds'))})\s+(?:the\s+)?$")


@cache
def _dating() -> re.Pattern[str]:
    cue = alternation(words("cues", "dating"))
    return re.compile(rf"(?i)(?<![\w'’]){cue}(?:\s+(?:the\s+year|year|around|about|late|early))?[\s-]+$")


@cache
def _not_a_thing() -> re.Pattern[str]:
    return re.compile(rf"(?i)\s+{alternation(words('cues', 'not_a_thing'))}\b")


def _cut(text: str, atom: DateExpression, limit: int) -> DateExpression:
    """ "Late" and "May" made "late May"."""
    if atom.shape not in _CUTTABLE or atom.day is not None or atom.unit == "day":
        return atom
    match = _part_pattern().search(_before(text, atom, limit))
    if match is None:
        return atom
    start = atom.start - len(match.string) + match.start(1)
    return _wrap(text, start, atom.end, "part", part=table("parts")[key(match[1])], parts=(_as_this(atom),))


def _as_this(atom: DateExpression) -> DateExpression:
    return replace(atom, which="this") if atom.which == "the" else atom


def _attributed(text: str, expression: DateExpression) -> DateExpression:
    """Marks a year that names a thing: "the 2015 accord", "Zapad 2017"."""
    if not (_is_bare_year(expression) or (expression.shape == "range" and expression.is_explicit)):
        return expression
    before = text[max(0, expression.start - 20) : expression.start]
    after = text[expression.end : expression.end + 20]
    if _dating().search(before):
        return expression
    names = _NAME.search(before) or (_THING.match(after) and not _not_a_thing().match(after))
    return replace(expression, attributive=True) if names else expression


def _joined(text: str, expressions: list[DateExpression]) -> list[DateExpression]:
    """Neighbours joined to ranges, then to lists."""
    ranged: list[DateExpression] = []
    for expression in expressions:
        limit = ranged[-2].end if len(ranged) > 1 else 0
        wider = _range(text, ranged[-1], expression, limit) if ranged else None
        if wider is not None:
            ranged[-1] = wider
        else:
            ranged.append(expression)
    return list(_listed(text, ranged))


def _listed(text: str, expressions: list[DateExpression]) -> Iterator[DateExpression]:
    """Runs of like expressions as lists: closed by "and" or "or", or bare years between commas."""
    i = 0
    while i < len(expressions):
        end, closed = i + 1, False
        while (
            end < len(expressions) and not closed and _continues(text, expressions[end - 1], expressions[end])
        ):
            closed = bool(_CLOSING.search(text[expressions[end - 1].end : expressions[end].start]))
            end += 1
        run = tuple(expressions[i:end])
        if len(run) > 1 and (closed or _is_bare_year(run[0])):
            yield _wrap(text, run[0].start, run[-1].end, "list", parts=run)
        else:
            yield from run
        i = end


def _range(text: str, first: DateExpression, last: DateExpression, limit: int) -> DateExpression | None:
    """Two expressions as a range where "from ... to", "between ... and" or a dash makes them one."""
    if first.shape not in _RANGED or last.shape not in _RANGED or first.shape == "now" or first.attributive:
        return None
    gap, before = _between(text, first, last), _before(text, first, limit)
    from_, between = _FROM.search(before), _BETWEEN.search(before)
    if between and _AND.match(gap):
        start = first.start - len(before) + between.start()
    elif _TO.match(gap) and (from_ or _same_kind(first, last)):
        start = first.start - len(before) + from_.start() if from_ else first.start
    else:
        return None
    return _wrap(text, start, last.end, "range", parts=(first, last))


def _same_kind(first: DateExpression, last: DateExpression) -> bool:
    def fields(e: DateExpression) -> tuple[object, ...]:
        return e.shape, e.month is not None, e.day is not None

    return fields(first) == fields(last) or last.shape == "now"


def _continues(text: str, kind: DateExpression, following: DateExpression) -> bool:
    """Whether an expression goes on with a run of years, months, weekdays or days of the month."""
    if kind.shape not in ("date", "weekday") or not _same_kind(kind, following):
        return False
    if (
        kind.attributive
        or following.attributive
        or (kind.which, kind.side) != (following.which, following.side)
    ):
        return False
    if kind.day is not None and (kind.year is not None or kind.last_day or following.last_day):
        return False
    return bool(_LIST_GAP.match(_between(text, kind, following)))


def _is_bare_year(expression: DateExpression) -> bool:
    return expression.shape == "date" and expression.year is not None and expression.month is None


def _counted_from(text: str, expressions: list[DateExpression]) -> list[DateExpression]:
    """ "A week before" and "March 10" made one; "the day after the vote" counted from an event."""
    result: list[DateExpression] = []
    for expression in expressions:
        first = result[-1] if result else None
        gap = _between(text, first, expression) if first else ""
        if first and _waits(first) and expression.shape in _OPENABLE and _COUNTED_GAP.match(gap):
            result[-1] = _wrap(
                text, first.start, expression.end, "counted", unit=first.unit, count=first.count,
                direction=first.direction, which=first.which, reason=first.reason, parts=(expression,),
            )  # fmt: skip
        else:
            result.append(expression)
    return [_event_bound(text, e) for e in result]


def _waits(expression: DateExpression) -> bool:
    return (
        expression.shape == "counted"
        and expression.which in ("before", "after", "prior")
        and not expression.parts
    )


def _event_bound(text: str, expression: DateExpression) -> DateExpression:
    """Before and after want an object: where words follow, it is an event and not a date."""
    if not _waits(expression) or not re.match(r"\s+[\w“\"]", text[expression.end : expression.end + 3]):
        return expression
    return replace(expression, reference="event", reason="it is counted from an event that has no date here")


@cache
def _compared() -> re.Pattern[str]:
    """ "The first visit since 2011", "the worst fighting since May"."""
    return re.compile(rf"(?i)\b{alternation(words('cues', 'superlatives'))}\b[^.;!?\n]*$")


def _opened(text: str, expression: DateExpression, limit: int) -> DateExpression:
    """ "Since" and "2011" made "since 2011"."""
    if expression.shape not in _OPENABLE:
        return expression
    match = _bound_pattern().search(_before(text, expression, limit))
    if match is None:
        return expression
    start = expression.start - len(match.string) + match.start(1)
    bound = table("bounds")[key(match[1])]
    if bound == "from" and (expression.shape == "range" or expression.last_day is not None):
        return expression
    compared = bound == "since" and _compared().search(text[max(limit, start - 60) : start])
    reason = "it tells since when nothing like it was, not when" if compared else None
    return _wrap(text, start, expression.end, "open", bound=bound, parts=(expression,), reason=reason)
