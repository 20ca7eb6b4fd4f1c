"""The pipeline's speed beside the bare spaCy parse of the same texts, and whether its memory grows.

    python benchmarks/throughput.py NEWS.jsonl[.gz] [--limit N] [--jobs N]

In one run, on one core: the texts as read are parsed by the bare model (`nlp.pipe`, in batches of the size
that the coder uses), then the file goes through `communique.runs.code` into a new archive. Peak memory is
that of fresh processes that code the first half and the whole.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from communique.workers import one_thread_each

one_thread_each()

BATCH = 16


def lines_of(path: Path, limit: int | None) -> list[bytes]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        return [line for line in file if line.strip()][:limit]


def texts_of(file: Path) -> list[str]:
    """The texts that the coder parses: those of documents that are not kept aside."""
    from communique.errors import InputError
    from communique.reading import read
    from communique.records import Failure
    from communique.sources import open_sources

    texts = []
    for page in open_sources([str(file)]):
        try:
            document = None if isinstance(page, Failure) else read(page)
        except InputError:
            continue
        if document is not None and document.aside is None:
            texts.append(document.text)
    return texts


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock on the wall and of this process's processor time."""

    wall: float
    processor: float


@contextmanager
def measured(into: list[Spent]) -> Iterator[None]:
    wall, processor = time.perf_counter(), time.process_time()
    yield
    into.append(Spent(time.perf_counter() - wall, time.process_time() - processor))


def bare_parse(texts: list[str]) -> Spent:
    """What the bare model takes, loaded before."""
    from communique.coding.parser import load_model

    nlp = load_model()
    for _ in nlp.pipe(texts[:2]):
        pass
    spent: list[Spent] = []
    with measured(spent):
        for _ in nlp.pipe(texts, batch_size=BATCH):
            pass
    return spent[0]


def pipeline(file: Path, folder: Path, jobs: int) -> tuple[Spent, dict[str, int]]:
    """What it takes from the file to the archive (knowledge and model loaded before), and the counts."""
    from communique.archive import open_archive
    from communique.runs import Settings, code

    warm = folder / "warm.jsonl"
    # long enough to ask for its language
    text = "Warm-up\n\n" + "The two ministers met in Vienna on Friday. " * 9
    warm.write_text(json.dumps({"id": "warm", "text": text}) + "\n")
    with open_archive(folder / "warm.db", write=True) as archive:
        code([str(warm)], archive)
    spent: list[Spent] = []
    with measured(spent), open_archive(folder / f"{file.stem}.db", write=True) as archive:
        summary = code([str(file)], archive, settings=Settings(jobs=jobs))
    counts = {"kept": summary.kept, "failed": summary.failed, "claims": summary.claims}
    return spent[0], counts


def peak_of(file: Path, folder: Path) -> float:
    """Peak resident memory in MB of a fresh process that codes the file."""
    arguments = [sys.executable, __file__, str(file), "--only-peak", str(folder / f"peak-{file.stem}.db")]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True)
    return float(done.stdout)


def print_peak(file: Path, archive_path: Path) -> None:
    from communique.archive import open_archive
    from communique.runs import code

    with open_archive(archive_path, write=True) as archive:
        code([str(file)], archive)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def report(path: Path, limit: int | None, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = lines_of(path, limit)
        whole, half = folder / "whole.jsonl", folder / "half.jsonl"
        whole.write_bytes(b"".join(lines))
        half.write_bytes(b"".join(lines[: len(lines) // 2]))
        texts = texts_of(whole)
        words = sum(len(text.split()) for text in texts)
        bare = bare_parse(texts)
        coded, counts = pipeline(whole, folder, jobs)
        print(f"{len(lines)} documents ({len(texts)} coded, {words} words): {counts}")
        for label, spent in (("bare parse", bare), ("pipeline", coded)):
            rates = f"{len(texts) / spent.wall:6.2f} documents/s  {words / spent.wall:7.0f} words/s"
            print(f"{label:12} {spent.wall:8.1f} s  {rates}  ({spent.processor:.1f} s of processor time)")
        processor = f", {coded.processor / bare.processor:.2f} in processor time" if jobs == 1 else ""
        print(f"ratio        {coded.wall / bare.wall:8.2f} on the wall clock{processor} ({jobs} jobs)")
        peaks = peak_of(half, folder), peak_of(whole, folder)
        print(f"peak memory  {peaks[0]:.0f} MB on the first half, {peaks[1]:.0f} MB on the whole")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int, help="only the first so many documents")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only-peak", type=Path, metavar="ARCHIVE", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only_peak:
        print_peak(arguments.path, arguments.only_peak)
    else:
        report(arguments.path, arguments.limit, arguments.jobs)


if __name__ == "__main__":
    main()
