"""The parties of an event: the set of roles that most sources back, with the fullest names of its persons."""

from __future__ import annotations

from collections.abc import Sequence

from communique.linking.names import name_words
from communique.linking.records import Choice, Told
from communique.linking.voting import Ballot, Vote, decide, families
from communique.records import Actor

Actors = tuple[Actor, ...]
Naming = tuple[Told, Actor]

_PART = 0.5
"""How much a claim that names some of the parties backs a claim that names those and more."""


def consolidated_actors(claims: Sequence[Told], status: str) -> tuple[Actors, Choice]:
    """The parties that most sources back, each with its person and office as most sources name them."""
    votes = [Vote(one, one.claim.actors) for one in claims]
    chosen, choice = decide(_ACTORS, votes, status)
    parts = dict.fromkeys((actor.role, actor.code) for actor in chosen)
    return tuple(actor for part in parts for actor in _named(part, claims)), choice


def _roles(actors: Actors) -> frozenset[tuple[str, str]]:
    return frozenset((actor.role, actor.code) for actor in actors)


def _text(actors: Actors) -> str:
    return ", ".join(f"{role} {code}" for role, code in sorted(_roles(actors)))


def _backs(x: Actors, y: Actors) -> float:
    ours, theirs = _roles(x), _roles(y)
    if ours == theirs:
        return 1.0
    return _PART if ours < theirs else 0.0


_ACTORS = Ballot[Actors]("actors", _text, _backs, lambda actors: float(len(_roles(actors))))


def _named(part: tuple[str, str], claims: Sequence[Told]) -> list[Actor]:
    """One actor for each person that claims name in the role for the party, or one without a person.

    Names that share a word are of one person. Where sources name different persons, those stand that the
    most independent sources name.
    """
    told = [(one, actor) for one in claims for actor in one.claim.actors if (actor.role, actor.code) == part]
    persons: list[list[Naming]] = []
    for naming in told:
        _add(persons, naming)
    most = max((families(one for one, _ in person) for person in persons), default=0)
    kept = [_fullest(person) for person in persons if families(one for one, _ in person) == most]
    return kept or [_fullest(told)]


def _add(persons: list[list[Naming]], naming: Naming) -> None:
    """Put a naming to the person whom it names, if it names one."""
    if not naming[1].person:
        return
    words = name_words(naming[1].person)
    for person in persons:
        if any(words & name_words(known.person or "") for _, known in person):
            person.append(naming)
            return
    persons.append([naming])


def _fullest(named: Sequence[Naming]) -> Actor:
    """The fullest name, with the office that most sources give."""
    fullest = max((actor for _, actor in named), key=lambda one: (len(one.person or ""), one.person or ""))
    offices = [actor.office for _, actor in named if actor.office]
    office = max(sorted(set(offices)), key=offices.count, default=None)
    return fullest.model_copy(update={"office": office})
