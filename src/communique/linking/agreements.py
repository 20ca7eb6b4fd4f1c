"""Agreements: treaties and accords followed from negotiation to signature, ratification, force and end.

1. Events that name an instrument which the tables have are put together under its name ("New START").
2. Events that name it otherwise are put together where parties and the words of the name agree.
3. Events without a name whose sentence takes up a named one ("the pact") join the one agreement that they fit in
   parties and document; all others are put together where parties agree and stages follow each other in time.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from communique.knowledge.instruments import instrument
from communique.linking import tables
from communique.linking.lives import (
    NEVER,
    ORDER,
    YEAR,
    by_day,
    day_of,
    days_apart,
    first_day,
    in_order,
    life_step,
    short,
    state_of,
    told_on,
)
from communique.linking.records import Agreement, ClaimKey, Event, Told

NO_CLAIMS: Final[Mapping[ClaimKey, Told]] = MappingProxyType({})
EXERCISE: Final = "exercise"
LONGEST = 2 * YEAR
"""Days between two steps of one unnamed agreement, at most."""

UNSAID = YEAR // 2
"""The same where no word of a name joins them."""

AROUND = 3 * YEAR
"""Days by which a step that takes up an agreement may lie before or after its others."""

SAME_DAY = 10
"""Days between two tellings of one signature, at most."""

ENOUGH = 1
"""How well an event without a name must fit an agreement (see `_fit`)."""


@dataclass(frozen=True, slots=True)
class Step:
    """An event of an agreement: `known` is the instrument of the tables, `words` tell its name from others.

    `takes_up` is true where a sentence of its evidence speaks of "the treaty" or the like.
    """

    event: Event
    told: date | None
    parties: frozenset[str]
    known: str | None
    words: frozenset[str]
    documents: frozenset[str]
    takes_up: bool


Group = list[Step]


def agreements(events: Iterable[Event], told: Mapping[ClaimKey, Told] = NO_CLAIMS) -> tuple[Agreement, ...]:
    """The agreements that the events tell, by parties, name and first step (see `linking.deals.deals` for `told`)."""
    steps = sorted((step_of(e, told) for e in events if is_step(e)), key=lambda s: s.event.id)
    groups = [*_of_known(steps), *_of_named([s for s in steps if not s.known and s.words])]
    rest = _join(groups, [s for s in steps if not s.known and not s.words])
    groups += _of_unnamed(rest)
    made = [_agreement(group) for group in groups]
    return tuple(sorted(made, key=lambda a: (a.parties, a.instrument or "", first_day(a), a.id)))


def is_step(event: Event) -> bool:
    """True for an event that is a step of an agreement."""
    return event.kind == "agreement" and event.stage is not None and bool(event.actors)


def step_of(event: Event, told: Mapping[ClaimKey, Told]) -> Step:
    """The event as a step: what tells the name of its agreement, and whether it takes one up."""
    found = instrument(event.instrument, tables.overlay()) if event.instrument else None
    known = found.name if found and found.kind != EXERCISE else None
    words = frozenset(re.findall(r"\w+", (event.instrument or "").lower())) - _plain()
    parties = frozenset(actor.code for actor in event.actors)
    documents = frozenset(key.doc_id for key in event.claims)
    evidence = (e.text for key in event.claims if key in told for e in told[key].claim.evidence)
    takes_up = any(_taken_up().search(text) for text in evidence)
    return Step(event, told_on(event, told), parties, known, words, documents, takes_up)


@cache
def _words() -> dict[str, list[str]]:
    text = files("communique.linking").joinpath("agreements.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))


@cache
def _plain() -> frozenset[str]:
    return frozenset(_words()["plain"])


@cache
def _taken_up() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, _words()["taken_up"]))
    return re.compile(rf"\b(?:the|this|that|its|their) (?:\w+ )?(?:{nouns})\b", re.IGNORECASE)


def _of_known(steps: Sequence[Step]) -> Iterator[Group]:
    """Steps of one instrument of the tables that parties join (a "defence pact" may be anyone's)."""
    for name in sorted({s.known for s in steps if s.known}):
        yield from _connected([s for s in steps if s.known == name])


def _connected(steps: Sequence[Step]) -> list[Group]:
    groups: list[Group] = []
    for step in steps:
        near = [g for g in groups if any(step.parties & other.parties for other in g)]
        groups = [g for g in groups if g not in near] + [[*(other for g in near for other in g), step]]
    return groups


def _of_named(steps: Sequence[Step]) -> list[Group]:
    """Steps that share a word of the name and two parties (or all), as their order allows."""
    return _grouped(steps, lambda step: sorted(step.words), _share)


def _of_unnamed(steps: Sequence[Step]) -> list[Group]:
    """Steps of the same parties, as their order allows."""
    return _grouped(steps, lambda step: [step.parties], lambda a, b: True)


def _share(a: Step, b: Step) -> bool:
    enough = min(2, len(a.parties), len(b.parties))
    return bool(a.words & b.words) and len(a.parties & b.parties) >= enough


def _grouped(
    steps: Sequence[Step], marks: Callable[[Step], Iterable[Hashable]], same: Callable[[Step, Step], bool]
) -> list[Group]:
    """The steps in groups, in order of time: each joins the first with a common mark whose members it may follow."""
    groups: list[Group] = []
    marked: dict[Hashable, list[int]] = defaultdict(list)
    for step in sorted(steps, key=by_day):
        near = sorted({n for mark in marks(step) for n in marked[mark]})
        n = next((n for n in near if _may_join(step, groups[n], same)), len(groups))
        if n == len(groups):
            groups.append([])
        groups[n].append(step)
        for mark in marks(step):
            if n not in marked[mark][-1:]:
                marked[mark].append(n)
    return groups


def _may_join(step: Step, group: Group, same: Callable[[Step, Step], bool]) -> bool:
    """True where a step is like one member of a group and may follow all; the latest is looked at first."""
    return all(_may_follow(other, step) for other in reversed(group)) and any(same(step, o) for o in group)


def _may_follow(earlier: Step, later: Step) -> bool:
    """False where two steps belong to two agreements: too far apart, signed on two days, or going back."""
    apart, a, b = days_apart(earlier, later), earlier.event, later.event
    if apart > (LONGEST if earlier.words & later.words else UNSAID):
        return False
    if not (a.date and b.date) and not (earlier.documents & later.documents or earlier.words & later.words):
        return False
    if a.status != "actual" or b.status != "actual":
        return True
    if a.stage == b.stage:
        return apart <= SAME_DAY or bool(a.date and b.date and a.date.meet(b.date))
    return _rank(b) >= _rank(a) or apart <= SAME_DAY


def _rank(event: Event) -> float:
    return ORDER.get(event.stage or "", 0)


def _join(groups: list[Group], loose: Sequence[Step]) -> list[Step]:
    """Puts each unnamed step to the agreement that it fits best; gives those that fit none, or two alike."""
    rest = []
    named = [list(group) for group in groups]
    for step in loose:
        scores = sorted(((_fit(step, group), -n) for n, group in enumerate(named)), reverse=True)
        if scores and scores[0][0] >= ENOUGH and (len(scores) == 1 or scores[0][0] > scores[1][0]):
            groups[-scores[0][1]].append(step)
        else:
            rest.append(step)
    return rest


def _fit(step: Step, group: Group) -> int:
    """How well an unnamed step fits a named agreement; 0 where nothing joins them or anything parts them."""
    here = [other for other in group if step.documents & other.documents]
    if not here or not step.takes_up or not _is_near(step, group):
        return 0
    everyone = frozenset(code for other in group for code in other.parties)
    score = 2 * bool(here) + (
        2 if any(step.parties == o.parties for o in group) else step.parties <= everyone
    )
    signed_twice = any(_is_other_day(other, step) for other in group)
    return 0 if signed_twice else score


def _is_other_day(a: Step, b: Step) -> bool:
    """True for two dates of an act that is done once (each party ratifies on its own day)."""
    if (
        a.event.stage != b.event.stage
        or a.event.stage == "ratification"
        or not (a.event.date and b.event.date)
    ):
        return False
    return days_apart(a, b) > SAME_DAY and a.event.date.meet(b.event.date) is None


def _is_near(step: Step, group: Group) -> bool:
    days = [day_of(other) for other in group]
    if NEVER in (day_of(step), min(days)):
        return True
    return min(days).toordinal() - AROUND <= day_of(step).toordinal() <= max(days).toordinal() + AROUND


def _agreement(group: Group) -> Agreement:
    steps = in_order(group)
    state, status = state_of(steps)
    least = min(step.event.id for step in steps)
    return Agreement(
        id="a" + hashlib.sha256(f"agreement\0{least}".encode()).hexdigest()[:15],
        parties=tuple(sorted({code for step in steps for code in step.parties})),
        instrument=_name(steps),
        state=state,
        state_status=status,
        steps=tuple(life_step(step) for step in steps),
        questions=tuple(_questions(steps)),
    )


def _name(steps: Sequence[Step]) -> str | None:
    """The name that the tables have, else the one told most, the longer of equals."""
    known = {step.known for step in steps if step.known and not step.known.islower()}
    if known:
        return min(known)
    told = Counter(step.event.instrument for step in steps if step.event.instrument)
    return min(told, key=lambda name: (-told[name], -len(name), name)) if told else None


def _questions(steps: Sequence[Step]) -> Iterator[str]:
    actual = {step.event.stage for step in steps if step.event.status == "actual"}
    planned = {step.event.stage for step in steps if step.event.status == "planned"}
    if not actual:
        yield "nothing is reported to have happened yet"
        planned = set()
    if "negotiation" in actual and not actual - {"negotiation"}:
        yield "no signature is reported"
    yield from (
        f"planned, and not reported to have happened: {_noun(stage)}"
        for stage in sorted(planned - actual, key=str)
    )
    days = sorted(
        {
            short(s.event.date)
            for s in steps
            if s.event.stage == "signing" and s.event.status == "actual" and s.event.date
        }
    )
    if len(days) > 1:
        yield f"signatures are told of {' and '.join(days)}"
    denied = sorted({step.event.stage or "" for step in steps if step.event.status == "denied"})
    yield from (f"it is denied: {_noun(stage)}" for stage in denied)


def _noun(stage: str | None) -> str:
    return (stage or "").replace("_", " ")
