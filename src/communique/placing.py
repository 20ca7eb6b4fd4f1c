"""Finds the place of a page in the archive: new, known, to be coded again, or under an id of its own.

Same id and same text (or same raw page) is the same document. Same id and other text is another
document, which takes the id with a suffix: `report`, `report~2`, `report~3`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, count

from sqlalchemy import Connection

from communique.archive import Archive, Standing, queries
from communique.errors import InputError
from communique.reading import read
from communique.records import RawPage, Record, sha256


class Place(Record):
    """A page with the id that it has in the archive, and whether it is there already, coded by these rules.

    `renamed_from` is the id that it came with, where that was taken.
    """

    page: RawPage
    known: bool = False
    renamed_from: str | None = None


def page_key(page: RawPage) -> str:
    """A hash of the raw page and of what was said of it: the same key means the same document is read."""
    return sha256(json.dumps([page.media, page.sha256, page.metadata.model_dump()], sort_keys=True))


class Placing:
    """The places of successive pages, given what the archive holds and which pages are under way.

    What it gives does not hang on how far the pages under way have come.
    """

    def __init__(self, archive: Archive, coder: str) -> None:
        self._archive = archive
        self._coder = coder
        self._under_way: dict[str, RawPage] = {}

    def find(self, page: RawPage) -> Place:
        """The place of the page; unless it is known, it is under way from now on until it is settled."""
        came_as = page.renamed_from or page.id
        with self._archive.reading() as connection:
            doc_id = self._identify(connection, page, came_as)
            held = queries.standing(connection, doc_id)
        known = held is not None and (held.page_key, held.coder) == (page_key(page), self._coder)
        if doc_id != page.id:
            page = page.model_copy(update={"id": doc_id})
        if not known:
            self._under_way[doc_id] = page
        return Place(page=page, known=known, renamed_from=came_as if doc_id != came_as else None)

    def settled(self, pages: Iterable[RawPage]) -> None:
        """The pages are in the archive, or have failed."""
        for page in pages:
            self._under_way.pop(page.id, None)

    def _identify(self, connection: Connection, page: RawPage, name: str) -> str:
        """The id of the document that the page is: its own, a suffixed one held already, or the next free."""
        for candidate in chain((page.id,), _suffixed(name)):
            other = self._under_way.get(candidate) or queries.standing(connection, candidate)
            if other is None or _is_same(page, other):
                return candidate
        raise AssertionError("suffixes never end")


def _suffixed(name: str) -> Iterator[str]:
    return (f"{name}~{n}" for n in count(2))


def _is_same(page: RawPage, other: RawPage | Standing) -> bool:
    """True when the other is the same raw page or, read, has the same text."""
    if isinstance(other, RawPage):
        return page.sha256 == other.sha256 or _text_sha256(page) == _text_sha256(other)
    return page.sha256 == other.raw_sha256 or _text_sha256(page) == other.text_sha256


def _text_sha256(page: RawPage) -> str:
    """The hash of the page's text; of a page that cannot be read, one that only this raw page has."""
    try:
        return read(page).text_sha256
    except InputError:
        return f"unreadable {page.sha256}"
