"""`communique event`: what all documents together say of one event, and how its values were chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.days import days_in_short
from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import on_terminal, print_json, safe_line
from communique.errors import ArchiveError

if TYPE_CHECKING:
    from communique.archive import Archive, StoredDocument
    from communique.linking.records import Choice, ClaimKey, Event, Told
    from communique.records import Interval


@click.command()
@archive_argument
@click.argument("id", metavar="ID")
@json_option
def event(archive: Path, id: str, as_json: bool) -> None:
    """Show what all documents together say of one event.

    ID is an event's id (or the beginning of one), or a claim's, which shows the event that it tells. Field by
    field stand the chosen value, the reason, how many independent sources give it, and who differs; then how
    its status moved, the words of each document, and what hangs on it: deals, agreements, contradictions,
    judgements. Copies and near-copies of a text are one independent source.

    \b
      communique event record.db e4598b
      communique event record.db c3fa9c1
      communique event record.db e4598b --json
    """
    from communique.archive import open_archive

    with open_archive(archive) as opened:
        found = wanted_event(opened, id)
        if as_json:
            print_json(fields(opened, found))
        else:
            click.echo("\n".join(told(opened, found, styled=on_terminal())))


def wanted_event(opened: Archive, id: str) -> Event:
    """The event of that id or beginning, or the one that the claim of that id tells. ArchiveError where none."""
    from communique.linking.records import ClaimKey

    found = opened.event(id)
    if len(found) > 1:
        some = ", ".join(one.id for one in found[:4])
        raise ArchiveError(
            f"{opened.path}: {id!r} begins several ids: {some}{', ...' if len(found) > 4 else ''}"
        )
    if found:
        return found[0]
    claims = opened.claims_by_id(id)
    if not claims:
        raise ArchiveError(f"{opened.path}: there is no event or claim {id}")
    events = opened.events_of(ClaimKey.of(claim) for claim in claims)
    if len(claims) > 1 and len(set(events.values())) > 1:
        raise ArchiveError(f"{opened.path}: {id!r} begins the ids of claims of several events")
    if not events:
        raise ArchiveError(f"{opened.path}: claim {claims[0].id} tells no event (it was judged wrong)")
    return opened.event(next(iter(events.values())))[0]


def fields(opened: Archive, event: Event) -> dict[str, Any]:
    """The event with the claims that tell it and what hangs on it, for JSON."""
    from communique.cli.explain import sentences
    from communique.export.jsonlines import claim_fields

    claims = []
    for one, stored in _tellings(opened, event):
        document = stored.document
        claims.append(
            claim_fields(one.claim, event.id)
            | {
                "title": one.title,
                "outlet": one.outlet,
                "published": one.published and one.published.model_dump(mode="json", by_alias=True),
                "copies": one.copies,
                "sentences": [document.text[a:b] for a, b in sentences(one.claim, document.text)],
            }
        )
    return event.model_dump(mode="json", by_alias=True) | {
        "claims": claims,
        "deals": [deal.id for deal in opened.deals_of_event(event.id)],
        "agreements": [agreement.id for agreement in opened.agreements_of_event(event.id)],
        "contradictions": [c.model_dump(mode="json") for c in opened.contradictions(event.id)],
        "judgements": [j.model_dump(mode="json") for j in _judgements(opened, event)],
    }


def told(opened: Archive, event: Event, *, styled: bool) -> Iterator[str]:
    """The lines that show an event."""
    stage = f" ({event.stage})" if event.stage else ""
    yield (
        f"{click.style(event.id, bold=styled)}  {event.kind}{stage}, {event.status}; "
        f"confidence {event.confidence:.2f}"
    )
    yield f"told by {_counted(event.documents, 'document')}, {_counted(event.independent, 'independent source')}"
    for choice in event.choices:
        yield from _choice(choice, styled=styled)
    if len(event.history) > 1:
        yield _heading("status", styled=styled)
        for step in event.history:
            yield f"  {step.told or 'undated'!s:10}  {step.status:8}  {safe_line(_documents(step.claims))}"
    yield _heading("told by", styled=styled)
    for one, stored in _tellings(opened, event):
        yield from _telling(one, stored, styled=styled)
    yield from _around_it(opened, event, styled=styled)


def _choice(choice: Choice, *, styled: bool) -> Iterator[str]:
    """A field with its value, the reason, and the versions that differ."""
    from communique.cli.explain import field_lines

    chosen = next((v for v in choice.versions if v.value == choice.value), None)
    support = f" ({_counted(chosen.independent, 'independent source')})" if chosen else ""
    value = safe_line(_value(choice.field, choice.value))
    yield from field_lines(choice.field, value, safe_line(choice.reason + support), styled=styled)
    for version in choice.versions:
        if version is not chosen:
            what = safe_line(f"but {_value(choice.field, version.value)}")
            yield from field_lines("", what, safe_line(_documents(version.claims)), styled=False)


def _value(field: str, value: str) -> str:
    """A value for readers: intervals of days in short."""
    start, dots, end = value.partition("..")
    return days_in_short(start, end) if field == "date" and dots else value


def _telling(one: Told, stored: StoredDocument, *, styled: bool) -> Iterator[str]:
    """One document's telling: who published it, when, and its words."""
    from communique.cli.explain import passages

    copy = f"; a copy or near-copy, of the family of {one.copies}" if one.copies != one.claim.doc_id else ""
    source = ", ".join(part for part in (one.outlet or "unknown outlet", _days(one.published)) if part)
    yield "  " + safe_line(f"{one.claim.doc_id} ({source})" + (f": {one.title}" if one.title else ""))
    said = f", by {one.claim.attribution}" if one.claim.attribution else ""
    yield "  " + safe_line(f"claim {one.claim.id}, {one.claim.status}{said}{copy}")
    for line in passages(one.claim, stored.document.text, styled=styled):
        yield f"  {line}"


def _around_it(opened: Archive, event: Event, *, styled: bool) -> Iterator[str]:
    """What hangs on an event: deals, agreements, contradictions and judgements."""
    lines = {
        "deals": [
            f"{deal.id}: {', '.join(deal.suppliers)} -> {', '.join(deal.recipients)}, "
            f"{deal.materiel or 'arms'}: {deal.state}, {deal.state_status}"
            for deal in opened.deals_of_event(event.id)
        ],
        "agreements": [
            f"{a.id}: {a.instrument or 'agreement'} of {', '.join(a.parties)}: {a.state}, {a.state_status}"
            for a in opened.agreements_of_event(event.id)
        ],
        "contradictions": [f"{c.id}: {c.text}" for c in opened.contradictions(event.id)],
        "judgements": [
            f"{j.id}: {j.verdict}{f' {j.field} = {j.value}' if j.field else ''}, {j.who}: {j.why}"
            for j in _judgements(opened, event)
        ],
    }
    for heading, found in lines.items():
        if found:
            yield _heading(heading, styled=styled)
            yield from (f"  {safe_line(line)}" for line in found)


def _judgements(opened: Archive, event: Event) -> list[Any]:
    keys = set(event.claims)
    found = opened.resolved_judgements()
    return [r.judgement for r in found if not r.judgement.withdrawn and {r.claim, r.other} & keys]


def _tellings(opened: Archive, event: Event) -> Iterator[tuple[Told, StoredDocument]]:
    """The claims of an event, the one published first foremost, each with its document."""
    from datetime import date

    tellings = opened.told(event.claims)
    for one in sorted(tellings, key=lambda t: t.published.start if t.published else date.max):
        stored = opened.document(one.claim.doc_id)
        if stored is None:
            raise ArchiveError(f"{opened.path}: document {one.claim.doc_id} is missing")
        yield one, stored


def _days(days: Interval | None) -> str:
    return days_in_short(str(days.start), str(days.end)) if days else ""


def _documents(claims: tuple[ClaimKey, ...]) -> str:
    return ", ".join(dict.fromkeys(claim.doc_id for claim in claims))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _heading(words: str, *, styled: bool) -> str:
    return click.style(words, bold=styled)
