"""CSV: one row a claim, flat, for spreadsheets and statistics packages (docs/exports.md).

Lists are joined with "; ". Cells that a spreadsheet would take for a formula begin with an apostrophe
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from communique.archive import Archive
from communique.records import Claim, Role

COLUMNS = (
    "id", "event", "doc_id", "kind", "status", "date_from", "date_to", "sources", "targets",
    "participants", "people", "place", "country", "stage", "materiel", "quantities", "values_usd",
    "instrument", "attribution", "attribution_chain", "confidence", "evidence",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def claims(archive: Archive) -> Iterator[str]:
    """The header, then one row a claim, by document id and place in the document."""
    return rows(archive.claims_with_events())


def rows(found: Iterable[tuple[Claim, str | None]]) -> Iterator[str]:
    """The header and a row for each claim with its event, in their order; lines end in CR LF (RFC 4180)."""
    yield _row(COLUMNS)
    for claim, event in found:
        cells = cells_of(claim, event)
        yield _row([cells[name] for name in COLUMNS])


def cells_of(claim: Claim, event: str | None = None) -> dict[str, str]:
    """The text of each column for a claim that tells that event; what is unknown is empty."""
    return {
        "id": claim.id,
        "event": event or "",
        "doc_id": claim.doc_id,
        "kind": claim.kind,
        "status": claim.status,
        "date_from": claim.date.start.isoformat() if claim.date else "",
        "date_to": claim.date.end.isoformat() if claim.date else "",
        "sources": _codes(claim, "source"),
        "targets": _codes(claim, "target"),
        "participants": _codes(claim, "participant"),
        "people": _joined(_person(a.person, a.office, a.code) for a in claim.actors if a.person),
        "place": claim.place.name if claim.place else "",
        "country": (claim.place.country or "") if claim.place else "",
        "stage": claim.stage or "",
        "materiel": _joined(m.name for m in claim.materiel),
        "quantities": _aligned([m.quantity for m in claim.materiel]),
        "values_usd": _aligned([m.value_usd for m in claim.materiel]),
        "instrument": claim.instrument or "",
        "attribution": claim.attribution or "",
        "attribution_chain": _joined(claim.attribution_chain),
        "confidence": f"{claim.confidence:.3f}",
        "evidence": " | ".join(" ".join(e.text.split()) for e in claim.evidence),
    }


def _codes(claim: Claim, role: Role) -> str:
    return _joined(dict.fromkeys(a.code for a in claim.actors if a.role == role))


def _person(name: str | None, office: str | None, code: str) -> str:
    return f"{name} ({office}, {code})" if office else f"{name} ({code})"


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _aligned(numbers: Sequence[float | None]) -> str:
    """The numbers in the order of the materiel, with gaps where unknown; "" where none is known."""
    if all(n is None for n in numbers):
        return ""
    return _joined("" if n is None else f"{n:.0f}" for n in numbers)


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([f"'{c}" if c.startswith(_FORMULA) else c for c in cells])
    return out.getvalue()
