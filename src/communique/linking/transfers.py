"""Arms transfers as units: one piece of equipment to one recipient, as one event tells it.

An event with three kinds of aircraft is three units, since each may be delivered or refused on its own.
Nouns beside a designation that they may mean ("Rafale", "aircraft") are no units of their own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from communique.linking.equipment import Equipment, equipment_of, may_be_same
from communique.linking.lives import ORDER, told_on
from communique.linking.records import ClaimKey, Event, Told
from communique.records import Materiel

UNNAMED: Final = Equipment("")


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of equipment, from `sources` to `target` (either may be missing), as `event` tells it.

    `items` are the event's words for it; `documents` are those that tell the event.
    """

    event: Event
    sources: frozenset[str]
    target: str | None
    equipment: Equipment
    items: tuple[Materiel, ...]
    told: date | None
    documents: frozenset[str]

    @property
    def family(self) -> str | None:
        """The family, under which units are put together."""
        return self.equipment.family

    @property
    def codes(self) -> frozenset[str]:
        """All parties."""
        return self.sources | {self.target} if self.target else self.sources

    @property
    def pairs(self) -> frozenset[frozenset[str]]:
        """Each of the suppliers with the recipient, whichever way."""
        return frozenset(frozenset({source, self.target}) for source in self.sources if self.target)


def units(events: Iterable[Event], told: Mapping[ClaimKey, Told]) -> list[Unit]:
    """The units of all arms transfers with a stage and a party, by event."""
    transfers = (e for e in events if e.kind == "arms_transfer" and e.stage is not None and e.actors)
    found = [unit for event in transfers for unit in _units_of(event, told)]
    return sorted(found, key=lambda u: (u.event.id, u.equipment.name, u.target or ""))


def _units_of(event: Event, told: Mapping[ClaimKey, Told]) -> Iterator[Unit]:
    sources = frozenset(a.code for a in event.actors if a.role != "target")
    codes = sorted({a.code for a in event.actors if a.role == "target"} - sources)
    targets: list[str | None] = list(codes) or [None]
    documents = frozenset(key.doc_id for key in event.claims)
    day = told_on(event, told)
    for equipment, items in _equipment(event.materiel):
        for target in targets:
            yield Unit(event, sources, target, equipment, items, day, documents)


def _equipment(items: tuple[Materiel, ...]) -> Iterator[tuple[Equipment, tuple[Materiel, ...]]]:
    """The pieces of equipment with the items that mean each: families first, then nouns that mean none of them."""
    named = {item: equipment_of(item.name) for item in items}
    families: dict[str, list[Materiel]] = {}
    for item, equipment in named.items():
        if equipment.family is not None:
            families.setdefault(equipment.family, []).append(item)
    for group in families.values():
        yield named[group[0]], tuple(group)
    firm = [named[group[0]] for group in families.values()]
    loose: dict[tuple[str, ...], list[Materiel]] = {}
    for item, equipment in named.items():
        if not equipment.family and not any(may_be_same(equipment, other) for other in firm):
            loose.setdefault(equipment.categories, []).append(item)
    for group in loose.values():
        yield named[group[0]], tuple(group)
    if not items:
        yield UNNAMED, ()


def one_a_sentence(found: Sequence[Unit], told: Mapping[ClaimKey, Told]) -> list[Unit]:
    """The units without those whose every sentence tells a surer stage of the same equipment, date and status.

    A sentence that was read as a contract and as a delivery of one day tells one of them.
    """
    by_sentence: dict[Hashable, list[Unit]] = {}
    for unit in found:
        for what in _read(unit, told):
            by_sentence.setdefault(what, []).append(unit)
    surest = {what: max(group, key=_sureness) for what, group in by_sentence.items()}
    return [u for u in found if not (read := _read(u, told)) or any(surest[what] is u for what in read)]


def _read(unit: Unit, told: Mapping[ClaimKey, Told]) -> list[Hashable]:
    """Each sentence of the event's claims with what is told in it but for the stage."""
    claims = (told[key].claim for key in unit.event.claims if key in told)
    sentences = sorted({(claim.doc_id, claim.evidence[0].start) for claim in claims})
    return [(s, unit.family, unit.codes, unit.event.date, unit.event.status) for s in sentences]


def _sureness(unit: Unit) -> tuple[float, float, str]:
    """The surest event; of equals the one of the earlier stage."""
    return unit.event.confidence, -ORDER.get(unit.event.stage or "", 0), unit.event.id
