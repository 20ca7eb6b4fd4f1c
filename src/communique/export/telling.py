"""Events with the claims that tell them: what most formats are made of, read in portions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from communique.archive import Archive, EventFilter, Order
from communique.export.wording import web_address
from communique.linking.records import Event, Told

_PORTION: Final = 100


@dataclass(frozen=True)
class Telling:
    """An event and the claims that tell it (at least one), as people judged them, by document id and claim id."""

    event: Event
    told: tuple[Told, ...]

    @property
    def lead(self) -> Told:
        """The surest of the claims; of those that are as sure, the first."""
        return max(self.told, key=lambda one: one.claim.confidence)

    @property
    def passage(self) -> str:
        """The first words that the surest claim rests on."""
        evidence = self.lead.claim.evidence
        return evidence[0].text if evidence else ""

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents, each once."""
        return tuple(dict.fromkeys(one.claim.doc_id for one in self.told))

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets, each once."""
        return tuple(dict.fromkeys(one.outlet for one in self.told if one.outlet))

    @property
    def first_told(self) -> date | None:
        """The day of the earliest publication; None where none is known."""
        return min((one.published.start for one in self.told if one.published), default=None)

    @property
    def last_told(self) -> date | None:
        """The day of the latest publication; None where none is known."""
        return max((one.published.end for one in self.told if one.published), default=None)


def tellings(
    archive: Archive,
    wanted: EventFilter | None = None,
    *,
    order: Order = "date",
    reverse: bool = False,
    limit: int | None = None,
) -> Iterator[Telling]:
    """The events that are wanted (all by default) with their claims, in the order of `Archive.events`."""
    found = archive.events(wanted, order=order, reverse=reverse, limit=limit)
    while portion := list(islice(found, _PORTION)):
        told = {one.key: one for one in archive.told(key for event in portion for key in event.claims)}
        for event in portion:
            mine = tuple(told[key] for key in event.claims if key in told)
            if mine:  # none is left where another process has coded the documents anew meanwhile
                yield Telling(event, mine)


def addresses(archive: Archive) -> dict[str, str]:
    """The addresses on the web of all documents that have one, by document id."""
    found = ((stored.document.id, web_address(stored.document.url)) for stored in archive.documents())
    return {doc_id: url for doc_id, url in found if url is not None}
