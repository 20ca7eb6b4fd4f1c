"""Tables as CSV sheets: the shipped ones, and a user's folder of sheets that adds to them.

A sheet has a header; every row is checked for its columns and reported by file and line when it is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from communique.errors import KnowledgeError

TABLES = resources.files("communique.knowledge") / "tables"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet: its values by column, stripped, and where it stands (line 1 is the header)."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def wrong(self, reason: str) -> KnowledgeError:
        """The error that names this row."""
        return KnowledgeError(self.file, self.line, reason)


@dataclass(frozen=True, slots=True)
class KeptOverlay:
    """An overlay that was read: the names and texts of its sheets, sorted by name."""

    sheets: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, folder: Path, names: Sequence[str]) -> KeptOverlay | None:
        """The sheets of those names in a folder; None where it has none of them. Raises KnowledgeError."""
        found = [(name, sheet_text(folder / name)) for name in sorted(names) if (folder / name).is_file()]
        return cls(tuple(found)) if found else None


Overlay = Path | KeptOverlay
"""A user's tables over the shipped ones: a folder of sheets, or what was read of one."""


def read_sheet(name: str, required: Sequence[str], overlay: Overlay | None = None) -> Iterator[SheetRow]:
    """The rows of the overlay's sheet of that name (if it has one), then those of the shipped sheet.

    Whoever keeps the first row of a key lets the overlay win. Raises KnowledgeError for a sheet without
    its required columns, a row without a required value, or a sheet that is no UTF-8 CSV.
    """
    own = _own_sheet(name, overlay)
    if own is not None:
        yield from parse_sheet(*own, required)
    shipped = TABLES / name
    yield from parse_sheet(shipped.read_text(encoding="utf-8"), name, required)


def _own_sheet(name: str, overlay: Overlay | None) -> tuple[str, str] | None:
    """The text of an overlay's sheet, and its name in errors."""
    if isinstance(overlay, KeptOverlay):
        return next(((text, f"overlay/{name}") for sheet, text in overlay.sheets if sheet == name), None)
    if overlay is None or not (overlay / name).is_file():
        return None
    return sheet_text(overlay / name), str(overlay / name)


def parse_sheet(text: str, file: str, required: Sequence[str]) -> Iterator[SheetRow]:
    """The rows of CSV text; `file` is the name used in errors. Rows without any value are skipped."""
    for row in checked_rows(text, file, required):
        if isinstance(row, KnowledgeError):
            raise row
        yield row


def checked_rows(text: str, file: str, required: Sequence[str]) -> Iterator[SheetRow | KnowledgeError]:
    """The rows of CSV text, and for each row that is wrong the error in its place."""
    reader = csv.DictReader(text.splitlines(), restkey="")
    missing = [column for column in required if column not in (reader.fieldnames or ())]
    if missing:
        yield KnowledgeError(file, 1, f"the column {missing[0]!r} is missing")
        return
    for raw in reader:
        values = {key: (value or "").strip() for key, value in raw.items() if key}
        row = SheetRow(file, reader.line_num, values)
        empty = [column for column in required if not values[column]]
        if "" in raw:
            yield row.wrong("more values than columns; put a value with a comma in double quotes")
        elif any(values.values()):
            yield row.wrong(f"no value for {empty[0]!r}") if empty else row


def sheet_text(path: Path) -> str:
    """The text of a CSV file; raises KnowledgeError where it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnowledgeError(str(path), 1, f"not UTF-8: {error.reason} at byte {error.start}") from error
