"""When a document was published, and how that was found. Never from the clock, a file or furniture."""

from __future__ import annotations

import re
from typing import Final

from communique.reading.days import DAY_AND_MONTH, url_interval, written_interval
from communique.records import Metadata, Published

_INLINE: Final = re.compile(
    r"\s*(?:publication |published |publish )?date:?\s+(?P<date>(?:19|20)\d\d-\d\d-\d\d)(?!\d)[T\d:.Z+]*\s*",
    re.I,
)
_DATE_LINE: Final = re.compile(
    r"(?:(?:publication |published |publish |posted )?(?:date|on)?:?\s*)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?P<date>(?:19|20)\d\d-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+(?:19|20)\d\d"
    r"|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d)(?:[T,\s]+\d{1,2}:\d\d(?::\d\d)?.{0,12})?",
    re.I,
)
_DATELINE_PLACE: Final = re.compile(
    r"[A-Z][\w.'’-]*(?:,? [A-Z][\w.'’-]*){0,5}?(?:\s*,\s*|\s*\([^()\n]{2,40}\),?\s*|\s*/\s*|(?<=[A-Z]{3})\s+)"
    r"(?=[A-Z][a-z]{2,8}\.?\s*\d|\d{1,2}\s*[A-Z][a-z]{2})"
)
_DATELINE_END: Final = re.compile(
    r"(?:[,.)]|\s*\([^()\n]{2,40}\)|\s*/[^/\n]{2,60}/?)*(?:\s*[-–—/:|]|\s*\n|\s*$|(?<=\.)\s+[A-Z\"“])"
)
_YEAR_AFTER: Final = re.compile(r"\s*,?\s*((?:19|20)\d\d)\b")
_MAX_EXPRESSION: Final = 120


def inline_date(text: str) -> tuple[Published | None, str]:
    """The `date 2017-01-30` with which a text begins, and the text without it."""
    match = _INLINE.match(text)
    interval = written_interval(match["date"]) if match else None
    if match is None or interval is None:
        return None, text
    return Published(interval=interval, found="inline", expression=match["date"]), text[match.end() :]


def date_line(body: str) -> tuple[Published | None, str]:
    """The date that is the first line of a body ("July 31, 2015", "date 2017-01-30"), and the body without it."""
    first, _, rest = body.partition("\n")
    match = _DATE_LINE.fullmatch(first.strip()) if rest.strip() else None
    interval = written_interval(match["date"]) if match else None
    if match is None or interval is None:
        return None, body
    return Published(interval=interval, found="inline", expression=match["date"]), rest.strip()


def published(given: Metadata, *, inline: Published | None, page_date: str | None, body: str) -> Published:
    """The document's own date: given, inline, page metadata, dateline, URL, or unknown, in this order.

    A dateline without a year ("Oct. 10") is kept as an expression with an unknown interval; so is a given
    date that states no day, month or year where nothing else does.
    """
    stated = _stated(given.date, "given")
    from_page = _stated(page_date, "metadata")
    dateline = dateline_date(body)
    for found in (stated, inline, from_page, dateline, _from_url(given.url)):
        if found is not None and found.interval is not None:
            return found
    return dateline or _unread(given.date or page_date)


def dateline_date(body: str) -> Published | None:
    """The date of the dateline ("WASHINGTON, March 3 1987 -") in the first two paragraphs, if any."""
    for line in [line for line in body[:2_000].split("\n") if line.strip()][:2]:
        place = _DATELINE_PLACE.match(line)
        match = DAY_AND_MONTH.match(line, place.end()) if place else None
        if match is None:
            continue
        year = _YEAR_AFTER.match(line, match.end())
        expression = line[match.start() : year.end() if year else match.end()]
        if _DATELINE_END.match(line, year.end() if year else match.end()):
            interval = written_interval(expression) if year else None
            return Published(interval=interval, found="dateline", expression=expression)
    return None


def _stated(date: str | None, found: str) -> Published | None:
    interval = written_interval(date[:_MAX_EXPRESSION]) if date else None
    if date is None or interval is None:
        return None
    return Published.model_validate(
        {"interval": interval, "found": found, "expression": date[:_MAX_EXPRESSION]}
    )


def _from_url(url: str | None) -> Published | None:
    found = url_interval(url[:2_000]) if url else None
    return Published(interval=found[0], found="url", expression=found[1]) if found else None


def _unread(date: str | None) -> Published:
    return Published(expression=date[:_MAX_EXPRESSION] if date else None)
