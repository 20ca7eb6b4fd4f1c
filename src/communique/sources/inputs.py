"""The inputs of a run, one after another: what is where, and an id of its own for each document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from communique.errors import InputError
from communique.records import Failure, RawPage
from communique.sources.folders import files_below
from communique.sources.jsonfile import json_file
from communique.sources.jsonlines import json_lines_file
from communique.sources.opening import kind_of, shown
from communique.sources.saved import html_file, is_metadata, text_file
from communique.sources.stdin import STDIN_ORIGIN, standard_input

Reader = Callable[[Path], Iterator[RawPage | Failure]]

READERS: Final[dict[str, Reader]] = {
    ".txt": text_file,
    ".html": html_file,
    ".htm": html_file,
    ".json": json_file,
    ".jsonl": json_lines_file,
}
"""What reads a file, by its ending (with or without a further `.gz`)."""


def open_sources(inputs: Sequence[str], *, stdin: BinaryIO | None = None) -> Iterator[RawPage | Failure]:
    """The documents of `inputs` in order: files, folders, and "-" for standard input.

    What cannot be taken comes as a `Failure` in its place. Each real file is read once. A document whose
    id an earlier one has gets the first free of `id~2`, `id~3`, ... and says so in `renamed_from`. In a
    folder files of other kinds are passed over; named as an input they are a `Failure`.
    """
    return _with_own_ids(_pages(inputs, stdin))


def _pages(inputs: Sequence[str], stdin: BinaryIO | None) -> Iterator[RawPage | Failure]:
    seen: set[tuple[int, int]] = set()
    for name in inputs:
        try:
            yield from _standard(stdin) if name == STDIN_ORIGIN else _under(Path(name), seen)
        except InputError as error:
            yield Failure(origin=error.origin, reason=error.reason)
            if name == STDIN_ORIGIN:
                stdin = None


def _standard(stdin: BinaryIO | None) -> Iterator[RawPage | Failure]:
    if stdin is None:
        raise InputError(STDIN_ORIGIN, "there is no standard input")
    yield from standard_input(stdin)


def _under(path: Path, seen: set[tuple[int, int]]) -> Iterator[RawPage | Failure]:
    """The documents of one input that is a path."""
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:
        raise InputError(shown(path), f"not a usable path: {error}") from error
    if not is_folder:
        yield from _file(path, seen)
        return
    for found in files_below(path):
        if isinstance(found, Failure):
            yield found
        elif kind_of(found) in READERS and not is_metadata(found):
            yield from _file(found, seen)


def _file(path: Path, seen: set[tuple[int, int]]) -> Iterator[RawPage | Failure]:
    """The documents of one file, unless it has been read before in this run."""
    try:
        if not _seen_before(path, seen):
            yield from _reader(path)(path)
    except InputError as error:
        yield Failure(origin=error.origin, reason=error.reason)


def _reader(path: Path) -> Reader:
    if is_metadata(path):
        raise InputError(shown(path), "the metadata of a document, not a document")
    reader = READERS.get(kind_of(path))
    if reader is None:
        known = ", ".join(READERS)
        raise InputError(shown(path), f"not a kind of file that is read ({known}, each also .gz)")
    return reader


def _seen_before(path: Path, seen: set[tuple[int, int]]) -> bool:
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise InputError(shown(path), "no such file or folder") from error
    except (OSError, ValueError) as error:
        raise InputError(shown(path), f"not a usable path: {error}") from error
    key = (status.st_dev, status.st_ino)
    again = key in seen
    seen.add(key)
    return again


def _with_own_ids(pages: Iterable[RawPage | Failure]) -> Iterator[RawPage | Failure]:
    """The same stream, in which no two pages have one id."""
    taken: set[str] = set()
    for page in pages:
        if isinstance(page, RawPage) and page.id in taken:
            page = page.model_copy(update={"id": _free(page.id, taken), "renamed_from": page.id})
        if isinstance(page, RawPage):
            taken.add(page.id)
        yield page


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}~{number}" in taken:
        number += 1
    return f"{name}~{number}"
