"""What a name resolves to, and the commands that say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique.cli.knowledge import knowledge as command
from communique.knowledge.finding import find_name
from communique.knowledge.knowledge import default_knowledge


def found(name: str) -> list[tuple[str, str, str]]:
    return [(m.name, m.entry.kind, m.entry.code) for m in find_name(name, default_knowledge()).meanings]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


@pytest.mark.parametrize(
    ("name", "meanings"),
    [
        ("Kremlin", [("Kremlin", "state", "RUS")]),
        ("kremlin", [("Kremlin", "state", "RUS")]),
        ("csto", [("CSTO", "organisation", "CSTO")]),
        ("Congo", [("Congo", "state", "COD"), ("Congo", "state", "COG")]),
        ("Defence Minister", [("Defence Minister", "office", "defence minister")]),
    ],
)
def test_a_name_of_the_tables(name: str, meanings: list[tuple[str, str, str]]) -> None:
    assert found(name) == meanings


def test_the_reason_is_the_row() -> None:
    (meaning,) = find_name("the six powers", default_knowledge()).meanings
    table, _, rest = meaning.origin.partition(":")
    assert (table, rest.split(" ", 1)[1]) == ("organisations.csv", "(GUIDE)")


def test_a_person() -> None:
    findings = find_name("Dehghan", default_knowledge())
    assert ("defence minister", "IRN") in {(p.office, p.country) for p in findings.persons}
    assert (findings.meanings, findings.suggestions) == ((), ())


def test_a_phrase_is_taken_apart() -> None:
    parts = find_name("Iranian Kremlin", default_knowledge()).parts
    assert [(part.name, part.entry.code) for part in parts] == [("Iranian", "IRN"), ("Kremlin", "RUS")]


def test_near_spellings_are_suggested() -> None:
    findings = find_name("Azerbadjan", default_knowledge())
    assert (findings.meanings, findings.parts, findings.persons) == ((), (), ())
    assert findings.suggestions[0] == "Azerbaijan"


def test_nothing_at_all() -> None:
    findings = find_name("Qwxzvbn", default_knowledge())
    assert (findings.meanings, findings.parts, findings.persons, findings.suggestions) == ((), (), (), ())


def test_find_prints_the_meanings() -> None:
    result = run("find", "Kremlin")
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert lines[0] == ["name", "kind", "code", "thing", "form", "detail", "why"]
    assert lines[1][:6] == ["Kremlin", "state", "RUS", "Kremlin", "seat", ""]
    assert lines[1][6].startswith("states.csv:")


def test_find_prints_json() -> None:
    result = run("find", "Dehghan", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["name"], told["meanings"], told["suggestions"]) == (0, "Dehghan", [], [])
    assert {"person": "Hossein Dehghan", "office": "defence minister", "country": "IRN"}.items() <= told[
        "persons"
    ][0].items()


def test_find_says_when_nobody_has_the_name() -> None:
    result = run("find", "Azerbadjan")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[:2] == ["no table has 'Azerbadjan'", "near: Azerbaijan"]


def test_find_in_an_overlay(tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text("code,name,form,source\nZEDS,Zed Band,name,us\n", encoding="utf-8")
    result = run("find", "Zed Band", "--overlay", str(tmp_path), "--json")
    (meaning,) = json.loads(result.stdout)["meanings"]
    assert (meaning["code"], meaning["why"]) == ("ZEDS", f"{tmp_path}/groups.csv:2 (us)")


def test_check_a_right_folder(tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text("code,name,form,source\nZEDS,Zed Band,name,us\n", encoding="utf-8")
    result = run("check", str(tmp_path))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "nothing wrong in 1 rows\n")


def test_check_a_wrong_folder(tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text("code,name,form,source\nzeds,Zed Band,name,us\n", encoding="utf-8")
    plain, as_json = run("check", str(tmp_path)), run("check", str(tmp_path), "--json")
    assert (plain.exit_code, as_json.exit_code) == (1, 1)
    assert plain.stdout == f"{tmp_path}/groups.csv:2: 'zeds' is no code of a group\n"
    assert json.loads(as_json.stdout) == {
        "file": f"{tmp_path}/groups.csv", "line": 2, "reason": "'zeds' is no code of a group",
    }  # fmt: skip


def test_the_commands_of_the_group() -> None:
    listed = [line.split()[0] for line in run("--help").stdout.split("Commands:\n")[1].splitlines()]
    assert listed == ["find", "check", "refresh"]
    assert [run(name, "--help").exit_code for name in listed] == [0, 0, 0]
