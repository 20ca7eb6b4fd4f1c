"""Drafts: candidates with every field decided, before the same event told twice is merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from communique.coding.actors import ActorMention
from communique.coding.propose import Candidate
from communique.coding.times import DateOption
from communique.records import Evidence, Materiel, Role, Stage, Status


@dataclass(frozen=True)
class Part:
    """One actor's part: the role, the code, the mentions that it rests on, why, and how sure (0 to 1)."""

    role: Role
    code: str
    mentions: tuple[ActorMention, ...]
    reason: str
    sure: float


@dataclass(frozen=True)
class Draft:
    """A candidate judged to be an event, with its fields and the reasons for them.

    `stage_word` is the place of the word that gives the stage: the candidate's own, or one that governs it.
    """

    candidate: Candidate
    parts: tuple[Part, ...]
    status: Status
    status_reason: str
    date: DateOption
    stage: Stage | None
    materiel: tuple[Materiel, ...]
    instrument: str | None
    attribution_chain: tuple[str, ...]
    attribution_reason: str
    evidence: Evidence
    probability: float
    kind_reason: Callable[[], str]
    """Gives why it is of its kind: put into words only for what is kept."""
    stage_word: int | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)
    """What the judge weighed of the candidate at its second look."""
    sure_of_parties: float = 1.0
    """How likely the parties are, all together, beside others that the actors at hand would make."""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all parties."""
        return frozenset(p.code for p in self.parts)

    @property
    def roles(self) -> frozenset[tuple[str, str]]:
        """Role and code of each party."""
        return frozenset((p.role, p.code) for p in self.parts)


def best_cast(group: Sequence[Draft]) -> Draft:
    """The telling whose parties stand for the event: the likeliest to be an event with these very parties."""
    return max(group, key=lambda d: d.probability * d.sure_of_parties)
