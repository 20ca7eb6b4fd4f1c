"""`communique events`: list what happened."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import get_args

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import print_json, print_table

COLUMNS = ("id", "date", "kind", "status", "actors", "what", "confidence", "document")


class Day(click.ParamType[str]):
    """An ISO day, or a year or month that stands for its first (or, if `last`, its last) day."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day in ISO form."""
        try:
            parts = [int(part) for part in value.split("-")]
            start = date(*parts, *[1] * (3 - len(parts)))
            return (self._end(start, len(parts)) if self._last else start).isoformat()
        except (ValueError, TypeError):
            self.fail(f"{value!r} is not a day, month or year (2016-04-07, 2016-04, 2016)", param, ctx)

    @staticmethod
    def _end(start: date, parts: int) -> date:
        if parts == 3:
            return start
        if parts == 1:
            return date(start.year, 12, 31)
        return date(start.year, start.month, monthrange(start.year, start.month)[1])


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

    One line a claim: what one document says of one event. Earliest first; undated ones last, and left out
    when a span of time is asked for.

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
        found = opened.claims_by_date(wanted)
        if as_json:
            for claim in found:
                print_json(jsonlines.claim_fields(claim))
        elif as_csv:
            for line in table.rows(found):
                click.echo(line, nl=False)
        else:
            rows = [_row(table.cells_of(claim)) for claim in found]
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
    ]


def days_in_short(start: str, end: str) -> str:
    """An interval as `2016-05-12`, `2016-05` (the whole month), `2016` (the whole year) or `2016-05-12..2016-07-01`."""
    if start == end:
        return start
    year, month = start[:4], start[:7]
    if (start, end) == (f"{year}-01-01", f"{year}-12-31"):
        return year
    if start == f"{month}-01" and end == Day(last=True).convert(month, None, None):
        return month
    return f"{start}..{end}"


def _actors(cells: dict[str, str]) -> str:
    """`IRN; RUS` of those who take part; `RUS -> IRN` of who does it and to whom."""
    directed = " -> ".join(part for part in (cells["sources"], cells["targets"]) if part)
    if cells["targets"] and not cells["sources"]:
        directed = f"-> {cells['targets']}"
    return "; ".join(part for part in (directed, cells["participants"]) if part)
