"""Values as text for readers: hostile characters made visible, days, numbers, filters in words."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from communique.records import Interval

_STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
    "|(?<![\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufefc])[\u200c\u200d]"
)
_DAY: Final = r"\d{4}-\d\d(?:-\d\d)?"
_ISO: Final = re.compile(rf"(?<![\w-]){_DAY}(?:\.\.{_DAY})?(?![\w-])")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown(value: Any) -> Any:
    """Text with control, bidirectional and invisible characters written as `⟨U+202E⟩`; None as nothing.

    Tab and line feed stay, and so do the joiners after Arabic and Indic letters, where spelling needs them.
    Markup that our own functions made is left as it is.
    """
    if type(value) is str and value.isascii() and value.isprintable():
        return value
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _STEERING.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", value)
    return value


def short(text: str | None, length: int = 160) -> str:
    """The text on one line, cut at a word's end to so many characters."""
    line = " ".join((text or "").split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(",;:") + "…"


def number(value: float | int | None) -> str:
    """A number with thin spaces between thousands; nothing for unknown."""
    if value is None:
        return ""
    whole = isinstance(value, int) or float(value).is_integer()
    return (f"{value:,.0f}" if whole else f"{value:,.2f}").replace(",", "\u202f")


def dollars(value: float | None) -> str:
    """A sum in US dollars as it is said: "$8.8 billion"."""
    if value is None:
        return ""
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if value >= size:
            return f"${value / size:.4g}{name}"
    return f"${number(round(value))}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 event", "1 204 events"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def days_in_words(interval: Interval | None) -> str:
    """An interval as people write it: "12 May 2016", "May 2016", "2016", "3–9 Jan 2020", "12 May – 3 Jun 2016".

    What is unknown is "undated".
    """
    if interval is None:
        return "undated"
    a, b = interval.start, interval.end
    if a == b:
        return _day(a)
    if _begins_month(a) and _ends_month(b):
        return _months(a, b)
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{_day(b)}"
    if a.year == b.year:
        return f"{a.day} {MONTHS[a.month - 1]} – {_day(b)}"
    return f"{_day(a)} – {_day(b)}"


def iso_in_words(days: str) -> str:
    """A day, month or year of ISO, or two with ".." between, as people write it: "2016-05" is "May 2016".

    What is no such thing is left as it is.
    """
    first, _, last = days.partition("..")
    try:
        return days_in_words(Interval(start=_ends(first)[0], end=_ends(last or first)[1]))
    except ValueError:
        return days


def text_with_days(text: str) -> str:
    """A text of our own with its ISO days and months as people write them; those in longer words are left."""
    return _ISO.sub(lambda m: iso_in_words(m[0]), text)


def _ends(prefix: str) -> tuple[date, date]:
    """The first and the last day of an ISO day, month or year."""
    year, month, day = (*map(int, prefix.split("-")), 0, 0)[:3]
    last = day or calendar.monthrange(year, month or 12)[1]
    return date(year, month or 1, day or 1), date(year, month or 12, last)


def _months(a: date, b: date) -> str:
    """Whole months: a year, a month, or a span of them."""
    if a.month == 1 and b.month == 12:
        return str(a.year) if a.year == b.year else f"{a.year}–{b.year}"
    if (a.year, a.month) == (b.year, b.month):
        return f"{MONTHS[a.month - 1]} {a.year}"
    first = MONTHS[a.month - 1] + ("" if a.year == b.year else f" {a.year}")
    return f"{first} – {MONTHS[b.month - 1]} {b.year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _begins_month(day: date) -> bool:
    return day.day == 1


def _ends_month(day: date) -> bool:
    return day.toordinal() == date.max.toordinal() or date.fromordinal(day.toordinal() + 1).day == 1


def choice_in_words(value: str) -> str:
    """A value of an event's choices for readers: "2016-05-01..2016-05-31" is "May 2016", "in_force" "in force"."""
    days = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", value)
    if days:
        return days_in_words(Interval.model_validate({"from": days[1], "to": days[2]}))
    return value.replace("_", " ") if re.fullmatch(r"[a-z_]+", value) else value


def precision(interval: Interval | None) -> str:
    """How exact a date is: "day", "month", "year", "span", or "unknown"."""
    if interval is None:
        return "unknown"
    length = interval.days
    if length == 1:
        return "day"
    if _begins_month(interval.start) and _ends_month(interval.end):
        return "month" if length <= 31 else "year" if 365 <= length <= 366 else "span"
    return "span"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """Words in a list: "a", "a and b", "a, b and c"."""
    words = list(parts)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def snippet_parts(snippet: str) -> list[tuple[str, bool]]:
    """The parts of a search's snippet, each with whether it was looked for (U+0002 and U+0003 stand around)."""
    parts: list[tuple[str, bool]] = []
    for n, piece in enumerate(re.split("[\x02\x03]", snippet)):
        if piece:
            parts.append((piece, n % 2 == 1))
    return parts


def safe_link(url: str | None) -> str | None:
    """The address where it is one of the web (http, https); None for all else, so that no script is linked."""
    if url and re.match(r"https?://[^\s\x00-\x1f]+$", url, re.IGNORECASE):
        return url
    return None


def pages_around(page: int, pages: int) -> Sequence[int | None]:
    """The numbers of the pager: first, last, and those around the present one; None where some are left out."""
    wanted = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    out: list[int | None] = []
    for n in wanted:
        if out and out[-1] is not None and n > out[-1] + 1:
            out.append(None)
        out.append(n)
    return out
