"""`communique explain`: the words behind a claim, and how each field came about."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.days import days_in_short
from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import marked, on_terminal, print_json, safe_line
from communique.errors import ArchiveError

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.records import Claim, Document

_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|No|Lt))(?<!\b(?:Gen|Adm|Col|Sen|Gov|Mrs))[.!?][\"'”’)]*\s+(?=[\"'“‘(A-Z0-9])|\n+"
)


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
    from communique.linking.records import ClaimKey

    styled = on_terminal()
    with open_archive(archive) as opened:
        for claim in _wanted(opened, id):
            stored = opened.document(claim.doc_id)
            if stored is None:
                raise ArchiveError(f"{archive}: claim {claim.id}: its document {claim.doc_id} is missing")
            if as_json:
                print_json(fields(claim, stored.document) | {"event": opened.event_of(ClaimKey.of(claim))})
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
    ids = list(dict.fromkeys(claim.id for claim in found))
    if len(ids) > 1:
        more = ", ..." if len(ids) > 4 else ""
        raise ArchiveError(f"{opened.path}: {id!r} begins several ids: {', '.join(ids[:4])}{more}")
    return found


def fields(claim: Claim, document: Document) -> dict[str, Any]:
    """The claim as exported, with its sentences and derivations."""
    from communique.export.jsonlines import claim_fields

    shown = [{"start": a, "end": b, "text": document.text[a:b]} for a, b in sentences(claim, document.text)]
    derivations = [
        d.model_dump() | {"words": None if d.start is None else document.text[d.start : d.end]}
        for d in claim.derivations
    ]
    return claim_fields(claim) | {"sentences": shown, "derivations": derivations}


def told(claim: Claim, document: Document, *, styled: bool) -> Iterator[str]:
    """The lines that explain a claim: what it is, the words it rests on, then field by field."""
    from communique.export.table import cells_of

    cells = cells_of(claim)
    stage = f" ({claim.stage})" if claim.stage else ""
    yield (
        f"{click.style(safe_line(claim.id), bold=styled)}  {claim.kind}{stage}, {claim.status}; "
        f"confidence {claim.confidence:.2f}"
    )
    yield safe_line(f"document {claim.doc_id}" + (f": {document.title}" if document.title else ""))
    yield from passages(claim, document.text, styled=styled)
    for name, value, why in _rows(claim, cells, document.text):
        yield from field_lines(safe_line(name), safe_line(value), safe_line(why), styled=styled)


def passages(claim: Claim, text: str, *, styled: bool) -> Iterator[str]:
    """The sentences that a claim rests on, with the words marked that decided a field."""
    for start, end in sentences(claim, text):
        marks = [(a - start, b - start) for a, b in marks_in(claim, start, end)]
        yield f"  | {marked(text[start:end], marks, styled=styled)}"


def _rows(claim: Claim, cells: dict[str, str], text: str) -> Iterator[tuple[str, str, str]]:
    """Each field: its name, its value, and why (empty where nothing was noted)."""
    from communique.cli.wording import in_words

    noted = list(claim.derivations)
    for d in noted:
        name, value = d.field, d.value
        if name == "actors":
            name, _, code = value.partition(" ")
            value = ", ".join([code, *_people(claim, name, code)])
        elif name == "date" and claim.date:
            value = days_in_short(str(claim.date.start), str(claim.date.end))
        elif name == "place" and cells["country"]:
            value = f"{value} ({cells['country']})"
        words = "" if d.start is None else _quoted(text[d.start : d.end])
        why = in_words(d.reason)
        yield name, value, why if not words or words in why else f"{words}: {why}"
    known = {d.field for d in noted}
    for name, value in (("materiel", _goods(claim)), ("instrument", claim.instrument or "")):
        if value and name not in known:
            yield name, value, "named in the sentence"


def _quoted(words: str) -> str:
    """The words in quotation marks, a long passage cut in the middle."""
    plain = " ".join(words.split())
    return f"“{plain}”" if len(plain) <= 80 else f"“{plain[:50].rstrip()} … {plain[-25:].lstrip()}”"


def _people(claim: Claim, role: str, code: str) -> Iterator[str]:
    for actor in claim.actors:
        if (actor.role, actor.code) == (role, code) and actor.person:
            yield actor.person + (f" ({actor.office})" if actor.office else "")


def _goods(claim: Claim) -> str:
    """The materiel, each with its quantity and value."""
    told = []
    for m in claim.materiel:
        quantity = f"{m.quantity:,} " if m.quantity is not None else ""
        value = f" worth ${m.value_usd:,.0f}" if m.value_usd is not None else ""
        told.append(f"{quantity}{m.name}{value}")
    return "; ".join(told)


def field_lines(name: str, value: str, why: str, *, styled: bool) -> Iterator[str]:
    """A field on one line; on a terminal folded to its width under the place where the value begins."""
    label = f"  {name:13}"
    line = value + (f"  <- {why}" if why else "")
    if not styled:
        yield label + line
        return
    width = max(50, shutil.get_terminal_size().columns) - len(label)
    first, *more = textwrap.wrap(line, width, break_long_words=False) or [""]
    yield label + click.style(first[: len(value)], bold=True) + first[len(value) :]
    for rest in more:
        yield " " * len(label) + rest


def marks_in(claim: Claim, start: int, end: int) -> list[tuple[int, int]]:
    """The words in a sentence that fields were derived from; where there are none, its evidence."""
    derived = [(d.start, d.end) for d in claim.derivations if d.start is not None and d.end is not None]
    evidence = [(e.start, e.end) for e in claim.evidence]
    inside = [(a, b) for a, b in derived if start <= a < b <= end]
    return inside or [(max(a, start), min(b, end)) for a, b in evidence if a < end and start < b]


def sentences(claim: Claim, text: str) -> list[tuple[int, int]]:
    """The sentences that hold the evidence, each once, in order; those that overlap are shown as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(_around(text, e.start, e.end) for e in claim.evidence):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span out to the ends of the sentences that hold `start` and `end`, at most 600 characters away."""
    low, high = max(0, start - 600), min(len(text), end + 600)
    before = [m.end() for m in _SENTENCE_END.finditer(text, low, start) if m.end() <= start]
    ends = _SENTENCE_END.finditer(text, max(end - 1, 0), high)
    after = next((m.start() + len(m[0].rstrip()) for m in ends), high)
    return (before[-1] if before else low), max(end, after)
