"""How deals and agreements are shown: found by id, in a line, and step by step with the words behind each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from communique.cli.terminal import on_terminal, safe_line
from communique.errors import ArchiveError

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.linking.records import Agreement, Deal, LifeStep

L = TypeVar("L", "Deal", "Agreement")


def of_id(found: Sequence[L], id: str | None, path: Path, *, what: str) -> list[L]:
    """Those whose id begins so (all without an id); raises ArchiveError for none, or for several."""
    if id is None:
        return list(found)
    here = [one for one in found if one.id.startswith(id)]
    if not here:
        raise ArchiveError(f"{path}: there is no {what} {id}")
    if len(here) > 1:
        raise ArchiveError(f"{path}: {id!r} begins several ids: {', '.join(one.id for one in here[:4])}")
    return here


def state_in_words(life: Deal | Agreement) -> str:
    """Where it stands: "contract", or "delivery (planned)" where it has not happened."""
    stage = life.state.replace("_", " ")
    return stage if life.state_status == "actual" else f"{stage} ({life.state_status})"


def since_in_words(life: Deal | Agreement) -> str:
    """The date of the step at which it stands."""
    from communique.linking.lives import in_words

    here = (life.state, life.state_status)
    last = next((s for s in reversed(life.steps) if (s.stage, s.status) == here), life.steps[-1])
    return in_words(last.date, last.told)


def show(opened: Archive, life: Deal | Agreement, remarks: Iterable[str]) -> None:
    """The life on standard output: its name and state, each step with its sentence, and the remarks."""
    from communique.linking.digest import life_title

    title = safe_line(f"{life_title(life)}: {state_in_words(life)}")
    click.echo(f"{click.style(life.id, bold=on_terminal())}  {title}")
    for step in life.steps:
        click.echo(f"  {safe_line(_in_a_line(step))}")
        click.echo(f"      {safe_line(_words(opened, step))}")
    for remark in remarks:
        click.echo(f"  ? {safe_line(remark)}")
    click.echo("")


def _in_a_line(step: LifeStep) -> str:
    from communique.linking.lives import in_words
    from communique.linking.phrases import goods

    status = "" if step.status == "actual" else f" ({step.status})"
    what = f", {goods(step.materiel)}" if step.materiel else ""
    stage = step.stage.replace("_", " ")
    return f"{in_words(step.date, step.told)}: {stage}{status}{what}  [{step.event}]"


def _words(opened: Archive, step: LifeStep) -> str:
    """The sentence of the surest claim of the step's event, with its document."""
    event = next(iter(opened.event(step.event)), None)
    told = opened.told(event.claims) if event else []
    if not told:
        return ""
    best = max(told, key=lambda one: (one.claim.confidence, one.key.doc_id, one.key.id))
    return f"“{best.claim.evidence[0].text}” ({best.key.doc_id})"
