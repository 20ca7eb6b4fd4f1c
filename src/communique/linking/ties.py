"""Ties: under which keys an event bears on the deal or the agreement of another, so that few are ever grouped again.

Two events may come into one group, or one may decide what becomes of another, only where they are under one key and
at least one of them asks there: a transfer that names one side asks all of its equipment and side, one that names no
equipment all between its parties; most only answer. What hangs together by such keys is grouped by itself as it is
grouped among all others (a hypothesis test holds the archive to that). Acts that oppose a deal are read for it,
and join none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from communique.linking.agreements import is_step, step_of
from communique.linking.parties import AGAINST, opposition
from communique.linking.records import ClaimKey, Event, Told
from communique.linking.transfers import Unit, units

ASKS, ANSWERS, OPPOSES = 2, 1, 0
"""What part an event has under a key: who asks is tied to all that ask or answer there."""

KINDS: Final = ("arms_transfer", "agreement", *sorted(AGAINST))
"""The kinds of events that have ties."""

Tie = tuple[str, int]
"""A key, and the part of the event under it."""


def ties(event: Event, told: Mapping[ClaimKey, Told]) -> dict[str, int]:
    """The keys of an event with its part under each: the one that reaches farthest."""
    found: dict[str, int] = {}
    for key, part in _ties(event, told):
        found[key] = max(part, found.get(key, part))
    return found


def lots(held: Mapping[int, Mapping[str, int]]) -> list[list[int]]:
    """The events that hang together, by their numbers, each lot in order; acts that only oppose are in none.

    `held` are the ties of each event.
    """
    under: dict[str, list[int]] = {}
    asked: set[str] = set()
    for event, theirs in held.items():
        for key, part in theirs.items():
            if part != OPPOSES:
                under.setdefault(key, []).append(event)
            if part == ASKS:
                asked.add(key)
    leader = {event: event for events in under.values() for event in events}
    for key in asked:
        first, *others = under[key]
        for other in others:
            leader[_lead(leader, other)] = _lead(leader, first)
    found: dict[int, list[int]] = {}
    for event in sorted(leader):
        found.setdefault(_lead(leader, event), []).append(event)
    return list(found.values())


def _lead(leader: dict[int, int], event: int) -> int:
    while leader[event] != event:
        leader[event] = event = leader[leader[event]]
    return event


def _ties(event: Event, told: Mapping[ClaimKey, Told]) -> Iterator[Tie]:
    for unit in units([event], told):
        yield from _of_equipment(unit) if unit.family else _of_loose(unit)
        at = ANSWERS if unit.family or unit.pairs else ASKS
        yield from (("|".join(("told", *place)), at) for place in product(unit.codes, unit.documents))
    if is_step(event):
        yield from _of_agreement(event, told)
    for family, target in product(opposition([event]), _targets(event)):
        yield opposed(family, target), OPPOSES


def _of_equipment(unit: Unit) -> Iterator[Tie]:
    """Of a designation between two sides; where only one is named, of it and that side."""
    for pair in _pairs(unit):
        yield f"deal|{unit.family}|{pair}", ASKS
        yield f"pair|{pair}", ANSWERS
    for code in unit.codes:
        yield f"side|{unit.family}|{code}", ANSWERS if unit.pairs else ASKS


def _of_loose(unit: Unit) -> Iterator[Tie]:
    """Of a noun, or of nothing, between two sides."""
    for pair in _pairs(unit):
        yield f"pair|{pair}", ASKS
    yield f"noun|{'+'.join(sorted(unit.codes))}|{'+'.join(unit.equipment.categories)}", ASKS


def _pairs(unit: Unit) -> Iterator[str]:
    return ("+".join(sorted(pair)) for pair in unit.pairs)


def _of_agreement(event: Event, told: Mapping[ClaimKey, Told]) -> Iterator[Tie]:
    """Of a name, or a word of it, and a party; of what takes one up and its documents; else of the parties."""
    step = step_of(event, told)
    named = [f"known|{step.known}"] if step.known else [f"word|{word}" for word in step.words]
    yield from ((f"{name}|{party}", ASKS) for name, party in product(named, step.parties))
    if named or step.takes_up:
        yield from ((f"accord|{document}", ANSWERS if named else ASKS) for document in step.documents)
    if not named:
        yield f"unnamed|{'+'.join(sorted(step.parties))}", ASKS


def opposed(family: str, party: str) -> str:
    """The key of the acts against a party that name a family of equipment."""
    return f"opposed|{family}|{party}"


def _targets(event: Event) -> list[str]:
    return sorted({actor.code for actor in event.actors if actor.role == "target"})


def opposed_in(events: Iterable[Event], told: Mapping[ClaimKey, Told]) -> set[str]:
    """The keys of all acts that may oppose a deal of these events."""
    found: Sequence[Unit] = units(events, told)
    families = {unit.family for unit in found if unit.family}
    return {opposed(f, code) for f, code in product(families, {c for unit in found for c in unit.codes})}


def opposed_by(key: str) -> tuple[str, str] | None:
    """The family and the party of a key of opposing acts; None for another key."""
    sort, *named = key.split("|")
    return (named[0], named[-1]) if sort == "opposed" else None
