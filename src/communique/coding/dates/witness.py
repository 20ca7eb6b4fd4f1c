"""What the words around a match say about whether it is a date at all."""

from __future__ import annotations

import re
from functools import cache

from communique.coding.dates.expression import DateExpression
from communique.coding.dates.vocabulary import alternation, words

_BEFORE = re.compile(r"(©|[\w.]+)[\s(#“\"']*$")
_NAMELIKE = frozenset({3, 4, 5, 6, 8})  # March, April, May, June, August: words or names of people as well
_NEXT_WORD = re.compile(r"\s+([A-Za-z][\w'’.-]*)")
_SHORT_WEEKDAY = re.compile(r"(?i)\b(?:mon|tues?|weds?|thur?s?|fri|sat|sun)(?![a-z])")
_REACH = 24


@cache
def _before(name: str, tail: str = r"[\s-]+(?:the\s+)?") -> re.Pattern[str]:
    """The cue words of a list at the end of what stands before a match."""
    return re.compile(rf"(?i)\b{alternation(words('cues', name))}{tail}$")


@cache
def _after(name: str) -> re.Pattern[str]:
    """The cue words of a list at the beginning of what stands after a match."""
    return re.compile(rf"(?i)\s+{alternation(words('cues', name))}\b")


def _left(text: str, expression: DateExpression, reach: int = _REACH) -> str:
    return text[max(0, expression.start - reach) : expression.start]


def _right(text: str, expression: DateExpression, reach: int = _REACH) -> str:
    return text[expression.end : expression.end + reach]


def is_date(text: str, expression: DateExpression, rule: str) -> bool:
    """False where the surroundings show that the match is no date: a number of things, a name, a verb."""
    check = _CHECKS.get(rule)
    return check is None or check(text, expression)


def _year_stands(text: str, expression: DateExpression) -> bool:
    start, end = expression.start, expression.end
    if expression.year is None or _is_glued(text, start, end):
        return False
    left = _left(text, expression)
    before = _BEFORE.search(left)
    if before and (before[1] == "©" or before[1].lower().rstrip(".") in _not_before()):
        return False
    after = _NEXT_WORD.match(_right(text, expression))
    if after and after[1].lower() in _not_after():
        return False
    return 1900 <= expression.year <= 2100 or bool(_before("month").search(left))


def _is_glued(text: str, start: int, end: int) -> bool:
    """Part of a designation or of a longer number: "S-1929", "1987-type", "20,2015", "2015/1"."""
    before, after = text[max(0, start - 2) : start], text[end : end + 4]
    number_goes_on = re.search(r"[\w)][-–/&+.:]$|[$€£#+]$|\d,$|\d[^\S\n]$", before)
    if number_goes_on and not re.search(r"(?i)[a-z]\.$", before):
        return not re.search(r"(?i)[a-z]{3}[-–]$", text[max(0, start - 6) : start])
    return bool(re.match(r"[-–/][^\W\d]|[/:]\d|[-–]\d{3}|['’]?\d|[a-z]", after))


def _month_stands(text: str, expression: DateExpression) -> bool:
    word = expression.text.split()[0]
    if not word[0].isupper():
        return False
    if expression.year is not None or expression.which is not None:
        return True
    left, right = _left(text, expression), _right(text, expression)
    if "." in word or (len(word) < 5 and expression.month not in (5, 6, 7)):
        return bool(_before("may").search(left)) and not right[:2].strip().isalpha()
    if expression.month == 5 or (word.isupper() and expression.month == 3):
        return _may_stands(left, right)
    if expression.month in _NAMELIKE:
        cued = bool(_before("month").search(left))
        return cued or (expression.month != 3 and not re.match(r"\s+[A-Z]", right))
    return True


def _may_stands(left: str, right: str) -> bool:
    if _before("may").search(left):
        return True
    named = _after("after_name").match(right) or re.match(r"['’]s|\s+[A-Z]", right)
    return bool(_before("may_but_for_names").search(left)) and not named


def _day_of_month_stands(text: str, expression: DateExpression) -> bool:
    """May, March, Jan, Dec and Mar with a small letter are other words; a day glued to more is a number."""
    for word in re.findall(r"[A-Za-z]+", expression.text):
        if word.lower() in ("may", "march", "mar", "sep", "dec", "jan") and not word[0].isupper():
            return False
    return not re.search(r"\w[-–/.,]$|[$€£]$", _left(text, expression, 2))


def _unit_stands(text: str, expression: DateExpression) -> bool:
    """ "The year" and its like are dates only where something cuts them: "the end of the year"."""
    if expression.part or expression.side:
        return True
    left = _left(text, expression, 32)
    if expression.unit == "weekend":
        return bool(_before("weekend_openers").search(left))
    return bool(_before("unit_openers", r"\s+(?:of|in)\s+").search(left))


def _pointed_unit_stands(text: str, expression: DateExpression) -> bool:
    """ "The last week of May" is no last week."""
    is_last = (expression.which or "") in ("last", "next", "past")
    return not (is_last and re.match(r"\s+of\b", _right(text, expression, 8)))


def _weekday_stands(text: str, expression: DateExpression) -> bool:
    """Abbreviated weekdays begin with a capital ("they sat.") and are no newspaper ("the Sun.")."""
    short = _SHORT_WEEKDAY.search(expression.text)
    return not short or (
        short[0][0].isupper() and not re.search(r"(?i)\bthe\s+$", _left(text, expression, 5))
    )


def _day_word_stands(text: str, expression: DateExpression) -> bool:
    """Not the end of a compound ("here-today")."""
    return not re.search(r"[a-z]-$", _left(text, expression, 2))


def _count_stands(text: str, expression: DateExpression) -> bool:
    """A count with before or after needs to say from what; "on" only closes a phrase."""
    rest = _right(text, expression, 12)
    if expression.which == "on":
        return bool(re.match(r"\s*(?:[,.;]|$)", rest))
    if expression.which in ("before", "after") and expression.count is None and not rest.strip():
        return False
    return not (expression.which in ("earlier", "later") and re.match(r"\s+than\b", rest))


def _ahead_stands(text: str, expression: DateExpression) -> bool:
    """ "In two weeks" is ahead only where it is not how long something took or had not happened."""
    right = _right(text, expression, 8)
    if _after("length_after").match(right) or right.startswith("-"):
        return expression.which == "within"
    return not _before("length", r"\b[^.;!?\n]*").search(_left(text, expression, 80))


def _vague_stands(text: str, expression: DateExpression) -> bool:
    """ "As soon as" and "too soon" are no time; "in the past" goes on in "in the past five days"."""
    right = _right(text, expression)
    plain = expression.text.lower()
    if plain.endswith("soon"):
        return not (
            _before("not_soon").search(_left(text, expression, 6)) or re.match(r"\s+(?:as|after)\b", right)
        )
    if plain == "in the past":
        return not re.match(r"(?i)\s+(?:\S+\s+)?(?:hour|day|week|month|year|decade)s?\b", right)
    return not (plain == "one day" and re.match(r"\s+(?:of|in|after|before)\b|-", right))


def _season_stands(text: str, expression: DateExpression) -> bool:
    """The Winter Olympics are no winter."""
    return expression.year is not None or not re.match(r"\s+[A-Z]", _right(text, expression, 3))


@cache
def _not_before() -> frozenset[str]:
    return frozenset(words("not_years", "before"))


@cache
def _not_after() -> frozenset[str]:
    return frozenset(words("not_years", "after"))


_CHECKS = {
    "year": _year_stands,
    "month": _month_stands,
    "month_days": _day_of_month_stands,
    "days_month": _day_of_month_stands,
    "the_unit": _unit_stands,
    "span": _pointed_unit_stands,
    "relative": _pointed_unit_stands,
    "weekday": _weekday_stands,
    "dayword": _day_word_stands,
    "ago": _count_stands,
    "ahead": _ahead_stands,
    "vague": _vague_stands,
    "bare_season": _season_stands,
}
