"""Days, years and full dates in a text that bound when it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from communique.knowledge.dated_events import EARLIEST, DatingReason
from communique.knowledge.occupancies import CUTOFF

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?:(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:\()?)?"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
NO_YEAR = r"(?![\w-])(?!,? ?(?:of )?(?:19|20)\d\d)"
MONTH_DAY = rf"{WEEKDAY}(?P<month>{MONTH}) ?{DAY}{NO_YEAR}"
DAY_MONTH = rf"{WEEKDAY}(?:the )?{DAY} (?:of )?(?P<month>{MONTH}){NO_YEAR}"
DATELINE = re.compile(rf"^[^\n.!?;]{{2,60}}?,? ?{MONTH_DAY}\.?(?= ?[-–—/:(]| \()", re.MULTILINE)
TOLD = (re.compile(rf"\b[Oo]n {MONTH_DAY}"), re.compile(rf"\b[Oo]n {DAY_MONTH}"))
COMING = (
    r"will|shall|would|is to|are to|was to|were to|due|plan(?:s|ned)?|upcoming|next|coming|scheduled|slated|"
    r"expected|set to|eve of|ahead of|(?-i:may|might|could)"
)
LIMITS = (
    r"by|until|till|before|since|deadline|anniversary|target|fiscal|budget|ends?|starting|beginning|effective|"
    r"through|beyond|likely|whether|forecasts?|project(?:s|ed|ions?)?|estimates?|aims?|goals?"
)
COMES = re.compile(rf"\b(?:{COMING})\b", re.IGNORECASE)
FUTURE = re.compile(rf"\b(?:{COMING}|{LIMITS})\b", re.IGNORECASE)
WILL = re.compile(
    r"\b(?:will|(?:is|are) (?:due|set|scheduled) to|plans to)\b(?:(?!\bthat\b)[^.,;]){0,60}?"
    r"\b(?:in|by|until|before|from) (?:the )?(?:(?:end|start|beginning) of |early |late )?"
    rf"(?:{MONTH} )?(?P<year>19[89]\d|20[0-4]\d)\b(?!s)"
)
PAST = re.compile(
    r"\b(?!united|armed|allied|based|need|speed|indeed)(?:\w{2,}ed|was|were|had|did|took|began|came|went|made|won|lost|"
    r"left|fell|met|held|said|got|gave|became|broke|sent|built|bought|sold|led|struck|shot|saw|drew|grew|ran)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]?")
YEAR = re.compile(
    r"(?<=\s)(?:in|In|since|Since|during|During|early|late|mid)(?: the)?(?: fall| spring| summer| winter)?"
    rf"(?: of)?(?: {MONTH})? (?P<year>19[89]\d|20[0-4]\d)"
    r"(?![\w%]|['’]s|[-–/,.]\d| (?:troops|people|soldiers|men|tons|dollars))"
)
FULL_YEAR = r"(?P<year>19[89]\d|20[0-4]\d)(?!\d)"
FULL = (
    re.compile(
        rf"(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>19[89]\d|20[0-4]\d)(?!\d)"
    ),
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTH}),? (?P<year>19[89]\d|20[0-4]\d)(?!\d)"
    ),
)
LEAD_LENGTH = 350


@dataclass(frozen=True, slots=True)
class DayInLead:
    """A day and month without a year in the dateline or told in the lead, with the weekday where given."""

    month: int
    day: int
    dateline: bool
    words: str
    start: int
    end: int
    weekday: int | None = None

    @property
    def told(self) -> str:
        """The reason in words."""
        return "the dateline's day" if self.dateline else "the day that the lead tells as past"

    def in_year(self, year: int) -> date | None:
        """The day in that year; None where there is no such day or it falls on another weekday."""
        try:
            found = date(year, self.month, self.day)
        except ValueError:
            return None
        return found if self.weekday in (None, found.weekday()) else None


def day_in_lead(text: str, title: str | None) -> DayInLead | None:
    """The dateline's day, or else the first day that the lead tells in the past; None where there is none."""
    body = len(title) if title and text.startswith(title) else 0
    head = text[: body + LEAD_LENGTH * 2]
    for found in DATELINE.finditer(head):
        if not COMES.search(found[0]) and found.end() - body < LEAD_LENGTH * 2:
            return _day(found, dateline=True)
    for sentence in list(SENTENCE.finditer(text, body))[:4]:
        if len(sentence[0]) < 40:
            continue
        return _told(text, sentence)
    return None


def past_dates(text: str) -> Iterator[DatingReason]:
    """The latest full date and the latest year that the text tells in the past: not written before them."""
    days = [
        (day, found) for pattern in FULL for found in pattern.finditer(text) if (day := _full(text, found))
    ]
    if days:
        day, found = max(days, key=lambda pair: pair[0])
        yield DatingReason(found[0], f"{day} is past", ((max(day, EARLIEST), CUTOFF),), *found.span())
    years = [(int(y["year"]), y) for y in YEAR.finditer(text) if _is_told(text, y)]
    years = [(year, place) for year, place in years if year <= CUTOFF.year]
    if years:
        year, place = max(years, key=lambda pair: pair[0])
        span = max(date(year, 1, 1), EARLIEST), CUTOFF
        yield DatingReason(place[0], f"the year {year} has begun", (span,), *place.span())


def planned_years(text: str) -> Iterator[DatingReason]:
    """The earliest year in which something "will" be: written in that year at the latest."""
    found = [
        (int(told["year"]), told)
        for told in WILL.finditer(text)
        if not PAST.search(_after_first_word(told[0]))
    ]
    if found:
        year, told = min(found, key=lambda pair: pair[0])
        if year <= CUTOFF.year:
            span = EARLIEST, date(year, 12, 31)
            yield DatingReason(told[0], f"{year} is not over", (span,), *told.span())


def _after_first_word(words: str) -> str:
    return words.partition(" ")[2]


def _told(text: str, sentence: re.Match[str]) -> DayInLead | None:
    if COMES.search(sentence[0]):
        return None
    for pattern in TOLD:
        if found := pattern.search(text, sentence.start(), sentence.end()):
            return _day(found, dateline=False)
    return None


def _day(found: re.Match[str], *, dateline: bool) -> DayInLead:
    weekday = found["weekday"]
    return DayInLead(
        month=MONTHS.index(found["month"][:3].lower()) + 1,
        day=int(found["day"]),
        dateline=dateline,
        words=" ".join(found[0].split()),
        start=found.start(),
        end=found.end(),
        weekday=next((n for n, w in enumerate(WEEKDAYS) if weekday and w.startswith(weekday.lower())), None),
    )


def _full(text: str, found: re.Match[str]) -> date | None:
    try:
        day = date(int(found["year"]), MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"]))
    except ValueError:
        return None
    return day if day <= CUTOFF and _is_told(text, found) else None


def _is_told(text: str, found: re.Match[str]) -> bool:
    """True when the sentence tells something past, without a sign of the future or of a limit."""
    start = max(text.rfind(mark, 0, found.start()) for mark in (". ", "\n", "! ", "? ")) + 1
    end = min((e for mark in (". ", "\n") if (e := text.find(mark, found.end())) >= 0), default=len(text))
    near = text[max(start, found.start() - 120) : min(end, found.end() + 60)]
    return bool(PAST.search(near)) and not FUTURE.search(text[start : min(end, found.end() + 40)])
