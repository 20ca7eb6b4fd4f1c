"""`communique who`: the table's answer, the documents' answer, and whether they agree."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.archive import Coded, Signature, open_archive, writing
from communique.reading.duplicates import fingerprint
from communique.records import Coding, Document, Interval, Person, Published, sha256

TEXT = "Shoigu in Tehran\n\nRussian Defence Minister Sergei Shoigu came to Tehran on Thursday.\n"
Run = Callable[..., Any]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """An archive with one dated and one undated document that name Sergei Shoigu as defence minister."""
    path = tmp_path / "record.db"
    day = Interval(start=date(2016, 5, 12), end=date(2016, 5, 12))
    with open_archive(path, write=True) as archive, archive.writing() as connection:
        run = writing.begin_run(connection, version="1", coder="x", settings={}, inputs=["pages"])
        for doc_id, published in (
            ("dated", Published(interval=day, found="given")),
            ("undated", Published()),
        ):
            writing.keep(connection, named_shoigu(doc_id, published), run=run, coder="x")
    return path


def named_shoigu(doc_id: str, published: Published) -> Coded:
    text = f"{TEXT}{doc_id}\n"
    document = Document(
        id=doc_id,
        text=text,
        published=published,
        origin=f"{doc_id}.txt",
        raw_sha256=sha256(text + "raw"),
        text_sha256=sha256(text),
    )
    shoigu = Person(doc_id=doc_id, name="Sergei Shoigu", office="defence minister", code="RUS")
    found = fingerprint(text)
    return Coded(
        document=document,
        coding=Coding(doc_id=doc_id, people=(shoigu,)),
        page_key=f"key of {doc_id}",
        fingerprint=Signature(bands=found.bands, signature=found.signature),
    )


def test_the_table_answers(run: Run) -> None:
    done = run("who", "defence minister", "IRN", "2010-10-10")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "person\tfrom\tto\tby",
        "Ahmad Vahidi\t2009-09-03\t2013-08-15\tWikidata via every-politician-scrapers/iran-ministers@a8e7c2f",
    ]


def test_json_says_how_sure_and_by_which_source(run: Run) -> None:
    done = run("who", "Secretary of Defense", "usa", "1987-03", "--json")
    assert json.loads(done.out) == {
        "office": "defence minister",
        "country": "USA",
        "date": {"from": "1987-03-01", "to": "1987-03-31"},
        "table": [
            {
                "person": "Caspar Weinberger",
                "office": "defence minister",
                "from": "1981-01-21",
                "to": "1987-11-23",
                "as_of": None,
                "sure": True,
                "doubtful": False,
                "source": "own knowledge",
                "note": None,
            }
        ],
        "documents": [],
        "agrees": None,
    }


def test_a_state_may_be_named(run: Run) -> None:
    assert (
        run("who", "defence minister", "Armenia", "2017-01-30")
        .out.splitlines()[1]
        .startswith("Vigen Sargsyan")
    )


def test_documents_that_agree(run: Run, record: Path) -> None:
    done = run("who", "defence minister", "RUS", "2016-05-12", "--archive", record, "--json")
    answer = json.loads(done.out)
    assert [row["person"] for row in answer["table"]] == ["Sergei Shoigu"]
    assert answer["documents"] == [
        {"person": "Sergei Shoigu", "first": "2016-05-12", "last": "2016-05-12", "in": ["dated"]}
    ]
    assert (answer["agrees"], done.err, done.code) == (True, "", 0)


def test_documents_that_differ_are_told(run: Run, record: Path, tmp_path: Path) -> None:
    (tmp_path / "occupancies.csv").write_text(
        "person,aliases,office,country,start,end,asof,source,note\n"
        "Sergei Shoigu,,defence minister,RUS,2012,2013,,a wrong list,\n"
        "Ivan Ivanov,,defence minister,RUS,2014,2020,,a wrong list,\n",
        encoding="utf-8",
    )
    done = run("who", "defence minister", "RUS", "2016-05-12", "--archive", record, "--overlay", tmp_path)
    assert done.code == 0
    assert done.err == "the table and the documents disagree: not in the table: Sergei Shoigu in dated\n"
    assert [line.split("\t")[0] for line in done.out.splitlines()] == [
        "person",
        "Ivan Ivanov",
        "Sergei Shoigu",
    ]


@pytest.mark.parametrize(
    ("words", "country", "day", "told"),
    [
        ("head of state", "IRN", "2016-01-01", ["Ali Khamenei, supreme leader"]),
        ("head of government", "IRN", "2016-01-01", ["Hassan Rouhani, president"]),
        ("Head of State", "KWT", "2015", ["Sabah al-Ahmad al-Jaber al-Sabah, emir"]),
        ("head of state", "SAU", "2019", ["Salman, king"]),
        ("the head of government", "DEU", "2022-03", ["Olaf Scholz, chancellor"]),
        ("head of state", "DEU", "2022-03", ["Frank-Walter Steinmeier, president"]),
        ("head of state", "PRK", "2019", ["Kim Jong-un, leader"]),
        ("head of government", "RUS", "2010", ["Vladimir Putin, prime minister"]),
        ("head of government", "USA", "1995", ["Bill Clinton, president"]),
        ("head of government", "TUR", "2019", ["Recep Tayyip Erdoğan, president"]),
    ],
)
def test_heads_are_whoever_that_is_there(
    run: Run, words: str, country: str, day: str, told: list[str]
) -> None:
    done = run("who", words, country, day)
    assert [line.split("\t")[0] for line in done.out.splitlines()[1:]] == told


def test_documents_speak_for_heads_too(run: Run, record: Path) -> None:
    done = run("who", "head of state", "RUS", "2016-05-12", "--archive", record, "--json")
    answer = json.loads(done.out)
    assert answer["office"] == "head of state"
    assert [(row["person"], row["office"]) for row in answer["table"]] == [("Vladimir Putin", "president")]
    assert (answer["documents"], answer["agrees"]) == ([], None)


def test_nobody_known_is_exit_code_1(run: Run) -> None:
    done = run("who", "defence minister", "ISL", "2010")
    assert (done.code, done.out) == (1, "")
    assert done.err == "nobody is known as defence minister of ISL in 2010-01-01..2010-12-31\n"


@pytest.mark.parametrize(
    ("office", "country", "day", "reason"),
    [
        ("greengrocer", "IRN", "2010", "no table has the office 'greengrocer'; try"),
        ("president", "Nowhereland", "2010", "no table has the state or organisation 'Nowhereland'"),
        ("president", "IRN", "2010-13", "'2010-13' is no day, month or year; write 2010-10-10"),
        ("president", "IRN", "yesterday", "'yesterday' is no day, month or year"),
    ],
)
def test_wrong_questions_are_told(run: Run, office: str, country: str, day: str, reason: str) -> None:
    done = run("who", office, country, day)
    assert done.code == 2
    assert done.err.startswith(f"communique: {reason}")


def test_a_missing_archive_is_told(run: Run, tmp_path: Path) -> None:
    done = run("who", "president", "IRN", "2010", "--archive", tmp_path / "none.db")
    assert done.code == 2
    assert "no such archive" in done.err
