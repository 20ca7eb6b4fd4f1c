"""`communique link`, run as it is typed."""

import json
from pathlib import Path
from typing import Any

import pytest

from communique.cli import main
from communique.sample import threads


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in arguments])
    return int(left.value.code or 0)


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    folder = next(each for each in threads() if each.name == "gripen") / "gold"
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def test_lines_come_out_in_order_with_the_events(
    gold: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row | {"doc_id": doc["doc_id"], "event": None} for doc in gold for row in doc["records"]]
    documents = [
        {"doc_id": doc["doc_id"], "published": doc["published"], "title": doc["title"]} for doc in gold
    ]
    records = written(tmp_path / "r.jsonl", rows)
    out = tmp_path / "out.jsonl"
    assert (
        run("link", records, "--documents", written(tmp_path / "d.jsonl", documents), "-o", out, "--json")
        == 0
    )
    linked = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row | {"event": None} for row in linked] == rows
    counts = json.loads(capsys.readouterr().out)
    assert counts["records"] == len(rows)
    assert counts["events"] == len({row["event"] for row in linked})
    assert counts["of_several_documents"] > 10


def test_documents_are_not_needed(gold: list[dict[str, Any]], tmp_path: Path) -> None:
    rows = [row | {"doc_id": doc["doc_id"]} for doc in gold for row in doc["records"]]
    out = tmp_path / "out.jsonl"
    assert run("link", written(tmp_path / "r.jsonl", rows), "-o", out) == 0
    events = [json.loads(line)["event"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(set(events)) < len(events)


def test_a_bad_record_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = written(tmp_path / "r.jsonl", [{"doc_id": "d", "kind": "picnic", "actors": []}])
    assert run("link", records, "-o", tmp_path / "out.jsonl") == 2
    assert "r.jsonl:1: not a record: " in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


def test_records_are_linked_by_tables_of_ones_own(tmp_path: Path) -> None:
    actors = [{"role": "source", "code": "ZEDS"}, {"role": "target", "code": "ARM"}]
    told = (
        "Zanzarian Brigade of the Zumurrud river accused Armenia",
        "Zanzarian Zumurrud brigade blamed Yerevan",
    )
    rows = [
        {"doc_id": f"d{n}", "kind": "accuse", "status": "actual", "actors": actors, "evidence": [words]}
        for n, words in enumerate(told)
    ]
    own = "code,name,form,source\nZEDS,Zanzarian Brigade,name,ours\nZEDS,Zumurrud river,adjective,ours\n"
    (tmp_path / "groups.csv").write_text(own, encoding="utf-8")
    records = written(tmp_path / "r.jsonl", rows)
    events = []
    for n, tables in enumerate(((), ("--overlay", tmp_path))):
        out = tmp_path / f"out{n}.jsonl"
        assert run("link", records, *tables, "-o", out) == 0
        events.append({json.loads(line)["event"] for line in out.read_text(encoding="utf-8").splitlines()})
    assert [len(ids) for ids in events] == [1, 2]
