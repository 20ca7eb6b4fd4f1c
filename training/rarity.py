"""How rare each word of news is: writes `src/communique/linking/rarity.csv`.

    python training/rarity.py NEWS.jsonl.gz [TEXTS...] [-o FILE]

NEWS is JSON Lines with `text`; TEXTS are folders of `.txt` files. A stem's weight is its inverse document
frequency, scaled so that what stands in fewer than `LEAST` documents weighs 1 (those are left out of the
table) and what stands in all of them 0. Stems that stand in over half of the documents weigh 0.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path

from articles import corpus_rows
from programs import run

from communique.linking.words import stems

LEAST = 8
HERE = Path(__file__).parents[1] / "src/communique/linking/rarity.csv"


def texts(news: Path, folders: list[Path]) -> Iterator[str]:
    """The text of each article."""
    yield from (row["text"] for row in corpus_rows(news))
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            yield path.read_text(encoding="utf-8")


def weights(documents: Iterator[str]) -> dict[str, float]:
    """The weight of each stem that stands in at least `LEAST` documents."""
    counts: Counter[str] = Counter()
    total = 0
    for text in documents:
        total += 1
        counts.update(set(stems(text)))
    most = log(total / LEAST)
    return {
        stem: 0.0 if count > total / 2 else round(min(1.0, log(total / count) / most), 2)
        for stem, count in sorted(counts.items())
        if count >= LEAST and not stem[0].isdigit()
    }


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("texts", type=Path, nargs="*")
    parser.add_argument("-o", "--output", type=Path, default=HERE)
    args = parser.parse_args()
    table = weights(texts(args.news, args.texts))
    with args.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("stem", "weight"))
        writer.writerows((stem, f"{weight:.2f}") for stem, weight in table.items())
    print(f"{len(table)} stems")


if __name__ == "__main__":
    run(main)
