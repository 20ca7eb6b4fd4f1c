"""All names of all tables and how they are written, worked out once and kept on disk for the next process.

The file is named by the hash of every table, overlay and module that it was made from, so it is never
stale; it carries the hash of its own content, so a damaged one is made again. It is written beside and
renamed, so processes that start together see a whole file or none. Where the folder cannot be written,
nothing is kept and nothing is said.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path

from communique.knowledge.entries import Entry
from communique.knowledge.surfaces import Surfaces, surfaces_of

FOLDER_SETTING = "COMMUNIQUE_CACHE"
KEPT = 8
PARTS = ("exact", "shouted")


def prepared_surfaces(fingerprint: str, read_tables: Callable[[], Iterable[tuple[str, Entry]]]) -> Surfaces:
    """The names and their meanings, from the kept file of that fingerprint or else from the tables."""
    path = cache_folder() / f"names-{fingerprint[:32]}.json"
    surfaces = read_kept(path)
    if surfaces is None:
        surfaces = surfaces_of(read_tables())
        keep(path, surfaces)
    return surfaces


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The user's folder for files that can be made again, as the platform has it.

    The variable COMMUNIQUE_CACHE names another folder.
    """
    if environment.get(FOLDER_SETTING):
        return Path(environment[FOLDER_SETTING])
    if sys.platform == "win32":
        return (
            Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
            / "communique"
            / "Cache"
        )
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "communique"
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "communique"


def read_kept(path: Path) -> Surfaces | None:
    """The surfaces of a kept file; None where there is none, or it is not whole."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    digest, _, content = text.partition("\n")
    if _hash(content) != digest:
        return None
    held = json.loads(content)
    entries = [Entry(*fields) for fields in held["entries"]]
    rows = [tuple(entries[which] for which in row) for row in held["rows"]]
    exact, shouted = (
        dict(zip(held[part][0], map(rows.__getitem__, held[part][1]), strict=True)) for part in PARTS
    )
    return Surfaces(exact, shouted)


def keep(path: Path, surfaces: Surfaces) -> None:
    """Write the surfaces to the file in one step, and drop all but the newest few files of the folder."""
    content = json.dumps(_held(surfaces), ensure_ascii=False, separators=(",", ":"))
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, f"{_hash(content)}\n{content}")
        _drop_old(path.parent)


def _held(surfaces: Surfaces) -> dict[str, object]:
    """Entries, rows of entries by number, and for each table its names and their rows by number.

    Entries are told apart by identity, which is faster than by value; `surfaces_of` keeps one of equal ones.
    """
    tables = (surfaces.exact, surfaces.shouted)
    entries: dict[int, tuple[int, Entry]] = {}
    rows: dict[tuple[int, ...], int] = {}
    held: dict[str, object] = {}
    for part, table in zip(PARTS, tables, strict=True):
        numbers = []
        for row in table.values():
            for entry in row:
                entries.setdefault(id(entry), (len(entries), entry))
            numbers.append(rows.setdefault(tuple(entries[id(entry)][0] for entry in row), len(rows)))
        held[part] = [list(table), numbers]
    return {"entries": [astuple(entry) for _, entry in entries.values()], "rows": list(rows), **held}


def _write_whole(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _drop_old(folder: Path) -> None:
    """Another process may drop the same files; what is gone already is fine."""
    kept = sorted(folder.glob("names-*.json"), key=lambda file: (-file.stat().st_mtime_ns, file.name))
    for file in kept[KEPT:]:
        file.unlink(missing_ok=True)


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
