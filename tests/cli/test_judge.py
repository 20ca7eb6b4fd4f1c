"""`event`, `judge` and `relink`, by the real commands on pages of our own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.archive import open_archive
from communique.scoring import load_gold

SAID = ("--who", "A. Reader", "--why", "it says so")


@pytest.fixture
def ids(archive: Path) -> dict[str, str]:
    """The first claim of each kind."""
    with open_archive(archive) as opened:
        return {claim.kind: claim.id for claim in reversed(list(opened.claims()))}


def listed(run: Callable[..., Any], archive: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("judge", archive, "list", "--json").out.splitlines()]


def test_an_event_is_shown(run: Callable[..., Any], archive: Path, ids: dict[str, str]) -> None:
    shown = run("event", archive, ids["visit"])
    assert (shown.code, shown.err) == (0, "")
    first, second, *rest = shown.out.splitlines()
    assert "  visit, actual; confidence 0." in first
    assert second == "told by 1 document, 1 independent source"
    assert any(line.startswith("  date         2016-05-12  <- ") for line in rest)
    assert any(line.startswith("    | ") and "Tehran" not in line.split("|")[0] for line in rest)
    (found,) = [json.loads(line) for line in run("event", archive, first[:9], "--json").out.splitlines()]
    assert found["id"] == first.split()[0]
    assert [claim["id"] for claim in found["claims"]] == [ids["visit"]]
    assert found["claims"][0]["event"] == found["id"]
    assert {choice["field"] for choice in found["choices"]} >= {"kind", "status", "actors", "date"}


def test_what_is_no_event(run: Callable[..., Any], archive: Path) -> None:
    assert run("event", archive, "none").err.endswith("there is no event or claim none\n")
    assert run("event", archive, "e").err.startswith(f"communique: {archive}: 'e' begins several ids: e")


def test_judgements_are_kept_listed_and_withdrawn(
    run: Callable[..., Any], archive: Path, ids: dict[str, str]
) -> None:
    wrong = run("judge", archive, "wrong", ids["visit"], *SAID, "--made", "2026-01-02").out.strip()
    assert run("judge", archive, "wrong", ids["visit"], *SAID, "--made", "2026-01-02").out == (
        f"{wrong} (held already)\n"
    )
    assert run("event", archive, ids["visit"]).err.endswith("tells no event (it was judged wrong)\n")
    run("judge", archive, "correct", ids["arms_transfer"], "status", '"denied"', *SAID)
    found = run("event", archive, ids["arms_transfer"]).out
    assert "status       denied  <- corrected by A. Reader: it says so" in found
    assert 'corrected status = "denied", A. Reader: it says so' in found
    rows = listed(run, archive)
    assert {(r["judgement"]["verdict"], r["holds"]) for r in rows} == {("wrong", "yes"), ("corrected", "yes")}
    assert run("judge", archive, "withdraw", wrong).err == f"{wrong}: wrong withdrawn\n"
    assert run("event", archive, ids["visit"]).code == 0
    assert "withdrawn" in run("judge", archive, "list").out
    assert run("verify", archive).code == 0


def test_judgements_hold_when_all_is_coded_again_with_other_tables(
    run: Callable[..., Any], archive: Path, pages: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "materiel.csv").write_text(
        (Path(__file__).parents[2] / "src/communique/knowledge/tables/materiel.csv")
        .read_text(encoding="utf-8")
        .partition("\n")[0]
        + "\n",
        encoding="utf-8",
    )
    run("judge", archive, "wrong", ids["visit"], *SAID)
    run("judge", archive, "not-same", ids["visit"], ids["arms_transfer"], *SAID)
    before = listed(run, archive)
    again = run("code", pages, "--archive", archive, "--overlay", tables)
    assert "3 replaced" in again.err
    assert listed(run, archive) == before
    assert run("event", archive, ids["visit"]).err.endswith("tells no event (it was judged wrong)\n")
    run("relink", archive)
    assert listed(run, archive) == before
    assert run("verify", archive).err.endswith("every hash, offset and reference is right\n")


def test_judgements_are_shared_as_a_file(
    run: Callable[..., Any], archive: Path, coded: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    run("judge", archive, "right", ids["visit"], *SAID)
    run("judge", archive, "same", ids["visit"], ids["arms_transfer"], *SAID)
    file = tmp_path / "judgements.jsonl"
    run("judge", archive, "export", file)
    theirs = tmp_path / "theirs.db"
    run("code", next(iter(coded.parent.parent.glob("pages*/poem.txt")), ""), "--archive", theirs)
    found = run("judge", theirs, "import", file)
    assert found.err.splitlines()[0] == "2 new, 0 held already"
    assert found.err.count("no claim of this archive stands there") == 2
    assert run("judge", archive, "import", file).err == "0 new, 2 held already\n"
    run("judge", theirs, "export", tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == file.read_bytes()
    file.write_text(file.read_text(encoding="utf-8").replace("it says so", "no"), encoding="utf-8")
    assert f"{file}:1: the id j" in run("judge", archive, "import", file).err


def test_judged_documents_are_gold(
    run: Callable[..., Any], archive: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    run("judge", archive, "right", ids["visit"], *SAID)
    assert run("judge", archive, "gold", "-o", tmp_path / "gold").err == "1 judged documents\n"
    gold = load_gold(tmp_path / "gold")["visit"]
    required = [r for r in gold["records"] if not r.get("optional")]
    assert [r["kind"] for r in required] == ["visit"]
    assert required[0]["date"] == {"from": "2016-05-12", "to": "2016-05-12"}
    assert gold["statements"] == [
        {"quote": "The deliveries of the S-300 go", "speaker": "Sergei Shoigu", "code": "RUS"}
    ]
    assert gold["people"] == [
        {"name": "Sergei Shoigu", "office": "defence minister", "code": "RUS"},
        {"name": "Hossein Dehghan", "office": "defence minister", "code": "IRN"},
    ]
    for part in ("records", "documents", "statements", "people"):
        run("export", archive, "--format", part, "-o", tmp_path / f"{part}.jsonl")
    told = ("score", tmp_path / "gold", tmp_path / "records.jsonl", "--parts", tmp_path, "--json")
    scored = json.loads(run(*told).out)
    assert scored["full"]["f1"] == 1.0
    everything = {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert scored["parts"] == {
        "documents": 1,
        "body": "1/1",
        "published": {"of": 1, "exact": 1, "covers": 1, "wrong": 0, "invented": 0},
        "statements": {"of": 1, "found": 1.0, "speaker": 1.0, "code": 1.0, "precision": 1.0},
        "people": {"name+code": everything, "name+code+office": everything},
    }


def test_gold_has_people_as_judged(
    run: Callable[..., Any], archive: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    actors = [
        {"role": "source", "code": "BLR", "person": "Sergei Shoigu", "office": "envoy"},
        {"role": "target", "code": "IRN", "person": "Ali Rezaei"},
    ]
    run("judge", archive, "correct", ids["visit"], "actors", json.dumps(actors), *SAID)
    run("judge", archive, "gold", "-o", tmp_path / "gold")
    gold = load_gold(tmp_path / "gold")["visit"]
    assert gold["people"] == [
        {"name": "Sergei Shoigu", "office": "envoy", "code": "BLR"},
        {"name": "Hossein Dehghan", "office": "defence minister", "code": "IRN"},
        {"name": "Ali Rezaei", "office": None, "code": "IRN"},
    ]
    assert [s["code"] for s in gold["statements"]] == ["BLR"]


def test_relink_says_what_there_is(run: Callable[..., Any], archive: Path) -> None:
    (found,) = [json.loads(line) for line in run("relink", archive, "--json").out.splitlines()]
    with open_archive(archive) as opened:
        assert found["events"] == found["made"] == opened.count_events()
    assert run("relink", archive).err.startswith(f"{found['events']} events, {found['deals']} deals, ")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("wrong", "none", *SAID), "there is no claim none"),
        (("wrong", "c", *SAID), "'c' begins several ids"),
        (("correct", "VISIT", "status", "denied", *SAID), "is not JSON"),
        (("withdraw", "none"), "there is no judgement none"),
        (("import", "missing.jsonl"), "missing.jsonl"),
        (("wrong", "VISIT", *SAID, "--made", "soon"), "'soon' is not a day"),
    ],
)
def test_what_cannot_be_judged(
    run: Callable[..., Any], archive: Path, ids: dict[str, str], arguments: tuple[str, ...], reason: str
) -> None:
    found = run("judge", archive, *(ids["visit"] if a == "VISIT" else a for a in arguments))
    assert found.code == 2
    assert reason in found.err
