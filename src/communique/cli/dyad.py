"""`communique dyad`: all that passed between two actors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.days import Day
from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import print_json, print_table, safe_line

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.linking.dyads import Dyad, Encounter
    from communique.records import Interval

COLUMNS = ("when", "direction", "kind", "status", "what", "sources", "event")


@click.command()
@archive_argument
@click.argument("a")
@click.argument("b")
@click.option("--since", type=Day(last=False), help="Dated on or after this day, month or year.")
@click.option("--until", type=Day(last=True), help="Dated on or before this day, month or year.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="At least as sure as this.")
@json_option
def dyad(archive: Path, a: str, b: str, as_json: bool, **limits: Any) -> None:
    """Show all that passed between two actors.

    A and B are codes or names. One line an event, in order of time; `direction` says who goes to or acts on
    whom. Below stand the counts, the visits each way, and the longest stretches without an event, with the
    number of documents that the archive has of them: no report is not no event where there are none.

    \b
      communique dyad record.db ARM IRN
      communique dyad record.db Russia Iran --since 2007 --until 2016
      communique dyad record.db ARM IRN --json
    """
    from communique.archive import open_archive

    with open_archive(archive) as opened:
        found = _dyad(opened, a, b, limits)
    if as_json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    print_table(
        COLUMNS, [_row(e) for e in found.encounters], empty=f"nothing between {found.a} and {found.b}"
    )
    for line in _summary(found):
        click.echo(safe_line(line), err=not found.encounters)


def _dyad(opened: Archive, a: str, b: str, limits: dict[str, Any]) -> Dyad:
    from communique.archive import EventFilter
    from communique.cli.actors import actor_code
    from communique.cli.asking import claims_of
    from communique.errors import SettingsError
    from communique.linking.dyads import dyad as dyad_of

    pair = (actor_code(a, opened), actor_code(b, opened))
    if pair[0] == pair[1]:
        raise SettingsError(f"{a!r} and {b!r} are the same: {pair[0]}")
    events = list(opened.events(EventFilter(between=pair, **limits)))
    return dyad_of(pair, events, claims_of(opened, events), opened.coverage("month"))


def _row(met: Encounter) -> list[str]:
    from communique.linking.lives import in_words
    from communique.linking.phrases import happening

    event = met.event
    return [
        in_words(event.date, met.day),
        " -> ".join(met.direction) if met.direction else "",
        event.kind,
        event.status,
        happening(event),
        str(event.independent),
        event.id,
    ]


def _summary(found: Dyad) -> list[str]:
    """The counts, the visits and the silences, in words."""
    lines = [f"{count.events} {count.kind} ({count.status})" for count in found.counts]
    out = [f"events: {', '.join(lines)}"] if lines else []
    for visits in found.visits:
        told = [
            f"{n} {status}"
            for status in ("actual", "planned", "possible", "denied")
            if (n := getattr(visits, status))
        ]
        out.append(f"visits {visits.visitor} -> {visits.host}: {', '.join(told) or 'none told'}")
    documents = sum(n for _, n in found.coverage)
    span = f" from {found.coverage[0][0]} to {found.coverage[-1][0]}" if found.coverage else ""
    out.append(f"dated documents in the archive: {documents}{span}")
    return [*out, *(f"silent: {_span(s.span)}: no event, {_documents(s.documents)}" for s in found.silences)]


def _span(days: Interval) -> str:
    return f"{days.start} to {days.end} ({days.days} days)"


def _documents(number: int) -> str:
    return f"{number} document{'' if number == 1 else 's'} of that time in the archive"
