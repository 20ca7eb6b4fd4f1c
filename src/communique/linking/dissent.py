"""What the documents of one event differ in: its days, its numbers, and who did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from communique.linking.equipment import equipment_of, may_be_same
from communique.linking.findings import Found, codes, document, gap, rules, said
from communique.linking.lives import short
from communique.linking.phrases import happening
from communique.linking.profile import dated_in_words
from communique.linking.records import Event, Told

EXACT: Final = 31
"""Days of the longest date that can be at odds with another one."""


def within(event: Event, claims: Sequence[Told]) -> Iterator[Found]:
    """What the documents of one event differ in."""
    actual = [told for told in claims if told.claim.status == "actual"]
    pairs = [(a, b) for a, b in combinations(actual, 2) if a.copies != b.copies]
    yield from _first(_two_dates(event, a, b) for a, b in pairs)
    yield from _first(_two_quantities(event, a, b) for a, b in pairs)
    yield from _first(_two_sources(event, a, b) for a, b in pairs)


def _first(found: Iterable[Found | None]) -> Iterator[Found]:
    """The first that is one, if any: an event's documents differ in a field once."""
    one = next((f for f in found if f is not None), None)
    if one is not None:
        yield one


def _two_dates(event: Event, a: Told, b: Told) -> Found | None:
    x, y = a.claim.date, b.claim.date
    if (
        x is None
        or y is None
        or max(x.days, y.days) > EXACT
        or gap(x, y) <= rules()["lasting"].get(event.kind, 0)
        or not dated_in_words((a if x.start > y.start else b).claim)
    ):
        return None  # a later day that rests on no words, as that of the document, only bounds the act
    return Found(
        "date", a, b, f"{happening(event)}: on {short(x)} by {document(a)}, on {short(y)} by {document(b)}"
    )


def _two_quantities(event: Event, a: Told, b: Told) -> Found | None:
    for x in a.claim.materiel:
        for y in b.claim.materiel:
            same = may_be_same(equipment_of(x.name), equipment_of(y.name))
            if same and x.quantity and y.quantity and x.quantity != y.quantity:
                numbers = (
                    f"{x.quantity:,} {x.name} by {document(a)}, {y.quantity:,} {y.name} by {document(b)}"
                )
                return Found("quantity", a, b, f"{happening(event)}: {numbers}")
    return None


def _two_sources(event: Event, a: Told, b: Told) -> Found | None:
    mine, theirs = codes(a.claim, "source"), codes(b.claim, "source")
    if event.kind not in rules()["blame"]["kinds"] or not mine or not theirs or mine & theirs:
        return None
    return Found("source", a, b, f"{said(a)}; {said(b)}")
