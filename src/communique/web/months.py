"""Events by month, beside how many documents there are of it: what was told, and where nothing could be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from communique.archive import Archive
from communique.archive.records import EventFilter
from communique.web import counted
from communique.web.charts import Column, columns
from communique.web.kinds import families, kind_look
from communique.web.page import Row, Shown
from communique.web.plain import MONTHS, plural

_LONGEST = 120  # months in one chart; longer spans are shown by years


class Month(Shown):
    """A month ("2016-05") or a year ("2016"): events by kind, and documents published (0: no report is to be had)."""

    period: str
    kinds: dict[str, int]
    documents: int

    @property
    def events(self) -> int:
        """All events of the month."""
        return sum(self.kinds.values())


MONTH_COLUMNS = ("period", "kind", "events", "documents")


def months(archive: Archive, *, codes: tuple[str, ...] = (), last: int | None = None) -> Iterator[Month]:
    """Every month from the first with an event or a document to the last, or the `last` ones of them.

    Spans of more than ten years come by years. Only events that are dated to within a month count.
    """
    covered = dict(counted.coverage(archive))
    told: dict[str, dict[str, int]] = {}
    for month, kind, count in counted.chosen(archive, EventFilter(between=codes)).by_month():
        told.setdefault(month, {})[kind] = count
    periods = _span(sorted({*told, *(() if codes else covered)}))
    if last is not None:
        yield from _made(periods[-last:], told, covered)
    elif len(periods) <= _LONGEST:
        yield from _made(periods, told, covered)
    else:
        yield from _made(_years(periods), _by_year(told), _summed(covered))


def month_cells(found: Sequence[Month]) -> Iterator[Row]:
    """One row a month and kind, in the order of `MONTH_COLUMNS`."""
    for month in found:
        for kind, count in sorted(month.kinds.items()):
            yield month.period, kind, count, month.documents


def month_chart(found: Sequence[Month], address: str, *, label: str) -> Markup:
    """The months as columns by family; a click leads to the events of the month: `address` with its days.

    A month without any document is shaded: no report, which is not the same as no event.
    """
    bars, mark = [], "&" if "?" in address else "?"
    for month in found:
        parts = _by_family(month.kinds) if month.events or month.documents else None
        bars.append(
            Column(
                label=f"{period_in_words(month.period)}: {plural(month.documents, 'document')}; events",
                parts=parts,
                href=f"{address}{mark}since={month.period}&until={month.period}&within=month",
                tick=_tick(month.period, len(found)),
            )
        )
    return columns(bars, label=label)


def period_in_words(period: str) -> str:
    """ "2016-05" is "May 2016", "2016" itself."""
    year, _, month = period.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year


def _tick(period: str, many: int) -> str | None:
    year, _, month = period.partition("-")
    if not month:
        return year if many <= 14 or int(year) % 5 == 0 else None
    if month == "01":
        return year
    return MONTHS[int(month) - 1] if many <= 26 and month in ("04", "07", "10") else None


def _by_family(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for kind, count in counts.items():
        family = kind_look(kind).family
        sums[family] = sums.get(family, 0) + count
    return tuple((family, sums[family]) for family in families() if family in sums)


def _made(
    periods: Sequence[str], told: dict[str, dict[str, int]], covered: dict[str, int]
) -> Iterator[Month]:
    for period in periods:
        yield Month(period=period, kinds=told.get(period, {}), documents=covered.get(period, 0))


def _span(found: Sequence[str]) -> list[str]:
    """All months from the first to the last of those."""
    if not found:
        return []
    (y, m), (last_y, last_m) = ((int(p[:4]), int(p[5:])) for p in (found[0], found[-1]))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(y * 12 + m - 1, last_y * 12 + last_m)]


def _years(periods: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(p[:4] for p in periods))


def _by_year(told: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    years: dict[str, dict[str, int]] = {}
    for month, kinds in told.items():
        year = years.setdefault(month[:4], {})
        for kind, count in kinds.items():
            year[kind] = year.get(kind, 0) + count
    return years


def _summed(covered: dict[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, count in covered.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return years
