"""How claims decide on one value: votes by independent source, and the reason in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from communique.linking.names import speaks_for
from communique.linking.records import Choice, Told, Version

Value = TypeVar("Value")
Given = TypeVar("Given", covariant=True)
Taken = TypeVar("Taken", contravariant=True)
Rank = tuple[float, ...]

REASONS = (
    "told of the act itself, where others tell of the plan",
    "backed by most independent sources",
    "read in the text, where others infer it",
    "said by a nearer source",
    "fuller or more exact",
    "told later",
    "first in order, where nothing else decides",
)
"""Why a version comes before the next, by the place in the rank where the two differ."""


@dataclass(frozen=True)
class Vote(Generic[Given]):
    """The value that one claim gives for a field; `given` where its words stand in the text."""

    told: Told
    value: Given
    given: bool = True


@dataclass(frozen=True)
class Ballot(Generic[Taken]):
    """How the values of a field are compared.

    `text` writes a value for readers, and values of one text are one version; `supports(x, y)` says
    whether a claim that gives x backs y too, and by how much (0 to 1); `exactness` is larger for the fuller.
    """

    field: str
    text: Callable[[Taken], str]
    supports: Callable[[Taken, Taken], float]
    exactness: Callable[[Taken], float]


def in_order(told: Iterable[Told]) -> list[Told]:
    """The claims by document id and claim id."""
    return sorted(told, key=lambda one: (one.claim.doc_id, one.claim.id))


def families(told: Iterable[Told]) -> int:
    """How many independent sources tell: copies of one text are one."""
    return len({one.copies for one in told})


def told_day(one: Told) -> int:
    """The day on which a claim was told, as an ordinal; 0 where that is not known."""
    return one.published.start.toordinal() if one.published else 0


def decide(ballot: Ballot[Value], votes: Sequence[Vote[Value]], status: str) -> tuple[Value, Choice]:
    """The value that the votes come to, and how. There is at least one vote.

    Votes of claims with the event's status go before the others.
    """
    versions: dict[str, list[Vote[Value]]] = {}
    for vote in votes:
        versions.setdefault(ballot.text(vote.value), []).append(vote)
    if len(versions) == 1:
        return votes[0].value, _unanimous(ballot.field, versions)
    ranked = sorted(
        ((_rank(ballot, backers, votes, status), text) for text, backers in versions.items()),
        key=lambda item: (tuple(-x for x in item[0]), item[1]),
    )
    first = ranked[0][1]
    choice = Choice(
        field=ballot.field,
        value=first,
        reason=_reason(ranked[0][0], ranked[1][0]),
        versions=tuple(_version(text, versions[text]) for _, text in ranked),
    )
    return versions[first][0].value, choice


def _unanimous(field: str, versions: dict[str, list[Vote[Value]]]) -> Choice:
    ((text, backers),) = versions.items()
    reason = "all agree" if len(backers) > 1 else "the only claim that says it"
    return Choice(field=field, value=text, reason=reason, versions=(_version(text, backers),))


def _rank(
    ballot: Ballot[Value], backers: Sequence[Vote[Value]], votes: Sequence[Vote[Value]], status: str
) -> Rank:
    value = backers[0].value
    weights: dict[str, float] = {}
    for vote in votes:
        weight = ballot.supports(vote.value, value)
        weights[vote.told.copies] = max(weights.get(vote.told.copies, 0.0), weight)
    return (
        float(any(vote.told.claim.status == status for vote in backers)),
        sum(weights[copies] for copies in sorted(weights)),
        float(any(vote.given for vote in backers)),
        float(any(speaks_for(v.told.claim.attribution, v.told.claim.actors) for v in backers)),
        ballot.exactness(value),
        float(max(told_day(vote.told) for vote in backers)),
    )


def _reason(first: Rank, second: Rank) -> str:
    """Why the first comes before the second."""
    differs = next((n for n, (x, y) in enumerate(zip(first, second, strict=True)) if x != y), len(first))
    return REASONS[differs]


def _version(text: str, backers: Sequence[Vote[Value]]) -> Version:
    told = [vote.told for vote in backers]
    return Version(value=text, claims=tuple(one.key for one in told), independent=families(told))
