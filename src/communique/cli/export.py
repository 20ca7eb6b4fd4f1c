"""`communique export`: write the record to files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.options import archive_argument
from communique.errors import SettingsError

if TYPE_CHECKING:
    from communique.archive import Archive
    from communique.export import TextFormat

FORMAT_NAMES = (
    "records", "events", "documents", "statements", "people", "csv", "parquet", "plover", "cameo", "sipri",
    "graphml", "gexf", "ftm", "ics", "atom", "bibtex",
)  # fmt: skip
ALL = "all"


@click.command()
@archive_argument
@click.option(
    "--format",
    "formats",
    multiple=True,
    required=True,
    type=click.Choice((*FORMAT_NAMES, ALL)),
    help="What to write (may be given again when OUT is a folder); `all` writes every format.",
)
@click.option(
    "-o", "--output", required=True, metavar="OUT", help="A file, a folder, or - for standard output."
)
def export(archive: Path, formats: tuple[str, ...], output: str) -> None:
    """Write the record to files.

    As JSON Lines `records`, `events`, `documents`, `statements`, `people`; as tables `csv` (claims, events),
    `parquet` (all, in a folder); for others' programs `plover`, `cameo`, `sipri`, `ftm`; as networks
    `graphml`, `gexf`; and `ics`, `atom`, `bibtex` (docs/exports.md names every column). The same archive
    always gives the same bytes. When OUT is a folder, each format has its own file names in it; a
    file gets the format's first file.

    \b
      communique export record.db --format records -o records.jsonl
      communique export record.db --format csv -o claims.csv
      communique export record.db --format csv --format parquet -o folder/
      communique export record.db --format records -o - | jq .kind
    """
    from communique.archive import open_archive
    from communique.export import FORMATS, TextFormat
    from communique.export.formats import write_format

    names = tuple(FORMATS) if ALL in formats else tuple(dict.fromkeys(formats))
    folder = Path(output) if output.endswith(("/", os.sep)) or Path(output).is_dir() else None
    if folder is None and len(names) > 1:
        raise SettingsError(f"{output}: several formats want a folder: end its name in /")
    with open_archive(archive) as opened:
        for name in names:
            chosen = FORMATS[name]
            if folder is not None:
                write_format(chosen, opened, folder)
            elif isinstance(chosen, TextFormat):
                _write_one(chosen, opened, output)
            else:
                raise SettingsError(
                    f"{output}: {name} is several files and wants a folder: end its name in /"
                )


def _write_one(chosen: TextFormat, opened: Archive, output: str) -> None:
    """Write the format's first file to a file or to standard output."""
    from communique.export.formats import write_file

    if output == "-":
        for line in chosen.lines(opened):
            sys.stdout.buffer.write(line.encode("utf-8"))
        sys.stdout.buffer.flush()
    else:
        write_file(chosen.lines(opened), Path(output))
