"""`communique explain`: the words behind a claim, and how each field came about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import marked, on_terminal, print_json, safe_line
from communique.errors import ArchiveError

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.records import Claim, Document

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(A-Z0-9])|\n+")


@click.command()
@archive_argument
@click.argument("id", metavar="ID")
@json_option
def explain(archive: Path, id: str, as_json: bool) -> None:
    """Show the words behind a claim, and how its fields came about.

    ID is a claim's id (or the beginning of one) or a document's, which shows all its claims. In the
    sentences that the claim rests on, the words that decided a field are marked; below stands, field by
    field, what it was derived from.

    \b
      communique explain record.db 3fa9c1
      communique explain record.db ministry-readout-2016-05-12
      communique explain record.db 3fa9c1 --json
    """
    from communique.archive import open_archive

    styled = on_terminal()
    with open_archive(archive) as opened:
        for claim in _wanted(opened, id):
            stored = opened.document(claim.doc_id)
            if stored is None:
                raise ArchiveError(f"{archive}: claim {claim.id}: its document {claim.doc_id} is missing")
            if as_json:
                print_json(fields(claim, stored.document))
            else:
                click.echo("\n".join(told(claim, stored.document, styled=styled)) + "\n")


def _wanted(opened: Archive, id: str) -> list[Claim]:
    """The claims of a document, of that id, or the one whose id begins so."""
    from communique.archive import ClaimFilter

    if opened.document(id) is not None:
        found = list(opened.claims(ClaimFilter(document=id)))
        if not found:
            click.echo(f"nothing was coded from {safe_line(id)}", err=True)
        return found
    found = opened.claims_by_id(id)
    if not found:
        raise ArchiveError(f"{opened.path}: there is no claim or document {id}")
    if len({claim.id for claim in found}) > 1:
        raise ArchiveError(f"{opened.path}: {id} begins several ids: {', '.join(c.id for c in found)}")
    return found


def fields(claim: Claim, document: Document) -> dict[str, Any]:
    """The claim as exported, with its sentences and derivations."""
    from communique.export.jsonlines import claim_fields

    sentences = [
        {"start": a, "end": b, "text": document.text[a:b]} for a, b in _sentences(claim, document.text)
    ]
    derivations = [
        d.model_dump() | {"words": None if d.start is None else document.text[d.start : d.end]}
        for d in claim.derivations
    ]
    return claim_fields(claim) | {"sentences": sentences, "derivations": derivations}


def told(claim: Claim, document: Document, *, styled: bool) -> Iterator[str]:
    """The lines that explain a claim."""
    from communique.export.table import cells_of

    cells = cells_of(claim)
    yield f"{click.style(safe_line(claim.id), bold=styled)}  {claim.kind}, {claim.status}"
    yield safe_line(f"document {claim.doc_id}" + (f": {document.title}" if document.title else ""))
    for start, end in _sentences(claim, document.text):
        marks = [(a - start, b - start) for a, b in _marks(claim, start, end)]
        yield f"  | {marked(document.text[start:end], marks, styled=styled)}"
    for name in _SHOWN:
        if cells[name]:
            yield f"  {name:12} {safe_line(cells[name])}"
    yield "  derived:"
    for d in claim.derivations:
        words = "" if d.start is None else f"  «{safe_line(document.text[d.start : d.end])}»"
        yield f"  {safe_line(d.field):12} {safe_line(d.value)}: {safe_line(d.reason)}{words}"


_SHOWN = (
    "sources", "targets", "participants", "people", "date_from", "date_to", "place", "country", "stage",
    "materiel", "quantities", "values_usd", "instrument", "attribution", "confidence",
)  # fmt: skip


def _marks(claim: Claim, start: int, end: int) -> list[tuple[int, int]]:
    """The words in a sentence that fields were derived from; where there are none, its evidence."""
    derived = [(d.start, d.end) for d in claim.derivations if d.start is not None and d.end is not None]
    evidence = [(e.start, e.end) for e in claim.evidence]
    inside = [(a, b) for a, b in derived if start <= a < b <= end]
    return inside or [(max(a, start), min(b, end)) for a, b in evidence if a < end and start < b]


def _sentences(claim: Claim, text: str) -> list[tuple[int, int]]:
    """The sentences that hold the evidence, each once, in order."""
    found = {_around(text, e.start, e.end) for e in claim.evidence}
    return sorted(found)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span out to the ends of the sentences that hold `start` and `end`, at most 600 characters away."""
    low, high = max(0, start - 600), min(len(text), end + 600)
    before = [m.end() for m in _SENTENCE_END.finditer(text, low, start) if m.end() <= start]
    ends = _SENTENCE_END.finditer(text, max(end - 1, 0), high)
    after = next((m.start() + len(m[0].rstrip()) for m in ends), high)
    return (before[-1] if before else low), max(end, after)
