"""Each command on a real archive: what it prints, and its exit code."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from communique.cli.days import days_in_short
from communique.cli.export import FORMAT_NAMES
from communique.export import FORMATS
from communique.scoring import gold_hash, load_gold

Run = Callable[..., Any]


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out), delimiter="\t"))


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_code_counts_and_goes_on(run: Run, tmp_path: Path, pages: Path) -> None:
    first = run("code", pages, "--archive", tmp_path / "a.db", "--json")
    again = run("code", pages, "--archive", tmp_path / "a.db")
    (summary,) = objects(first.out)
    claims = summary.pop("claims")
    assert (first.code, again.code) == (0, 0)
    assert claims >= 3
    assert summary == {
        "run": 1, "finished": True, "kept": 3, "replaced": 0, "known": 0, "failed": 0, "failures": [],
        "refused": 0, "prompt_tokens": 0, "completion_tokens": 0,
    }  # fmt: skip
    assert (again.out, again.err) == ("", "0 kept, 0 claims, 3 known already\n")


def test_code_reports_a_bad_document_and_goes_on(run: Run, tmp_path: Path, pages: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    found = run("code", bad, pages / "poem.txt", "--archive", tmp_path / "a.db", "--quiet")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith(f"communique: {bad}: ")
    assert len(found.err.splitlines()) == 1


def test_code_tells_other_programs_of_failures(run: Run, tmp_path: Path) -> None:
    found = run("code", tmp_path / "none", "--archive", tmp_path / "a.db", "--quiet", "--json")
    (summary,) = objects(found.out)
    (failure,) = summary["failures"]
    assert (found.code, failure["origin"]) == (1, str(tmp_path / "none"))


def test_code_finds_nothing_to_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = run("code", tmp_path / "empty", "--archive", tmp_path / "a.db")
    assert (found.code, found.out) == (0, "")
    assert found.err.startswith("nothing to read there")


def test_code_strict_stops(run: Run, tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "a.db"
    found = run("code", tmp_path / "none", pages, "--archive", path, "--strict")
    assert found.code == 1
    assert "stopped at the first failure" in found.err
    assert rows(run("runs", path).out)[0] | {"version": "", "coder": "", "inputs": ""} == {
        "run": "1", "state": "stopped", "kept": "0", "replaced": "0", "known": "0", "failed": "1",
        "version": "", "coder": "", "inputs": "",
    }  # fmt: skip


def test_code_says_when_an_id_is_taken(run: Run, tmp_path: Path, pages: Path) -> None:
    (tmp_path / "visit.txt").write_text(
        "Other news\n\nThe two envoys of the union met again in the capital.\n"
    )
    found = run(
        "code", pages / "visit.txt", tmp_path / "visit.txt", "--archive", tmp_path / "a.db", "--quiet"
    )
    assert (found.code, found.err) == (
        0,
        f"communique: {tmp_path / 'visit.txt'}: the id visit is another document's: kept as visit~2\n",
    )


def test_events_lists_claims(run: Run, coded: Path) -> None:
    found = rows(run("events", coded).out)
    columns = ["id", "date", "kind", "status", "actors", "what", "confidence", "document", "event"]
    assert list(found[0]) == columns
    assert all(re.fullmatch("e[0-9a-f]{15}", r["event"]) for r in found)
    assert {r["document"] for r in found} == {"visit", "sale"}
    assert [r["date"] for r in found if r["date"]] == sorted(r["date"] for r in found if r["date"])


def test_events_filters(run: Run, coded: Path) -> None:
    def kinds(*options: str) -> list[tuple[str, str]]:
        return [(r["kind"], r["document"]) for r in rows(run("events", coded, *options).out)]

    assert ("visit", "visit") in kinds("--between", "RUS", "IRN", "--since", "2016-05", "--until", "2016-05")
    assert kinds("--between", "RUS", "IND") == []
    assert {d for _, d in kinds("--actor", "FRA")} == {"sale"}
    assert {k for k, _ in kinds("--kind", "visit", "--kind", "arms_transfer")} == {"visit", "arms_transfer"}
    assert kinds("--since", "2031") == []
    assert len(kinds("--limit", "1")) == 1
    assert {d for _, d in kinds("--doc", "visit", "--status", "actual", "--min-confidence", "0.01")} == {
        "visit"
    }


@pytest.mark.parametrize(
    ("start", "end", "short"),
    [
        ("", "", ""),
        ("2016-05-12", "2016-05-12", "2016-05-12"),
        ("2016-02-01", "2016-02-29", "2016-02"),
        ("2016-01-01", "2016-12-31", "2016"),
        ("2015-01-01", "2016-12-31", "2015-01-01..2016-12-31"),
        ("2016-02-01", "2016-02-28", "2016-02-01..2016-02-28"),
    ],
)
def test_whole_months_and_years_are_told_in_short(start: str, end: str, short: str) -> None:
    assert days_in_short(start, end) == short


def test_events_as_json_and_csv_are_the_exports(run: Run, coded: Path) -> None:
    as_json = objects(run("events", coded, "--json").out)
    exported = objects(run("export", coded, "--format", "records", "-o", "-").out)
    assert sorted(as_json, key=lambda r: r["id"]) == sorted(exported, key=lambda r: r["id"])
    as_csv = run("events", coded, "--csv").out.splitlines()
    assert sorted(as_csv) == sorted(run("export", coded, "--format", "csv", "-o", "-").out.splitlines())


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--kind", "feast"], "'feast' is not one of visit, meeting"),
        (["--status", "sure"], "'sure' is not one of actual, planned"),
        (["--since", "May"], "'May' is not a day, month or year"),
        (["--min-confidence", "2"], "2.0 is not in the range"),
        (["--frob"], "--frob"),
    ],
)
def test_usage_errors(run: Run, coded: Path, options: list[str], reason: str) -> None:
    found = run("events", coded, *options)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("communique: ") and reason in found.err
    assert found.err.endswith("Try 'communique events --help'.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["events"],
        ["search", "x"],
        ["explain", "x"],
        ["export", "--format", "csv", "-o", "-"],
        ["verify"],
        ["runs"],
    ],
)
def test_a_missing_archive_is_an_error_and_no_file_is_made(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    path = tmp_path / "none.db"
    found = run(arguments[0], path, *arguments[1:])
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"communique: {path}: no such archive")
    assert list(tmp_path.iterdir()) == []


def test_search_marks_what_it_finds(run: Run, coded: Path) -> None:
    found = run("search", coded, '"Rafale fighters"', "--in", "document")
    assert found.out.startswith("document sale (2016-09-23): France sells jets to India\n    ")
    assert "[[Rafale fighters]]" in found.out
    (hit,) = objects(run("search", coded, "deliveries", "--in", "statement", "--json").out)
    assert (hit["what"], hit["doc_id"], hit["speaker"]) == ("statement", "visit", "Sergei Shoigu")
    assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["deliveries"]
    nothing = run("search", coded, "zeppelin")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "nothing found\n")
    assert run("search", coded, '"').err == "nothing found: no word to look for\n"


def test_explain_shows_the_words(run: Run, coded: Path) -> None:
    claim = next(r for r in objects(run("events", coded, "--kind", "visit", "--doc", "visit", "--json").out))
    for known_by in (claim["id"], claim["id"][:-1]):
        out = run("explain", coded, known_by).out
        assert out.startswith(f"{claim['id']}  visit, actual; confidence 0.")
        assert out.splitlines()[1] == "document visit: Shoigu in Tehran"
        assert "[[visited]]" in out
        names = [line.split()[0] for line in out.splitlines()[3:] if line]
        assert {"kind", "source", "target", "status", "date", "place", "attribution"} <= set(names)
        assert re.search(r"^  date          ?2016-05-12  <- ", out, flags=re.MULTILINE)
    (told,) = objects(run("explain", coded, claim["id"], "--json").out)
    text = objects(run("export", coded, "--format", "documents", "-o", "-").out)[-1]["text"]
    assert all(text[s["start"] : s["end"]] == s["text"] for s in told["sentences"])
    assert all(d["words"] is None or d["words"] == text[d["start"] : d["end"]] for d in told["derivations"])
    assert {name: told[name] for name in claim} == claim
    assert any("visited" in sentence["text"] for sentence in told["sentences"])


def test_explain_a_document(run: Run, coded: Path) -> None:
    ids = [r["id"] for r in rows(run("events", coded, "--doc", "visit").out)]
    assert sorted(r["id"] for r in objects(run("explain", coded, "visit", "--json").out)) == sorted(ids)
    assert run("explain", coded, "poem").err == "nothing was coded from poem\n"


def test_explain_what_is_not_there(run: Run, coded: Path) -> None:
    found = run("explain", coded, "nothing")
    assert (found.code, found.err) == (2, f"communique: {coded}: there is no claim or document nothing\n")
    several = run("explain", coded, "c").err
    assert "'c' begins several ids: c" in several
    assert several.count(", ") <= 4


def test_export_to_a_folder(run: Run, coded: Path, tmp_path: Path) -> None:
    names = ("records", "documents", "statements", "people", "csv")
    options = [part for name in names for part in ("--format", name)]
    assert run("export", coded, *options, "-o", f"{tmp_path / 'out'}/").code == 0
    files = {f.name: f.read_bytes().decode() for f in (tmp_path / "out").iterdir()}
    assert sorted(files) == [
        "claims.csv",
        "codebook.md",
        "documents.jsonl",
        "events.csv",
        "people.jsonl",
        "records.jsonl",
        "statements.jsonl",
    ]
    for name in ("records", "documents", "statements", "people"):
        assert objects(files[f"{name}.jsonl"])
    assert {r["doc_id"] for r in objects(files["documents.jsonl"])} == {"visit", "sale", "poem"}
    assert len(list(csv.DictReader(io.StringIO(files["claims.csv"])))) == len(objects(files["records.jsonl"]))


def test_export_of_everything(run: Run, coded: Path, tmp_path: Path) -> None:
    assert run("export", coded, "--format", "all", "-o", f"{tmp_path / 'out'}/").code == 0
    written = {f.name for f in (tmp_path / "out").iterdir()}
    assert {found.file for found in FORMATS.values()} <= written
    assert (tmp_path / "out" / "parquet" / "datapackage.json").exists()


def test_export_knows_every_format() -> None:
    assert tuple(FORMATS) == FORMAT_NAMES


def test_export_that_cannot_be_written(run: Run, coded: Path, tmp_path: Path) -> None:
    several = run("export", coded, "--format", "csv", "--format", "people", "-o", tmp_path / "one.csv")
    assert (several.code, "several formats want a folder" in several.err) == (2, True)
    tables = run("export", coded, "--format", "parquet", "-o", tmp_path / "one.parquet")
    assert (tables.code, "parquet is several files and wants a folder" in tables.err) == (2, True)
    nowhere = run("export", coded, "--format", "csv", "-o", tmp_path / "no" / "one.csv")
    assert (nowhere.code, "No such file" in nowhere.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_verify(run: Run, archive: Path) -> None:
    sound = run("verify", archive)
    assert (sound.code, sound.out) == (0, "")
    connection = sqlite3.connect(archive)
    connection.execute("UPDATE documents SET raw_sha256 = 'x', text_sha256 = 'y' WHERE id = 'poem'")
    connection.commit()
    connection.close()
    broken = run("verify", archive)
    assert (broken.code, broken.out) == (1, "document poem: the text is not the one that was hashed\n")
    assert objects(run("verify", archive, "--json").out) == [
        {"where": "document poem", "what": "the text is not the one that was hashed"}
    ]


@pytest.mark.parametrize(("linker", "noted"), [("another", True), (None, False)])
def test_verify_tells_links_of_another_version(
    run: Run, archive: Path, linker: str | None, noted: bool
) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        first, second = connection.execute("SELECT seq FROM claims ORDER BY seq LIMIT 2").fetchall()
        connection.execute(
            "INSERT INTO links (a, b, score, reasons) VALUES (?, ?, 0.99, '[]')", (*first, *second)
        )
        if linker:
            connection.execute("UPDATE linking SET value = ? WHERE name = 'linker'", (linker,))
    told = run("verify", archive)
    assert told.code == 1
    assert "is not what the two claims give" in told.out
    assert ("made by the rules of another version; `communique relink" in told.err) is noted


def test_runs_tells_failures(run: Run, archive: Path, tmp_path: Path) -> None:
    run("code", tmp_path / "gone.txt", "--archive", archive)
    out = run("runs", archive, "--failures").out
    assert out.splitlines()[-1] == f"run 2: {tmp_path / 'gone.txt'}: no such file or folder"
    assert [(r["state"], r["kept"], r["failed"]) for r in objects(run("runs", archive, "--json").out)] == [
        ("finished", 3, 0),
        ("finished", 0, 1),
    ]


def test_score_and_floors(run: Run, tmp_path: Path) -> None:
    data = Path(__file__).parents[1] / "scoring" / "data"
    arguments = ["score", data / "gold", data / "export" / "records.jsonl", "--parts", data / "export"]
    assert objects(run(*arguments, "--json").out) == [json.loads((data / "figures.json").read_text())]
    out = run(*arguments).out
    assert "  event        P 0.700  R 0.875  F1 0.778\n" in out
    assert "  place        P 1.000  R 1.000  F1 1.000\n" in out
    assert "  + mobilize planned" in run(*arguments, "--verbose").out
    floors = tmp_path / "floors.toml"
    for floor, code in ((0.77, 0), (0.78, 1)):
        floors.write_text(
            f'[own]\ngold = "{gold_hash(load_gold(data / "gold"))}"\nfloors = {{"event.f1" = {floor}}}\n'
        )
        found = run(*arguments, "--floors", floors)
        assert found.code == code
    assert "event.f1 is 0.778, under its floor of 0.78" in found.err


def test_demo_answers_from_the_shipped_sample(run: Run, tmp_path: Path) -> None:
    found = run("demo", "--archive", tmp_path / "demo.db")
    assert found.code == 0, found.err
    steps = [line.split()[2] for line in found.out.splitlines() if line.startswith("$ communique ")]
    assert steps == ["code", "events", "search", "explain", "who", "export", "verify", "score"]
    assert "[[" in found.out and "event        P" in found.out


def test_a_folder_of_own_tables_changes_what_is_coded(run: Run, tmp_path: Path) -> None:
    page, tables, archive = tmp_path / "a.txt", tmp_path / "tables", tmp_path / "a.db"
    page.write_text(
        "Ruvania visit\n\nRuvanian Defence Minister Ivo Brankov visited Russia on May 3, 2021.", "utf-8"
    )
    tables.mkdir()
    (tables / "states.csv").write_text(
        "code,name,form,source\nXRV,Ruvania,name,us\nXRV,Ruvanian,adjective,us\n"
    )
    plain = run("code", page, "--archive", archive, "--json")
    with_tables = run("code", page, "--archive", archive, "--overlay", tables, "--json")
    assert (objects(plain.out)[0]["kept"], objects(with_tables.out)[0]["replaced"]) == (1, 1)
    found = run("events", archive, "--actor", "XRV", "--json")
    assert [event["kind"] for event in objects(found.out)] == ["visit"]
