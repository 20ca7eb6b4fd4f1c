"""The product's measures give the figures of the coding guide's scorers on gold of our own."""

from pathlib import Path
from typing import Any

import pytest

from communique.errors import InputError
from communique.scoring import load_gold, load_lines, score_events, score_parts
from communique.scoring.events import errors, kinds


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    return load_lines(data / "export" / f"{name}.jsonl")


def test_events(data: Path, expected: dict[str, Any]) -> None:
    found = score_events(load_gold(data / "gold"), rows(data, "records"))
    assert found.figures == {name: value for name, value in expected.items() if name != "parts"}
    assert found.strangers == ["stranger"]


def test_parts(data: Path, expected: dict[str, Any]) -> None:
    names = ("documents", "statements", "people")
    found = score_parts(load_gold(data / "gold"), *(rows(data, name) for name in names))
    assert found.figures() == expected["parts"]


def test_errors_are_listed(data: Path) -> None:
    found = score_events(load_gold(data / "gold"), rows(data, "records"))
    assert errors(found.documents[1]) == [
        "== readout: 5 matched, 0 missed, 1 invented",
        "  ~ exercise ['ESP', 'GEO', 'USA'] wrong: actors, full; "
        "gold {'from': '2016-09-01', 'to': '2016-09-30'} planned None, "
        "got {'from': '2016-08-20', 'to': '2016-10-10'} possible None "
        "['participant ESP', 'participant GEO']",
        "  ~ arms_transfer ['ESP', 'GEO'] wrong: actors, status, full; "
        "gold None possible negotiation, got None actual contract ['source GEO', 'target ESP']",
        "  ~ mobilize ['RUS'] wrong: status, full; "
        "gold {'from': '2016', 'to': '2016'} actual None, got None planned None ['source RUS']",
        "  + mobilize planned ['source GEO'] | more troops to the line for now and later",
    ]
    assert kinds(found.documents)["mobilize"] == (1, 0, 1)


def test_errors_of_the_parts_are_listed(data: Path) -> None:
    names = ("documents", "statements", "people")
    found = score_parts(load_gold(data / "gold"), *(rows(data, name) for name in names))
    assert found.errors == [
        "statement readout: 'nobody wants a war here' by José Martín; got []",
        "office readout: Tina Khidasheli: gold 'defence minister', got 'foreign minister'",
        "body wire: begins 'menu home moscow, march 3 – it was said. more stories that a' "
        "ends 'ories that are not of this article at all, and others still.'",
        "person missed wire: Sergei Lavrov (RUS)",
        "person extra wire: Lavrov (USA)",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", r"records.jsonl:2: not JSON"),
        ("[]", r"records.jsonl:2: doc_id and kind are wanted"),
        ('{"doc_id": "a"}', r"records.jsonl:2: doc_id and kind are wanted"),
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text('{"doc_id": "a", "kind": "visit"}\n' + line + "\n")
    with pytest.raises(InputError, match=reason):
        load_lines(path, wanted=("doc_id", "kind"))


def test_a_bad_record_is_told(data: Path) -> None:
    bad = {"doc_id": "wire", "kind": "visit", "date": {"from": "soon", "to": "later"}}
    with pytest.raises(InputError, match="record of wire: not a record: ValueError"):
        score_events(load_gold(data / "gold"), [bad])


def test_gold_that_is_not_there_or_not_gold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        load_gold(tmp_path / "none")
    with pytest.raises(InputError, match="no gold documents"):
        load_gold(tmp_path)
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(InputError, match="not a gold document: KeyError"):
        load_gold(tmp_path)


def test_documents_can_be_left_out(data: Path) -> None:
    assert list(load_gold(data / "gold", leave_out={"wire"})) == ["quiet", "readout"]
