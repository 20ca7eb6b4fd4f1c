"""JSON files: one document object, or a list of them that is read object by object."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from communique.errors import InputError
from communique.records import Failure, RawPage, sha256
from communique.sources.decoding import mark_encoding, without_unwanted
from communique.sources.fields import as_object, page_of
from communique.sources.limits import MAX_DOCUMENT_BYTES, TOO_LARGE
from communique.sources.opening import buffered, opened, shown, stem_of

_CHUNK: Final = 1024 * 1024


def json_file(path: Path) -> Iterator[RawPage | Failure]:
    """The documents of a JSON file. An object that is not a document is a `Failure` with its place.

    Raises `InputError` where the JSON itself is broken: what stands before the break is yielded first.
    """
    with opened(path) as stream:
        yield from json_documents(stream, origin=shown(path), stem=stem_of(path))


def json_documents(stream: BinaryIO, *, origin: str, stem: str) -> Iterator[RawPage | Failure]:
    """The documents of a JSON stream; objects of a list are counted from 1 and named `origin:number`.

    A document without an id is `stem`, in a list `<stem>-<number>`. Its hash is that of its own JSON
    as UTF-8.
    """
    text = _Window(stream, origin)
    try:
        yield from _list(text, origin, stem) if text.peek() == "[" else _single(text, origin, stem)
    finally:
        text.release()


def _single(text: _Window, origin: str, stem: str) -> Iterator[RawPage]:
    source, value = text.take()
    text.finish()
    yield page_of(as_object(value, origin), origin=origin, sha256=sha256(source), default_id=stem)


def _list(text: _Window, origin: str, stem: str) -> Iterator[RawPage | Failure]:
    for number, (source, value) in enumerate(_elements(text), start=1):
        where = f"{origin}:{number}"
        try:
            fields = as_object(value, where)
            yield page_of(fields, origin=where, sha256=sha256(source), default_id=f"{stem}-{number}")
        except InputError as error:
            yield Failure(origin=error.origin, reason=error.reason)


def _elements(text: _Window) -> Iterator[tuple[str, object]]:
    """The elements of the list that begins here, each with the JSON that it was written in."""
    text.skip("[")
    if text.peek() != "]":
        yield text.take()
        while text.peek() == ",":
            text.skip(",")
            yield text.take()
    text.skip("]")
    text.finish()


class _Window:
    """The part of a JSON text that is being read: it grows until a value is whole, and then moves on."""

    def __init__(self, stream: BinaryIO, origin: str) -> None:
        reader = buffered(stream)
        encoding = mark_encoding(reader.peek(4)[:4]) or "utf-8"
        self._text = io.TextIOWrapper(reader, encoding=encoding, errors="replace")
        self._origin = origin
        self._buffer = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def peek(self) -> str:
        """The next character that is not white space; "" at the end."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in " \t\r\n\x00":
                    return self._buffer[self._at]
                self._at += 1
            if not self._grow(_CHUNK):
                return ""

    def skip(self, wanted: str) -> None:
        """Go past `wanted`, which must come next."""
        found = self.peek()
        if found != wanted:
            raise InputError(self._origin, f"broken JSON: {wanted!r} is wanted, not {found or 'the end'!r}")
        self._at += 1

    def take(self) -> tuple[str, object]:
        """The next value and the text it was written in."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except RecursionError as error:
                raise InputError(self._origin, "JSON nested too deeply") from error
            except ValueError as error:
                self._grow_or_refuse(error)
                continue
            if end == len(self._buffer) and not isinstance(value, dict | list) and self._grow(_CHUNK):
                continue  # a number may go on in the next part
            source, self._at = self._buffer[self._at : end], end
            return without_unwanted(source), value

    def finish(self) -> None:
        """Nothing but white space may be left."""
        if self.peek():
            raise InputError(self._origin, "broken JSON: something follows its end")

    def release(self) -> None:
        """Leave the stream open, and to whoever opened it."""
        self._text.detach().detach()

    def _grow_or_refuse(self, error: ValueError) -> None:
        held = len(self._buffer) - self._at
        if held > MAX_DOCUMENT_BYTES:
            raise InputError(self._origin, f"broken JSON, or an object {TOO_LARGE}") from error
        if not self._grow(max(_CHUNK, held)):
            raise InputError(self._origin, f"broken JSON: {error}") from error

    def _grow(self, size: int) -> bool:
        """Read on; False at the end of the stream."""
        more = self._text.read(size)
        self._buffer, self._at = self._buffer[self._at :] + more, 0
        return bool(more)
