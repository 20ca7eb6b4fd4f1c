#!/usr/bin/env python3
"""The quality gate: codes the gold's texts, scores the record, and fails where a figure is too low.

    python tests/quality/gate.py GOLD [--locked] [--jobs N]

GOLD is the gold folder (`seeds/*.json`, with texts in `../seeds`; `dev/gold/*.json` with `dev/text`). The
documents that `dev/LOCKED` lists are left out; with --locked they alone are measured. The floors are in
`floors.toml` beside this file, each pinned to a hash of the gold and of the texts. Exit code: 0 when
every figure holds, 1 when one is under its floor or a corpus has no floors.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from communique.errors import CommuniqueError
from communique.workers import one_thread_each

FLOORS = Path(__file__).with_name("floors.toml")
FORMATS = ("records", "documents", "statements", "people")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold documents by id, and the files that they are coded from."""

    name: str
    gold: dict[str, dict[str, Any]]
    files: list[Path]


def main() -> int:
    """Measure each corpus and compare; prints a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--locked", action="store_true", help="measure the documents of dev/LOCKED instead")
    parser.add_argument("--jobs", type=int, default=1, help="worker processes")
    arguments = parser.parse_args()
    one_thread_each()
    held = [check(corpus, arguments.jobs) for corpus in corpora(arguments.gold, locked=arguments.locked)]
    return 0 if all(held) else 1


def corpora(gold: Path, *, locked: bool) -> list[Corpus]:
    """The corpora to measure, without (or only) the locked documents."""
    from communique.scoring import load_gold

    closed = frozenset((gold / "dev" / "LOCKED").read_text(encoding="utf-8").split())
    dev = load_gold(gold / "dev" / "gold")
    seeds = Corpus("seeds", load_gold(gold / "seeds"), sorted((gold.parent / "seeds").glob("*.txt")))
    chosen = {name: document for name, document in dev.items() if (name in closed) == locked}
    files = [f for f in sorted((gold / "dev" / "text").iterdir()) if f.name.partition(".")[0] in chosen]
    return [Corpus("locked", chosen, files)] if locked else [seeds, Corpus("dev", chosen, files)]


def check(corpus: Corpus, jobs: int) -> bool:
    """Measure one corpus; True when it has floors and every figure holds."""
    from communique.scoring.floors import gold_hash, load_floors, shortfalls, text_hash

    figures = measure(corpus, jobs)
    hashes = gold_hash(corpus.gold), text_hash(corpus.files)
    floors = next((f for f in load_floors(FLOORS) if f.name == corpus.name), None)
    print_table(corpus.name, figures, floors.floors if floors else {})
    if floors is None or (floors.gold, floors.texts) != hashes:
        click.echo(f'{corpus.name}: no floors for this corpus: gold = "{hashes[0]}", texts = "{hashes[1]}"')
        return False
    below = shortfalls(floors, figures)
    for fall in below:
        click.echo(f"{corpus.name}: {fall.figure} is {fall.value}, under its floor of {fall.floor}")
    return not below


def measure(corpus: Corpus, jobs: int) -> dict[str, Any]:
    """Code the corpus into a new archive, export it, and score the exported files."""
    from communique.archive import open_archive
    from communique.export import FORMATS as EXPORTS
    from communique.export.formats import write_format
    from communique.runs import Settings, code
    from communique.scoring import load_lines, score_events, score_parts

    with tempfile.TemporaryDirectory(prefix="communique-gate-") as name:
        folder = Path(name)
        texts = folder / "texts"
        texts.mkdir()
        for file in corpus.files:
            shutil.copy(file, texts)
        with open_archive(folder / "gate.db", write=True) as archive:
            summary = code([str(texts)], archive, settings=Settings(jobs=jobs))
            for failure in summary.failures:
                click.echo(f"{corpus.name}: {failure.origin}: {failure.reason}")
            for export in FORMATS:
                write_format(EXPORTS[export], archive, folder)
        rows = {export: load_lines(folder / f"{export}.jsonl") for export in FORMATS}
    parts = score_parts(corpus.gold, rows["documents"], rows["statements"], rows["people"])
    return score_events(corpus.gold, rows["records"]).figures | {"parts": parts.figures()}


def print_table(name: str, figures: dict[str, Any], floors: dict[str, float]) -> None:
    """Every figure with its floor, if it has one."""
    from communique.scoring.floors import flat

    click.echo(f"{name}\n  {'figure':38} {'value':>8} {'floor':>8}")
    for figure, value in flat(figures).items():
        floor = f"{floors[figure]:8.3f}" if figure in floors else ""
        click.echo(f"  {figure:38} {value:8.3f} {floor}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CommuniqueError as error:
        sys.exit(f"gate: {error}")
