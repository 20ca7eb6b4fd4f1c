"""A month in brief, with footnotes that lead to the passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from communique.archive import Archive
from communique.archive import dyads as asks
from communique.archive.followed import contradictions_of, lives_in
from communique.linking.digest import Digest, Note, month_of
from communique.linking.digest import digest as digest_of
from communique.linking.records import Agreement, ClaimKey, Deal, Told
from communique.records import Claim, Interval
from communique.web import counted
from communique.web.asking import MONTH_TOLD, Code
from communique.web.memory import remembered
from communique.web.page import Asked, Page, Row, Shown, Table


def _month(words: str) -> str:
    """The month with two figures. Raises ValueError for what is none."""
    try:
        return f"{month_of(words).start:%Y-%m}"
    except ValueError as error:
        raise ValueError(f"{words[:20]!r} is no month: write 2016-05") from error


class DigestAsked(Asked):
    """Of which month, and of whom."""

    month: Annotated[str, AfterValidator(_month), MONTH_TOLD] | None = Field(
        None, description="The month, as 2016-05; the last one with a document by default."
    )
    actor: Code | None = Field(None, description="Only what this code or name takes part in.")


class DigestShown(Shown):
    """The brief; the months before and after; the months that have documents. None without any document.

    `claims` are the ids of the claims whose sentences the notes cite, by the notes' numbers.
    """

    digest: Digest | None
    claims: dict[int, str]
    before: str | None
    after: str | None
    months: tuple[tuple[str, int], ...]


def digest(archive: Archive, asked: DigestAsked) -> DigestShown:
    """The brief of the month that was asked for."""
    covered = counted.coverage(archive)
    month = asked.month or (covered[-1][0] if covered else None)
    if month is None:
        return DigestShown(digest=None, claims={}, before=None, after=None, months=())
    documents = dict(covered).get(month, 0)
    brief, claims = remembered(
        archive,
        ("digest", month, asked.actor),
        lambda: _brief(archive, month, asked.actor, documents=documents),
    )
    return DigestShown(
        digest=brief,
        claims=claims,
        before=next((m for m, _ in reversed(covered) if m < month), None),
        after=next((m for m, _ in covered if m > month), None),
        months=tuple(covered),
    )


def _brief(
    archive: Archive, month: str, actor: str | None, *, documents: int
) -> tuple[Digest, dict[int, str]]:
    span = month_of(month)
    first, last = span.start.isoformat(), span.end.isoformat()
    here = asks.events_of_days(archive, first, last)
    followed = list(_moved(archive, span))
    disputed = contradictions_of(archive, first, last, [event.id for event in here])
    known = {event.id: event for event in here}
    named = {step.event for one in followed for step in one.steps} | {c.event for c in disputed if c.event}
    known |= {event.id: event for event in asks.events_named(archive, named - known.keys())}
    keys: list[ClaimKey] = [key for event in known.values() for key in event.claims]
    keys += [key for one in disputed for key in (one.a, one.b)]
    told = {one.key: one for one in archive.told(keys, derived=False)}
    brief = digest_of(
        month, known.values(), told, documents=documents, actor=actor, followed=followed, disputed=disputed
    )
    return brief, dict(_cited(brief.notes, told.values()))


def _cited(notes: Iterable[Note], told: Iterable[Told]) -> Iterator[tuple[int, str]]:
    """The numbers of notes with the ids of the claims whose sentences they cite."""
    by_document: dict[str, list[Claim]] = {}
    for one in told:
        by_document.setdefault(one.claim.doc_id, []).append(one.claim)
    for note in notes:
        words = note.sentence.removesuffix(" …")
        for claim in by_document.get(note.doc_id, ()):
            if " ".join(claim.evidence[0].text.split()).startswith(words):
                yield note.number, claim.id
                break


def _moved(archive: Archive, span: Interval) -> Iterator[Deal | Agreement]:
    """The deals and agreements that have a step in the month."""
    for one in lives_in(archive, span.start.isoformat(), span.end.isoformat()):
        days = [
            step.date or Interval(start=step.told, end=step.told)
            for step in one.steps
            if step.date or step.told
        ]
        if any(interval.meet(span) for interval in days):
            yield one


def line_rows(archive: Archive, asked: DigestAsked) -> Iterator[Row]:
    """One row a line of the brief and note to it."""
    brief = digest(archive, asked).digest
    if brief is None:
        return
    notes = {note.number: note for note in brief.notes}
    for section in brief.sections:
        for line in section.lines:
            for number in line.notes or (0,):
                note = notes.get(number)
                yield (
                    brief.month, section.title, line.when, line.text, "; ".join(line.remarks), line.event,
                    note.doc_id if note else None, note.outlet if note else None, note.published if note else None,
                    note.sentence if note else None,
                )  # fmt: skip


PAGES = (
    Page(
        name="digest",
        path="/digest",
        title="Digest",
        about="A month in brief: what happened, what moved, what is disputed, each with its sentences.",
        template="digest.html",
        data=digest,
        gives=DigestShown,
        asked=DigestAsked,
        table=Table(
            (
                "month",
                "section",
                "when",
                "text",
                "remarks",
                "event",
                "document",
                "outlet",
                "published",
                "sentence",
            ),
            line_rows,
        ),
        place="dyads",
    ),
)
