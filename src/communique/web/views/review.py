"""The review queue: what a person should look at, and the judgements that were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from pydantic import Field

from communique.archive import Archive, ClaimFilter
from communique.archive import review as asks
from communique.archive.records import Resolved
from communique.linking.records import ClaimKey, Contradiction, Judgement, Verdict
from communique.web.asking import Words
from communique.web.judging.cases import Case, Question, cases
from communique.web.memory import remembered
from communique.web.names import names
from communique.web.page import Page, Paged, Portion, Row, Shown, Table
from communique.web.plain import plural

Queue = Literal["claims", "joins", "missed", "contradictions", "names"]
State = Literal["standing", "withdrawn", "lost"]
QUEUES: dict[Queue, str] = {
    "claims": "unsure claims",
    "joins": "weak joins",
    "missed": "missed joins",
    "contradictions": "contradictions",
    "names": "unknown names",
}
_EXAMPLES = 2
_DECIDED = ("wrong", "right", "corrected")


class ReviewAsked(Paged):
    """Which queue, and from which confidence on a claim is sure enough."""

    queue: Queue = Field("claims", description="What is to be looked at.")
    below: float = Field(0.6, ge=0, le=1, description="Claims less sure than this are unsure.")
    document: Words | None = Field(None, description="All claims of this document, however sure.")
    claim: Words | None = Field(None, description="Only this claim of the document.")
    size: int = Field(10, ge=1, le=100, description="How many cases a portion has.")


class Review(Shown):
    """A portion of one queue, and how much waits in each."""

    queue: Queue
    words: str
    counts: dict[Queue, int]
    titles: dict[Queue, str]
    portion: Portion
    cases: tuple[Case, ...]


def review(archive: Archive, asked: ReviewAsked) -> Review:
    """The cases of the queue that was asked for."""
    counts = remembered(archive, ("review", asked.below), lambda: _counts(archive, asked))
    total = len(_of_document(archive, asked)) if asked.document else counts[asked.queue]
    return Review(
        queue=asked.queue,
        words=_in_words(asked),
        counts=counts,
        titles=QUEUES,
        portion=Portion.of(total, asked),
        cases=tuple(cases(archive, _questions(archive, asked))),
    )


def case_rows(archive: Archive, asked: ReviewAsked) -> Iterator[Row]:
    """One row a claim of each question of the queue."""
    whole = asked.model_copy(update={"size": 1_000_000, "page": 1})
    questions = _questions(archive, whole)
    while portion := list(islice(questions, 200)):
        told = {one.key: one for one in archive.told([key for q in portion for key in q.keys], judged=False)}
        events = archive.events_of(told)
        for question in portion:
            for one in (told[key] for key in question.keys if key in told):
                yield (
                    asked.queue, question.why, one.key.doc_id, one.key.id, events.get(one.key), one.claim.kind,
                    one.claim.status, round(one.claim.confidence, 3), one.title,
                    " … ".join(e.text for e in one.claim.evidence),
                )  # fmt: skip


_COLUMNS = ("queue", "why", "document", "claim", "event", "kind", "status", "confidence", "title", "evidence")


def _counts(archive: Archive, asked: ReviewAsked) -> dict[Queue, int]:
    within, between = remembered(archive, "joins", lambda: asks.count_joins(archive))
    return {
        "claims": asks.count_unsure(archive, asked.below),
        "joins": within,
        "missed": between,
        "contradictions": len(_open(archive)),
        "names": len(asks.codes(archive, names().actors)),
    }


def _in_words(asked: ReviewAsked) -> str:
    if asked.document:
        return f"{'One claim' if asked.claim else 'All claims'} of {asked.document}."
    return {
        "claims": f"Claims with a confidence under {asked.below:g} that nobody has judged, the least sure first.",
        "joins": "Pairs of claims that were taken for one event, the weakest first.",
        "missed": "Pairs of claims that look alike but stand in two events, the likeliest first.",
        "contradictions": "Claims that cannot both stand.",
        "names": "Codes of actors that no table has, those of the most claims first.",
    }[asked.queue]


def _questions(archive: Archive, asked: ReviewAsked) -> Iterator[Question]:
    if asked.document:
        for key in _of_document(archive, asked)[asked.offset : asked.offset + asked.size]:
            yield Question(key.id, (key,), f"a claim of {asked.document}")
    elif asked.queue == "claims":
        for key in asks.unsure_claims(archive, asked.below, limit=asked.size, offset=asked.offset):
            yield Question(key.id, (key,), "an unsure claim")
    elif asked.queue == "contradictions":
        for one in _open(archive)[asked.offset : asked.offset + asked.size]:
            yield Question(one.id, tuple(dict.fromkeys((one.a, one.b))), one.text)
    elif asked.queue == "names":
        yield from _strange_codes(archive, asked)
    else:
        yield from _pairs(archive, asked)


def _of_document(archive: Archive, asked: ReviewAsked) -> list[ClaimKey]:
    claims = archive.claims(ClaimFilter(document=asked.document))
    return [ClaimKey.of(claim) for claim in claims if asked.claim in (None, claim.id)]


def _strange_codes(archive: Archive, asked: ReviewAsked) -> Iterator[Question]:
    found = asks.codes(archive, names().actors)[asked.offset : asked.offset + asked.size]
    for n, one in enumerate(found, asked.offset + 1):
        keys = asks.claims_with_code(archive, one.code, limit=_EXAMPLES)
        yield Question(f"n{n}", tuple(keys), f"in {plural(one.claims, 'claim')}", code=one.code)


def _pairs(archive: Archive, asked: ReviewAsked) -> Iterator[Question]:
    within = asked.queue == "joins"
    for link in asks.joins(archive, within=within, limit=asked.size, offset=asked.offset):
        why = f"Likeness {link.score:.2f}, {'taken for one event' if within else 'in two events'}"
        yield Question(f"{link.a.id}-{link.b.id}", (link.a, link.b), why, reasons=link.reasons)


def _open(archive: Archive) -> list[Contradiction]:
    """The contradictions of which not every claim was judged."""
    decided = {
        r.claim
        for r in archive.resolved_judgements()
        if r.judgement.verdict in _DECIDED and not r.judgement.withdrawn
    }
    return [c for c in archive.contradictions() if not {c.a, c.b} <= decided]


class JudgementsAsked(Paged):
    """Which judgements."""

    verdict: Verdict | None = Field(None, description="Of this verdict.")
    who: Words | None = Field(None, description="Made by this person.")
    document: Words | None = Field(None, description="On a claim of this document.")
    state: State | None = Field(
        None, description="Standing, withdrawn, or lost: no claim stands there any more."
    )


class JudgementRow(Shown):
    """A judgement, whether it stands, and where its claim is now."""

    judgement: Judgement
    state: State
    claim: str | None
    other: str | None
    event: str | None


class Judgements(Shown):
    """A portion of the judgements, the latest made first, and the names of those who judged."""

    filter: str
    portion: Portion
    judgements: tuple[JudgementRow, ...]
    people: tuple[tuple[str, int], ...]


def judgements(archive: Archive, asked: JudgementsAsked) -> Judgements:
    """The judgements that were asked for."""
    every = archive.resolved_judgements()
    found = _found(every, asked)
    people: dict[str, int] = {}
    for one in every:
        people[one.judgement.who] = people.get(one.judgement.who, 0) + 1
    return Judgements(
        filter=_filter_words(asked),
        portion=Portion.of(len(found), asked),
        judgements=tuple(_rows(archive, found[asked.offset : asked.offset + asked.size])),
        people=tuple(sorted(people.items(), key=lambda p: (-p[1], p[0]))),
    )


def judgement_rows(archive: Archive, asked: JudgementsAsked) -> Iterator[Row]:
    """All judgements that were asked for."""
    for row in _rows(archive, _found(archive.resolved_judgements(), asked)):
        j = row.judgement
        yield (
            j.id, j.verdict, j.claim.doc_id, row.claim, j.other.doc_id if j.other else None, row.other, j.field,
            j.value, j.who, j.why, j.made.isoformat() if j.made else None, row.state,
        )  # fmt: skip


def _found(every: list[Resolved], asked: JudgementsAsked) -> list[Resolved]:
    return sorted((r for r in every if _is_asked(r, asked)), key=_latest)


def _is_asked(one: Resolved, asked: JudgementsAsked) -> bool:
    j = one.judgement
    docs = {a.doc_id for a in (j.claim, j.other) if a}
    return (
        asked.verdict in (None, j.verdict)
        and asked.who in (None, j.who)
        and (asked.document is None or asked.document in docs)
        and asked.state in (None, _state(one))
    )


def _latest(one: Resolved) -> tuple[int, int, str]:
    j = one.judgement
    return -(j.made.toordinal() if j.made else 0), -j.turn, j.id


def _state(one: Resolved) -> State:
    return "withdrawn" if one.judgement.withdrawn else "standing" if one.holds else "lost"


def _rows(archive: Archive, found: list[Resolved]) -> Iterator[JudgementRow]:
    events = archive.events_of([r.claim for r in found if r.claim])
    for one in found:
        yield JudgementRow(
            judgement=one.judgement,
            state=_state(one),
            claim=one.claim.id if one.claim else None,
            other=one.other.id if one.other else None,
            event=events.get(one.claim) if one.claim else None,
        )


def _filter_words(asked: JudgementsAsked) -> str:
    words = [
        "All judgements"
        if asked.verdict is None
        else f"Judgements of the verdict {asked.verdict.replace('_', ' ')}"
    ]
    words += [f"by {asked.who}"] if asked.who else []
    words += [f"on {asked.document}"] if asked.document else []
    told = {
        "standing": "that stand",
        "withdrawn": "that were withdrawn",
        "lost": "whose claim is no longer there",
    }
    words += [told[asked.state]] if asked.state else []
    return " ".join(words) + "."


PAGES = (
    Page(
        name="review",
        path="/review",
        title="Review",
        about="What waits for a person's eye: unsure claims, weak and missed joins, contradictions, unknown names.",
        template="review.html",
        data=review,
        gives=Review,
        asked=ReviewAsked,
        table=Table(_COLUMNS, case_rows),
        place="review",
    ),
    Page(
        name="judgements",
        path="/judgements",
        title="Judgements",
        about="What people decided about claims, by whom and why; withdrawn ones too.",
        template="judgements.html",
        data=judgements,
        gives=Judgements,
        asked=JudgementsAsked,
        table=Table(
            ("judgement", "verdict", "document", "claim", "other_document", "other_claim", "field", "value", "who",
             "why", "made", "state"),
            judgement_rows,
        ),
        place="review",
    ),
)  # fmt: skip
