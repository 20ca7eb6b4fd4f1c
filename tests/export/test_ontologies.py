import csv
from pathlib import Path
from typing import get_args

import pytest

from communique.export.ontologies import cameo_code, equivalent, plover_root
from communique.records import AGREEMENT_STAGES, TRANSFER_STAGES, Kind, Stage

ROOT = Path(__file__).parents[2]


def test_every_kind_has_a_row() -> None:
    without = [kind for kind in get_args(Kind) if len(equivalent(kind)) != 4]
    assert without == []


def test_only_appointments_have_no_root() -> None:
    assert [kind for kind in get_args(Kind) if plover_root(kind) is None] == ["appointment"]


@pytest.mark.parametrize(
    ("kind", "stage", "root"),
    [
        ("retreat", None, "YIELD"),
        ("arms_transfer", "delivery", "AID"),
        ("arms_transfer", "blocked", "SANCTION"),
        ("agreement", "termination", "REJECT"),
        ("visit", None, "CONSULT"),
    ],
)
def test_roots(kind: Kind, stage: Stage | None, root: str) -> None:
    assert plover_root(kind, stage) == root


def test_the_older_codebook_keeps_concede_apart() -> None:
    assert plover_root("concede", year=2017) == "CONCEDE"


def test_cameo_has_no_code_for_what_was_denied() -> None:
    assert cameo_code("visit", "denied") is None
    assert (cameo_code("visit", "actual"), cameo_code("visit", "planned")) == ("042", "030")


@pytest.mark.parametrize(
    ("kind", "stages"), [("arms_transfer", TRANSFER_STAGES), ("agreement", AGREEMENT_STAGES)]
)
def test_no_two_stages_of_a_kind_are_one_row(kind: Kind, stages: tuple[Stage, ...]) -> None:
    assert len({id(equivalent(kind, stage)) for stage in stages}) == len(stages)


def test_the_documentation_shows_the_table() -> None:
    text = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    rows = [
        [c.strip(" `") for c in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| `")
    ]
    shown = [[("" if c == "any other" else c) for c in row] for row in rows if len(row) == 6]
    table = (ROOT / "src" / "communique" / "export" / "kinds.csv").read_text(encoding="utf-8")
    assert shown == list(csv.reader(table.splitlines()))[1:]
