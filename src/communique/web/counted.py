"""Counts over events that pages share, each worked out once as long as the archive has not changed."""

from __future__ import annotations

from communique.archive import Archive
from communique.archive.records import EventFilter
from communique.web.memory import remembered

Facets = dict[str, list[tuple[str, int]]]


def facets(archive: Archive, wanted: EventFilter) -> Facets:
    """How many of the wanted events have each value (see `Archive.event_facets`)."""
    return remembered(archive, ("facets", wanted), lambda: archive.event_facets(wanted))


def total(archive: Archive, wanted: EventFilter) -> int:
    """How many events are wanted."""
    return remembered(archive, ("total", wanted), lambda: archive.count_events(wanted))
