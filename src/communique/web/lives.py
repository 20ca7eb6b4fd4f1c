"""The lives of deals and agreements as pages show them: stations, steps with their words, where one stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from communique.archive import Archive, dyads
from communique.linking.lives import in_words
from communique.linking.records import Agreement, Deal, LifeStep, Told
from communique.records import Interval, Materiel, Stage, Status
from communique.web.page import Row, Shown
from communique.web.plain import MONTHS, days_in_words
from communique.web.shapes import Passage, passages

_WORDS = 3  # claims of one step whose words are shown
STEP_COLUMNS = (
    "stage", "status", "date_from", "date_to", "told", "materiel", "event", "documents", "document", "sentence",
)  # fmt: skip


class LifeRow(Shown):
    """Where a life stands and since when: in ISO days where it is dated, and in words."""

    state: Stage
    state_status: Status
    since: str
    when: str

    @staticmethod
    def parts(life: Deal | Agreement) -> dict[str, Any]:
        """The fields of a row, without the life."""
        here = (life.state, life.state_status)
        last = next((s for s in reversed(life.steps) if (s.stage, s.status) == here), life.steps[-1])
        days = {"since": in_words(last.date, last.told), "when": _when(last)}
        return {"state": life.state, "state_status": life.state_status} | days


class Station(Shown):
    """A stage of a life: its steps in short; `here` where the life stands. Without steps nothing is reported of it."""

    stage: Stage
    status: Status | None
    when: str
    steps: int
    here: bool


class StepShown(Shown):
    """One step: its stage and status, when it was (or was told), its equipment, its event, the words that tell it."""

    number: int
    stage: Stage
    status: Status
    date: Interval | None
    when: str
    materiel: tuple[Materiel, ...]
    event: str
    documents: int
    passages: tuple[Passage, ...]


def stations(life: Deal | Agreement, order: Sequence[str]) -> Iterator[Station]:
    """The stages in their order, each with the status of its surest step (actual, planned, possible, denied)."""
    for stage in order:
        here = [step for step in life.steps if step.stage == stage]
        best = min(here, key=lambda step: _SURENESS.index(step.status), default=None)
        yield Station(
            stage=stage,
            status=best.status if best else None,
            when=_when(best) if best else "",
            steps=len(here),
            here=stage == life.state,
        )


_SURENESS: tuple[Status, ...] = ("actual", "planned", "possible", "denied")


def steps(archive: Archive, life: Deal | Agreement) -> Iterator[StepShown]:
    """The steps in their order, with the words of their surest claims."""
    events = {event.id: event for event in dyads.events_named(archive, (s.event for s in life.steps))}
    keys = [key for event in events.values() for key in event.claims]
    told = {one.key: one for one in archive.told(keys, derived=False)}
    surest = {
        name: _surest([told[key] for key in event.claims if key in told]) for name, event in events.items()
    }
    shown = passages(archive, [one for claims in surest.values() for one in claims])
    for number, step in enumerate(life.steps, 1):
        event = events.get(step.event)
        yield StepShown(
            number=number,
            stage=step.stage,
            status=step.status,
            date=step.date,
            when=_when(step),
            materiel=step.materiel,
            event=step.event,
            documents=event.documents if event else 0,
            passages=tuple(shown[one.key] for one in surest.get(step.event, ()) if one.key in shown),
        )


def _surest(claims: list[Told]) -> list[Told]:
    return sorted(claims, key=lambda one: (-one.claim.confidence, one.key.doc_id, one.key.id))[:_WORDS]


def step_cells(found: Iterable[StepShown]) -> Iterator[Row]:
    """The CSV rows of steps, in the order of `STEP_COLUMNS`: with the first sentence of the surest claim."""
    for step in found:
        days = (step.date.start.isoformat(), step.date.end.isoformat()) if step.date else ("", "")
        first = step.passages[0] if step.passages else None
        marked = [p.text for w in first.words for p in w.pieces if p.claims] if first else []
        goods = "; ".join(f"{m.quantity} {m.name}" if m.quantity else m.name for m in step.materiel)
        yield (
            step.stage, step.status, *days, "" if step.date else step.when, goods, step.event, step.documents,
            first.doc_id if first else "", " ".join(marked),
        )  # fmt: skip


def _when(step: LifeStep) -> str:
    """The date, else when it was told: "told 3 Dec 2014"."""
    if step.date:
        return days_in_words(step.date)
    told = step.told
    return f"told {told.day} {MONTHS[told.month - 1]} {told.year}" if told else "undated"
