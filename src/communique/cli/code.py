"""`communique code`: read and code documents into an archive."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.options import json_option
from communique.cli.terminal import print_json

if TYPE_CHECKING:
    from communique.runs import Settings, Summary


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--archive", type=click.Path(path_type=Path), required=True, help="The archive; made if missing."
)
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Worker processes.")
@click.option("--strict", is_flag=True, help="Stop at the first document that cannot be taken.")
@click.option("--model", metavar="NAME", help="Another installed spaCy model than the one shipped.")
@click.option(
    "--overlay",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder of CSV files that adds to the tables and overrides their rows.",
)
@click.option("--quiet", is_flag=True, help="No progress and no summary; failures are still told.")
@json_option
def code(
    inputs: tuple[str, ...],
    archive: Path,
    jobs: int,
    strict: bool,
    model: str | None,
    overlay: Path | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Read and code documents into an archive.

    INPUT is a file or folder (.txt with an optional .meta.json beside it, .html, .json, .jsonl, each also
    .gz) or - for JSON Lines on standard input. What the archive holds already is passed over, so a run
    that was stopped goes on when the same command is given again.

    \b
      communique code pages/ --archive record.db
      communique code news.jsonl.gz --archive record.db --jobs 4
      zcat dump.jsonl.gz | communique code - --archive record.db --quiet --json

    The exit code is 0 when all is well, 1 when some documents failed, 2 when nothing could be done.
    """
    from communique.workers import one_thread_each

    one_thread_each()
    from communique.runs import Settings

    settings = Settings(jobs=jobs, strict=strict, model=model, overlay=overlay)
    summary = run(inputs, archive, settings, quiet=quiet)
    if as_json:
        print_json(asdict(summary))
    elif not quiet:
        click.echo(_told(summary), err=True)
    return 1 if summary.failed else 0


def run(inputs: tuple[str, ...], archive: Path, settings: Settings, *, quiet: bool) -> Summary:
    """Code the inputs with progress and complaints on standard error."""
    from communique import runs
    from communique.archive import open_archive
    from communique.cli.progress import Progress

    shown = not quiet and sys.stderr.isatty()
    with open_archive(archive, write=True) as opened, Progress(inputs, shown=shown) as progress:
        stdin = sys.stdin.buffer if "-" in inputs else None
        return runs.code(inputs, opened, settings=settings, stdin=stdin, watch=progress.tell)


def _told(summary: Summary) -> str:
    if not (summary.kept or summary.replaced or summary.known or summary.failed):
        return "nothing to read there (.txt, .html, .json and .jsonl files, each also .gz)"
    parts = [f"{summary.kept} kept", f"{summary.claims} claims"]
    for name in ("replaced", "known", "failed"):
        if count := getattr(summary, name):
            parts.append(f"{count} {'known already' if name == 'known' else name}")
    return ", ".join(parts) + ("" if summary.finished else "; stopped at the first failure")
