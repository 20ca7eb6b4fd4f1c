"""What a document is called on a page: by its title, or by how its text begins where it has none."""

from __future__ import annotations

from communique.archive import Archive
from communique.archive.pages import opening_of
from communique.web.plain import short

_LENGTH = 80


def titled(archive: Archive, doc_id: str, title: str | None = None) -> str:
    """The title (looked up where it is not given), else the first words of the text, else the id."""
    if title:
        return title
    return called(doc_id, *(opening_of(archive, doc_id) or (None, "")))


def called(doc_id: str, title: str | None, text: str) -> str:
    """The title of a document whose text is at hand, else its first words, else its id."""
    return title or short(text, _LENGTH) or doc_id
