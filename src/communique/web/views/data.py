"""Data: every export as a download, the record's version, the coding passes and what failed in them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from communique import __version__
from communique.archive import Archive, Run
from communique.export import FORMATS, Format, TextFormat
from communique.export.formats import packed
from communique.web.page import Asked, Missing, Page, Row, Shown, Table


class Download(Shown):
    """One export: its format's name and title, the file that comes, its media type, and what it holds."""

    format: str
    title: str
    file: str
    media: str
    holds: str


class Data(Shown):
    """What can be taken away, and of which version it is."""

    version: str
    last_run: Run | None
    downloads: tuple[Download, ...]


def data(archive: Archive, asked: Asked) -> Data:
    """All exports, and the version of the program and of the last run."""
    runs = archive.runs()
    return Data(version=__version__, last_run=runs[-1] if runs else None, downloads=tuple(_downloads()))


def _downloads() -> Iterator[Download]:
    for name, chosen in FORMATS.items():
        file, media = _file_of(chosen)
        yield Download(format=name, title=chosen.title, file=file, media=media, holds=chosen.about)


def _file_of(chosen: Format) -> tuple[str, str]:
    """The name and the media type of what is downloaded: the file where it is one, else a ZIP file of all."""
    if isinstance(chosen, TextFormat) and chosen.alone:
        return chosen.file, chosen.media
    return f"{chosen.file.partition('.')[0]}.zip", "application/zip"


def download_rows(archive: Archive, asked: Asked) -> Iterator[Row]:
    """The exports as rows of the CSV twin."""
    for one in _downloads():
        yield one.format, one.title, one.file, one.media, one.holds


def download(request: Request, format: str) -> Response:
    """The file of one export, as `communique export` writes it; several files come as one ZIP file."""
    if format not in FORMATS:
        raise Missing(f"There is no export {format}.")
    chosen, archive = FORMATS[format], request.app.state.desk.archive
    file, media = _file_of(chosen)
    pieces: Iterator[bytes]
    if isinstance(chosen, TextFormat) and chosen.alone:
        pieces = _portions(chosen.lines(archive))
    else:
        pieces = packed(chosen, archive)
    headers = {"content-disposition": f'attachment; filename="{file}"', "cache-control": "private, no-cache"}
    return StreamingResponse(_begun(pieces), media_type=media, headers=headers)


def _begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first of them made now, so that an error is told before anything is sent."""
    first = next(pieces, b"")
    return chain([first], pieces)


def _portions(lines: Iterator[str]) -> Iterator[bytes]:
    """The lines, some hundred at a time."""
    while portion := list(islice(lines, 500)):
        yield "".join(portion).encode()


class Runs(Shown):
    """All coding passes, the last one first, with their failures."""

    runs: tuple[Run, ...]


def runs(archive: Archive, asked: Asked) -> Runs:
    """The coding passes."""
    return Runs(runs=tuple(reversed(archive.runs())))


def failure_rows(archive: Archive, asked: Asked) -> Iterator[Row]:
    """One row a failure."""
    for run in archive.runs():
        for failure in run.failures:
            yield run.id, run.state, failure.origin, failure.reason


PAGES = (
    Page(
        name="data",
        path="/data",
        title="Data and downloads",
        about="Every export of the archive, and of which version it is.",
        template="data.html",
        data=data,
        gives=Data,
        table=Table(("format", "title", "file", "media", "holds"), download_rows),
        place="data",
    ),
    Page(
        name="runs",
        path="/runs",
        title="Runs and failures",
        about="The coding passes, with their inputs, counts and failures; the CSV twin lists the failures.",
        template="runs.html",
        data=runs,
        gives=Runs,
        table=Table(("run", "state", "origin", "reason"), failure_rows),
        place="data",
    ),
)
