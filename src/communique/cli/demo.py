"""`communique demo`: the whole job on the shipped sample, by the same commands that users run."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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

    From pages to answers: codes the sample articles, lists events, searches, explains a claim, exports,
    verifies, and scores the record against the sample's own gold. Each command is shown before it runs.

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
        out = at.parent / f"{at.stem}-export"
        _show(ctx, "code", str(pages), "--archive", str(at), "--jobs", str(jobs))
        _show(ctx, "events", str(at), "--kind", "arms_transfer", "--limit", "10")
        _show(ctx, "search", str(at), "deliver*", "--in", "claim", "--limit", "3")
        _show(ctx, "explain", str(at), _surest(at))
        _show(ctx, "export", str(at), *_formats(), "-o", f"{out}/")
        _show(ctx, "verify", str(at))
        _show(ctx, "score", str(gold), str(out / "records.jsonl"), "--parts", str(out))


@contextmanager
def _place(archive: Path | None) -> Iterator[Path]:
    if archive is not None:
        yield archive
        return
    with tempfile.TemporaryDirectory(prefix="communique-demo-") as folder:
        yield Path(folder) / "demo.db"


def _formats() -> list[str]:
    return [part for name in ("records", "documents", "statements", "people") for part in ("--format", name)]


def _surest(archive: Path) -> str:
    """The id of the arms transfer that the program is surest of (of these the one with most to show)."""
    from communique.archive import ClaimFilter, open_archive

    with open_archive(archive) as opened:
        transfers = opened.claims(ClaimFilter(kinds=("arms_transfer",)))
        return max(transfers, key=lambda c: (c.confidence, len(c.derivations), c.id)).id


def _show(ctx: click.Context, *arguments: str) -> None:
    """Print a command as a user would type it, and run it; its exit code ends the demo when it is not 0."""
    click.secho(f"\n$ communique {shlex.join(arguments)}", bold=on_terminal())
    group = ctx.find_root().command
    code = group.main(args=list(arguments), prog_name="communique", standalone_mode=False)
    if code:
        ctx.exit(code)
