"""Dates: predictions for the date sets of ../shared/bench, and the speed of finding.

    python benchmarks/dates.py FILE.tsv > pred.jsonl; ../shared/bench/score.py dates FILE.tsv pred.jsonl
    python benchmarks/dates.py --speed FILE.jsonl.gz     MB a second of CPU over the texts

FILE.tsv has the columns expression, sentence, tense (past, fut or empty), reference (ISO day), from, to.
Where there is a sentence, the expression is looked for in it. Days are counted exactly
(`Resolution.point`), which is the convention of those sets.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import time
from datetime import date
from pathlib import Path

from communique.coding.dates import Tense, find_dates, resolve
from communique.records import Interval

_TENSES: dict[str, Tense] = {"past": "past", "fut": "future"}


def predicted(row: dict[str, str]) -> Interval | None:
    """The days of the row's expression; the longest expression found in it where there are several."""
    text = row["sentence"] or row["expression"]
    day = date.fromisoformat(row["reference"])
    start = max(text.lower().find(row["expression"].lower()), 0)
    end = start + len(row["expression"])
    inside = [e for e in find_dates(text) if e.start < end and start < e.end]
    if not inside:
        return None
    longest = max(inside, key=lambda e: (len(e.text), -e.start))
    return resolve(longest, anchor=Interval(start=day, end=day), tense=_TENSES.get(row["tense"])).point


def predictions(path: Path) -> None:
    """Prints one prediction a row, as the scorer reads it."""
    with path.open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t")):
            interval = predicted(row)
            days = interval.model_dump(mode="json", by_alias=True) if interval else {"from": None, "to": None}
            print(json.dumps({"row": number, **days}))


def speed(path: Path) -> None:
    """Prints the rate of `find_dates` over the texts of a JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    find_dates("On 3 May 2016")
    began = time.process_time()
    found = sum(len(find_dates(text)) for text in texts)
    spent = time.process_time() - began
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{found} expressions in {size:.1f} MB: {size / spent:.2f} MB a CPU-second")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--speed":
        speed(Path(sys.argv[2]))
    elif len(sys.argv) == 2:
        predictions(Path(sys.argv[1]))
    else:
        sys.exit(__doc__)
