"""What the record of a deal leaves open: how many were ordered and delivered, at what price, and the questions left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from communique.linking.parties import Sides
from communique.linking.transfers import Unit

ORDERING: Final = ("contract", "approval", "negotiation", "interest", "delivery")
"""Where the number ordered is looked for, the surest stage first."""

NEAR = 0.1
"""Two values that differ by no more than this share are one."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Numbers ordered and delivered and the value; `tellings` are all numbers told for the order, the chosen one first.

    `parts` are the numbers told of deliveries that took place.
    """

    ordered: int | None
    delivered: int | None
    value: float | None
    tellings: tuple[int, ...]
    values: tuple[float, ...]
    parts: tuple[int, ...]


def amounts(steps: Sequence[Unit]) -> Amounts:
    """The numbers of a deal from those of its steps."""
    tellings = _ordered(steps)
    values = _values(steps)
    parts = _parts(steps)
    ordered = tellings[0] if tellings else None
    return Amounts(
        ordered=ordered,
        delivered=_delivered(parts, ordered),
        value=values[0] if values else None,
        tellings=tellings,
        values=values,
        parts=parts,
    )


def questions(steps: Sequence[Unit], told: Amounts, sides: Sides) -> tuple[str, ...]:
    """The questions in words."""
    return (*_of_course(steps), *_of_numbers(told), *_of_parties(steps, sides))


def _of_course(steps: Sequence[Unit]) -> Iterator[str]:
    actual = [unit.event.stage for unit in steps if unit.event.status == "actual"]
    if not actual:
        yield "nothing is reported to have happened yet"
    if "contract" in actual and not {"delivery", "cancelled"} & set(actual):
        yield "no delivery is reported"
    if "delivery" in actual and "contract" not in actual:
        yield "no contract is reported"
    if "blocked" in actual and not {"unblocked", "delivery", "cancelled"} & set(
        actual[actual.index("blocked") :]
    ):
        yield "the block is not reported to have been lifted"
    denied = sorted({unit.event.stage or "" for unit in steps if unit.event.status == "denied"})
    yield from (f"it is denied: {stage}" for stage in denied)


def _of_numbers(told: Amounts) -> Iterator[str]:
    if len(told.tellings) > 1:
        yield f"{_count(len(told.tellings))} quantities are told: {_listed(map(str, sorted(told.tellings)))}"
    if len(told.values) > 1:
        sums = (f"${value:,.0f}" for value in sorted(told.values))
        yield f"{_count(len(told.values))} values are told: {_listed(sums)}"
    if len(told.parts) > 1:
        yield f"deliveries are told in parts that may overlap: {_listed(map(str, told.parts))}"
    if told.ordered and told.delivered and told.delivered < told.ordered:
        yield f"of {told.ordered} ordered, {told.delivered} are reported delivered"
    if told.ordered and told.delivered and told.delivered > told.ordered:
        yield f"more are reported delivered ({told.delivered}) than ordered ({told.ordered})"


def _of_parties(steps: Sequence[Unit], sides: Sides) -> Iterator[str]:
    if not sides.suppliers:
        yield "no supplier is named"
    if not sides.recipients:
        yield "no recipient is named"
    if not any(unit.items for unit in steps):
        yield "the equipment is not named"
    if sides.reversed:
        yield f"supplier and recipient are told the other way round in {sides.reversed} of {len(steps)} steps"


def _ordered(steps: Sequence[Unit]) -> tuple[int, ...]:
    """The numbers told at the surest stage that has any, those of most documents first."""
    for stage in ORDERING:
        votes: dict[int, float] = defaultdict(float)
        for unit in steps:
            event = unit.event
            if (
                event.stage == stage
                and event.status != "denied"
                and not (stage == "delivery" and event.status == "actual")
            ):
                for number in {item.quantity for item in unit.items if item.quantity is not None}:
                    votes[number] += event.independent + event.confidence
        if votes:
            return tuple(sorted(votes, key=lambda n: (-votes[n], n)))
    return ()


def _parts(steps: Sequence[Unit]) -> tuple[int, ...]:
    """The numbers told of deliveries that took place, in order, each with its own day once."""
    seen: dict[tuple[str, int], int] = {}
    for unit in steps:
        if unit.event.stage == "delivery" and unit.event.status == "actual":
            day = str(unit.event.date.start) if unit.event.date else ""
            for number in {item.quantity for item in unit.items if item.quantity is not None}:
                seen.setdefault((day, number), number)
    return tuple(seen.values())


def _delivered(parts: Sequence[int], ordered: int | None) -> int | None:
    """The parts together; the greatest alone where together they are more than was ordered."""
    if not parts:
        return None
    return sum(parts) if ordered is None or sum(parts) <= ordered else max(parts)


def _values(steps: Sequence[Unit]) -> tuple[float, ...]:
    """The values told, those of most documents first, near ones once."""
    votes: dict[float, float] = defaultdict(float)
    for unit in steps:
        for value in {item.value_usd for item in unit.items if item.value_usd is not None}:
            votes[value] += unit.event.independent + unit.event.confidence
    kept: list[float] = []
    for value in sorted(votes, key=lambda v: (-votes[v], v)):
        if all(abs(value - other) > NEAR * max(value, other) for other in kept):
            kept.append(value)
    return tuple(kept)


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five"}.get(number, str(number))


def _listed(words: Iterator[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
