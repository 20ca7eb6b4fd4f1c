"""Say how dating by constraint does on texts whose date is known.

    check_dating.py TEXTS GOLD [--each]

TEXTS is a folder of .txt, GOLD a folder of .json of the same names with `published` {from, to} (null is unknown);
or TEXTS is a JSON Lines file (.jsonl, .jsonl.gz) with `text`, `title` and an ISO `date`, without GOLD. The tables
alone are asked (no officials are given) of the main text, without the metadata and an inline "date" line.
Prints how many get an interval, how many of these hold the true date, and the median length; with --each, or for
a wrong interval, one line a text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from communique.knowledge.dating import Chronology, infer_published
from communique.reading import read
from communique.records import Interval, RawPage

INLINE = re.compile(r"^date \d{4}-\d\d-\d\d\s*$", re.MULTILINE)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--each", action="store_true")
    options = parser.parse_args()
    chronology = Chronology.load()
    texts = folder(options.texts, options.gold) if options.gold else lines(options.texts)
    asked, lengths, right = 0, [], 0
    for name, text, true in texts:
        asked += 1
        page = RawPage(id=name, content=INLINE.sub("", text), media="text", origin=name, sha256="")
        document = read(page)
        found = infer_published(document.text, document.title, (), knowledge=chronology)
        holds = found.interval is not None and found.interval.contains(true)
        right += holds
        if found.interval is not None:
            lengths.append(found.interval.days)
        if options.each or (found.interval is not None and not holds):
            print(f"{name}: true {true.start}..{true.end}, found {told(found.interval)}: {found.expression}")  # noqa: T201
    length = median(lengths) if lengths else 0
    print(f"{len(lengths)} of {asked} get an interval, {right} hold the true date, median {length} days")  # noqa: T201


def told(interval: Interval | None) -> str:
    """The interval and its days, or "unknown"."""
    return f"{interval.start}..{interval.end} ({interval.days} days)" if interval else "unknown"


def folder(texts: Path, gold: Path) -> Iterator[tuple[str, str, Interval]]:
    """Name, text and true date of each text of a folder whose gold has one."""
    for path in sorted(gold.glob("*.json")):
        published = json.loads(path.read_text(encoding="utf-8")).get("published")
        text = texts / f"{path.stem}.txt"
        if published and text.is_file():
            yield path.stem, text.read_text(encoding="utf-8"), Interval.model_validate(published)


def lines(path: Path) -> Iterator[tuple[str, str, Interval]]:
    """Name, text and true date of each line that has a date."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        for number, line in enumerate(file, start=1):
            held = json.loads(line)
            if re.match(r"\d{4}-\d\d-\d\d", held.get("date") or ""):
                day = date.fromisoformat(held["date"][:10])
                name, text = str(held.get("id", number)), f"{held.get('title') or ''}\n\n{held['text']}"
                yield name, text, Interval(start=day, end=day)


if __name__ == "__main__":
    main()
