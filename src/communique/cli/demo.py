"""`communique demo`: the whole job on the shipped sample, by the same commands that users run."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from importlib import resources
from pathlib import Path

import click

from communique.cli.terminal import on_terminal


@click.command()
@click.option(
    "--archive", type=click.Path(path_type=Path), help="Keep the archive here (default: thrown away)."
)
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Worker processes.")
@click.pass_context
def demo(ctx: click.Context, archive: Path | None, jobs: int) -> None:
    """Run the whole job on the shipped sample.

    From pages to answers: codes the sample articles, follows one arms deal, searches, explains a claim, asks who
    held an office, exports, verifies, and scores the record against the sample's own gold. Each command is shown
    before it runs.

    \b
      communique demo
      communique demo --archive demo.db --jobs 2
    """
    sample = resources.files("communique.sample")
    with (
        resources.as_file(sample / "pages") as pages,
        resources.as_file(sample / "gold") as gold,
        _place(archive) as at,
    ):
        out = f"{at.with_suffix('')}-export"
        for says, arguments in _steps(str(at), pages=str(pages), gold=str(gold), jobs=jobs, out=out):
            _show(ctx, says, arguments)
    _say("That was it. With pages of your own:")
    click.echo(_NEXT)


_NEXT = """
    communique code my_pages/ --archive record.db    # files or folders: .txt, .html, .json, .jsonl, also .gz
    communique events record.db --actor IRN          # then search, explain, export as above
    communique --help                                # every command; communique COMMAND --help has examples
"""


def _steps(at: str, *, pages: str, gold: str, jobs: int, out: str) -> Iterator[tuple[str, list[str]]]:
    """What each step shows, and its command; later ones are made when the archive is there."""
    yield "Read and code a folder of saved pages.", ["code", pages, "--archive", at, "--jobs", str(jobs)]
    yield (
        "Follow one arms deal through the years and outlets: the Mistral ships that France did not deliver to Russia.",
        ["events", at, "--between", "FRA", "RUS", "--kind", "arms_transfer"],
    )
    yield "Find words in what was coded.", ["search", at, "deliver*", "--in", "claim", "--limit", "3"]
    yield "See the words behind a claim, and how each field came about.", ["explain", at, _surest(Path(at))]
    yield (
        "Ask who held an office, by the tables and by the documents.",
        ["who", "defence minister", "FRA", "2010-02-08", "--archive", at],
    )
    yield "Write the record to files.", ["export", at, *_formats(), "-o", f"{out}/"]
    yield "Check every hash, offset and reference.", ["verify", at]
    yield (
        "Measure the record against the gold records of the sample.",
        ["score", gold, f"{out}/records.jsonl", "--parts", out],
    )


@contextmanager
def _place(archive: Path | None) -> Iterator[Path]:
    """Where the archive goes; without a place of its own, in a folder that is thrown away."""
    if archive is not None:
        yield archive
        return
    with tempfile.TemporaryDirectory(prefix="communique-demo-") as folder, chdir(folder):
        yield Path("demo.db")


def _formats() -> list[str]:
    return [part for name in ("records", "documents", "statements", "people") for part in ("--format", name)]


def _surest(archive: Path) -> str:
    """The id of the arms transfer that the program is surest of (of these the one with most to show)."""
    from communique.archive import ClaimFilter, open_archive

    with open_archive(archive) as opened:
        transfers = opened.claims(ClaimFilter(kinds=("arms_transfer",)))
        return max(transfers, key=lambda c: (c.confidence, len(c.derivations), c.id)).id


def _show(ctx: click.Context, says: str, arguments: list[str]) -> None:
    """Say what comes, print the command as a user would type it, run it; its exit code ends the demo when not 0."""
    _say(says)
    click.secho(f"$ communique {shlex.join(arguments)}", bold=on_terminal())
    group = ctx.find_root().command
    code = group.main(args=arguments, prog_name="communique", standalone_mode=False)
    if code:
        ctx.exit(code)


def _say(words: str) -> None:
    click.secho(f"\n# {words}", fg="cyan" if on_terminal() else None)
