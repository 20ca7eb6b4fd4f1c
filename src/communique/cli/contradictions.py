"""`communique contradictions`: where sources disagree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import on_terminal, print_json, safe_line

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.linking.records import Contradiction, Event, Told


class FindingWord(click.ParamType[str]):
    """One of the sorts of findings, as the record names them."""

    name = "finding"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, if it is one of them."""
        from communique.linking.records import Finding

        if value not in get_args(Finding):
            self.fail(f"{value!r} is not one of {', '.join(get_args(Finding))}", param, ctx)
        return value


@click.command()
@archive_argument
@click.option(
    "--finding", "findings", multiple=True, type=FindingWord(), help="Of this sort (may be given again)."
)
@click.option("--actor", metavar="CODE", help="Of events in which this code (or name) takes part.")
@click.option("--event", metavar="ID", help="Of this event.")
@json_option
def contradictions(
    archive: Path, findings: tuple[str, ...], actor: str | None, event: str | None, as_json: bool
) -> None:
    """Show where sources disagree: what is at odds, and both passages.

    A finding is a `denial` (one announces, another denies), two values of one event (`date`, `quantity`,
    `source`: who did it), or an office that the table of holders gives to somebody else (`occupancy`).

    \b
      communique contradictions record.db
      communique contradictions record.db --finding denial --actor IRN
      communique contradictions record.db --json
    """
    from communique.archive import open_archive

    with open_archive(archive) as opened:
        found = [c for c in _wanted(opened, actor, event) if not findings or c.finding in findings]
        for one in found:
            passages = [told for key in dict.fromkeys((one.a, one.b)) for told in opened.told([key])]
            if as_json:
                print_json(_fields(one, passages))
            else:
                _show(one, passages)
    if not found:
        click.echo("no such contradictions", err=True)


def _wanted(opened: Archive, actor: str | None, event: str | None) -> list[Contradiction]:
    from communique.archive import EventFilter
    from communique.cli.actors import actor_code

    found = opened.contradictions(_event_id(opened, event).id if event else None)
    if actor is None:
        return found
    theirs = {e.id for e in opened.events(EventFilter(actor=actor_code(actor, opened)))}
    return [one for one in found if one.event in theirs]


def _event_id(opened: Archive, prefix: str) -> Event:
    from communique.errors import ArchiveError

    found = opened.event(prefix)
    if len(found) != 1:
        raise ArchiveError(
            f"{opened.path}: {'several events begin with' if found else 'there is no event'} {prefix}"
        )
    return found[0]


def _fields(one: Contradiction, passages: Sequence[Told]) -> dict[str, Any]:
    return one.model_dump(mode="json") | {
        "passages": [
            {"doc_id": t.key.doc_id, "claim": t.key.id, "outlet": t.outlet, "title": t.title,
             "attribution": t.claim.attribution, "status": t.claim.status, "text": t.claim.evidence[0].text}
            for t in passages
        ]
    }  # fmt: skip


def _show(one: Contradiction, passages: Sequence[Told]) -> None:
    click.echo(f"{click.style(one.finding, bold=on_terminal())}  {safe_line(one.text)}")
    for told in passages:
        where = ", ".join(part for part in (told.outlet, told.key.doc_id) if part)
        click.echo(safe_line(f"“{told.claim.evidence[0].text}” ({where})").join(("      ", "")))
    click.echo("")
