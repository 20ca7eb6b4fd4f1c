"""The rows of a sheet of things, one for each key: the overlay's where it has the key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.knowledge.sheets import Overlay, SheetRow, read_sheet


def keyed_rows(
    name: str, required: Sequence[str], overlay: Overlay | None = None, *, key: Sequence[str]
) -> Iterator[SheetRow]:
    """The rows of a sheet with the overlay's first; of rows with equal `key` columns only the first.

    A key repeated within one file is an error (KnowledgeError), since one of the two would be lost.
    """
    seen: dict[tuple[str, ...], str] = {}
    for row in read_sheet(name, required, overlay):
        identity = tuple(row[column] for column in key)
        earlier = seen.get(identity)
        if earlier == row.file:
            raise row.wrong(f"{', '.join(identity)} is there twice")
        if earlier is None:
            seen[identity] = row.file
            yield row


def several(field: str) -> tuple[str, ...]:
    """The values of a field that holds several, separated by `|`."""
    return tuple(value for part in field.split("|") if (value := part.strip()))
