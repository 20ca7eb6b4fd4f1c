"""JSON Lines: one document a line, read line by line, so that the file may be of any length."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from communique.errors import InputError
from communique.records import Failure, RawPage, sha256
from communique.sources.decoding import decode, mark_encoding
from communique.sources.fields import page_of, parsed
from communique.sources.limits import MAX_DOCUMENT_BYTES, TOO_LARGE
from communique.sources.opening import buffered, opened, shown, stem_of


def json_lines_file(path: Path) -> Iterator[RawPage | Failure]:
    """The documents of a JSON Lines file; a line that cannot be taken is a `Failure` with its number."""
    with opened(path) as stream:
        yield from json_lines(stream, origin=shown(path), stem=stem_of(path))


def json_lines(stream: BinaryIO, *, origin: str, stem: str) -> Iterator[RawPage | Failure]:
    """The documents of a stream of lines. A document without an id is `<stem>-<line>`."""
    for number, line in enumerate(_lines(stream, origin), start=1):
        where = f"{origin}:{number}"
        if len(line) > MAX_DOCUMENT_BYTES:
            yield Failure(origin=where, reason=f"a line {TOO_LARGE}")
        elif line.strip():
            yield _document(line, where, f"{stem}-{number}")


def _document(line: bytes, where: str, default_id: str) -> RawPage | Failure:
    try:
        return page_of(parsed(decode(line), where), origin=where, sha256=sha256(line), default_id=default_id)
    except InputError as error:
        return Failure(origin=error.origin, reason=error.reason)


def _lines(stream: BinaryIO, origin: str) -> Iterator[bytes]:
    """The lines without their ends; of a line that is too long only its beginning, still too long."""
    reader = buffered(stream)
    try:
        wide = mark_encoding(reader.peek(4)[:4])
        if wide in ("utf-16", "utf-32"):
            yield from _wide_lines(reader, wide)
        else:
            yield from _byte_lines(reader)
    finally:
        reader.detach()


def _byte_lines(reader: io.BufferedReader[io.RawIOBase]) -> Iterator[bytes]:
    while line := reader.readline(MAX_DOCUMENT_BYTES + 2):
        rest = line
        while len(rest) > MAX_DOCUMENT_BYTES and not rest.endswith(b"\n"):
            rest = reader.readline(MAX_DOCUMENT_BYTES + 2) or b"\n"
        yield line.rstrip(b"\r\n")


def _wide_lines(reader: io.BufferedReader[io.RawIOBase], encoding: str) -> Iterator[bytes]:
    text = io.TextIOWrapper(reader, encoding=encoding, errors="replace", newline="\n")
    try:
        while line := text.readline(MAX_DOCUMENT_BYTES + 2):
            yield line.rstrip("\r\n").encode("utf-8", "surrogatepass")
    finally:
        text.detach()
