"""SIPRI's register: one row a deal, with its columns, brackets and dots (docs/exports.md).

Columns and signs: https://www.sipri.org/databases/armstransfers/sources-and-methods. As there, a deal is listed
where an order has been placed or deliveries have begun; `..` is unknown, brackets mark a figure that is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from communique.archive import Archive
from communique.export import codebook
from communique.export.table import joined, row
from communique.export.wording import days_of, name_of, one_line
from communique.linking.equipment import equipment_of
from communique.linking.records import Deal, LifeStep
from communique.records import Interval, Stage

UNKNOWN: Final = ".."
AFTER_ORDER: Final[frozenset[Stage]] = frozenset({"contract", "delivery"})
"""Stages that show that an order was placed or deliveries began."""

MISHAPS: Final[dict[Stage, str]] = {"blocked": "blocked", "unblocked": "released", "cancelled": "cancelled"}
"""Words for the stages that the comments tell."""


def deals(archive: Archive) -> Iterator[str]:
    """The header, then one row a deal with an order or a delivery; lines end in CR LF (RFC 4180)."""
    yield row(codebook.names("sipri"))
    for deal in archive.deals():
        if is_listed(deal):
            yield row(codebook.in_order("sipri", cells_of(deal)))


def is_listed(deal: Deal) -> bool:
    """True where an order or a delivery took place."""
    return any(step.stage in AFTER_ORDER and step.status == "actual" for step in deal.steps)


def cells_of(deal: Deal) -> dict[str, str]:
    """The text of each column of the register."""
    orders, deliveries = _took_place(deal, "contract"), _took_place(deal, "delivery")
    return {
        "Supplier": joined(map(name_of, deal.suppliers)) or "unknown",
        "Recipient": joined(map(name_of, deal.recipients)) or "unknown",
        "Number ordered": number(deal.quantity, _numbers(orders or deal.steps)),
        "Weapon designation": deal.materiel or UNKNOWN,
        "Weapon description": description(deal.materiel),
        "Year of order": years(step.date for step in orders[:1]) if orders else UNKNOWN,
        "Year(s) of deliveries": years(step.date for step in deliveries) if deliveries else "",
        "Number delivered": number(deal.quantity_delivered, _numbers(deliveries)) if deliveries else "",
        "Comments": one_line("; ".join(_comments(deal))),
        "Deal": deal.id,
        "State": deal.state,
        "Status": deal.state_status,
        "Events": joined(dict.fromkeys(step.event for step in deal.steps)),
    }


def number(known: int | None, told: Sequence[int]) -> str:
    """The number; in brackets where others are told as well, `..` where it is unknown.

    >>> number(36, [36]), number(36, [36, 126]), number(None, [])
    ('36', '(36)', '..')
    """
    if known is None:
        return UNKNOWN
    return f"({known})" if set(told) - {known} else str(known)


def years(days: Iterable[Interval | None]) -> str:
    """The years of intervals, in order; in brackets where an interval leaves open which of several it was.

    What has no date counts for nothing where others have one. Without any date: `..`.
    """
    known = [interval for interval in days if interval is not None]
    sure = {i.start.year for i in known if i.start.year == i.end.year}
    open_ = {(i.start.year, i.end.year) for i in known if i.start.year != i.end.year}
    doubtful = [(a, b) for a, b in open_ if not any(a <= year <= b for year in sure)]
    parts = [(a, f"{a}-{b}" if a != b else f"{a}") for a, b in _runs(sorted(sure))]
    parts += [(a, f"({a}-{b})") for a, b in doubtful]
    return joined(text for _, text in sorted(parts)) or UNKNOWN


def description(materiel: str | None) -> str:
    """The category of the equipment in the tables of knowledge; `..` where it has none, or more than two."""
    categories = equipment_of(materiel).categories if materiel else ()
    return " or ".join(categories) if 0 < len(categories) <= 2 else UNKNOWN


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of numbers that follow each other: their first and last."""
    start = previous = None
    for each in numbers:
        if previous is not None and start is not None and each != previous + 1:
            yield start, previous
            start = each
        start = each if start is None else start
        previous = each
    if start is not None and previous is not None:
        yield start, previous


def _took_place(deal: Deal, stage: Stage) -> tuple[LifeStep, ...]:
    """The steps of that stage that happened, those with a date first."""
    found = (step for step in deal.steps if step.stage == stage and step.status == "actual")
    return tuple(sorted(found, key=lambda step: step.date is None))


def _numbers(steps: Iterable[LifeStep]) -> list[int]:
    return [m.quantity for step in steps for m in step.materiel if m.quantity is not None]


def _comments(deal: Deal) -> Iterator[str]:
    if deal.value_usd is not None:
        yield f"Worth about {_money(deal.value_usd)}"
    for step in deal.steps:
        if step.stage in MISHAPS and step.status in ("actual", "planned"):
            by = (
                f" by {joined(map(name_of, deal.blockers))}"
                if step.stage == "blocked" and deal.blockers
                else ""
            )
            to_come = "to be " if step.status == "planned" else ""
            yield f"{to_come}{MISHAPS[step.stage]}{by} {days_of(step.date) or '(date unknown)'}"
    yield from (f"open: {question}" for question in deal.questions)


def _money(dollars: float) -> str:
    """US dollars in words: "$8.8 billion", "$40 million", "$5000"."""
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if dollars >= size:
            return f"${dollars / size:.3g}{word}"
    return f"${dollars:.0f}"
