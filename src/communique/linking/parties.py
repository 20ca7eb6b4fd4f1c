"""Who supplies, who receives and who stands in the way of a deal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from communique.linking.equipment import equipment_of
from communique.linking.lives import YEAR, day_of
from communique.linking.records import Event
from communique.linking.transfers import Unit

AGAINST: Final = frozenset({"reject", "sanction", "threaten", "accuse"})
"""Kinds of acts by which a third party opposes a deal whose equipment they name."""

MAKER = 100.0
"""What making the equipment weighs beside the confidence of all tellings."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of a deal by code, sorted. `reversed` counts the tellings that have them the other way round."""

    suppliers: tuple[str, ...]
    recipients: tuple[str, ...]
    blockers: tuple[str, ...]
    reversed: int = 0


def opposition(events: Iterable[Event]) -> dict[str, list[Event]]:
    """By family of equipment the acts that oppose somebody and name it."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.kind in AGAINST and event.status == "actual":
            for family in sorted({f for item in event.materiel if (f := equipment_of(item.name).family)}):
                found[family].append(event)
    return found


def sides_of(
    steps: Sequence[Unit],
    makers: Mapping[str, frozenset[str]],
    opposed: Mapping[str, Sequence[Event]] = MappingProxyType({}),
) -> Sides:
    """The sides of a deal from all its tellings; `opposed` are acts against deals by family (see `opposition`).

    A code supplies where more and surer tellings have it as the source; among two parties of which one makes the
    equipment the maker supplies. A source that only blocks, beside another supplier, is a blocker.
    """
    weights = _weights(steps, makers)
    suppliers = {code for code, weight in weights.items() if weight > 0}
    if len(suppliers) == len(weights) > 1:  # the makers supply, so that the others receive
        suppliers = {code for code in suppliers if weights[code] > MAKER / 2} or suppliers
    recipients = set(weights) - suppliers
    blocking = suppliers - _movers(steps)
    if suppliers - blocking:
        suppliers -= blocking
    else:
        blocking = set()
    backwards = sum(bool(unit.sources & recipients) and unit.target in suppliers for unit in steps)
    blocking |= _opponents(steps, opposed) - suppliers - recipients
    return Sides(tuple(sorted(suppliers)), tuple(sorted(recipients)), tuple(sorted(blocking)), backwards)


def _weights(steps: Sequence[Unit], makers: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """For each code how much speaks for its being a supplier, less what speaks for a recipient."""
    found: Counter[str] = Counter()
    for unit in steps:
        weight = unit.event.confidence * unit.event.independent
        for code in sorted(unit.sources):
            found[code] += weight  # type: ignore[assignment]
        if unit.target:
            found[unit.target] -= weight  # type: ignore[assignment]
    families = {unit.family for unit in steps if unit.family}
    made = {code for family in families for code in makers.get(family, ())}
    if set(found) - made:
        for code in set(found) & made:
            found[code] += MAKER  # type: ignore[assignment]
    return {code: float(found[code]) for code in sorted(found)}


def _movers(steps: Sequence[Unit]) -> set[str]:
    """Those who do more than block or lift a block: the parties of any other stage."""
    others = [unit for unit in steps if unit.event.stage not in ("blocked", "unblocked")]
    if not others:
        return {code for unit in steps for code in unit.codes}
    return {code for unit in others for code in unit.codes}


def _opponents(steps: Sequence[Unit], opposed: Mapping[str, Sequence[Event]]) -> set[str]:
    """Who opposes by another act that names the equipment and one of the parties, while the deal lasts."""
    codes = {code for unit in steps for code in unit.codes}
    first, last = (edge(day_of(unit).toordinal() for unit in steps) for edge in (min, max))
    return {
        actor.code
        for family in {unit.family for unit in steps if unit.family}
        for event in opposed.get(family, ())
        if event.date is None or first - YEAR <= event.date.start.toordinal() <= last + YEAR
        if any(actor.code in codes for actor in event.actors if actor.role == "target")
        for actor in event.actors
        if actor.role == "source"
    }
