"""The sample that ships with the package: pages as they come off the web, and their gold records.

`pages_path()` is a folder that `communique code` takes as input; `gold_path()` holds one JSON file a
document in the form of the coding guide. `threads()` are further folders of the same form, each one
story told by several outlets. README.md beside them says who wrote them and from what.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def pages_path() -> Path:
    """The folder of the sample's pages (`.txt`, `.html`, `.json`, `.jsonl`, some of them `.gz`)."""
    return Path(str(files(__name__).joinpath("pages")))


def gold_path() -> Path:
    """The folder of the sample's gold: `<doc_id>.json`, one for each document of `pages_path()`."""
    return Path(str(files(__name__).joinpath("gold")))


def threads() -> tuple[Path, ...]:
    """The folders of the linking threads by name, each with `pages/`, `gold/` and `events.json`."""
    folder = Path(str(files(__name__).joinpath("threads")))
    return tuple(sorted(path for path in folder.iterdir() if (path / "events.json").is_file()))
