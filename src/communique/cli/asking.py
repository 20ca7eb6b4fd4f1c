"""What several commands ask an archive for: the claims of events, and documents to cite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.linking.records import ClaimKey, Event, Told


def claims_of(archive: Archive, events: Iterable[Event]) -> dict[ClaimKey, Told]:
    """The claims of the events by their keys."""
    keys = [key for event in events for key in event.claims]
    return {told.key: told for told in archive.told(keys)}
