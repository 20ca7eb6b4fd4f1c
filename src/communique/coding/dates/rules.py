"""The patterns of single date expressions, built from the vocabulary.

Each rule is a pattern with named groups. All rules together make one alternation, in which an earlier rule
wins over a later one at the same place; the rule that matched is then read again with its groups.
"""

from __future__ import annotations

import re
from functools import cache

from communique.coding.dates.vocabulary import alternation, table, words

_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:]\d|%|st|nd|rd|th)"
_PLAIN_YEAR = r"(?:1[5-9]\d\d|20\d\d|21\d\d)"
_YEAR = rf"{_PLAIN_YEAR}(?!\d|[.,:]\d|%)"
_JOIN = r"\s*(?:[-–—/]|\bto\b|\bthrough\b|\buntil\b|\btill\b|\band\b|,|&)\s*"
_DAYS = rf"(?P<day>{_DAY})(?:{_JOIN}(?:the\s+)?(?P<last>{_DAY}))*"
_NUMBER = rf"(?:\d{{1,3}}(?![\d.,]\d)|{alternation(table('numbers'))}|(?:twenty|thirty)[-\s][a-z]{{3,5}})"
_FEW = alternation(words("few"))
_ABOUT = rf"(?:{alternation(words('approximate'))}\s+)?"
_FULL_MONTH = alternation(table("months"))
_SHORT_MONTH = rf"{alternation(table('month_abbreviations'))}(?:\.|(?=\s*\d|[-/]))"
_MONTH = rf"(?:{_FULL_MONTH}\b|{_SHORT_MONTH})"
_WEEKDAY = (
    rf"(?:{alternation(table('weekdays'))}\b|{alternation(table('weekday_abbreviations'))}(?![A-Za-z]))"
)
_PART_OF_DAY = alternation(words("day_parts"))
_SINGULAR = alternation(table("units"))
_PLURAL = alternation(table("unit_plurals"))
_UNIT = rf"(?:{_PLURAL}|{_SINGULAR})"
_SEASON = alternation(table("seasons"))
_WHICH = alternation(table("which"))
_YEAR_TAIL = rf"(?:(?:\s*,)?\s+(?:of\s+)?(?P<year>{_YEAR})(?![-–]\d\d(?!\d))|\s*,?\s+(?:of\s+)?(?P<yearwhich>{_WHICH})\s+year)?"
_WEEKDAY_HEAD = rf"(?:(?P<weekday>{_WEEKDAY})(?:\s+{_PART_OF_DAY})?\s*(?:,\s*|\(\s*)?(?:on\s+)?(?:the\s+)?)?"
_WEEK_TAIL = rf"(?:\s*,?\s+(?:of\s+)?(?P<weekwhich>{_WHICH})\s+week)?"

RULES: dict[str, str] = {
    "iso": r"(?P<year>(?:1[5-9]|20|21)\d\d)[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0?[1-9])"
    r"(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?![-/.]?\d)",
    "numeric": r"(?P<first>\d{1,2})(?:/(?P<second>\d{1,2})/(?P<year>\d{4}|\d\d)|\.(?P<second2>\d{1,2})\.(?P<year2>\d{4})"
    r"|-(?P<second3>\d{1,2})-(?P<year3>\d{4}))(?![-/.]?\d|[-/]\w)",
    "years": rf"(?P<year>{_PLAIN_YEAR})\s?[-–—/]\s?(?P<until>(?:1[5-9]|20|21)\d\d|\d\d)(?![\d-]|[.,]\d|%)",
    "decade": r"(?:the\s+)?(?:(?P<decade>(?:1[5-9]|20)\d0)['’]?s|(?<=the\s)['’‘]?(?P<short>[2-9]0)['’]?s"
    r"|(?<=the\s)(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))",
    "century": r"(?:the\s+)?(?P<century>1[5-9]th|2[01]st|20th|nineteenth|twentieth|twenty-first)[-\s]century",
    "ago": rf"(?P<the>the\s+)?{_ABOUT}(?:(?:(?P<count>{_NUMBER})|(?P<few>{_FEW}))[-\s]+)?(?P<unit>{_UNIT})(?P<half>\s+and\s+a\s+half)?\s+"
    r"(?P<word>ago|from\s+now|hence|later|earlier|before|after|afterwards?|prior|on)",
    "span": rf"(?:(?P<the>the|this)\s+)?(?P<which>past|last|previous|next|coming|preceding)\s+{_ABOUT}(?:(?P<count>{_NUMBER})|(?P<few>{_FEW}))"
    rf"(?:\s+or\s+\w+)?[-\s]+(?P<unit>{_UNIT})|(?P<the2>the)\s+(?P<which2>past|last|next|coming)\s+(?P<unit2>day|week|month|year|decade|century)"
    r"|(?<=in\s)(?P<few2>recent|coming)\s+(?P<unit3>hours|days|weeks|months|years|decades)",
    "month_days": rf"{_WEEKDAY_HEAD}(?P<month>{_MONTH})\s*(?:the\s+)?{_DAYS}(?!\s*(?:{_FULL_MONTH}|-\w)){_YEAR_TAIL}",
    "days_month": rf"{_WEEKDAY_HEAD}(?:the\s+)?{_DAYS}\s*(?:day\s+)?(?:of\s+)?(?P<month>{_MONTH}){_YEAR_TAIL}",
    "quarter": rf"(?:the\s+)?(?P<nth>{alternation(table('ordinals'))})[-\s]quarter(?!-?final|-?century|\s+of\b)|Q(?P<number>[1-4])(?:\s+(?:of\s+)?(?P<year>{_YEAR}))?"
    rf"|(?P<number2>[1-4])Q(?:\s+(?P<year2>{_YEAR}))?",
    "season": rf"(?:(?:the|this|that)\s+)?(?P<season>{_SEASON})(?:(?:\s+of|,)?\s+(?P<year>{_YEAR})(?:\s?[-/–]\s?(?P<until>\d\d(?:\d\d)?))?"
    rf"|\s+(?:of\s+)?(?P<yearwhich>{_WHICH})\s+year)",
    "relative": rf"(?:(?P<side>earlier|later)\s+)?(?P<the>the\s+)?(?P<which>{_WHICH})\s+(?:calendar\s+|fiscal\s+|financial\s+)?"
    rf"(?:(?P<unit>{_SINGULAR})(?![-\w])|(?P<season>{_SEASON})(?![-\w])|(?P<month>{_FULL_MONTH})(?![-\w]))",
    "the_unit": r"(?P<side>earlier|later)\s+in\s+(?:the\s+)?(?P<unit>day|week|month|year|decade)\b|the\s+(?P<unit2>weekend|week|month|year|decade|century)(?P<end>['’]s\s+end|-end)?"
    r"|(?P<unit3>year|month|week)(?P<end2>['’]s[-\s]end|[-\s]end)|end[-\s](?P<unit4>year|month)",
    "weekday": rf"(?:(?P<side>early|late|midnight|(?:the\s+)?(?:{_PART_OF_DAY})\s+of)\s+(?:on\s+)?)?(?:(?P<which>{_WHICH})\s+)?(?P<weekday>{_WEEKDAY})"
    rf"(?:\s+{_PART_OF_DAY})?{_WEEK_TAIL}",
    "dayword": rf"(?:(?:early|late|earlier|later)\s+)?(?P<word>{alternation(table('day_words'))})(?:\s+{_PART_OF_DAY})?",
    "month": rf"(?P<month>{_MONTH}){_YEAR_TAIL}",
    "ahead": rf"(?P<word>in|within)\s+{_ABOUT}(?:(?P<count>{_NUMBER})|(?P<few>{_FEW}))[-\s]+(?P<unit>{_UNIT})(?P<time>['’]s?\s+time)?",
    "bare_season": rf"(?:in|during|by|since|until|before|after|through|over)\s+(?:the\s+)?(?:(?:early|mid|late)[-\s])?(?P<season>{_SEASON})(?!\s+of|[-\w])",
    "vague": alternation(table("vague")),
    "now": r"(?:the\s+present(?:\s+(?:day|time))?|now|to\s+date)(?=[\s.,;:!?)]|$)",
    "foreign": rf"(?:(?:the\s+)?(?P<day>{_DAY})\s+)?{alternation(words('foreign', 'months'))}(?:\s+{_DAY}(?:,\s*1[234]\d\d)?|,?\s+1[234]\d\d)"
    r"|(?:Persian|Iranian|solar|Hijri|Islamic)\s+(?:calendar\s+)?year\s+(?:of\s+)?\(?1[234]\d\d",
    "year": rf"(?P<year>{_YEAR})",
}
_NAMED = re.compile(r"\(\?P<[a-z0-9]+>")
_TRIGGERS = (
    r"\d{4}|\d\d?[-./]\d\d?[-./]\d|\d0['’]?s\b|[1-4]Q|Q[1-4]|ties\b|century|day|"
    r"hour|fortnight|week|month|year|quarter|decade|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun)[a-z]*[.\s]*\d|"
    r"\b(?:mon|tues?|weds?|thur?s?|fri|sat|sun)\.|tues\b|thurs\b|\b(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec)\.|"
    r"spring|summer|autumn|fall|winter|tonight|tomorrow|overnight|this\s+(?:morning|afternoon|evening)|"
    r"last\s+(?:night|evening)|soon|recent|lately|nowadays|\bdate\b|\bfuture\b|\bpast\b|due\s+course|meantime|"
    r"ago\b|\bpresent\b|uary|march|april|\bmay\b|june|july|august|tember|tober|vember|cember|\bnow\b"
)


@cache
def trigger() -> re.Pattern[str]:
    """What every expression contains: the cheap search that says where to look at all."""
    months = alternation(words("foreign", "months"))
    return re.compile(f"(?i:{_TRIGGERS}|{months})")


@cache
def rule(name: str) -> re.Pattern[str]:
    """One rule with its named groups."""
    return re.compile(rf"(?i:{RULES[name]})")


@cache
def master() -> re.Pattern[str]:
    """All rules as one alternation between word boundaries; the group that matched is named after its rule."""
    branches = "|".join(f"(?P<{name}>{_NAMED.sub('(?:', pattern)})" for name, pattern in RULES.items())
    return re.compile(rf"(?i:(?<![\w$€£#/])(?<![\d][.,])(?:{branches})(?!\w))")
