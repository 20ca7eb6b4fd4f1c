"""Records made elsewhere, as lines of JSON, read for linking: the fields of the coding guide, leniently.

Ids, offsets and confidence may be missing, and unknown fields are left alone. Of a document its title, day of
publication, outlet and the document that it repeats are taken where a line of documents tells them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from communique.errors import InputError
from communique.linking.records import Told
from communique.records import Claim, Evidence, Interval

Row = Mapping[str, Any]

_FIELDS = ("doc_id", "kind", "status", "date", "stage", "instrument", "attribution")


def told_of(rows: Sequence[Row], documents: Iterable[Row] = (), *, origin: str = "-") -> list[Told]:
    """The claims of records, one for each in their order.

    Raises InputError with the number of the record (from 1) that is none.
    """
    known = {str(row.get("doc_id", row.get("id"))): row for row in documents}
    seen: Counter[tuple[str, str]] = Counter()
    told = []
    for number, row in enumerate(rows, 1):
        try:
            claim = _claim(row, seen)
            told.append(_told(claim, known.get(claim.doc_id, {})))
        except (ValidationError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"{origin}:{number}", f"not a record: {_plainly(error)}") from error
    return told


def _plainly(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return f"{type(error).__name__}: {error}"


def _claim(row: Row, seen: Counter[tuple[str, str]]) -> Claim:
    named = str(row.get("id") or _content_id(row))
    seen[row["doc_id"], named] += 1
    times = seen[row["doc_id"], named]
    return Claim.model_validate(
        {field: row.get(field) for field in _FIELDS}
        | {
            "id": named if times == 1 else f"{named}-{times}",
            "actors": [_known(actor, ("role", "code", "person", "office")) for actor in row["actors"]],
            "place": _known(row["place"], ("name", "country")) if row.get("place") else None,
            "materiel": [
                _known(item, ("name", "quantity", "value_usd")) for item in row.get("materiel") or ()
            ],
            "evidence": [_evidence(piece) for piece in row.get("evidence") or ()],
            "confidence": row.get("confidence", 1.0),
        }
    )


def _content_id(row: Row) -> str:
    """An id from the record's content; `event` is no part of it."""
    content = {name: value for name, value in row.items() if name != "event"}
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return "r" + hashlib.sha256(text.encode()).hexdigest()[:15]


def _known(part: Row, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: part[field] for field in fields if field in part}


def _evidence(piece: Row | str) -> Evidence:
    if isinstance(piece, str):
        return Evidence(start=0, end=len(piece), text=piece)
    return Evidence(start=piece.get("start", 0), end=piece.get("end", len(piece["text"])), text=piece["text"])


def _told(claim: Claim, document: Row) -> Told:
    repeats = document.get("duplicate_of") or {}
    return Told(
        claim=claim,
        published=_published(document),
        outlet=document.get("outlet", document.get("source")),
        title=document.get("title"),
        copies=repeats.get("of", claim.doc_id) if isinstance(repeats, Mapping) else str(repeats),
    )


def _published(document: Row) -> Interval | None:
    """The interval of `published` (or, where that is missing, the day of `date`); None where there is none."""
    days = document.get("published") or document.get("date")
    if not days:
        return None
    if isinstance(days, Mapping):
        return Interval.model_validate({"from": days["from"], "to": days["to"]})
    return Interval.model_validate({"from": str(days)[:10], "to": str(days)[:10]})
