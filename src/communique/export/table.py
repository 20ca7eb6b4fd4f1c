"""CSV: one row a claim, flat, for spreadsheets and statistics packages (docs/exports.md).

Lists are joined with "; ". Cells that a spreadsheet would take for a formula begin with an apostrophe
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from communique.archive import Archive
from communique.export import codebook
from communique.records import Claim, Role

COLUMNS = codebook.names("claims")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def claims(archive: Archive) -> Iterator[str]:
    """The header, then one row a claim, by document id and place in the document."""
    return rows(archive.claims_with_events())


def rows(found: Iterable[tuple[Claim, str | None]]) -> Iterator[str]:
    """The header and a row for each claim with its event, in their order; lines end in CR LF (RFC 4180)."""
    yield row(COLUMNS)
    for claim, event in found:
        cells = cells_of(claim, event)
        yield row([cells[name] for name in COLUMNS])


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
        "people": joined(person(a.person, a.office, a.code) for a in claim.actors if a.person),
        "place": claim.place.name if claim.place else "",
        "country": (claim.place.country or "") if claim.place else "",
        "stage": claim.stage or "",
        "materiel": joined(m.name for m in claim.materiel),
        "quantities": aligned([m.quantity for m in claim.materiel]),
        "values_usd": aligned([m.value_usd for m in claim.materiel]),
        "instrument": claim.instrument or "",
        "attribution": claim.attribution or "",
        "attribution_chain": joined(claim.attribution_chain),
        "confidence": f"{claim.confidence:.3f}",
        "evidence": " | ".join(" ".join(e.text.split()) for e in claim.evidence),
    }


def _codes(claim: Claim, role: Role) -> str:
    return joined(dict.fromkeys(a.code for a in claim.actors if a.role == role))


def person(name: str | None, office: str | None, code: str) -> str:
    """The person as `Name (office, CODE)`."""
    return f"{name} ({office}, {code})" if office else f"{name} ({code})"


def joined(parts: Iterable[str]) -> str:
    """The parts of a list as one cell."""
    return "; ".join(parts)


def aligned(numbers: Sequence[float | None]) -> str:
    """The numbers in the order of the materiel, with gaps where unknown; "" where none is known."""
    if all(n is None for n in numbers):
        return ""
    return joined("" if n is None else f"{n:.0f}" for n in numbers)


def row(cells: Iterable[str]) -> str:
    """The row as a line of CSV (RFC 4180); controls and lone surrogates become U+FFFD, formulas get an apostrophe."""
    out = io.StringIO()
    csv.writer(out).writerow(cell(c) for c in cells)
    return out.getvalue()


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    safe = _UNSAFE.sub("\ufffd", text)
    return f"'{safe}" if safe.startswith(_FORMULA) else safe
