"""Charts as SVG, made on the server: columns over time, lanes of events, small bars.

No chart holds what its page does not also give as a table or twin. Colours are CSS classes (`f-arms`), so that
light, dark and print follow the style sheet; a family has its shape and a status its pattern beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Protocol

from markupsafe import Markup, escape

from communique.knowledge.occupancies import CUTOFF
from communique.web.kinds import families, kind_look, kinds
from communique.web.names import names
from communique.web.plain import MONTHS, iso_in_words, short, shown

WIDTH: Final = 960
_RIGHT: Final = 48  # of columns: room for the scale, beside what is latest
_WIDEST: Final = 92.0


@dataclass(frozen=True)
class Column:
    """One column: what it is of, its parts by family in the order of drawing, and where a click leads.

    `value` None is "no report": nothing is known of that time, which is not zero.
    """

    label: str
    parts: tuple[tuple[str, int], ...] | None
    href: str | None = None
    tick: str | None = None

    @property
    def value(self) -> int | None:
        """The height of the column."""
        return None if self.parts is None else sum(n for _, n in self.parts)


@dataclass(frozen=True)
class Mark:
    """One event on a lane: its kind and status, its days, its label and where a click leads."""

    kind: str
    status: str
    start: date
    end: date
    label: str
    href: str


def columns(bars: Sequence[Column], *, label: str, height: int = 150) -> Markup:
    """Columns side by side, stacked by family; a shaded ground where there is no report at all."""
    most = max((bar.value or 0 for bar in bars), default=0)
    top = nice_top(most)
    step = min(_WIDEST, (WIDTH - _RIGHT) / max(1, len(bars)))
    body = [_grid(top, height)]
    for n, bar in enumerate(bars):
        body.append(_column(bar, x=n * step, step=step, top=top, height=height))
    return drawing(body, height=height + 24, label=label)


def lanes(marks: Iterable[Mark], *, label: str, row_height: int = 26) -> Markup:
    """A lane a kind, in the order of families, and on it the events from left to right by their days."""
    placed = list(marks)
    if not placed:
        return Markup()
    first, last = min(m.start for m in placed), max(m.end for m in placed)
    told = [k for k in kinds() if any(m.kind == k for m in placed)]
    left, height = 120, row_height * len(told)
    scale = (WIDTH - left - 14) / max(1, last.toordinal() - first.toordinal())

    def at(day: date) -> float:
        return left + (day.toordinal() - first.toordinal()) * scale

    body = [year_lines(first, last, at, height)]
    for n, kind in enumerate(told):
        y = n * row_height + row_height / 2
        body.append(Markup('<line class="lane" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(left, WIDTH, y, y))
        body.append(
            Markup('<text class="lane-name" x="{}" y="{}" text-anchor="end">{}</text>').format(
                left - 10, y + 4, kind_look(kind).name
            )
        )
        body += [drawn_mark(m, at(m.start), at(m.end), y) for m in placed if m.kind == kind]
    return drawing(body, height=height + 26, label=label)


class Held(Protocol):
    """A tenure as `tenures` draws it: ISO days or prefixes, no end where none is recorded."""

    person: str
    office: str
    code: str
    start: str
    end: str | None


def tenures(
    held: Sequence[Held], *, label: str = "Tenures", row_height: int = 26, by_person: bool = False
) -> Markup:
    """A bar for each tenure, from its first day to its last; without an end it fades out at the right.

    Bars are named by the office, or `by_person`.
    """
    known = [t for t in held if t.start]
    if not known:
        return Markup()
    first = min(int(t.start[:4]) for t in known)
    last = max(int((t.end or str(CUTOFF.year))[:4]) for t in known) + 1
    left, height = 240, row_height * len(known)
    scale = (WIDTH - left - 40) / max(1, last - first)
    body = [
        year_lines(date(first, 1, 1), date(last, 1, 1), lambda d: left + (_year(d) - first) * scale, height)
    ]
    for n, tenure in enumerate(known):
        name = tenure.person if by_person else f"{tenure.office}, {names().of(tenure.code)}"
        y = n * row_height + row_height / 2
        start = left + (_decimal_year(tenure.start) - first) * scale
        end = (
            WIDTH - 4.0
            if tenure.end is None
            else left + (_decimal_year(tenure.end, last=True) - first) * scale
        )
        body.append(
            Markup(
                '<text class="lane-name" x="{}" y="{}" text-anchor="end">{}</text>'
                '<rect class="tenure{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="12" rx="2">'
                "<title>{}</title></rect>"
            ).format(
                left - 10, y + 4, shown(short(name, 30)),
                " open" if tenure.end is None else "", start, y - 6, max(2.0, end - start),
                f"{iso_in_words(tenure.start)} to {iso_in_words(tenure.end) if tenure.end else 'no end recorded'}",
            )
        )  # fmt: skip
    return drawing(body, height=height + 26, label=label)


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _decimal_year(prefix: str, *, last: bool = False) -> float:
    """An ISO day, month or year as a number of years; `last` takes the end of what it leaves open."""
    parts = [int(p) for p in prefix.split("-")]
    month = parts[1] if len(parts) > 1 else 12 if last else 1
    day = parts[2] if len(parts) > 2 else 28 if last else 1
    return _year(date(parts[0], month, day))


@lru_cache(4096)
def share(value: float, *, label: str) -> Markup:
    """A small bar from 0 to 1, for a cell of a table."""
    width = max(0.0, min(1.0, value)) * 48
    return Markup(
        '<svg class="share" viewBox="0 0 48 8" width="48" height="8" role="img" aria-label="{}">'
        '<rect class="share-ground" width="48" height="8" rx="1"/>'
        '<rect class="share-bar" width="{:.1f}" height="8" rx="1"/></svg>'
    ).format(label, width)


@lru_cache(256)
def glyph(kind: str) -> Markup:
    """The small symbol of a kind: its family's shape in its family's colour; named in words beside it."""
    look = families().get(kind_look(kind).family)
    if look is None:
        return Markup()
    return Markup(
        '<svg class="glyph f-{}" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">'
        '<path d="{}" fill-rule="evenodd"/></svg>'
    ).format(look.id, look.shape)


def nice_top(most: int) -> int:
    """The least of 4, 5, 6, 8, 10, 12, 16, 20, 30, 40, 50, 60, 80, 100, 120, ... that is not under `most`."""
    step = 1
    while True:
        for base in (4, 5, 6, 8, 10, 12, 16, 20, 30):
            if base * step >= most:
                return base * step
        step *= 10


def drawing(body: Sequence[Markup], *, height: int, label: str) -> Markup:
    """The parts of a chart as one SVG, as wide as all charts, heard under its label."""
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>').format(
        WIDTH, height, shown(label), Markup("").join(body)
    )


def _grid(top: int, height: int) -> Markup:
    lines = []
    for part in (0, 0.5, 1):
        y = height - part * (height - 14)
        if part == 0.5 and top % 2:
            continue
        lines.append(
            Markup('<line class="grid" x1="0" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(WIDTH - _RIGHT, y, y)
        )
        lines.append(
            Markup('<text class="tick" x="{}" y="{:.1f}">{}</text>').format(
                WIDTH - _RIGHT + 6, y + 4, int(top * part)
            )
        )
    return Markup("").join(lines)


def _column(bar: Column, *, x: float, step: float, top: int, height: int) -> Markup:
    said, name = "no report" if bar.value is None else str(bar.value), escape(shown(bar.label))
    parts = "".join(_stacked(bar, x=x, step=step, top=top, height=height))
    hit = f'<rect class="hit" x="{x:.1f}" y="0" width="{step:.1f}" height="{height}"/>'
    drawn = f"<title>{name}: {said}</title>{parts}{hit}"
    if bar.href and bar.value:
        drawn = f'<a href="{escape(bar.href)}" aria-label="{name}: {said}">{drawn}</a>'
    else:
        drawn = f"<g>{drawn}</g>"
    if bar.tick:
        at = min(max(x + step / 2, 18), WIDTH - 18)
        drawn += f'<text class="tick" x="{at:.1f}" y="{height + 17}" text-anchor="middle">{escape(bar.tick)}</text>'
    return Markup(drawn)


def _stacked(bar: Column, *, x: float, step: float, top: int, height: int) -> Iterator[str]:
    """The parts of a column from the ground up, or the shade that says that there is no report."""
    if bar.parts is None:
        yield f'<rect class="no-report" x="{x:.1f}" y="14" width="{step:.1f}" height="{height - 14}"/>'
    gap, y = min(3.0, step * 0.2), float(height)
    for family, count in bar.parts or ():
        tall = count / top * (height - 14)
        y -= tall
        size = f'x="{x + gap / 2:.1f}" y="{y:.2f}" width="{step - gap:.1f}" height="{tall:.2f}"'
        yield f'<rect class="bar f-{escape(family)}" {size}/>'


def drawn_mark(mark: Mark, x: float, end: float, y: float) -> Markup:
    """An event on a lane at the height `y`, from `x` to `end`: its shape, and a bar where it lasts."""
    look = families()[kind_look(mark.kind).family]
    span = ""
    if end - x > 12:
        size = f'x="{x:.1f}" y="{y - 3:.1f}" width="{end - x:.1f}"'
        span = f'<rect class="span f-{look.id}" {size} height="6" rx="3"/>'
    label, to = escape(shown(mark.label)), f"translate({x - 8:.1f} {y - 8:.1f})"
    shape = f'<path class="mark f-{look.id} s-{escape(mark.status)}" transform="{to}" d="{look.shape}"/>'
    return Markup(
        f'<a href="{escape(mark.href)}" aria-label="{label}"><title>{label}</title>{span}{shape}</a>'
    )


def year_lines(first: date, last: date, at: object, height: float) -> Markup:
    """Lines at the beginning of years (of months within one year), with their names below."""
    assert callable(at)
    years = last.year - first.year + 1
    every = 1 if years <= 14 else 5 if years <= 60 else 10
    out = []
    if years == 1:
        for month in range(first.month, last.month + 1):
            day = max(first, date(first.year, month, 1))
            out.append(_tick(at(day), height, f"{MONTHS[month - 1]} {first.year}"))
        return Markup("").join(out)
    for year in range(first.year, last.year + 1):
        if year % every == 0 and date(year, 1, 1) >= first:
            out.append(_tick(at(date(year, 1, 1)), height, str(year)))
    return Markup("").join(out)


def _tick(x: float, height: float, label: str) -> Markup:
    return Markup(
        '<line class="grid" x1="{:.1f}" x2="{:.1f}" y1="0" y2="{}"/><text class="tick" x="{:.1f}" y="{}">{}</text>'
    ).format(x, x, height, x + 2, height + 18, label)
