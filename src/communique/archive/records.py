"""What the archive keeps beside the records of coding, and what it answers with."""

from __future__ import annotations

from typing import Literal

from communique.linking.records import ClaimKey, Judgement
from communique.records import Coding, Document, Failure, Interval, Record, Role


class Signature(Record):
    """A text's near-duplicate fingerprint: the values of its bands, and the signature to compare."""

    bands: tuple[int, ...]
    signature: bytes


class Coded(Record):
    """A document with its coding, ready to be kept. `page_key` tells the raw page that it was read from."""

    document: Document
    coding: Coding
    page_key: str
    fingerprint: Signature


class Standing(Record):
    """What the archive holds under one document id, as far as it matters for coding it again."""

    id: str
    raw_sha256: str
    text_sha256: str
    page_key: str
    coder: str


class Duplicate(Record):
    """The first document that another one repeats, and how nearly (1.0 is word for word)."""

    of: str
    how: Literal["exact", "near"]
    likeness: float


class StoredDocument(Record):
    """A document as the archive holds it, with the mark of what it repeats."""

    document: Document
    duplicate: Duplicate | None = None


class Run(Record):
    """One coding pass. `state` is "running" while it goes on or when it was killed."""

    id: int
    version: str
    coder: str
    settings: dict[str, str]
    inputs: tuple[str, ...]
    state: Literal["running", "finished", "stopped"]
    kept: int = 0
    replaced: int = 0
    known: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()


class ClaimFilter(Record):
    """Which claims are wanted; every part that is set must hold.

    `between`: all of these codes take part. `actor`: this code takes part. `since`, `until` (ISO days):
    the claim's interval meets that span, so a claim without a date is left out. `limit` counts claims.
    """

    between: tuple[str, ...] = ()
    actor: str | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None
    document: str | None = None
    limit: int | None = None


class EventFilter(Record):
    """Which events are wanted; every part that is set must hold.

    The parts that it shares with `ClaimFilter` mean the same of the event's values. `role`: `actor` (or,
    without one, anybody) has that role, `other_role`: the first of `between` has. `within`: dated to within
    one month, or one year. `place`: a country's code or the place's name (case does not
    matter). `outlet`, `document`: one of its claims is told there. `person`, `other_person`: take part. `materiel`:
    equipment whose name holds these words. `instrument`: is it by name. `text`: words in the evidence of
    one of its claims (as in a search). `min_sources`: told by so many independent sources.
    """

    between: tuple[str, ...] = ()
    actor: str | None = None
    role: Role | None = None
    other_role: Role | None = None
    person: str | None = None
    other_person: str | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    within: Literal["month", "year"] | None = None
    place: str | None = None
    outlet: str | None = None
    document: str | None = None
    materiel: str | None = None
    instrument: str | None = None
    text: str | None = None
    min_confidence: float | None = None
    min_sources: int | None = None


class Overview(Record):
    """What an archive holds: counts, how many documents each outlet has (most first), the days of publication
    and of events from first to last, and the last run.
    """

    documents: int
    claims: int
    events: int
    deals: int
    agreements: int
    contradictions: int
    judgements: int
    statements: int
    outlets: tuple[tuple[str, int], ...] = ()
    published: Interval | None = None
    told_of: Interval | None = None
    last_run: Run | None = None


class Resolved(Record):
    """A judgement with the claims that it is of as the documents are coded now.

    `claim` (and `other`, of same and not_same) is None where no claim stands there any more.
    """

    judgement: Judgement
    claim: ClaimKey | None = None
    other: ClaimKey | None = None

    @property
    def holds(self) -> bool:
        """True when every claim that it is of was found."""
        return self.claim is not None and (self.other is not None or self.judgement.other is None)


class Hit(Record):
    """A place where a search found its words: in a `document`, the evidence of a `claim`, or a `statement`.

    `id` is the claim's or else the document's; `snippet` marks the words with U+0002 and U+0003.
    """

    what: Literal["document", "claim", "statement"]
    id: str
    doc_id: str
    title: str | None
    speaker: str | None = None
    snippet: str
    date: Interval | None = None


class Fault(Record):
    """One thing that is wrong in an archive: where, and what."""

    where: str
    what: str
