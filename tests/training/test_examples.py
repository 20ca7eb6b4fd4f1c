"""Sentences to learn from: of coded documents, and of articles that nobody coded."""

import gzip
import json
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from examples import MOST, uncoded
from rows import UNKNOWN, rows_of

from communique.coding.tagger import PieceMaker

MEETING = "Norway's defence minister met the president of Chile. It rained in the afternoon."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl.gz"
    texts = {"coded": MEETING, "told": MEETING, "once": "The minister is the minister.", "far": "Wheat rose."}
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for name, text in texts.items():
            row = {"id": name, "title": "", "date": "2016-05-10", "source": "Gazette", "text": text}
            file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps({"id": "coded"}) + "\n", encoding="utf-8")
    return path


def test_articles_of_the_field_that_nobody_coded(corpus: Path, labels: Path) -> None:
    found = uncoded([corpus], [labels])
    assert [(c.document.id, c.document.text, c.gold["records"]) for c in found] == [
        ("uncoded told", MEETING, [])
    ]


def test_of_many_articles_the_same_are_chosen_each_time(tmp_path: Path, labels: Path) -> None:
    corpus = tmp_path / "many.jsonl.gz"
    row = {"title": "", "date": None, "source": "Gazette", "text": MEETING}
    lines = "".join(json.dumps({**row, "id": f"a{n}"}) + "\n" for n in range(MOST + 20))
    corpus.write_bytes(gzip.compress(lines.encode()))
    chosen = [c.document.id for c in uncoded([corpus], [labels])]
    assert len(chosen) == MOST
    assert chosen == [c.document.id for c in uncoded([corpus], [labels])]
    assert chosen != sorted(chosen)


def test_sentences_that_are_not_coded_have_actors_and_no_labels(corpus: Path, labels: Path) -> None:
    with as_file(files("communique.coding") / "model" / "vocab.txt") as vocabulary:
        (row,) = rows_of(uncoded([corpus], [labels]), [UNKNOWN], PieceMaker(vocabulary))
    assert not row.labelled
    assert {MEETING[slice(*row.pieces.spans[row.pieces.at.index(at)])] for m in row.mentions for at in m} >= {
        "Norway",
        "Chile",
    }
