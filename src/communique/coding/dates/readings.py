"""From a matched rule to the structure it means: one reading a rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from communique.coding.dates.expression import DateExpression, Reference, Shape
from communique.coding.dates.vocabulary import key, table

Reading = Callable[["re.Match[str]"], DateExpression | None]


def _made(match: re.Match[str], shape: Shape, **fields: Any) -> DateExpression:
    return DateExpression(match.start(), match.end(), match.group(), shape, **fields)


def _any(match: re.Match[str], *names: str) -> str | None:
    """The first of these groups that took part in the match."""
    return next((match[n] for n in names if match[n] is not None), None)


def _number(word: str | None) -> float | None:
    """A count written in digits or in words ("twenty-one"); None where there is none."""
    if word is None:
        return None
    if word.isdecimal():
        return int(word)
    numbers = table("numbers")
    if (plain := key(word)) in numbers:
        return float(numbers[plain])
    tens, _, ones = plain.replace(" ", "-").partition("-")
    return float(numbers[tens] + numbers[ones]) if ones in numbers and tens in numbers else None


def _month(word: str) -> int:
    plain = word.lower().rstrip(".")
    return int(table("months").get(plain) or table("month_abbreviations")[plain])


def _weekday(word: str | None) -> int | None:
    if word is None:
        return None
    plain = word.lower()
    abbreviated = table("weekday_abbreviations")
    return int(table("weekdays").get(plain, abbreviated.get(plain, abbreviated.get(plain + ".", 0))))


def _which(word: str | None) -> str | None:
    return None if word is None else str(table("which")[key(word)])


def _unit(word: str) -> tuple[Any, float]:
    """The unit, and how many of it the word is worth (a fortnight is two weeks)."""
    plain = key(word)
    unit = table("units").get(plain) or table("unit_plurals")[plain]
    return ("week", 2.0) if unit == "fortnight" else (unit, 1.0)


def _int(word: str | None) -> int | None:
    digits = re.match(r"\d+", word or "")
    return int(digits.group()) if digits else None


def _iso(match: re.Match[str]) -> DateExpression:
    return _made(match, "date", year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))


def _numeric(match: re.Match[str]) -> DateExpression | None:
    first, second = int(match["first"]), int(_any(match, "second", "second2", "second3") or 0)
    written = _any(match, "year", "year2", "year3") or ""
    year = int(written) if len(written) == 4 else 2000 + int(written) - (100 if int(written) > 68 else 0)
    if not (1 <= first <= 31 and 1 <= second <= 31 and min(first, second) <= 12 and year >= 1000):
        return None
    if first > 12:
        return _made(match, "date", year=year, month=second, day=first)
    if second > 12 or first == second:
        return _made(match, "date", year=year, month=first, day=second)
    return _made(match, "numeric", year=year, month=first, day=second)


def _years(match: re.Match[str]) -> DateExpression | None:
    first, until = int(match["year"]), match["until"]
    last = int(until) if len(until) == 4 else first - first % 100 + int(until)
    if last <= first:
        if len(until) == 2 and 1 <= int(until) <= 12 and "-" in match.group():
            return _made(match, "date", year=first, month=int(until))
        return None
    middle = match.start("until")
    ends = (
        DateExpression(match.start(), match.start() + 4, match["year"], "date", year=first),
        DateExpression(middle, match.end(), until, "date", year=last),
    )
    return _made(match, "range", parts=ends)


def _decade(match: re.Match[str]) -> DateExpression:
    if match["decade"]:
        return _made(match, "decade", year=int(match["decade"]))
    if match["short"]:
        return _made(match, "decade", year=1900 + int(match["short"]))
    tens = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    return _made(match, "decade", year=1920 + 10 * tens.index(match["word"].lower()))


def _century(match: re.Match[str]) -> DateExpression:
    named = {"nineteenth": 19, "twentieth": 20, "twenty-first": 21}
    which = _int(match["century"]) or named[match["century"].lower()]
    return _made(match, "century", year=100 * (which - 1) + 1)


def _ago(match: re.Match[str]) -> DateExpression | None:
    unit, worth = _unit(match["unit"])
    word = key(match["word"])
    count = _number(match["count"])
    if count is None and not match["few"] and not match["unit"].lower().endswith("s"):
        count = 1.0
    if match["half"] and count is not None:
        count += 0.5
    if match["count"] is None and match["few"] is None and match["the"] is None and word in ("on", "prior"):
        return None
    if word == "on" and (count is None or unit in ("hour", "day")):
        return None
    past = word in ("ago", "earlier", "before", "prior")
    near = "anchor" if word in ("ago", "from now", "hence") else "context"
    reason = None if count is not None else f"how many {match['unit']} is not said"
    return _made(
        match, "counted", unit=unit, count=None if count is None else count * worth, reason=reason,
        direction=-1 if past else 1, reference=near, which=word,
    )  # fmt: skip


def _span(match: re.Match[str]) -> DateExpression | None:
    which = key(_any(match, "which", "which2", "few2") or "")
    unit, worth = _unit(_any(match, "unit", "unit2", "unit3") or "")
    count = 1.0 if match["unit2"] else _number(match["count"])
    reason = None if count is not None else f"how many {unit}s is not said"
    direction = 1 if which in ("next", "coming") else -1
    count = None if count is None else count * worth
    return _made(match, "span", unit=unit, count=count, direction=direction, reason=reason, which=which)


def _calendar_day(match: re.Match[str]) -> DateExpression | None:
    day, last = _int(match["day"]), _int(match["last"])
    if last is not None and day is not None and last <= day:
        return None
    return _made(
        match, "date", year=_int(match["year"]), month=_month(match["month"]), day=day, last_day=last,
        weekday=_weekday(match["weekday"]), which=_which(match["yearwhich"]), reference=_year_from(match),
    )  # fmt: skip


def _quarter(match: re.Match[str]) -> DateExpression | None:
    nth = table("ordinals")[key(match["nth"])] if match["nth"] else None
    number = int(nth or _any(match, "number", "number2") or 0)
    if not match["nth"] and not match.group()[0].isdigit() and not match.group()[0].isupper():
        return None
    return _made(match, "quarter", part=f"quarter{number}", year=_int(_any(match, "year", "year2")))


def _season(match: re.Match[str]) -> DateExpression:
    season = match["season"].lower()
    year, until, which = _int(match["year"]), match["until"], _which(match["yearwhich"])
    side = "double" if until else None
    return _made(
        match, "season", season=season, year=year, which=which, side=side, reference=_year_from(match)
    )


def _bare_season(match: re.Match[str]) -> DateExpression | None:
    season = match["season"].lower()
    if season == "fall" and " the " not in f" {key(match.group())} ":
        return None
    return DateExpression(
        match.start("season"), match.end("season"), match["season"], "season", season=season
    )


def _relative(match: re.Match[str]) -> DateExpression | None:
    which = _which(match["which"])
    if match["month"]:
        return _pointed_month(match, which or "this")
    if match["season"]:
        return _made(match, "relative", season=match["season"].lower(), which=which)
    unit, _ = _unit(match["unit"])
    if unit == "hour" or (unit == "day" and which in ("last", "this")):
        return None
    plain = key(match["which"])
    context = which in ("following", "same", "that") or (which == "previous" and match["the"] is not None)
    context = context or (which == "next" and unit == "day")
    if plain == "past" and match["the"]:
        return _made(match, "span", unit=unit, count=1.0, direction=-1, which="past")
    side = match["side"].lower() if match["side"] else None
    reference: Any = "context" if context else "anchor"
    return _made(match, "relative", unit=unit, which=which, side=side, reference=reference)


def _pointed_month(match: re.Match[str], which: str) -> DateExpression:
    """ "Last March", "this May", "the following June"."""
    month, context = _month(match["month"]), which in ("same", "that", "following", "previous")
    if which in ("this", "same", "that"):
        return _made(match, "date", month=month, which=which, reference="context" if context else "anchor")
    return _made(match, "date", month=month, side=which, reference="context" if context else "anchor")


def _the_unit(match: re.Match[str]) -> DateExpression | None:
    unit, _ = _unit(_any(match, "unit", "unit2", "unit3", "unit4") or "")
    at_end = _any(match, "end", "end2") or match["unit4"]
    side = match["side"].lower() if match["side"] else None
    reference: Any = "context" if side else "anchor"
    part = "end" if at_end else None
    return _made(
        match,
        "relative",
        unit=unit,
        which="this" if part or side else "the",
        side=side,
        part=part,
        reference=reference,
    )


def _day_of_week(match: re.Match[str]) -> DateExpression:
    return _made(
        match, "weekday", weekday=_weekday(match["weekday"]), which=_which(match["which"]),
        side=_which(match["weekwhich"]),
    )  # fmt: skip


def _day_word(match: re.Match[str]) -> DateExpression:
    return _made(match, "dayword", offset=int(table("day_words")[key(match["word"])]))


def _month_alone(match: re.Match[str]) -> DateExpression:
    return _made(
        match,
        "date",
        year=_int(match["year"]),
        month=_month(match["month"]),
        which=_which(match["yearwhich"]),
        reference=_year_from(match),
    )


def _year_from(match: re.Match[str]) -> Reference:
    """What the year counts from: "of that year" is of the year told before, "of last year" of the document's."""
    return "context" if _which(match["yearwhich"]) in ("same", "that", "following") else "anchor"


def _ahead(match: re.Match[str]) -> DateExpression:
    unit, worth = _unit(match["unit"])
    count = _number(match["count"])
    reason = None if count is not None else f"how many {match['unit']} is not said"
    count = None if count is None else count * worth
    which = "time" if match["time"] else match["word"].lower()
    return _made(match, "ahead", unit=unit, count=count, direction=1, reason=reason, which=which)


def _vague(match: re.Match[str]) -> DateExpression:
    return _made(match, "vague", reason=str(table("vague")[key(match.group())]))


def _now(match: re.Match[str]) -> DateExpression:
    return _made(match, "now")


def _persian(match: re.Match[str]) -> DateExpression | None:
    name = _any(match, "month", "month2", "month3", "month4")
    if name is not None and not name[0].isupper():
        return None
    month = int(table("persian_months")[name.lower()]) if name else None
    year = _int(_any(match, "year", "year2", "year4"))
    return _made(match, "persian", year=year, month=month, day=_int(_any(match, "day", "day2", "day3")))


def _islamic(match: re.Match[str]) -> DateExpression:
    return _made(match, "islamic", reason="a date of the lunar calendar, which is not reckoned")


def _year(match: re.Match[str]) -> DateExpression:
    return _made(match, "date", year=int(match["year"]))


READINGS: dict[str, Reading] = {
    "iso": _iso, "numeric": _numeric, "years": _years, "decade": _decade, "century": _century, "ago": _ago,
    "span": _span, "month_days": _calendar_day, "days_month": _calendar_day, "quarter": _quarter,
    "season": _season, "relative": _relative, "the_unit": _the_unit, "weekday": _day_of_week,
    "dayword": _day_word, "month": _month_alone, "ahead": _ahead, "bare_season": _bare_season,
    "vague": _vague, "now": _now, "persian": _persian, "islamic": _islamic, "year": _year,
}  # fmt: skip
