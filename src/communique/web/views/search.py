"""Search: one box over events, claims, documents, statements and people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from communique.archive import Archive, Hit
from communique.archive import pages as asks
from communique.archive.pages import DocumentFilter, PersonRow
from communique.archive.search import What
from communique.web import counted
from communique.web.asking import EventsAsked, in_words
from communique.web.memory import remembered
from communique.web.names import names
from communique.web.page import Page, Portion, Row, Shown, Table
from communique.web.shapes import EVENT_COLUMNS, EventRow
from communique.web.views.events import event_rows

Sort = Literal["events", "claims", "documents", "statements", "people"]
_WHAT: dict[Sort, What] = {"claims": "claim", "documents": "document", "statements": "statement"}
_FEW, _MANY = 5, 100


class SearchAsked(EventsAsked):
    """What is looked for, and in which sort of things (all by default)."""

    what: Sort | None = Field(None, description="Only things of this sort.")


class SearchShown(Shown):
    """What was found of each sort: the best of them, and for events, documents and people how many there are.

    `portion` is told where claims or statements are listed without words: all of the archive's, the latest first.
    """

    filter: str
    code: str | None
    events: tuple[EventRow, ...]
    hits: dict[str, tuple[Hit, ...]]
    portion: Portion | None
    people: tuple[PersonRow, ...]
    totals: dict[str, int]
    facets: dict[str, list[tuple[str, int]]]


def search(archive: Archive, asked: SearchAsked) -> SearchShown:
    """What the words find, of each sort that was asked for."""
    sorts: tuple[Sort, ...] = (
        (asked.what,) if asked.what else ("events", "claims", "documents", "statements", "people")
    )
    many = _MANY if asked.what else _FEW
    wanted, words = asked.wanted(), asked.q or ""
    events = counted.listed(
        archive,
        wanted,
        order=asked.order,
        reverse=asked.reverse,
        limit=asked.size if asked.what else _FEW,
        offset=asked.offset,
    )
    totals, listed = _totals(archive, asked), _listed(archive, asked)
    return SearchShown(
        filter=in_words(asked),
        code=_named(words),
        events=tuple(EventRow.of(e) for e in events) if "events" in sorts else (),
        hits={s: tuple(_hits(archive, words, s, many)) for s in sorts if s in _WHAT} | listed,
        portion=Portion.of(totals[asked.what], asked) if listed and asked.what else None,
        people=tuple(asks.people(archive, name=words, limit=many)) if "people" in sorts and words else (),
        totals=totals,
        facets=counted.facets(archive, wanted),
    )


def _hits(archive: Archive, words: str, sort: Sort, many: int) -> list[Hit]:
    if not words:
        return []
    question = ("hits", words, sort, many)
    return remembered(archive, question, lambda: archive.search(words, what=(_WHAT[sort],), limit=many))


def _listed(archive: Archive, asked: SearchAsked) -> dict[str, tuple[Hit, ...]]:
    """All claims or all statements, where they are asked for without words: a portion of them."""
    if asked.q or asked.what not in ("claims", "statements"):
        return {}
    found = archive.latest(_WHAT[asked.what], limit=asked.size, offset=asked.offset)
    return {asked.what: tuple(found)}


def _totals(archive: Archive, asked: SearchAsked) -> dict[str, int]:
    totals = {"events": counted.total(archive, asked.wanted())}
    if not asked.q:
        held = remembered(archive, "overview", archive.overview)
        totals |= {"claims": held.claims, "documents": held.documents, "statements": held.statements}
        totals["people"] = remembered(archive, "people", lambda: asks.count_people(archive))
    if asked.q:
        wanted = DocumentFilter(text=asked.q)
        totals["documents"] = remembered(
            archive, ("documents", wanted), lambda: asks.count_documents(archive, wanted)
        )
        totals["people"] = asks.count_people(archive, name=asked.q)
    return totals


def _named(words: str) -> str | None:
    """The code of the state or organisation that the words as a whole name."""
    code = names().code(words)
    return code if code in names().actors else None


def _rows(archive: Archive, asked: SearchAsked) -> Iterator[Row]:
    return event_rows(archive, asked)


PAGES = (
    Page(
        name="search",
        path="/search",
        title="Search",
        about="Events, claims, documents, statements and people that the words find. The CSV twin holds the events.",
        template="search.html",
        data=search,
        gives=SearchShown,
        asked=SearchAsked,
        table=Table(EVENT_COLUMNS, _rows),
        place="search",
    ),
)
