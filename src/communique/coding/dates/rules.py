"""The patterns of single date expressions, built from the vocabulary.

Each rule is a verbose pattern with named groups, written in lower case. All rules together make one
alternation, in which an earlier rule wins over a later one at the same place; it reads the text in lower
case. The rule that matched is then read again, with its groups, in the text as written.
"""

from __future__ import annotations

import re
from functools import cache

from communique.coding.dates.vocabulary import alternation, table, words

_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:]\d|%|st|nd|rd|th)"
_PLAIN_YEAR = r"(?:1[5-9]|20|21)\d\d"
_YEAR = rf"{_PLAIN_YEAR}(?!\d|[.,:]\d|%)"
_JOIN = r"\s*(?:[-–—/]|\b(?:to|through|until|till|and)\b|,|&)\s*"
_DAYS = rf"(?P<day>{_DAY})(?:{_JOIN}(?:the\s+)?(?P<last>{_DAY})){{0,8}}"
_NUMBER = rf"(?:\d{{1,3}}(?![\d.,]\d)|{alternation(table('numbers'))}|(?:twenty|thirty)[-\s][a-z]{{3,5}})"
_FEW = alternation(words("few"))
_ABOUT = rf"(?:{alternation(words('approximate'))}\s+)?"
_FULL_MONTH = alternation(table("months"))
_MONTH = rf"(?:{_FULL_MONTH}\b|{alternation(table('month_abbreviations'))}(?:\.|(?=\s*\d|[-/])))"
_WEEKDAY = rf"(?:{alternation(table('weekdays'))}\b|{alternation(table('weekday_abbreviations'))}(?![a-z]))"
_HOUR = rf"(?:\s+{alternation(words('day_parts'))})?"
_SINGULAR = alternation(table("units"))
_UNIT = rf"(?:{alternation(table('unit_plurals'))}|{_SINGULAR})"
_SEASON = alternation(table("seasons"))
_WHICH = alternation(table("which"))
_PERSIAN = alternation(table("persian_months"))
_ISLAMIC = alternation(words("islamic_months"))
_YEAR_TAIL = rf"""(?:
    \s*,?\s+(?:of\s+)?(?P<year>{_YEAR})(?![-–]\d\d(?!\d))
  | \s*,?\s+(?:of\s+)?(?P<yearwhich>{_WHICH})\s+year )?"""
_HEAD = rf"(?:(?P<weekday>{_WEEKDAY}){_HOUR}\s*(?:,\s*|\(\s*)?(?:on\s+)?(?:the\s+)?)?"
_COUNT = rf"(?:(?P<count>{_NUMBER})|(?P<few>{_FEW}))"

RULES: dict[str, str] = {
    "iso": r"""(?P<year>(?:1[5-9]|20|21)\d\d)[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0?[1-9])
        (?:[t\ ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:z|[+-]\d\d:?\d\d)?)?(?![-/.]?\d)""",
    "numeric": r"""(?P<first>\d{1,2})
        (?: /(?P<second>\d{1,2})/(?P<year>\d{4}|\d\d)
          | \.(?P<second2>\d{1,2})\.(?P<year2>\d{4})
          | -(?P<second3>\d{1,2})-(?P<year3>\d{4}) )(?![-/.]?\d|[-/]\w)""",
    "years": rf"(?P<year>{_PLAIN_YEAR})\s?[-–—/]\s?(?P<until>{_PLAIN_YEAR}|\d\d)(?![\d-]|[.,]\d|%)",
    "decade": r"""(?:the\s+)?
        (?: (?P<decade>(?:1[5-9]|20)\d0)['’]?s
          | (?<=the\s)['’‘]?(?P<short>[2-9]0)['’]?s
          | (?<=the\s)(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties) )""",
    "century": r"""(?:the\s+)?
        (?P<century>1[5-9]th|2[01]st|20th|nineteenth|twentieth|twenty-first)[-\s]century""",
    "ago": rf"""(?<!-)(?P<the>the\s+)?{_ABOUT}(?:{_COUNT}[-\s]+)?(?P<unit>{_UNIT})
        (?P<half>\s+and\s+a\s+half)?\s+
        (?P<word>ago|from\s+now|hence|later|earlier|before|after|afterwards?|prior|on)""",
    "span": rf"""(?P<the>the\s+|this\s+)?(?P<which>past|last|previous|next|coming|preceding)\s+
            {_ABOUT}{_COUNT}(?:\s+or\s+\w+)?[-\s]+(?P<unit>{_UNIT})
      | the\s+(?!next\s+day)(?P<which2>past|last|next|coming)\s+(?P<unit2>day|week|month|year|decade|century)
      | (?<=in\s)(?P<few2>recent|coming)\s+(?P<unit3>hours|days|weeks|months|years|decades)""",
    "month_days": rf"""{_HEAD}(?P<month>{_MONTH})\s*(?:the\s+)?{_DAYS}
        (?!\s*(?:{_FULL_MONTH}|-\w)){_YEAR_TAIL}""",
    "days_month": rf"""{_HEAD}(?:the\s+)?{_DAYS}\s*(?:day\s+)?(?:of\s+)?(?P<month>{_MONTH}){_YEAR_TAIL}""",
    "quarter": rf"""(?:the\s+)?(?P<nth>{alternation(table("ordinals"))})[-\s]quarter
            (?!-?final|-?century|\s+of\b)
      | q(?P<number>[1-4])(?:\s+(?:of\s+)?(?P<year>{_YEAR}))?
      | (?P<number2>[1-4])q(?:\s+(?P<year2>{_YEAR}))?""",
    "season": rf"""(?:(?:the|this|that)\s+)?(?P<season>{_SEASON})
        (?: (?:\s+of|,)?\s+(?P<year>{_YEAR})(?:\s?[-/–]\s?(?P<until>\d\d(?:\d\d)?))?
          | \s+(?:of\s+)?(?P<yearwhich>{_WHICH})\s+year )""",
    "relative": rf"""(?:(?P<side>earlier|later)\s+)?(?P<the>the\s+)?(?P<which>{_WHICH})\s+
        (?:calendar\s+|fiscal\s+|financial\s+)?
        (?:(?P<unit>{_SINGULAR})|(?P<season>{_SEASON})|(?P<month>{_FULL_MONTH}))(?![-\w])""",
    "the_unit": r"""(?P<side>earlier|later)\s+in\s+(?:the\s+)?(?P<unit>day|week|month|year|decade)
      | the\s+(?P<unit2>weekend|week|month|year|decade|century)(?P<end>['’]s\s+end|-end)?
      | (?P<unit3>year|month|week)(?P<end2>['’]s[-\s]end|[-\s]end)
      | end[-\s](?P<unit4>year|month)""",
    "weekday": rf"""
        (?:(?:early|late|midnight|(?:the\s+)?{alternation(words("day_parts"))}\s+of)\s+(?:on\s+)?)?
        (?:(?P<which>{_WHICH})\s+)?(?P<weekday>{_WEEKDAY}){_HOUR}
        (?:\s*,?\s+(?:of\s+)?(?P<weekwhich>{_WHICH})\s+week)?""",
    "dayword": rf"(?:(?:early|late|earlier|later)\s+)?(?P<word>{alternation(table('day_words'))}){_HOUR}",
    "month": rf"(?P<month>{_MONTH}){_YEAR_TAIL}",
    "ahead": rf"""(?P<word>in|within)\s+{_ABOUT}{_COUNT}[-\s]+(?P<unit>{_UNIT})(?P<time>['’]s?\s+time)?""",
    "bare_season": rf"""(?:in|during|by|since|until|before|after|through|over)\s+(?:the\s+)?
        (?:(?:early|mid|late)[-\s])?(?P<season>{_SEASON})(?!,?\s+\d{{4}}|\s+(?:of|this|last|next)\b|[-\w])""",
    "vague": alternation(table("vague")),
    "now": r"(?:the\s+present(?:\s+(?:day|time))?|now|to\s+date)(?=[\s.,;:!?)]|$)",
    "persian": rf"""(?P<month>{_PERSIAN})\s+(?P<day>{_DAY})(?:,?\s+(?P<year>1[34]\d\d))?
      | (?:(?P<day2>{_DAY})\s+(?:of\s+)?)?(?P<month2>{_PERSIAN}),?\s+(?P<year2>1[34]\d\d)
      | (?P<day3>{_DAY})\s+(?:of\s+)?(?P<month3>{_PERSIAN})
      | (?:persian|iranian|solar(?:\s+hijri)?)\s+(?:calendar\s*\)?\s+)?
            (?: year\s+(?:of\s+)?\(?(?P<year4>1[34]\d\d) | month\s+of\s+(?P<month4>{_PERSIAN}) )""",
    "islamic": rf"""{_ISLAMIC}\s+{_DAY}(?:,?\s+1[234]\d\d)? | {_DAY}\s+(?:of\s+)?{_ISLAMIC}
      | {_ISLAMIC},?\s+1[234]\d\d | (?:hijri|islamic)\s+year\s+(?:of\s+)?\(?1[234]\d\d""",
    "year": rf"(?P<year>{_YEAR})",
}
_NAMED = re.compile(r"\(\?P<[a-z0-9]+>")
_EDGE = r"(?<![\w$€£#])(?:(?<!/)|(?=[a-z]))(?<!\d[.,])"


@cache
def rule(name: str) -> re.Pattern[str]:
    """One rule with its named groups, for the text as written."""
    return re.compile(RULES[name], re.IGNORECASE | re.VERBOSE)


@cache
def master() -> re.Pattern[str]:
    """All rules as one alternation, for text in lower case; the group that matched has its rule's name."""
    branches = "\n|".join(f"(?P<{name}>{_NAMED.sub('(?:', pattern)})" for name, pattern in RULES.items())
    return re.compile(rf"{_EDGE}(?:{branches})(?!\w)", re.VERBOSE)
