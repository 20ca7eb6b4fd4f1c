"""JSON Lines: records, documents, statements and people, one object a line (docs/exports.md).

Lines come in the order of document ids and of places in the document, keys in a fixed order, so the
same archive gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from communique.archive import Archive, StoredDocument
from communique.records import Actor, Claim, Interval, Materiel

_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def line(row: Mapping[str, Any]) -> str:
    """The object as one line of JSON. What could steer a terminal or hide text is written as `\\uXXXX`."""
    return _UNSEEN.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(row, ensure_ascii=False)) + "\n"


def records(archive: Archive) -> Iterator[str]:
    """The claims, with exactly the fields of the coding guide and `id`, `confidence`, `event`."""
    return (line(claim_fields(claim, event)) for claim, event in archive.claims_with_events())


def documents(archive: Archive) -> Iterator[str]:
    """The documents with their text, dates, hashes and marks."""
    return (line(document_fields(stored)) for stored in archive.documents())


def statements(archive: Archive) -> Iterator[str]:
    """The quotations with their speakers."""
    return (line(statement.model_dump()) for statement in archive.statements())


def people(archive: Archive) -> Iterator[str]:
    """The officials named, with office and state as of the document."""
    return (line(person.model_dump()) for person in archive.people())


def claim_fields(claim: Claim, event: str | None = None) -> dict[str, Any]:
    """A claim as the object that is exported; an actor's person and office stand only where known.

    `event` is the id of the event that it tells.
    """
    return {
        "id": claim.id,
        "doc_id": claim.doc_id,
        "kind": claim.kind,
        "status": claim.status,
        "actors": [_known(actor) for actor in claim.actors],
        "date": _days(claim.date),
        "place": claim.place.model_dump() if claim.place else None,
        "stage": claim.stage,
        "materiel": [_known(materiel) for materiel in claim.materiel],
        "instrument": claim.instrument,
        "attribution": claim.attribution,
        "attribution_chain": list(claim.attribution_chain),
        "evidence": [e.model_dump() for e in claim.evidence],
        "confidence": claim.confidence,
        "event": event,
    }


def document_fields(stored: StoredDocument) -> dict[str, Any]:
    """A document as the object that is exported; `published` is null where nothing is known of it."""
    document, published = stored.document, stored.document.published
    days = _days(published.interval)
    return {
        "doc_id": document.id,
        "title": document.title,
        "text": document.text,
        "published": days and days | {"found": published.found, "expression": published.expression},
        "outlet": document.outlet,
        "language": document.language,
        "url": document.url,
        "origin": document.origin,
        "raw_sha256": document.raw_sha256,
        "text_sha256": document.text_sha256,
        "duplicate_of": stored.duplicate.model_dump() if stored.duplicate else None,
        "aside": document.aside,
    }


def _known(part: Actor | Materiel) -> dict[str, Any]:
    return part.model_dump(exclude_none=True)


def _days(interval: Interval | None) -> dict[str, str] | None:
    return {"from": interval.start.isoformat(), "to": interval.end.isoformat()} if interval else None
