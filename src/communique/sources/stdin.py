"""Standard input: JSON Lines, JSON, HTML or plain text, told apart by how it begins; gzip is unpacked."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final, Literal, cast

from communique.errors import InputError
from communique.records import Failure, RawPage, sha256
from communique.sources.decoding import decode
from communique.sources.jsonfile import json_documents
from communique.sources.jsonlines import json_lines
from communique.sources.limits import MAX_DOCUMENT_BYTES, TOO_LARGE
from communique.sources.opening import buffered, taken, unzipped

_HEAD: Final = 64 * 1024
_GZIP: Final = b"\x1f\x8b"
_MARKUP: Final = re.compile(
    r"\s*(?:<\?xml\b|<!doctype html|<!--|<(?:html|head|body|title|meta|div|article|main|p|h1)\b)", re.I
)

STDIN_ORIGIN: Final = "-"
STDIN_ID: Final = "stdin"

Form = Literal["lines", "json", "html", "text"]


def standard_input(stream: BinaryIO) -> Iterator[RawPage | Failure]:
    """The documents of standard input. Raises `InputError` where it cannot be read."""
    reader = buffered(stream, _HEAD)
    try:
        with taken(STDIN_ORIGIN):
            if reader.peek(2).startswith(_GZIP):
                yield from _documents(buffered(unzipped(cast(BinaryIO, reader)), _HEAD))
            else:
                yield from _documents(reader)
    finally:
        reader.detach()


def _documents(reader: io.BufferedReader[io.RawIOBase]) -> Iterator[RawPage | Failure]:
    form = form_of(reader.peek(_HEAD)[:_HEAD])
    source = cast(BinaryIO, reader)
    if form == "lines":
        yield from json_lines(source, origin=STDIN_ORIGIN, stem=STDIN_ID)
    elif form == "json":
        yield from json_documents(source, origin=STDIN_ORIGIN, stem=STDIN_ID)
    else:
        yield _page(source, form)


def form_of(head: bytes) -> Form:
    """What a stream that begins with `head` holds. JSON Lines begin with an object that fills its line."""
    text = decode(head).lstrip("\ufeff \t\r\n")
    first = text.split("\n", 1)[0].rstrip()
    if text.startswith("{"):
        return "lines" if first.endswith("}") or "\n" not in text else "json"
    if re.match(r"\[\s*(?:\{|\]|$)", text):
        return "json"
    return "html" if _MARKUP.match(text) else "text"


def _page(stream: BinaryIO, media: Literal["html", "text"]) -> RawPage:
    data = stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise InputError(STDIN_ORIGIN, TOO_LARGE)
    content = decode(data, html=media == "html")
    return RawPage(id=STDIN_ID, content=content, media=media, origin=STDIN_ORIGIN, sha256=sha256(data))
