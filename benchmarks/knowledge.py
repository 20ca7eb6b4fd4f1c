"""The gazetteer: how fast names are found, how long it takes to build cold and kept, and its memory.

    python benchmarks/knowledge.py NEWS.jsonl.gz

NEWS.jsonl.gz has a `text` in every line. Seconds are CPU seconds, each build in a process of its own;
memory is the growth of the resident set by the build.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
BUILD = """
import resource, time
from communique.knowledge import knowledge
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
knowledge.default_knowledge()
print(time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def build(folder: Path) -> tuple[float, float]:
    """CPU seconds and MiB of one build in a process of its own, with names kept in that folder."""
    environment = {**os.environ, "COMMUNIQUE_CACHE": str(folder)}
    out = subprocess.run(
        [sys.executable, "-c", BUILD], check=True, capture_output=True, text=True, env=environment
    )
    seconds, memory = out.stdout.split()
    return float(seconds), float(memory)


def builds() -> None:
    """Prints the best of some cold builds and of some builds from kept names."""
    with tempfile.TemporaryDirectory() as folder:
        cold = [build(Path(folder) / str(number)) for number in range(ROUNDS)]
        kept = [build(Path(folder) / "0") for _ in range(ROUNDS)]
    for name, figures in (("cold", cold), ("kept", kept)):
        print(f"build {name}: {min(s for s, _ in figures):.2f} s, {min(m for _, m in figures):.0f} MiB")


def speed(path: Path) -> None:
    """Prints the rate of finding over the texts of a JSON Lines file, the best of some rounds."""
    from communique.knowledge.knowledge import default_knowledge

    gazetteer = default_knowledge().gazetteer
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    size = sum(len(text.encode()) for text in texts) / 1e6
    best, mentions = float("inf"), 0
    for _ in range(ROUNDS):
        start = time.process_time()
        mentions = sum(len(gazetteer.find(text)) for text in texts)
        best = min(best, time.process_time() - start)
    print(
        f"find: {size / best:.1f} MB/s ({size:.2f} MB, {mentions} mentions, {len(gazetteer.names())} names)"
    )


if __name__ == "__main__":
    builds()
    speed(Path(sys.argv[1]))
