"""What the words around a match say about whether it is a date at all."""

from __future__ import annotations

import re
from functools import cache

from communique.coding.dates.expression import DateExpression
from communique.coding.dates.vocabulary import words

_BEFORE = re.compile(r"([\w.]+)[\s(#“\"']*$")
_CUE = re.compile(
    r"(?i)\b(?:in|of|since|until|till|by|from|to|last|next|this|early|mid|late|end|between|during|for|before|after|every"
    r"|through|and|or|on|as\s+of|beginning|starting|around|about|until|past|coming|previous)[\s-]+(?:the\s+)?$"
)
_STRONG = re.compile(
    r"(?i)\b(?:in|since|until|till|last|next|this|early|mid|late|end|between|during|early\s+in|of)[\s-]+$"
)
_NAMELIKE = frozenset({3, 4, 5, 6, 8})  # March, April, May, June, August: words or names of people as well
_NEXT_WORD = re.compile(r"\s+([A-Za-z][\w'’.-]*)")


def is_date(text: str, expression: DateExpression, rule: str) -> bool:
    """False where the surroundings show that the match is no date: a number of things, a name, a verb."""
    check = _CHECKS.get(rule)
    return check is None or check(text, expression)


def _year_stands(text: str, expression: DateExpression) -> bool:
    start, end = expression.start, expression.end
    if expression.year is None or _is_glued(text, start, end):
        return False
    before = _BEFORE.search(text[max(0, start - 24) : start])
    if before and (before[1].lower().rstrip(".") in _not_before()):
        return False
    after = _NEXT_WORD.match(text[end : end + 24])
    if after and after[1].lower() in _not_after():
        return False
    if expression.year < 1900 or expression.year > 2100:
        return bool(_CUE.search(text[max(0, start - 24) : start]))
    return True


def _is_glued(text: str, start: int, end: int) -> bool:
    """Part of a designation or of a longer number: "S-1929", "1987-type", "20,2015", "2015/1"."""
    before, after = text[max(0, start - 2) : start], text[end : end + 4]
    if re.search(r"[\w)][-–/&+.:]$|[$€£#+]$|\d,$|\d\s$", before) and not re.search(r"(?i)[a-z]\.$", before):
        return not re.search(
            r"(?i)(?:mid|early|late|end|pre|post|since|[a-z]{3})[-–]$", text[max(0, start - 6) : start]
        )
    return bool(re.match(r"[-–/][^\W\d]|[/:]\d|[-–]\d{3}|['’]?\d|[a-z]", after))


def _month_stands(text: str, expression: DateExpression) -> bool:
    word = expression.text.split()[0]
    if not word[0].isupper():
        return False
    if expression.year is not None or expression.which is not None:
        return True
    before = text[max(0, expression.start - 16) : expression.start]
    if "." in word or (len(word) <= 4 and expression.month not in (5, 6, 7)):
        return (
            bool(_STRONG.search(before)) and not text[expression.end : expression.end + 2].strip().isalpha()
        )
    if word.isupper() and expression.month in (3, 5):
        return bool(_STRONG.search(before))
    after = re.match(r"\s+(\w)", text[expression.end : expression.end + 8])
    if expression.month == 5:
        return bool(_STRONG.search(before)) or (bool(_CUE.search(before)) and "Theresa May" not in text)
    if expression.month in _NAMELIKE:
        return bool(_CUE.search(before)) or (expression.month != 3 and not (after and after[1].isupper()))
    return True


def _day_of_month_stands(text: str, expression: DateExpression) -> bool:
    months = ("may", "march", "mar", "sep", "dec", "jan")
    for word in re.findall(r"[A-Za-z]+", expression.text):
        if word.lower() in months and not word[0].isupper():
            return False
    return not re.search(r"[\w][-–/.,]$|[$€£]$", text[max(0, expression.start - 2) : expression.start])


def _unit_stands(text: str, expression: DateExpression) -> bool:
    """ "The year" and its like are dates only where something cuts them: "the end of the year"."""
    if expression.part or expression.side:
        return True
    before = text[max(0, expression.start - 28) : expression.start]
    if expression.unit == "weekend":
        return bool(re.search(r"(?i)\b(?:over|during|at|on|of|for|before|until|by|after|since)\s+$", before))
    return bool(
        re.search(
            r"(?i)\b(?:end|beginning|start|middle|close|half|quarter|months|part|week|days|mid|early|late)\s+(?:of|in)\s+$",
            before,
        )
    )


def _weekday_stands(text: str, expression: DateExpression) -> bool:
    word = re.search(r"[A-Za-z.]+$|[A-Za-z]+day|[A-Za-z]+\.?", expression.text)
    first = expression.text.lstrip()
    if (
        word
        and first.lower().startswith(("sat", "sun", "wed", "mon", "fri", "thu", "tue"))
        and not first[0].isupper()
    ):
        return "day" in first.lower()[:9]
    return True


def _day_word_stands(text: str, expression: DateExpression) -> bool:
    """ "Today" as a name: after a capitalised word inside a sentence it is one ("Turkey Today")."""
    return not re.search(r"[a-z]-$", text[max(0, expression.start - 2) : expression.start])


def _count_stands(text: str, expression: DateExpression) -> bool:
    """A count with before or after needs to say from what; "on" only closes a phrase."""
    rest = text[expression.end : expression.end + 12]
    if expression.which == "on":
        return bool(re.match(r"\s*(?:[,.;]|$)", rest))
    if expression.which in ("before", "after") and expression.count is None and not rest.strip():
        return False
    return not (expression.which in ("earlier", "later") and re.match(r"\s+than\b", rest))


def _ahead_stands(text: str, expression: DateExpression) -> bool:
    """ "In two weeks" is a date ahead only where it is not how long something took or what it consisted of."""
    if re.match(
        r"(?i)\s+(?:of|since|after|before|from|later|ago)\b|-", text[expression.end : expression.end + 8]
    ):
        return expression.which == "within"
    before = text[max(0, expression.start - 40) : expression.start]
    return not re.search(
        r"(?i)\b(?:time|first|second|third|\w+est|most|least|once)\W+(?:\w+\W+){0,2}$", before
    )


def _vague_stands(text: str, expression: DateExpression) -> bool:
    after = text[expression.end : expression.end + 6].lower()
    plain = expression.text.lower()
    return not (
        (plain == "soon" and after.startswith(" after"))
        or (plain == "one day" and re.match(r"\s+(?:of|in|after|before)", after))
    )


@cache
def _not_before() -> frozenset[str]:
    return frozenset(words("not_years", "before"))


@cache
def _not_after() -> frozenset[str]:
    return frozenset(words("not_years", "after"))


_CHECKS = {
    "year": _year_stands, "month": _month_stands, "month_days": _day_of_month_stands, "days_month": _day_of_month_stands,
    "the_unit": _unit_stands, "weekday": _weekday_stands, "dayword": _day_word_stands, "ago": _count_stands,
    "ahead": _ahead_stands, "vague": _vague_stands,
}  # fmt: skip
