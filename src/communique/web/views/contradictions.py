"""Where sources disagree: both passages side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from communique.archive import Archive, followed
from communique.archive.followed import Window
from communique.linking.records import Contradiction, Finding
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
    """A contradiction with the words of both claims, a denial last (one passage where it is one claim's)."""

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
    counts = followed.findings(archive, actor=asked.actor)
    total = sum(n for finding, n in counts.items() if not asked.finding or finding in asked.finding)
    found = _found(archive, asked, (asked.size, asked.offset))
    return Contradictions(
        filter=_in_words(asked),
        portion=Portion.of(total, asked),
        contradictions=tuple(_with_words(archive, found)),
        findings=tuple((finding, counts[finding]) for finding in FINDINGS if finding in counts),
        meanings=FINDINGS,
    )


def contradiction_rows(archive: Archive, asked: ContradictionsAsked) -> Iterator[Row]:
    """All contradictions that were asked for."""
    for c in _found(archive, asked, followed.ALL):
        yield c.id, c.finding, c.text, c.event, c.a.doc_id, c.a.id, c.b.doc_id, c.b.id


def _found(archive: Archive, asked: ContradictionsAsked, window: Window) -> list[Contradiction]:
    return followed.contradictions(archive, findings=asked.finding, actor=asked.actor, window=window)


def _with_words(archive: Archive, found: Sequence[Contradiction]) -> Iterator[AtOdds]:
    shown = passages(archive, archive.told([key for c in found for key in (c.a, c.b)]))
    for c in found:
        both = [shown[key] for key in dict.fromkeys((c.a, c.b)) if key in shown]
        yield AtOdds(contradiction=c, passages=tuple(sorted(both, key=_denies)))


def _denies(one: Passage) -> bool:
    return one.status == "denied" or one.kind == "reject"


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
