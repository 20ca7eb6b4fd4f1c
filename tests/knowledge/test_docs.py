"""docs/knowledge.md says what there is."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from communique.cli.knowledge import COMMANDS
from communique.knowledge.overlay import problems
from communique.knowledge.sheets import TABLES
from communique.knowledge.tables import FORMS, NAME_TABLES

NAMED_HERE = (
    *NAME_TABLES,
    "membership.csv",
    "shared_institutions.csv",
    "ordinary_words.csv",
    "namesakes.csv",
    "person_names.csv",
    "context_names.csv",
    "dated_events.csv",
    "offices.csv",
    "occupancies.csv",
    "wikidata_posts.csv",
)
PAGE = (Path(__file__).parents[2] / "docs" / "knowledge.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", sorted(NAMED_HERE))
def test_every_table_is_described(table: str) -> None:
    assert f"`{table}`" in PAGE or f" {table}" in PAGE


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_is_described(form: str) -> None:
    assert f"`{form}`" in PAGE


def test_every_column_of_names_is_described() -> None:
    for table in NAME_TABLES:
        header = next(csv.reader((TABLES / table).read_text(encoding="utf-8").splitlines()))
        assert header == re.findall(r"^\| `(\w+)` \| ", PAGE, re.MULTILINE)[:7]


def test_every_command_is_described() -> None:
    assert [command for command in COMMANDS if command not in PAGE] == []


def test_the_example_of_an_overlay_is_right(tmp_path: Path) -> None:
    (example,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "groups.csv").write_text(example, encoding="utf-8")
    assert problems(tmp_path) == []


def test_the_example_of_a_program_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(example, "docs/knowledge.md", "exec"), {})
    assert capsys.readouterr().out == "Tehran IRN capital\nMoscow RUS capital\n"
