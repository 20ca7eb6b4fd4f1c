"""The labels of articles coded for training: found again in a corpus, and written out by story."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from articles import Stretch, stretches, write_stories
from programs import run

from communique.errors import InputError
from communique.records import sha256

TITLE = "Norway's minister in Lisbon"
LEAD = "The Norwegian defence minister arrived in Lisbon on Monday."
LATER = "Portugal bought two frigates from Norway last year."
ROW = {"id": "a1", "title": TITLE, "date": "2016-05-10", "source": "Gazette", "text": f"{LEAD} {LATER}"}
OTHER = {**ROW, "id": "a2"}


def label(row: dict[str, Any], passage: str, **record: Any) -> dict[str, Any]:
    """A label of the stretch of an article that is one passage, with one record resting on all of it."""
    start = row["text"].index(passage)
    text = f"{row['title']}\n\n{passage}\n"
    at = text.index(passage)
    return {
        "id": row["id"],
        "stretch": [start, start + len(passage)],
        "sha256": sha256(text),
        "records": [{"evidence": [[at, at + len(passage)]], **record}],
    }


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in (ROW, OTHER))
    return path


def labelled(folder: Path, *labels: dict[str, Any]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in labels), encoding="utf-8")
    return path


def test_labels_find_their_words_again(corpus: Path, tmp_path: Path) -> None:
    found = list(stretches([corpus], [labelled(tmp_path, label(ROW, LATER, kind="arms_transfer"))]))
    wanted = {"kind": "arms_transfer", "evidence": [LATER]}
    assert found == [Stretch(ROW, len(LEAD) + 1, f"{TITLE}\n\n{LATER}\n", [wanted])]
    assert found[0].name == f"a1@{len(LEAD) + 1}"


def test_an_untitled_article_is_its_text(tmp_path: Path) -> None:
    untitled = {**ROW, "title": ""}
    corpus = tmp_path / "untitled.jsonl.gz"
    corpus.write_bytes(gzip.compress(json.dumps(untitled).encode()))
    labels = {"id": "a1", "stretch": [0, len(LEAD)], "sha256": sha256(f"{LEAD}\n"), "records": []}
    assert [one.text for one in stretches([corpus], [labelled(tmp_path, labels)])] == [f"{LEAD}\n"]


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"id": "nowhere"}])
def test_another_text_is_refused(corpus: Path, tmp_path: Path, change: dict[str, str]) -> None:
    labels = labelled(tmp_path, label(ROW, LEAD, kind="visit") | change)
    with pytest.raises(InputError, match=change.get("id", "a1")):
        list(stretches([corpus], [labels]))


@pytest.mark.parametrize(
    "content",
    [
        b"no gzip",
        gzip.compress(b"no JSON"),
        gzip.compress(b"[]\n"),
        gzip.compress(b'{"id": "a1", "text": ""}\n')[:-4],
    ],
    ids=["no gzip", "no JSON", "no row", "cut short"],
)
def test_what_is_no_corpus_is_told_in_a_line(tmp_path: Path, content: bytes) -> None:
    corpus = tmp_path / "broken.jsonl.gz"
    corpus.write_bytes(content)

    def program() -> None:
        list(stretches([corpus], [labelled(tmp_path)]))

    with pytest.raises(SystemExit, match=f"^error: {corpus}: no gzipped corpus of JSON lines: ."):
        run(program)


def test_articles_are_written_by_story(corpus: Path, tmp_path: Path) -> None:
    labels = labelled(
        tmp_path,
        label(ROW, LEAD, kind="visit", event="norway.1"),
        label(ROW, LATER, kind="arms_transfer"),
        label(OTHER, LEAD, kind="visit"),
    )
    assert write_stories([corpus], tmp_path / "out", [labels]) == {"norway": 1, "rest": 1}
    gold = json.loads((tmp_path / "out/norway/gold/a1.json").read_text(encoding="utf-8"))
    assert [(r["event"], r["evidence"]) for r in gold["records"]] == [
        ("norway.1", [LEAD]),
        (f"a1@{len(LEAD) + 1}.0", [LATER]),
    ]
    text = (tmp_path / "out/norway/text/a1.txt").read_text(encoding="utf-8")
    assert text == f"{TITLE}\n\n{LEAD} {LATER}\n"
