"""One real parse of a text of our own, in the shipped model and tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from communique.coding.parse import Parse
from communique.coding.parser import parse_documents
from communique.knowledge.knowledge import default_knowledge
from communique.records import Document, Interval, Published, sha256


@pytest.fixture(scope="session")
def parse_text() -> Callable[..., Parse]:
    """Parses a text: `parse_text(text, outlet="Tehran Times", day="2020-08-22")`."""

    def parse(text: str, outlet: str | None = None, day: str | None = None) -> Parse:
        interval = Interval(start=date.fromisoformat(day), end=date.fromisoformat(day)) if day else None
        published = Published(interval=interval, found="given" if day else "unknown")
        document = Document(
            id="d", text=text, outlet=outlet, published=published, origin="-",
            raw_sha256=sha256(text), text_sha256=sha256(text),
        )  # fmt: skip
        return next(iter(parse_documents([document], default_knowledge().gazetteer)))

    return parse
