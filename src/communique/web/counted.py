"""Counts and orders over events that pages share, each worked out once as long as the archive has not changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from communique.archive import Archive, Order, tally
from communique.archive.columns import Store
from communique.archive.records import EventFilter
from communique.archive.tally import Chosen
from communique.linking.records import Event
from communique.web.memory import remembered

Facets = dict[str, list[tuple[str, int]]]
EVERY = EventFilter()
"""The filter that wants all events."""

_STORES: WeakKeyDictionary[Archive, Store] = WeakKeyDictionary()
_LOCK = threading.Lock()


def chosen(archive: Archive, wanted: EventFilter = EVERY) -> Chosen:
    """The events that are wanted, as columns."""
    return remembered(
        archive, ("chosen", wanted), lambda: tally.chosen(archive, _store(archive).now(archive), wanted)
    )


def facets(archive: Archive, wanted: EventFilter) -> Facets:
    """How many of the wanted events have each value (see `Archive.event_facets`)."""
    return remembered(archive, ("facets", wanted), lambda: chosen(archive, wanted).facets())


def total(archive: Archive, wanted: EventFilter) -> int:
    """How many events are wanted."""
    return chosen(archive, wanted).total


def coverage(archive: Archive) -> list[tuple[str, int]]:
    """How many documents were published in each month (see `Archive.coverage`)."""
    return remembered(archive, "coverage", lambda: archive.coverage("month"))


def listed(
    archive: Archive,
    wanted: EventFilter,
    *,
    order: Order = "date",
    reverse: bool = False,
    limit: int,
    offset: int = 0,
) -> Iterator[Event]:
    """A portion of the wanted events (see `Archive.events`), without their claims."""
    window = (limit, offset)
    yield from tally.listed(archive, chosen(archive, wanted), order, reverse=reverse, window=window)


def _store(archive: Archive) -> Store:
    with _LOCK:
        if archive not in _STORES:
            _STORES[archive] = Store()
        return _STORES[archive]
