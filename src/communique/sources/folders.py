"""Folders: every file below, in the order of the names, each real folder once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from communique.records import Failure
from communique.sources.opening import shown


def files_below(folder: Path) -> Iterator[Path | Failure]:
    """The files under `folder`, depth first, sorted by name; hidden files and folders are left out.

    Links to folders are followed, each real folder once, so that a loop of links ends. A folder that
    cannot be listed is a `Failure`.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if not path.is_dir():
                yield path
            elif _is_new(path, seen):
                waiting.extend(sorted(_visible(path), reverse=True))
        except OSError as error:
            yield Failure(origin=shown(path), reason=error.strerror or str(error))


def _visible(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    """True the first time that this real folder is met."""
    status = folder.stat()
    key = (status.st_dev, status.st_ino)
    new = key not in seen
    seen.add(key)
    return new
