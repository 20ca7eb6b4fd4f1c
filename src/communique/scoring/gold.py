"""Gold documents and exported JSON Lines, read with clear errors."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from communique.errors import InputError

Row = dict[str, Any]


def load_gold(folder: Path, *, leave_out: Collection[str] = ()) -> dict[str, Row]:
    """The gold documents of a folder (one JSON file each) by id, without those to leave out."""
    if not folder.is_dir():
        raise InputError(str(folder), "no such folder of gold documents")
    gold = {}
    for path in sorted(folder.glob("*.json")):
        document = _document(path)
        if document["doc_id"] not in leave_out:
            gold[document["doc_id"]] = document
    if not gold:
        raise InputError(str(folder), "no gold documents in it")
    return gold


def _document(path: Path) -> Row:
    try:
        document: Row = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(document["doc_id"], str) or not isinstance(document["records"], list):
            raise InputError(str(path), "doc_id and records are wanted")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(str(path), f"not a gold document: {type(error).__name__}: {error}") from error
    return document


def load_lines(path: Path, *, wanted: tuple[str, ...] = ("doc_id",)) -> list[Row]:
    """The objects of a JSON Lines file, each with the wanted keys as text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), str(error)) from error
    return [_row(path, n, line, wanted) for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def _row(path: Path, number: int, line: str, wanted: tuple[str, ...]) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}:{number}", f"not JSON: {error}") from error
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) and row[key] for key in wanted):
        raise InputError(f"{path}:{number}", f"{' and '.join(wanted)} are wanted")
    return row


def by_document(rows: list[Row]) -> dict[str, list[Row]]:
    """The rows by their document's id, in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["doc_id"], []).append(row)
    return found
