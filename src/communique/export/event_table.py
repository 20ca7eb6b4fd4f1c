"""CSV of events: one row an event, beside the claims of table.py (docs/exports.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from communique.archive import Archive
from communique.export import codebook
from communique.export.table import aligned, joined, person, row
from communique.export.telling import Telling, tellings
from communique.export.wording import codes_of
from communique.linking.records import Event
from communique.records import Interval


def events(archive: Archive) -> Iterator[str]:
    """The header, then one row an event: the earliest first, those without a date last."""
    return rows(tellings(archive))


def rows(found: Iterable[Telling]) -> Iterator[str]:
    """The header and a row for each event, in their order; lines end in CR LF (RFC 4180)."""
    yield row(codebook.names("events"))
    for telling in found:
        yield row(codebook.in_order("events", cells_of(telling)))


def codebook_page(archive: Archive) -> Iterator[str]:
    """What the columns of claims.csv and events.csv are."""
    return codebook.page("Claims and events", {"claims.csv": "claims", "events.csv": "events"})


def cells_of(telling: Telling) -> dict[str, str]:
    """The text of each column; what is unknown is empty."""
    return _values(telling.event) | {
        "claims": str(len(telling.told)),
        "told_from": day(telling.first_told),
        "told_to": day(telling.last_told),
        "outlets": joined(telling.outlets),
        "doc_ids": joined(telling.documents),
        "headline": " ".join((telling.lead.title or "").split()),
        "evidence": " ".join(telling.passage.split()),
    }


def day(known: date | None) -> str:
    """The ISO day, or "" where it is unknown."""
    return known.isoformat() if known else ""


def first_day(interval: Interval | None) -> str:
    """The first day of an interval; "" where it is unknown."""
    return interval.start.isoformat() if interval else ""


def last_day(interval: Interval | None) -> str:
    """The last day of an interval; "" where it is unknown."""
    return interval.end.isoformat() if interval else ""


def _values(event: Event) -> dict[str, str]:
    return {
        "id": event.id,
        "kind": event.kind,
        "status": event.status,
        "stage": event.stage or "",
        "date_from": first_day(event.date),
        "date_to": last_day(event.date),
        "sources": joined(codes_of(event.actors, "source")),
        "targets": joined(codes_of(event.actors, "target")),
        "participants": joined(codes_of(event.actors, "participant")),
        "people": joined(person(a.person, a.office, a.code) for a in event.actors if a.person),
        "place": event.place.name if event.place else "",
        "country": (event.place.country or "") if event.place else "",
        "materiel": joined(m.name for m in event.materiel),
        "quantities": aligned([m.quantity for m in event.materiel]),
        "values_usd": aligned([m.value_usd for m in event.materiel]),
        "instrument": event.instrument or "",
        "confidence": f"{event.confidence:.3f}",
        "independent": str(event.independent),
        "documents": str(event.documents),
    }
