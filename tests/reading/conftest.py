"""A raw page made of a few words, for every test of this room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest

from communique.records import Metadata, RawPage, sha256

MakePage = Callable[..., RawPage]


@pytest.fixture
def page() -> MakePage:
    """Make a raw page of `content`; keyword arguments other than `media` are its metadata."""

    def make(content: str, media: Literal["text", "html"] = "text", **metadata: str | None) -> RawPage:
        return RawPage(
            id="p",
            content=content,
            media=media,
            metadata=Metadata(**metadata),
            origin="p.txt",
            sha256=sha256(content),
        )

    return make
