"""Saved articles, one a file: plain text and HTML, with `x.meta.json` beside `x.txt` where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from communique.records import Metadata, RawPage, sha256
from communique.sources.decoding import decode
from communique.sources.fields import checked_id, id_of, metadata_of, parsed
from communique.sources.limits import MAX_METADATA_BYTES
from communique.sources.opening import shown, stem_of, unpacked, whole


def text_file(path: Path) -> Iterator[RawPage]:
    """The one article of a plain text file. Raises `InputError` where it or its metadata cannot be read."""
    yield _page(path, "text")


def html_file(path: Path) -> Iterator[RawPage]:
    """The one article of a saved web page. Raises `InputError` where it or its metadata cannot be read."""
    yield _page(path, "html")


def metadata_path(path: Path) -> Path:
    """Where the metadata of a saved article is: `x.meta.json` beside `x.txt`, `x.txt.gz`, `x.html`."""
    return unpacked(path).with_suffix(".meta.json")


def is_metadata(path: Path) -> bool:
    """True for a file that is the metadata of another."""
    return path.name.lower().endswith(".meta.json")


def _page(path: Path, media: Literal["text", "html"]) -> RawPage:
    origin = shown(path)
    data = whole(path)
    given, metadata = _beside(metadata_path(path))
    return RawPage(
        id=given or checked_id(stem_of(path), origin),
        content=decode(data, html=media == "html"),
        media=media,
        metadata=metadata,
        origin=origin,
        sha256=sha256(data),
    )


def _beside(path: Path) -> tuple[str | None, Metadata]:
    """The id and the metadata that `path` gives; nothing where there is no such file."""
    if not path.exists():
        return None, Metadata()
    fields = parsed(decode(whole(path, MAX_METADATA_BYTES)), shown(path))
    return id_of(fields, shown(path)), metadata_of(fields, shown(path))
