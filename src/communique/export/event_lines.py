"""JSON Lines of events, in full: how each value was chosen, and the history of the status (docs/exports.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.archive import Archive
from communique.export.jsonlines import line
from communique.export.telling import tellings
from communique.linking import tables
from communique.linking.consolidate import consolidate
from communique.linking.records import Event


def events(archive: Archive) -> Iterator[str]:
    """The events, the earliest first, those without a date last; each as the object that is exported."""
    judged = {key for found in archive.resolved_judgements() for key in (found.claim, found.other) if key}
    overlay = archive.overlay()
    for telling in tellings(archive):
        if judged.isdisjoint(telling.event.claims):
            with tables.over(overlay):
                event = consolidate(telling.told)
            yield line(event_fields(event))
        else:
            yield from (line(event_fields(event)) for event in archive.event(telling.event.id))


def event_fields(event: Event) -> dict[str, Any]:
    """An event as the object that is exported: all fields of the record, unknown ones null."""
    return event.model_dump(mode="json", by_alias=True)
