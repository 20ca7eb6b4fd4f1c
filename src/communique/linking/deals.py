"""Deals: arms transfers between the same parties of the same equipment, followed through their stages.

1. Transfers of one designation between the same two sides are put together (transfers.py), whichever way they
   are told; who supplies is decided by the makers of the equipment and by how often and surely it is told.
2. A new order, years after a delivery or a cancellation, begins another deal.
3. Transfers that are named loosely ("missile systems", or not at all) join the one deal that they fit in
   parties, time and category; what fits none, or several as well, is a deal of its own under its noun.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from communique.linking.equipment import alike, makers, may_be_same
from communique.linking.lives import NEVER, YEAR, day_of, days_apart, first_day, in_order, life_step, state_of
from communique.linking.parties import opposition, sides_of
from communique.linking.questions import amounts, questions
from communique.linking.records import ClaimKey, Deal, Event, Told
from communique.linking.transfers import Unit, one_a_sentence, units

NO_CLAIMS: Final[Mapping[ClaimKey, Told]] = MappingProxyType({})
AFTER_DELIVERY, AFTER_CANCELLED = 2 * YEAR, YEAR
"""Days from a deal's end to the step that begins another one, at least."""

BEFORE, AFTER = YEAR, 3 * YEAR
"""Days by which a loosely named transfer may lie before or after the steps of the deal that it joins."""

ALONE_APART = 2 * YEAR
"""Days between transfers of one noun between the same parties, above which they are two deals."""

ENOUGH = 3
"""How well a loosely named transfer must fit a deal (see `_fit`)."""

OPENING: Final = frozenset({"interest", "negotiation", "contract", "approval"})
NEEDS: Final = {
    "unblocked": "blocked",
    "blocked": "contract",
    "delivery": "contract",
    "cancelled": "contract",
}
"""The stage that a stage supposes."""

Group = list[Unit]


def deals(events: Iterable[Event], told: Mapping[ClaimKey, Told] = NO_CLAIMS) -> tuple[Deal, ...]:
    """The deals that the events tell, by supplier, recipient, equipment and first step.

    `told` gives the documents' days, by which undated steps are placed; without it an event's history does.
    """
    every = list(events)
    found = one_a_sentence(units(every, told), told)
    firm = [unit for unit in found if unit.family]
    groups = [order for group in _of_one_equipment(firm) for order in _orders(group)]
    rest = _join(groups, [unit for unit in found if not unit.family])
    groups += _of_one_noun(rest)
    opposed = opposition(every)
    made = [_deal(group, opposed) for group in groups]
    return tuple(
        sorted(made, key=lambda d: (d.suppliers, d.recipients, d.materiel or "", first_day(d), d.id))
    )


def _of_one_equipment(firm: Sequence[Unit]) -> list[Group]:
    """Units of one family that share a pair of parties; those that name one side join the only group with it."""
    groups: list[Group] = []
    by_family: dict[str | None, Group] = defaultdict(list)
    for unit in firm:
        by_family[unit.family].append(unit)
    for family in sorted(by_family, key=str):
        whole = [unit for unit in by_family[family] if unit.pairs]
        found = _connected(whole)
        for unit in (u for u in by_family[family] if not u.pairs):
            near = [g for g in found if any(unit.codes & u.codes for u in g) and _is_near(unit, g)]
            if len(near) == 1:
                near[0].append(unit)
            else:
                found.append([unit])
        groups += found
    return groups


def _connected(whole: Sequence[Unit]) -> list[Group]:
    """The units in groups such that those that share a pair are in one."""
    leader: dict[frozenset[str], frozenset[str]] = {}

    def lead(pair: frozenset[str]) -> frozenset[str]:
        while leader.setdefault(pair, pair) != pair:
            pair = leader[pair]
        return pair

    for unit in whole:
        first, *others = sorted(unit.pairs, key=sorted)
        for pair in others:
            leader[lead(pair)] = lead(first)
    groups: dict[frozenset[str], Group] = defaultdict(list)
    for unit in whole:
        groups[lead(min(unit.pairs, key=sorted))].append(unit)
    return list(groups.values())


def _orders(group: Group) -> list[Group]:
    """The group parted where a new order begins: an opening step with a date, years after an end."""
    orders: list[Group] = [[]]
    ended: Unit | None = None
    last: Unit | None = None
    for unit in in_order(group):
        event = unit.event
        if ended and last and event.date and event.stage in OPENING and event.status != "denied":
            wait = AFTER_CANCELLED if ended.event.stage == "cancelled" else AFTER_DELIVERY
            if days_apart(last, unit) > wait:
                orders.append([])
                ended = None
        orders[-1].append(unit)
        last = unit
        if event.status == "actual" and event.stage in ("delivery", "cancelled"):
            ended = unit
    return orders


def _join(groups: list[Group], loose: Sequence[Unit]) -> list[Unit]:
    """Puts loose units into the groups that they fit best; gives those that fit none, or two alike.

    It goes in rounds: a unit that has joined may join others to the group. In each round all fits are judged
    by the groups as they were before it, so that no order matters.
    """
    rest = list(loose)
    while True:
        places = _places(groups)
        fits = {n: at for n, unit in enumerate(rest) if (at := _best(unit, groups, places)) is not None}
        for n, at in fits.items():
            groups[at] = [*groups[at], rest[n]]
        rest = [unit for n, unit in enumerate(rest) if n not in fits]
        if not fits:
            return rest


def _places(groups: Sequence[Group]) -> dict[Hashable, list[int]]:
    """The numbers of the groups by each pair, and by each code with a document, that they hold."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        held: set[Hashable] = {pair for unit in group for pair in unit.pairs}
        held.update(place for unit in group for place in _told_in(unit))
        for place in held:
            found[place].append(n)
    return found


def _told_in(unit: Unit) -> Iterator[tuple[str, str]]:
    return ((code, document) for code in unit.codes for document in unit.documents)


def _best(unit: Unit, groups: Sequence[Group], places: Mapping[Hashable, list[int]]) -> int | None:
    """The number of the group that a unit fits best, if it fits well enough and none as well.

    A unit with both sides is of a group that has them too, another one of a group of the same document.
    """
    wanted: Iterable[Hashable] = unit.pairs or _told_in(unit)
    near = {n for place in wanted for n in places.get(place, ())}
    here = [n for n in sorted(near) if _may_join(unit, groups[n])]
    scores = sorted((_fit(unit, groups[n], alone=len(here) == 1), n) for n in here)
    if not scores or scores[-1][0] < ENOUGH or (len(scores) > 1 and scores[-2][0] == scores[-1][0]):
        return None
    return scores[-1][1]


def _may_join(unit: Unit, group: Group) -> bool:
    """True where time and equipment do not speak against it."""
    return _is_near(unit, group) and all(may_be_same(unit.equipment, other.equipment) for other in group)


def _fit(unit: Unit, group: Group, *, alone: bool) -> int:
    """How much speaks for a loosely named transfer's being of a deal; `alone` is the only one that it may be of."""
    here = [other for other in group if unit.documents & other.documents]
    score = 2 * bool(here) + 3 * any(alike(unit.equipment, other.equipment) for other in group)
    score += 2 * any(other.event.stage == unit.event.stage for other in here)
    before = [other for other in group if day_of(other) <= day_of(unit) and other.event.status == "actual"]
    supposed = NEEDS.get(unit.event.stage or "")
    if supposed and any(other.event.stage == supposed for other in before):
        score += 3 if supposed == "blocked" else 1 + 2 * alone
    return score


def _is_near(unit: Unit, group: Group) -> bool:
    """True where a unit's time is about that of the group's; its plans count by when they are told."""
    days = [day.toordinal() for other in group for day in (day_of(other), other.told) if day and day != NEVER]
    planned = unit.event.status in ("planned", "possible")
    day = unit.told if planned and unit.told else day_of(unit)
    return not days or day == NEVER or min(days) - BEFORE <= day.toordinal() <= max(days) + AFTER


def _of_one_noun(rest: Sequence[Unit]) -> list[Group]:
    """Units of the same parties and category, parted where they lie years apart."""
    by_noun: dict[tuple[tuple[str, ...], str], Group] = defaultdict(list)
    for unit in rest:
        by_noun[tuple(sorted(unit.codes)), "+".join(unit.equipment.categories)].append(unit)
    groups: list[Group] = []
    for key in sorted(by_noun):
        for unit in in_order(by_noun[key]):
            if groups and groups[-1][-1] in by_noun[key] and days_apart(groups[-1][-1], unit) <= ALONE_APART:
                groups[-1].append(unit)
            else:
                groups.append([unit])
    return groups


def _deal(group: Group, opposed: Mapping[str, Sequence[Event]]) -> Deal:
    steps = in_order(group)
    sides = sides_of(steps, makers(), opposed)
    state, status = state_of(steps)
    told = amounts(steps)
    return Deal(
        id=_id(steps),
        suppliers=sides.suppliers,
        recipients=sides.recipients,
        materiel=_name(steps),
        quantity=told.ordered,
        quantity_delivered=told.delivered,
        value_usd=told.value,
        blockers=sides.blockers,
        state=state,
        state_status=status,
        steps=tuple(life_step(unit, unit.items) for unit in steps),
        questions=questions(steps, told, sides),
    )


def _id(steps: Sequence[Unit]) -> str:
    """Of the least event and its equipment: new events leave it as it is unless they come to be the least."""
    least = min(steps, key=lambda u: (u.event.id, u.equipment.name, u.target or ""))
    equipment = least.family or "+".join(least.equipment.categories)
    named = "\0".join(("deal", least.event.id, equipment, least.target or ""))
    return "d" + hashlib.sha256(named.encode()).hexdigest()[:15]


def _name(steps: Sequence[Unit]) -> str | None:
    """The family, or the noun told most."""
    families = Counter(unit.family for unit in steps if unit.family)
    names = families or Counter(item.name for unit in steps for item in unit.items)
    return min(names, key=lambda name: (-names[name], name)) if names else None
