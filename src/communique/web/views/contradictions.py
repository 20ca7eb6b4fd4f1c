"""Where sources disagree: both passages side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from communique.archive import Archive, EventFilter
from communique.linking.records import ClaimKey, Contradiction, Finding
from communique.web.asking import Code
from communique.web.names import names
from communique.web.page import Page, Paged, Portion, Row, Shown, Table
from communique.web.shapes import Passage, passages

FINDINGS: dict[Finding, str] = {
    "denial": "one tells it, another denies it",
    "date": "two days for one event",
    "quantity": "two numbers for one event",
    "source": "two doers of one event",
    "occupancy": "an office that the tables give to somebody else",
}


class ContradictionsAsked(Paged):
    """Which contradictions."""

    finding: list[Finding] = Field([], description="Of one of these sorts.")
    actor: Code | None = Field(None, description="Of events in which this code or name takes part.")
    size: int = Field(20, ge=1, le=200, description="How many a portion has.")


class AtOdds(Shown):
    """A contradiction with the words of both claims, the earlier told first (one passage where it is one claim's)."""

    contradiction: Contradiction
    passages: tuple[Passage, ...]


class Contradictions(Shown):
    """A portion of the contradictions, how many there are of each sort, and what the sorts mean."""

    filter: str
    portion: Portion
    contradictions: tuple[AtOdds, ...]
    findings: tuple[tuple[Finding, int], ...]
    meanings: dict[Finding, str]


def contradictions(archive: Archive, asked: ContradictionsAsked) -> Contradictions:
    """The contradictions that were asked for."""
    every = _of_actor(archive, asked)
    found = [one for one in every if not asked.finding or one.finding in asked.finding]
    counts = {finding: sum(one.finding == finding for one in every) for finding in FINDINGS}
    return Contradictions(
        filter=_in_words(asked),
        portion=Portion.of(len(found), asked),
        contradictions=tuple(_with_words(archive, found[asked.offset : asked.offset + asked.size])),
        findings=tuple((finding, n) for finding, n in counts.items() if n),
        meanings=FINDINGS,
    )


def contradiction_rows(archive: Archive, asked: ContradictionsAsked) -> Iterator[Row]:
    """All contradictions that were asked for."""
    for c in _of_actor(archive, asked):
        if not asked.finding or c.finding in asked.finding:
            yield c.id, c.finding, c.text, c.event, c.a.doc_id, c.a.id, c.b.doc_id, c.b.id


def _of_actor(archive: Archive, asked: ContradictionsAsked) -> list[Contradiction]:
    found = archive.contradictions()
    if asked.actor is None:
        return found
    theirs = {event.id for event in archive.events(EventFilter(actor=asked.actor))}
    return [one for one in found if one.event in theirs]


def _with_words(archive: Archive, found: Sequence[Contradiction]) -> Iterator[AtOdds]:
    told = {one.key: one for one in archive.told([key for c in found for key in (c.a, c.b)])}
    for c in found:
        keys: list[ClaimKey] = [key for key in dict.fromkeys((c.a, c.b)) if key in told]
        yield AtOdds(contradiction=c, passages=tuple(passages(archive, [told[key] for key in keys])))


def _in_words(asked: ContradictionsAsked) -> str:
    sorts = "; ".join(FINDINGS[finding] for finding in asked.finding)
    words = f"Contradictions ({sorts})" if sorts else "All contradictions"
    return words + (f" of events with {names().of(asked.actor)}." if asked.actor else ".")


PAGES = (
    Page(
        name="contradictions",
        path="/contradictions",
        title="Contradictions",
        about="Where two claims cannot both stand, with both passages.",
        template="contradictions.html",
        data=contradictions,
        gives=Contradictions,
        asked=ContradictionsAsked,
        table=Table(
            (
                "contradiction",
                "finding",
                "text",
                "event",
                "document",
                "claim",
                "other_document",
                "other_claim",
            ),
            contradiction_rows,
        ),
        place="review",
    ),
)
