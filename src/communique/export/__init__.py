"""What the archive knows, as files: one module a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from communique.archive import Archive
from communique.export import jsonlines, table

Lines = Callable[[Archive], Iterator[str]]

FORMATS: dict[str, tuple[str, Lines]] = {
    "records": ("records.jsonl", jsonlines.records),
    "documents": ("documents.jsonl", jsonlines.documents),
    "statements": ("statements.jsonl", jsonlines.statements),
    "people": ("people.jsonl", jsonlines.people),
    "csv": ("claims.csv", table.claims),
}
"""For each format its file name and the function that gives its lines (each with its line end)."""
