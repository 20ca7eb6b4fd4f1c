from typing import Any

import pytest

from communique.scoring import score_events
from communique.scoring.error_kinds import error_kinds

VISIT = {
    "kind": "visit",
    "status": "actual",
    "actors": [{"role": "source", "code": "HRV"}, {"role": "target", "code": "PRT"}],
    "date": {"from": "2019-03-05", "to": "2019-03-05"},
    "evidence": ["Brdaric flew to Lisbon"],
}
HUNGARY = {"role": "target", "code": "HUN"}
EXCHANGED = [{"role": "target", "code": "HRV"}, {"role": "source", "code": "PRT"}]


@pytest.mark.parametrize(
    ("predicted", "name"),
    [
        ([], "missed: nothing coded from its words"),
        ([VISIT | {"actors": EXCHANGED}], "parties: roles exchanged"),
        ([VISIT | {"actors": [*VISIT["actors"], HUNGARY]}], "parties: one too many"),
        ([VISIT | {"actors": VISIT["actors"][:1]}], "parties: one is missing"),  # type: ignore[index]
        ([VISIT | {"date": None}], "date: missing"),
        ([VISIT | {"date": {"from": "2020-03-05", "to": "2020-03-05"}}], "date: wrong day or span"),
        ([VISIT | {"status": "planned"}], "status: actual told as planned"),
        ([VISIT, VISIT], "invented: the words of a record, with other parties or a second time"),
        ([VISIT, VISIT | {"kind": "call"}], "invented: the words tell another kind"),
        ([VISIT, VISIT | {"evidence": ["he said"]}], "invented: the words tell no required record"),
    ],
)
def test_each_error_has_its_kind(predicted: list[dict[str, Any]], name: str) -> None:
    gold = {"d": {"doc_id": "d", "records": [VISIT]}}
    records = [p | {"doc_id": "d"} for p in predicted]
    (found,) = error_kinds(score_events(gold, records).documents)
    assert (found.name, found.count, found.document) == (name, 1, "d")


def test_a_record_coded_as_another_kind_is_one_missed_and_one_invented() -> None:
    gold = {"d": {"doc_id": "d", "records": [VISIT]}}
    found = error_kinds(score_events(gold, [VISIT | {"kind": "meeting", "doc_id": "d"}]).documents)
    assert [f.name for f in found] == [
        "invented: the words tell another kind",
        "missed: told as another kind",
    ]


def test_what_is_right_is_no_error() -> None:
    gold = {"d": {"doc_id": "d", "records": [VISIT]}}
    assert error_kinds(score_events(gold, [VISIT | {"doc_id": "d"}]).documents) == []
