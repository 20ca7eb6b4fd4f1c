"""The articles of a news corpus that were coded for training: labels without the words.

python training/articles.py --corpus NEWS.jsonl.gz --out OUT

writes them out in the form of the gold, whole articles with the records of all their coded stretches, keyed by event:
for each story OUT/STORY/text and OUT/STORY/gold. `training/link.py` learns from the stories. Articles of no story go
under OUT/rest.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from programs import run

from communique.errors import InputError
from communique.records import sha256

_BARE: dict[str, Any] = {"place": None, "materiel": [], "instrument": None, "attribution": None}
LABELS = Path(__file__).with_name("articles.jsonl")


@dataclass(frozen=True)
class Stretch:
    """A stretch of an article that was coded: the corpus's row, where it begins, title and text, and the records."""

    row: dict[str, Any]
    start: int
    text: str
    records: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """The id of the article with the place where the stretch begins."""
        return f"{self.row['id']}@{self.start}"


def corpus_rows(corpus: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzipped news corpus: one JSON object a line (`id`, `title`, `date`, `source`, `text`).

    Raises InputError where it is not of that form.
    """
    try:
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if not isinstance(row, dict) or not {"id", "text"} <= row.keys():
                    raise ValueError("a line without id and text")
                yield row
    except (OSError, EOFError, ValueError) as error:
        raise InputError(str(corpus), f"no gzipped corpus of JSON lines: {error}") from error


def stretches(corpora: Sequence[Path], labels: Sequence[Path] = (LABELS,)) -> Iterator[Stretch]:
    """The coded stretches of the articles of corpora, in the order of their ids and places.

    A label names the article and the stretch of its text that was coded with the title before it, the SHA-256 of what
    was read, and the records; their evidence is given by offsets. Raises InputError where no corpus has that text.
    """
    known = {row["id"]: row for corpus in corpora for row in corpus_rows(corpus)}
    lines = [line for path in labels for line in path.read_text(encoding="utf-8").splitlines()]
    for label in sorted(map(json.loads, lines), key=lambda one: (one["id"], one["stretch"])):
        row, (first, last) = known.get(label["id"]), label["stretch"]
        text = f"{row['title'].strip()}\n\n{row['text'][first:last].strip()}\n".lstrip() if row else ""
        if row is None or sha256(text) != label["sha256"]:
            names = ", ".join(map(str, corpora))
            raise InputError(names, f"{label['id']} is not what the labels were made from")
        records = [{**r, "evidence": [text[s:e] for s, e in r["evidence"]]} for r in label["records"]]
        yield Stretch(row, first, text, records)


def write_stories(corpora: Sequence[Path], out: Path, labels: Sequence[Path] = (LABELS,)) -> dict[str, int]:
    """Write the articles by story; gives the number of articles of each.

    The records of an event that only one article tells have keys of their own.
    """
    counts: dict[str, int] = {}
    for doc_id, parts in groupby(stretches(corpora, labels), key=lambda one: str(one.row["id"])):
        found = list(parts)
        records = [
            {**_BARE, "event": f"{one.name}.{n}", **record}
            for one in found
            for n, record in enumerate(one.records)
        ]
        keys = [r["event"] for r in records]
        story = next((key.partition(".")[0] for key in keys if "@" not in key), "rest")
        _write_article(out / story, found[0].row, {"doc_id": doc_id, "records": records})
        counts[story] = counts.get(story, 0) + 1
    return counts


def _write_article(folder: Path, row: dict[str, Any], gold: dict[str, Any]) -> None:
    text, meta = folder / "text" / f"{row['id']}.txt", {n: row[n] for n in ("id", "title", "date", "source")}
    for path, content in (
        (text, f"{row['title'].strip()}\n\n{row['text'].strip()}\n"),
        (text.with_suffix(".meta.json"), json.dumps(meta)),
        (folder / "gold" / f"{row['id']}.json", json.dumps(gold, ensure_ascii=False)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def add_corpus(parser: argparse.ArgumentParser) -> None:
    """The options of a program that learns from coded articles."""
    parser.add_argument("--corpus", type=Path, nargs="+", help="learn from coded articles of these as well")
    parser.add_argument(
        "--labels",
        type=Path,
        nargs="+",
        default=[LABELS],
        help="the labels of these articles (articles.jsonl)",
    )


def main() -> None:
    """Write the stories and say how many articles each has."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    for story, articles in sorted(write_stories(args.corpus, args.out).items()):
        print(f"{story}: {articles} articles")


if __name__ == "__main__":
    run(main)
