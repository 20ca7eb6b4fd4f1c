"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

archive_argument = click.argument("archive", type=click.Path(path_type=Path), metavar="ARCHIVE")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON Lines for other programs.")
overlay_option = click.option(
    "--overlay",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder of CSV files that adds to the tables and overrides their rows.",
)
