"""`communique digest`: a month in brief, with its sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import print_json

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.linking.digest import Digest
    from communique.linking.records import Event


class Month(click.ParamType[str]):
    """A month as 2020-08."""

    name = "month"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The month with two figures, if it is one."""
        from communique.linking.digest import month_of

        try:
            return str(month_of(value).start)[:7]
        except ValueError:
            self.fail(f"{value!r} is not a month (2020-08)", param, ctx)


@click.command()
@archive_argument
@click.option("--month", type=Month(), required=True, help="The month, as 2020-08.")
@click.option("--actor", metavar="CODE", help="Only what this code (or name) takes part in.")
@click.option(
    "--format", "form", type=click.Choice(["markdown", "html"]), default="markdown", show_default=True,
    help="Markdown with footnotes, or one page of HTML.",
)  # fmt: skip
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Leave out events less sure than this.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it to a file.")
@json_option
def digest(archive: Path, month: str, output: Path | None, as_json: bool, **wanted: Any) -> None:
    """Write a month's brief with its sources.

    What happened, what moved, what is disputed. Events of the month stand under their parties; plans,
    possibilities and denials say so. Each line has numbered notes: the document, its outlet and day, and the
    sentence. A month without events says whether the archive has documents of it at all.

    \b
      communique digest record.db --month 2020-08
      communique digest record.db --month 2020-08 --actor IRN --format html -o brief.html
      communique digest record.db --month 2020-08 --json
    """
    from communique.archive import open_archive
    from communique.linking.briefs import markdown, page

    with open_archive(archive) as opened:
        made = _digest(opened, month, wanted["actor"], wanted["min_confidence"])
    if as_json:
        print_json(made.model_dump(mode="json", by_alias=True))
        return
    text = page(made) if wanted["form"] == "html" else markdown(made)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def _digest(opened: Archive, month: str, actor: str | None, min_confidence: float | None) -> Digest:
    from communique.cli.actors import actor_code
    from communique.cli.asking import claims_of
    from communique.linking.digest import digest as digest_of

    code = actor_code(actor, opened) if actor else None
    events = _events(opened, month, min_confidence)
    disputed = [one for one in opened.contradictions() if one.event]
    told = claims_of(opened, (event for event in events if _may_be_of(event, month)))
    told |= {one.key: one for one in opened.told([key for c in disputed for key in (c.a, c.b)])}
    return digest_of(
        month,
        events,
        told,
        documents=dict(opened.coverage("month")).get(month, 0),
        actor=code,
        followed=[*opened.deals(), *opened.agreements()],
        disputed=disputed,
    )


def _may_be_of(event: Event, month: str) -> bool:
    """True where an event may belong to the month as it is dated; only of these the claims are asked for."""
    from communique.linking.digest import month_of

    return event.date is None or event.date.end >= month_of(month).start


def _events(opened: Archive, month: str, min_confidence: float | None) -> list[Event]:
    """All events that are sure enough: what belongs to the month is decided by their dates and tellings."""
    from communique.archive import EventFilter

    return list(opened.events(EventFilter(min_confidence=min_confidence)))
