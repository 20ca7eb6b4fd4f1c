"""The records of linking: what is linked, and what comes of it. All frozen, compared by content."""

from __future__ import annotations

from datetime import date
from datetime import date as Day
from functools import lru_cache
from typing import Literal

from communique.records import (
    Actor,
    Claim,
    Interval,
    Kind,
    Materiel,
    Place,
    Record,
    Stage,
    Status,
)

Verdict = Literal["same", "not_same", "wrong", "right", "corrected"]
Finding = Literal["denial", "date", "quantity", "source", "occupancy"]


class ClaimKey(Record):
    """Which claim: its document's id and its own. Keys order by document id, then claim id."""

    doc_id: str
    id: str

    @classmethod
    def of(cls, claim: Claim) -> ClaimKey:
        """The key of a claim."""
        return _key(claim.doc_id, claim.id)


@lru_cache(maxsize=1 << 17)
def _key(doc_id: str, id: str) -> ClaimKey:
    """The key, one object for all who ask for it: linking asks for it many times a claim."""
    return ClaimKey(doc_id=doc_id, id=id)


class Told(Record):
    """A claim with what linking needs of its document: when it was published, by whom, and of which copies it is.

    `copies` names the family of copies and near-copies that the document is of (its own id where it has
    none): claims of one family are one independent source. `title` is the document's.
    """

    claim: Claim
    published: Interval | None = None
    outlet: str | None = None
    title: str | None = None
    copies: str

    @property
    def key(self) -> ClaimKey:
        """The key of the claim."""
        return ClaimKey.of(self.claim)


class Link(Record):
    """Why two claims may tell one event: a score from 0 to 1 and the reasons in words. Law: a < b by key."""

    a: ClaimKey
    b: ClaimKey
    score: float
    reasons: tuple[str, ...] = ()


class Version(Record):
    """One value that claims give for a field, as text, the claims that give it, and of how many families they are."""

    value: str
    claims: tuple[ClaimKey, ...]
    independent: int


class Choice(Record):
    """How one field of an event came to its value: the value, the claims for it, those that differ, and the reason.

    `field` is one of kind, status, stage, actors, date, place, materiel, instrument. `value` and those of
    `versions` are text for readers; `versions` has the chosen one first.
    """

    field: str
    value: str
    reason: str
    versions: tuple[Version, ...]


class Step(Record):
    """One step of an event's status: from when (the publication that first tells it) it stood so, and who said it."""

    status: Status
    told: date | None
    claims: tuple[ClaimKey, ...]


class Event(Record):
    """One happening in the world: the values chosen, the claims that tell it, and how each value was chosen.

    `independent` counts families of copies among its documents, `documents` all of them. `history` has
    the earliest told status first. `id` is made from the least of the claims' keys.
    """

    id: str
    kind: Kind
    status: Status
    actors: tuple[Actor, ...]
    date: Interval | None = None
    place: Place | None = None
    stage: Stage | None = None
    materiel: tuple[Materiel, ...] = ()
    instrument: str | None = None
    confidence: float
    claims: tuple[ClaimKey, ...]
    independent: int
    documents: int
    choices: tuple[Choice, ...] = ()
    history: tuple[Step, ...] = ()


class LifeStep(Record):
    """One step in the life of a deal or an agreement: the stage, its status, when, and the event that tells it.

    `told` is the day of the publication that tells it first: it places a step without a date.
    """

    stage: Stage
    status: Status
    date: Interval | None
    event: str
    materiel: tuple[Materiel, ...] = ()
    told: Day | None = None


class Deal(Record):
    """An arms transfer between the same parties of the same equipment, followed through its stages.

    `suppliers` and `recipients` are codes; `materiel` the equipment's name as the tables have it, or as
    told; `blockers` who stood in its way. `questions` are what the record leaves open, in words.
    """

    id: str
    suppliers: tuple[str, ...]
    recipients: tuple[str, ...]
    materiel: str | None
    quantity: int | None = None
    quantity_delivered: int | None = None
    value_usd: float | None = None
    blockers: tuple[str, ...] = ()
    state: Stage
    state_status: Status
    steps: tuple[LifeStep, ...]
    questions: tuple[str, ...] = ()


class Agreement(Record):
    """A treaty or accord followed from negotiation to its end. `instrument` is its name where it has one."""

    id: str
    parties: tuple[str, ...]
    instrument: str | None
    state: Stage
    state_status: Status
    steps: tuple[LifeStep, ...]
    questions: tuple[str, ...] = ()


class Contradiction(Record):
    """Two claims that cannot both stand: what is at odds, in words, and the two claims (the earlier told first)."""

    id: str
    finding: Finding
    text: str
    a: ClaimKey
    b: ClaimKey
    event: str | None = None


class Judgement(Record):
    """A person's decision on a claim, or on whether two claims tell one event: kept apart from what was coded.

    A claim is named by what stays when a document is coded again: the document's id and the hash of its
    text, the kind, and the span of its first evidence. `other` is set for same and not_same. `field` and
    `value` (JSON of the record's field) are set for corrected. `made` is the day it was made, as given;
    `turn` counts up where one is made on the same question again on that day (the last one stands).
    """

    id: str
    verdict: Verdict
    claim: ClaimAnchor
    other: ClaimAnchor | None = None
    field: str | None = None
    value: str | None = None
    who: str
    why: str
    made: date | None = None
    turn: int = 0
    withdrawn: bool = False


class ClaimAnchor(Record):
    """Where a judged claim stands, whatever codes it: document, text hash, kind, first evidence `start`..`end`.

    `claim` (its id when it was judged), `codes` (its parties, in order), `stage` and `status` tell it from others of
    the same words.
    """

    doc_id: str
    text_sha256: str
    kind: Kind
    start: int
    end: int
    claim: str | None = None
    codes: tuple[str, ...] = ()
    stage: Stage | None = None
    status: Status | None = None


Judgement.model_rebuild()
