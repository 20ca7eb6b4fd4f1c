"""JSON Lines of events, in full: how each value was chosen, and the history of the status (docs/exports.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.archive import Archive
from communique.export.jsonlines import line
from communique.linking.records import Event


def events(archive: Archive) -> Iterator[str]:
    """The events, the earliest first, those without a date last; each as the object that is exported."""
    for listed in archive.events():
        for event in archive.event(listed.id):
            yield line(event_fields(event))


def event_fields(event: Event) -> dict[str, Any]:
    """An event as the object that is exported: all fields of the record, unknown ones null."""
    return event.model_dump(mode="json", by_alias=True)
