"""`communique code`: read and code documents into an archive."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.options import json_option, overlay_option
from communique.cli.terminal import print_json

if TYPE_CHECKING:
    from communique.coding.external.server import Server
    from communique.runs import Settings, Summary


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--archive", type=click.Path(path_type=Path), required=True, help="The archive; made if missing."
)
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Worker processes.")
@click.option("--strict", is_flag=True, help="Stop at the first document that cannot be taken.")
@click.option(
    "--coder",
    type=click.Choice(["own", "llm"]),
    default="own",
    show_default=True,
    help="Our own, or a language model on a server that you name.",
)
@click.option(
    "--model", metavar="NAME", help="Another installed spaCy model; with --coder llm the server's model."
)
@click.option("--base-url", metavar="URL", help="For --coder llm: an OpenAI-compatible server.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=120.0, help="For --coder llm: seconds an answer."
)
@click.option(
    "--retries", type=click.IntRange(0, 20), default=3, help="For --coder llm: tries after a failure."
)
@click.option(
    "--cache", type=click.Path(path_type=Path, file_okay=False), help="For --coder llm: a folder for answers."
)
@click.option(
    "--price",
    type=click.FloatRange(0),
    nargs=2,
    metavar="IN OUT",
    help="For --coder llm: dollars a million tokens, to tell the cost.",
)
@overlay_option
@click.option("--quiet", is_flag=True, help="No progress and no summary; failures are still told.")
@json_option
def code(
    inputs: tuple[str, ...],
    archive: Path,
    jobs: int,
    strict: bool,
    coder: str,
    model: str | None,
    overlay: Path | None,
    quiet: bool,
    as_json: bool,
    **external: Any,
) -> int:
    """Read and code documents into an archive.

    INPUT is a file or folder (.txt with an optional .meta.json beside it, .html, .json, .jsonl, each also
    .gz) or - for JSON Lines on standard input. What the archive holds already is passed over, so a run
    that was stopped goes on when the same command is given again.

    \b
      communique code pages/ --archive record.db
      communique code news.jsonl.gz --archive record.db --jobs 4
      zcat dump.jsonl.gz | communique code - --archive record.db --quiet --json
      communique code pages/ --archive other.db --coder llm --base-url http://localhost:8080/v1 --model NAME

    The exit code is 0 when all is well, 1 when some documents failed, 2 when nothing could be done.
    """
    from communique.workers import one_thread_each

    one_thread_each()
    from communique.runs import Settings

    server = server_of(coder, model, external)
    settings = Settings(
        jobs=jobs, strict=strict, model=None if server else model, overlay=overlay, server=server
    )
    summary = run(inputs, archive, settings, quiet=quiet)
    cost = _cost(summary, external["price"])
    if as_json:
        failures = [failure.model_dump() for failure in summary.failures]
        told = asdict(summary) | {"failures": failures}
        print_json(told | ({"cost_usd": cost} if cost is not None else {}))
    elif not quiet:
        click.echo(_told(summary) + (f", ${cost:.4f}" if cost is not None else ""), err=True)
    return 1 if summary.failed else 0


def server_of(coder: str, model: str | None, external: dict[str, Any]) -> Server | None:
    """The server that the options name, or None for our own coder. Raises click.UsageError where one is missing."""
    if coder == "own":
        if external["base_url"]:
            raise click.UsageError("--base-url goes with --coder llm")
        return None
    if not (external["base_url"] and model):
        raise click.UsageError("--coder llm needs --base-url and --model")
    from communique.coding.external.server import Server

    return Server(
        url=external["base_url"],
        model=model,
        timeout=external["timeout"],
        retries=external["retries"],
        cache=external["cache"] or _cache_folder(),
    )


def _cache_folder() -> Path:
    """Where answers are kept by default (https://specifications.freedesktop.org/basedir-spec)."""
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "communique" / "llm"


def _cost(summary: Summary, price: tuple[float, float] | None) -> float | None:
    """US dollars for the tokens of a run, at a price for a million each way."""
    if price is None:
        return None
    return round((summary.prompt_tokens * price[0] + summary.completion_tokens * price[1]) / 1e6, 6)


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
    if summary.prompt_tokens or summary.refused:
        tokens = f"{summary.prompt_tokens} + {summary.completion_tokens} tokens"
        parts += [f"{summary.refused} records not taken", tokens]
    return ", ".join(parts) + ("" if summary.finished else "; stopped at the first failure")
