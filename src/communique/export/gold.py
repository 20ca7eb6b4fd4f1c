"""Judged documents as gold: one JSON file a document, in the form that `communique score` reads.

Of a document with a judgement all claims are written, as judged: a wrong one is left out, a corrected one has
the corrected values. What nobody judged right or corrected is `optional`: it counts neither as missed nor
as invented. Statements and people are not judged and left empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from communique.archive import Archive, ClaimFilter, StoredDocument
from communique.export.jsonlines import claim_fields
from communique.linking.records import ClaimKey, Told

_FIELDS = (
    "kind", "status", "actors", "date", "place", "stage", "materiel", "instrument", "attribution",
)  # fmt: skip
_UNSAFE = re.compile(r"[^\w.~-]")
_WORDS = 6


def gold(archive: Archive) -> Iterator[tuple[str, str]]:
    """For each judged document a file name and the file's text, by document id."""
    confirmed: dict[str, set[ClaimKey]] = {}
    for found in archive.resolved_judgements():
        if found.claim is None or found.judgement.withdrawn:
            continue
        for key in (found.claim, found.other):
            if key is not None:
                confirmed.setdefault(key.doc_id, set())
        if found.judgement.verdict in ("right", "corrected"):
            confirmed[found.claim.doc_id].add(found.claim)
    for doc_id in sorted(confirmed):
        stored = archive.document(doc_id)
        if stored is not None:
            row = _document(archive, stored, confirmed[doc_id])
            text = json.dumps(row, ensure_ascii=False, indent=1)
            yield f"{_UNSAFE.sub('_', doc_id)}.json", text + "\n"


def _document(archive: Archive, stored: StoredDocument, confirmed: set[ClaimKey]) -> dict[str, Any]:
    document = stored.document
    days = document.published.interval
    keys = [ClaimKey.of(claim) for claim in archive.claims(ClaimFilter(document=document.id))]
    events = archive.events_of(keys)
    told = {one.key: one for one in archive.told(keys)}
    words = document.text.split(" ")
    return {
        "doc_id": document.id,
        "title": document.title,
        "published": days and days.model_dump(mode="json", by_alias=True),
        "body": {"first": " ".join(words[:_WORDS]), "last": " ".join(words[-_WORDS:])},
        "people": [],
        "statements": [],
        "records": [_record(told[k], events.get(k), k in confirmed) for k in keys if k in told],
    }


def _record(one: Told, event: str | None, confirmed: bool) -> dict[str, Any]:
    fields = claim_fields(one.claim)
    record = {name: fields[name] for name in _FIELDS}
    record |= {"evidence": [e.text for e in one.claim.evidence], "event": event}
    return record if confirmed else record | {"optional": True}
