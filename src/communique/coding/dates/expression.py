"""The structure of a date expression, before anybody asks which days it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Shape = Literal[
    "date",  # calendar fields: any of year, month, day, weekday; `last_day` for "May 3 to 7"
    "numeric",  # 12/04/2016 where either number may be the month
    "weekday",  # "Monday", "last Friday", "Tuesday of next week"
    "dayword",  # "yesterday", "this morning": `offset` days from the anchor
    "relative",  # "last month", "this weekend", "next spring": `unit` or `season`, and `which`
    "counted",  # "two months ago", "three days later": `count` units in `direction` from `reference`
    "span",  # "the past five days": `count` units up to or from the anchor
    "ahead",  # "in two weeks", "within a month"
    "season",  # "spring 2014", "in the autumn"
    "quarter",  # "the second quarter" without its year
    "decade",
    "century",
    "part",  # "late May", "the first half of 2014": `part` of parts[0]
    "range",  # parts[0] to parts[1]
    "list",  # parts, one after the other
    "open",  # "since 2011", "by Friday": `bound` and parts[0]
    "now",  # "the present" as an end of a range
    "vague",  # "recently", "soon": no days follow
    "persian",  # a date of the Iranian calendar: any of its year, month, day
    "islamic",  # a date of the lunar calendar: no days follow
]
Unit = Literal["hour", "day", "week", "weekend", "month", "quarter", "year", "decade", "century"]
Bound = Literal["since", "until", "by", "before", "after", "from"]
Reference = Literal["anchor", "context", "event"]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression of a text: text[start:end] == `text`, and what its words say.

    `shape` says which of the fields hold something. `which` is "last", "next", "this", "same", "that",
    "following", "previous"; `side` is "earlier" or "later" ("earlier this week"). `direction` is -1 for the
    past, 1 for the future. `reference` says what is counted from: the document's own date, a date told
    just before, or an event told in words ("the day after the vote"). `attributive` marks a year that names a
    thing ("the 2015 accord").
    """

    start: int
    end: int
    text: str
    shape: Shape
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    unit: Unit | None = None
    season: str | None = None
    count: float | None = None
    offset: int | None = None
    direction: int = 0
    which: str | None = None
    side: str | None = None
    part: str | None = None
    bound: Bound | None = None
    reference: Reference = "anchor"
    attributive: bool = False
    reason: str | None = None
    parts: tuple[DateExpression, ...] = ()

    @property
    def is_explicit(self) -> bool:
        """True when the expression carries its own year: no anchor is needed to resolve it."""
        if self.parts:
            return any(p.is_explicit for p in self.parts) and self.shape != "open"
        return self.year is not None and self.which is None

    def dating(self) -> DateExpression:
        """The same without the mark `attributive`: for whoever codes the very thing that the year names.

        "Russia's 2014 annexation of Crimea" dates the annexation, though it does not date the talks about it.
        """
        return replace(self, attributive=False)
