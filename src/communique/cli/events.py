"""`communique events`: list what happened."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from communique.cli.days import Day, days_in_short
from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import print_json, print_table

COLUMNS = ("id", "date", "kind", "status", "actors", "what", "confidence", "document", "event")


class Word(click.ParamType[str]):
    """One of the words of a closed list of the record, named lazily (`Kind`, `Status`)."""

    def __init__(self, name: str) -> None:
        self.name = name.lower()
        self._of = name

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, if the list has it."""
        from communique import records

        words = get_args(getattr(records, self._of))
        if value not in words:
            self.fail(f"{value!r} is not one of {', '.join(words)}", param, ctx)
        return value


@click.command()
@archive_argument
@click.option("--between", nargs=2, metavar="A B", help="Both codes take part.")
@click.option("--actor", metavar="CODE", help="This code takes part.")
@click.option("--kind", "kinds", multiple=True, type=Word("Kind"), help="Of this kind (may be given again).")
@click.option(
    "--status", "statuses", multiple=True, type=Word("Status"), help="Of this status (may be given again)."
)
@click.option("--since", type=Day(last=False), help="Dated on or after this day, month or year.")
@click.option("--until", type=Day(last=True), help="Dated on or before this day, month or year.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="At least as sure as this.")
@click.option("--doc", metavar="ID", help="Told by this document.")
@click.option("--limit", type=click.IntRange(1), help="No more than so many.")
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, as `export --format csv` writes it.")
def events(archive: Path, as_json: bool, as_csv: bool, **filters: object) -> None:
    """List what happened, by actor, kind, status and date.

    One line a claim: what one document says of one event (`communique event` shows what all say of it).
    Earliest first; undated ones last, and left out when a span of time is asked for.

    \b
      communique events record.db --between IRN RUS --kind arms_transfer --since 2007
      communique events record.db --actor ARM --status planned --min-confidence 0.7
      communique events record.db --kind visit --kind meeting --until 2016-06 --csv
    """
    from communique.archive import ClaimFilter, open_archive
    from communique.export import jsonlines, table

    wanted = ClaimFilter.model_validate(
        {_FIELDS.get(name, name): value for name, value in filters.items() if value is not None}
    )
    with open_archive(archive) as opened:
        found = opened.claims_with_events(wanted, by_date=True)
        if as_json:
            for claim, event in found:
                print_json(jsonlines.claim_fields(claim, event))
        elif as_csv:
            for line in table.rows(found):
                click.echo(line, nl=False)
        else:
            rows = [_row(table.cells_of(claim, event)) for claim, event in found]
            print_table(COLUMNS, rows, empty="no such events")


_FIELDS = {"doc": "document"}


def _row(cells: dict[str, str]) -> list[str]:
    what = (cells[n] for n in ("stage", "materiel", "instrument", "place") if cells[n])
    return [
        cells["id"],
        days_in_short(cells["date_from"], cells["date_to"]),
        cells["kind"],
        cells["status"],
        _actors(cells),
        ", ".join(what),
        cells["confidence"][:4],
        cells["doc_id"],
        cells["event"],
    ]


def _actors(cells: dict[str, str]) -> str:
    """`IRN; RUS` of those who take part; `RUS -> IRN` of who does it and to whom."""
    directed = " -> ".join(part for part in (cells["sources"], cells["targets"]) if part)
    if cells["targets"] and not cells["sources"]:
        directed = f"-> {cells['targets']}"
    return "; ".join(part for part in (directed, cells["participants"]) if part)
