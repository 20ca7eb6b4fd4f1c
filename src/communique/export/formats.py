"""What an export format is: text files made line by line, or a folder of binary files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from communique.archive import Archive
from communique.errors import SettingsError

_PIECE: Final = 1 << 16
Lines = Callable[[Archive], Iterator[str]]


@dataclass(frozen=True)
class TextFormat:
    """A format of one or more text files. The first is the format itself; the others stand beside it in a folder.

    `media` is the media type of the first, `about` one line for a list of downloads, and `files` gives for
    each file name the function that makes its lines, each with its line end.
    """

    title: str
    about: str
    media: str
    files: tuple[tuple[str, Lines], ...]

    @property
    def file(self) -> str:
        """The name of the first file."""
        return self.files[0][0]

    @property
    def lines(self) -> Lines:
        """The function that makes the lines of the first file."""
        return self.files[0][1]

    @property
    def alone(self) -> bool:
        """True where it is one file, and not several."""
        return len(self.files) == 1


@dataclass(frozen=True)
class FolderFormat:
    """A format of several files that only stand together: `write` makes them in a folder that is there.

    `file` is the folder's name, `media` the media type of the files in it.
    """

    title: str
    about: str
    media: str
    file: str
    write: Callable[[Archive, Path], None]


Format = TextFormat | FolderFormat


def write_format(chosen: Format, archive: Archive, folder: Path) -> list[Path]:
    """Write all files of a format into a folder, which is made where it is missing; gives their paths, in order.

    Raises SettingsError where they cannot be written, or where the format wants an extra that is not installed.
    """
    if isinstance(chosen, TextFormat):
        make_folder(folder)
        for name, lines in chosen.files:
            write_file(lines(archive), folder / name)
        return [folder / name for name, _ in chosen.files]
    inner = folder / chosen.file
    make_folder(inner)
    chosen.write(archive, inner)
    return sorted(inner.iterdir())


def packed(chosen: Format, archive: Archive) -> Iterator[bytes]:
    """All files of a format as one ZIP file, in pieces. The same archive gives the same bytes: no times are kept."""
    with TemporaryDirectory(prefix="communique-") as name:
        folder, out = Path(name) / "files", Path(name) / "files.zip"
        written = write_format(chosen, archive, folder)
        with ZipFile(out, "w", ZIP_DEFLATED) as pack:
            for path in written:
                entry = ZipInfo(path.relative_to(folder).as_posix(), date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = ZIP_DEFLATED
                with path.open("rb") as source, pack.open(entry, "w", force_zip64=True) as target:
                    copyfileobj(source, target)
        with out.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def write_file(lines: Iterable[str], path: Path) -> None:
    """Write lines; the file appears whole under its name or not at all. Raises SettingsError where it cannot."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        part.replace(path)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises SettingsError where it cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{folder}: {error.strerror}") from error
