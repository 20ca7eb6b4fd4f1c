"""Home: what the archive holds, what happened lately, where to begin."""

from __future__ import annotations

from collections.abc import Iterator

from communique.archive import Archive, followed
from communique.archive import pages as asks
from communique.archive.followed import AgreementFilter, DealFilter
from communique.archive.pages import DocumentFilter
from communique.archive.records import Overview
from communique.linking.records import Agreement, Contradiction, Deal
from communique.web import counted
from communique.web.memory import remembered
from communique.web.months import MONTH_COLUMNS, Month, month_cells, months
from communique.web.page import Asked, Page, Row, Shown, Table
from communique.web.shapes import EventRow

_LATEST = 6


class Notice(Shown):
    """Something about the archive's quality that a reader should know: how many, what, and where they are listed."""

    count: int
    what: str
    page: str
    query: dict[str, str]


class Home(Shown):
    """What the archive holds, its quality notices, the activity over time, and the latest of each sort."""

    overview: Overview
    notices: tuple[Notice, ...]
    months: tuple[Month, ...]
    pairs: tuple[tuple[str, str, int], ...]
    events: tuple[EventRow, ...]
    deals: tuple[Deal, ...]
    agreements: tuple[Agreement, ...]
    contradictions: tuple[Contradiction, ...]


def home(archive: Archive, asked: Asked) -> Home:
    """The archive at a glance."""
    return remembered(archive, "home", lambda: _home(archive))


def _home(archive: Archive) -> Home:
    every = counted.chosen(archive)
    return Home(
        overview=archive.overview(),
        notices=tuple(_notices(archive)),
        months=tuple(months(archive)),
        pairs=tuple((pair.a, pair.b, pair.events) for pair in every.pairs(limit=10)),
        events=tuple(
            EventRow.of(e) for e in counted.listed(archive, counted.EVERY, order="sources", limit=_LATEST)
        ),
        deals=tuple(followed.deals(archive, DealFilter(), (_LATEST, 0))),
        agreements=tuple(followed.agreements(archive, AgreementFilter(), (_LATEST, 0))),
        contradictions=tuple(followed.contradictions(archive, window=(_LATEST, 0))),
    )


def _notices(archive: Archive) -> Iterator[Notice]:
    sorts: tuple[tuple[str, DocumentFilter, dict[str, str]], ...] = (
        ("without a date of their own", DocumentFilter(found="unknown"), {"found": "unknown"}),
        (
            "whose date was inferred from what they say",
            DocumentFilter(found="inferred"),
            {"found": "inferred"},
        ),
        ("that repeat another", DocumentFilter(copies=True), {"copies": "true"}),
        ("kept uncoded", DocumentFilter(aside=True), {"aside": "true"}),
    )
    for what, wanted, query in sorts:
        if count := asks.count_documents(archive, wanted):
            yield Notice(
                count=count,
                what=f"{'document' if count == 1 else 'documents'} {what}",
                page="documents",
                query=query,
            )
    runs = archive.runs()
    if runs and runs[-1].failed:
        failed = runs[-1].failed
        what = f"{'failure' if failed == 1 else 'failures'} in the last run"
        yield Notice(count=failed, what=what, page="runs", query={})


def _rows(archive: Archive, asked: Asked) -> Iterator[Row]:
    return month_cells(list(months(archive)))


PAGES = (
    Page(
        name="home",
        path="/",
        title="Communiqué",
        about="The archive at a glance; the CSV twin holds the events by month and kind.",
        template="home.html",
        data=home,
        gives=Home,
        table=Table(MONTH_COLUMNS, _rows),
        place="home",
    ),
)
