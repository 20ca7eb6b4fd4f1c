"""`communique runs`: the coding passes of an archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import print_json, print_table, safe_line

if TYPE_CHECKING:
    from communique.archive import Run

COLUMNS = ("run", "state", "kept", "replaced", "known", "failed", "version", "coder", "inputs")


@click.command()
@archive_argument
@click.option("--failures", is_flag=True, help="List each failure with its reason below.")
@json_option
def runs(archive: Path, failures: bool, as_json: bool) -> None:
    """List the coding passes of an archive, with their failures.

    A pass that was killed stays "running"; the same `communique code` goes on where it was.

    \b
      communique runs record.db
      communique runs record.db --failures
      communique runs record.db --json
    """
    from communique.archive import open_archive

    with open_archive(archive) as opened:
        found = opened.runs()
    if as_json:
        for run in found:
            print_json(run.model_dump(mode="json"))
        return
    rows = [_row(run) for run in found]
    print_table(COLUMNS, rows, empty="no runs")
    for run in found if failures else ():
        for failure in run.failures:
            click.echo(f"run {run.id}: {safe_line(failure.origin)}: {safe_line(failure.reason)}")


def _row(run: Run) -> list[str]:
    counts = [str(n) for n in (run.kept, run.replaced, run.known, run.failed)]
    return [str(run.id), run.state, *counts, run.version, run.coder, " ".join(run.inputs)]
