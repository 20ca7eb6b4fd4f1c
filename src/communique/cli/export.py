"""`communique export`: write the record to files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from communique.cli.options import archive_argument
from communique.errors import SettingsError

FORMAT_NAMES = ("records", "documents", "statements", "people", "csv")


@click.command()
@archive_argument
@click.option(
    "--format",
    "formats",
    multiple=True,
    required=True,
    type=click.Choice(FORMAT_NAMES),
    help="What to write (may be given again when OUT is a folder).",
)
@click.option(
    "-o", "--output", required=True, metavar="OUT", help="A file, a folder, or - for standard output."
)
def export(archive: Path, formats: tuple[str, ...], output: str) -> None:
    """Write the record to files.

    `records`, `documents`, `statements` and `people` are JSON Lines, `csv` is a table with one row a
    claim (docs/exports.md names every column). The same archive always gives the same bytes. When OUT is a
    folder, each format has its own file name in it.

    \b
      communique export record.db --format records -o records.jsonl
      communique export record.db --format csv -o claims.csv
      communique export record.db --format documents --format people -o folder/
      communique export record.db --format records -o - | jq .kind
    """
    from communique.archive import open_archive
    from communique.export import FORMATS

    folder = Path(output) if output.endswith(("/", os.sep)) or Path(output).is_dir() else None
    if folder is None and len(formats) > 1:
        raise SettingsError(f"{output}: several formats want a folder: end its name in /")
    with open_archive(archive) as opened:
        if folder is not None:
            _make(folder)
        for name in dict.fromkeys(formats):
            file_name, lines = FORMATS[name]
            write_lines(lines(opened), output if folder is None else str(folder / file_name))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{folder}: {error.strerror}") from error


def write_lines(lines: Iterable[str], output: str) -> None:
    """Write the lines; a file appears whole under its name or not at all."""
    if output == "-":
        for line in lines:
            sys.stdout.buffer.write(line.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    part = Path(f"{output}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        part.replace(output)
    except OSError as error:
        raise SettingsError(f"{output}: {error.strerror}") from error
