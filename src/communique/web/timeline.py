"""The timeline of a dyad: a lane for each kind, and below on the same days the documents of each month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from markupsafe import Markup

from communique.web.charts import WIDTH, Mark, drawing, drawn_mark, year_lines
from communique.web.kinds import kind_look, kinds
from communique.web.months import period_in_words
from communique.web.plain import days_in_words, plural
from communique.web.shapes import EventRow

_LEFT: Final = 120
_ROW: Final = 26
_BARS: Final = 44
_AROUND: Final = timedelta(
    days=366
)  # shown before the first and after the last event, where documents are of it
_SHORTEST: Final = 180  # days on the axis at least
Place = Callable[[date], float]


def timeline(marks: Sequence[Mark], coverage: Sequence[tuple[str, int]], *, label: str) -> Markup:
    """The chart; nothing where there is no event.

    `coverage` are months ("2016-05") with the number of documents published in them. Months without any are shaded
    through all lanes: no report is to be had of them.
    """
    if not marks:
        return Markup()
    documents = dict(coverage)
    first, last = _span(marks, documents)
    scale = (WIDTH - _LEFT - 14) / max(1, (last - first).days)

    def at(day: date) -> float:
        return _LEFT + (min(max(day, first), last) - first).days * scale

    lanes = [kind for kind in kinds() if any(m.kind == kind for m in marks)]
    height = _ROW * len(lanes) + _BARS + 10
    months = list(_months(first, last))
    body = [_shades(months, documents, at, height), year_lines(first, last, at, height)]
    for n, kind in enumerate(lanes):
        body += _lane(kind, [m for m in marks if m.kind == kind], at, n * _ROW + _ROW / 2)
    body.append(_bars(months, documents, at, height))
    return drawing(body, height=height + 26, label=label)


def event_marks(rows: Iterable[EventRow], address: Callable[[str], str]) -> list[Mark]:
    """Events as marks, each leading to its page (`address` of its id); those without a date are left out."""
    return [
        Mark(
            kind=row.kind,
            status=row.status,
            start=row.date.start,
            end=row.date.end,
            label=f"{days_in_words(row.date)}: {kind_look(row.kind).name}, {row.status}",
            href=address(row.id),
        )
        for row in rows
        if row.date
    ]


def _span(marks: Sequence[Mark], documents: dict[str, int]) -> tuple[date, date]:
    """From the first to the last event, and on both sides as far as documents go, a year at most."""
    first, last = min(m.start for m in marks), max(m.end for m in marks)
    if documents:
        covered = _first_of(min(documents)), _last_of(max(documents))
        first = min(first, max(covered[0], first - _AROUND))
        last = max(last, min(covered[1], last + _AROUND))
    short = timedelta(days=max(0, _SHORTEST - (last - first).days) // 2)
    return (first - short).replace(day=1), _last_of(f"{last + short:%Y-%m}")


def _months(first: date, last: date) -> Iterator[str]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{number // 12:04d}-{number % 12 + 1:02d}"


def _first_of(month: str) -> date:
    return date(int(month[:4]), int(month[5:7]), 1)


def _last_of(month: str) -> date:
    return (_first_of(month) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _shades(months: Sequence[str], documents: dict[str, int], at: Place, height: float) -> Markup:
    """The ground of months without a document; those that follow each other in one piece."""
    pieces = []
    for empty, run in groupby(months, key=lambda month: not documents.get(month)):
        here = list(run)
        if empty:
            x, end = at(_first_of(here[0])), at(_last_of(here[-1]))
            told = period_in_words(here[0]) + (f" to {period_in_words(here[-1])}" if len(here) > 1 else "")
            pieces.append(
                Markup(
                    '<rect class="no-report" x="{:.1f}" y="0" width="{:.1f}" height="{}"><title>{}: no document, '
                    "so no report</title></rect>"
                ).format(x, max(0.8, end - x), height, told)
            )
    return Markup("").join(pieces)


def _lane(kind: str, marks: Sequence[Mark], at: Place, y: float) -> list[Markup]:
    line = Markup('<line class="lane" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(_LEFT, WIDTH, y, y)
    name = Markup('<text class="lane-name" x="{}" y="{}" text-anchor="end">{}</text>').format(
        _LEFT - 10, y + 4, kind_look(kind).name
    )
    return [line, name, *(drawn_mark(m, at(m.start), at(m.end), y) for m in marks)]


def _bars(months: Sequence[str], documents: dict[str, int], at: Place, height: float) -> Markup:
    """Documents of each month, from the ground up."""
    most = max((documents.get(month, 0) for month in months), default=0)
    parts = [
        Markup('<text class="lane-name" x="{}" y="{}" text-anchor="end">documents</text>').format(
            _LEFT - 10, height - 4
        ),
        Markup('<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>').format(
            _LEFT - 10, height - _BARS + 12, f"up to {most}" if most else ""
        ),
        Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(_LEFT, WIDTH, height, height),
    ]
    for month in months:
        if many := documents.get(month, 0):
            x, tall = at(_first_of(month)), many / most * _BARS
            width = max(1.0, at(_last_of(month)) - x - 0.6)
            size = f'x="{x:.1f}" y="{height - tall:.1f}" width="{width:.1f}" height="{tall:.1f}"'
            told = f"{period_in_words(month)}: {plural(many, 'document')}"
            parts.append(Markup(f'<rect class="documents" {size}><title>{told}</title></rect>'))
    return Markup("").join(parts)
