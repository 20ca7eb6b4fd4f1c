"""The life of a deal or an agreement: its steps in order, where it stands, and when one ends and another begins.

A step without a date is placed by when it was told, but never so that it runs against the order of things: a
contract told in 2010 without a date belongs to the contract of 2007, and before the delivery of 2009.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Protocol, TypeVar

from communique.linking.records import Agreement, ClaimKey, Deal, Event, LifeStep, Told
from communique.records import Interval, Materiel, Stage, Status

RANKS: Final[dict[str, int]] = {
    "interest": 0, "negotiation": 1, "approval": 2, "contract": 2, "delivery": 4,
    "signing": 2, "ratification": 3, "in_force": 4, "expiry": 5, "termination": 5,
}  # fmt: skip
"""How far along a stage is. Blocked, unblocked and cancelled can come at any time and have no rank."""

ORDER: Final[dict[str, float]] = {**RANKS, "blocked": 3, "unblocked": 3.5, "cancelled": 5}
"""What comes before what where the dates do not say."""

YEAR: Final = 365
NEVER: Final = date.max


class Staged(Protocol):
    """What has a place in a life: a stage with its status, when it was, and the event that tells it."""

    @property
    def event(self) -> Event: ...  # noqa: D102
    @property
    def told(self) -> date | None: ...  # noqa: D102


S = TypeVar("S", bound=Staged)


def told_on(event: Event, told: Mapping[ClaimKey, Told]) -> date | None:
    """The first day on which the earliest document of an event may be published; None where none is dated."""
    days = [t.published.start for key in event.claims if (t := told.get(key)) and t.published]
    days += [step.told for step in event.history if step.told]
    return min(days, default=None)


def day_of(step: Staged) -> date:
    """The day by which a step is placed: of its date the first, else that of its telling, else the last of all."""
    return step.event.date.start if step.event.date else step.told or NEVER


def in_order(steps: Iterable[S]) -> list[S]:
    """The steps as they followed each other."""
    known = sorted(steps, key=by_day)
    dated = [step for step in known if step.event.date]
    return sorted(known, key=lambda step: (*_place(step, dated), *by_day(step)))


def by_day(step: Staged) -> tuple[date, float, str]:
    """What steps are ordered by that need not be of one life: the day, then what comes before what, then the event."""
    return day_of(step), ORDER.get(step.event.stage or "", 0), step.event.id


def _place(step: Staged, dated: Sequence[Staged]) -> tuple[date, int]:
    """The day, and whether a step stands before (-1), among (0) or after (1) those dated on that day."""
    if step.event.date:
        return day_of(step), 0
    before = [d for d in dated if day_of(d) <= day_of(step) and d.event.status == "actual"]
    same = [d for d in before if d.event.stage == step.event.stage]
    if step.event.status == "actual" and same:
        return day_of(same[-1]), 1
    rank = ORDER.get(step.event.stage or "", 0)
    beyond = [d for d in before if ORDER.get(d.event.stage or "", 0) > rank]
    if step.event.status == "actual" and beyond:
        return day_of(beyond[0]), -1
    return day_of(step), 1


def state_of(steps: Sequence[Staged]) -> tuple[Stage, Status]:
    """Where the life stands after its steps, in order: the last actual one that does not lead back.

    Interest or talks after a contract lead back. Where nothing is actual it is the last one not denied.
    """
    best, furthest = None, -1
    for step in steps:
        rank = RANKS.get(step.event.stage or "", furthest)
        if step.event.status == "actual" and rank >= furthest:
            best, furthest = step, rank
    if best is None:
        best = next((s for s in reversed(steps) if s.event.status != "denied"), steps[-1])
    return _stage(best), best.event.status


def life_step(step: Staged, materiel: tuple[Materiel, ...] = ()) -> LifeStep:
    """The step as the record keeps it."""
    event = step.event
    return LifeStep(
        stage=_stage(step), status=event.status, date=event.date, event=event.id, materiel=materiel, told=step.told
    )  # fmt: skip


def first_day(life: Deal | Agreement) -> str:
    """The day by which a life is ordered: of its first step, or of that step's telling; "None" if unknown."""
    step = life.steps[0]
    return str(step.date.start if step.date else step.told)


def days_apart(a: Staged, b: Staged) -> int:
    """Days between the days by which two steps are placed; 0 where one of them has none."""
    x, y = day_of(a), day_of(b)
    return 0 if NEVER in (x, y) else abs((x - y).days)


def in_words(days: Interval | None, told: date | None) -> str:
    """When a step was: "2015-04", "before 2010-10-10" (no date but the telling's), "undated"."""
    if days is not None:
        return short(days)
    return f"told {told}, undated" if told else "undated"


def short(days: Interval) -> str:
    """A day, a whole month (`2016-05`), a whole year (`2016`), or `first..last`."""
    start, end = str(days.start), str(days.end)
    if start == end:
        return start
    if start[:4] == end[:4] and (start[4:], end[4:]) == ("-01-01", "-12-31"):
        return start[:4]
    month_ends = (date.fromordinal(days.end.toordinal() + 1)).day == 1
    if start[:7] == end[:7] and start.endswith("-01") and month_ends:
        return start[:7]
    return f"{start}..{end}"


def _stage(step: Staged) -> Stage:
    stage = step.event.stage
    if stage is None:
        raise ValueError(f"event {step.event.id} has no stage")
    return stage
