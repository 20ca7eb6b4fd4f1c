from datetime import date

import pytest

from communique.errors import InputError
from communique.linking.lines import told_of
from communique.records import Evidence, Interval

RECORD = {
    "doc_id": "d1",
    "kind": "visit",
    "status": "actual",
    "actors": [{"role": "source", "code": "PER", "rank": "x"}, {"role": "target", "code": "SWE"}],
    "date": {"from": "2016-06-22", "to": "2016-06-22"},
    "evidence": ["toured the plant"],
    "alt_kinds": ["meeting"],
}


def test_a_record_needs_no_id_no_offsets_and_no_confidence() -> None:
    (told,) = told_of([RECORD])
    claim = told.claim
    assert claim.evidence == (Evidence(start=0, end=16, text="toured the plant"),)
    assert (claim.confidence, claim.place, claim.materiel, told.copies) == (1.0, None, (), "d1")
    assert claim.id == told_of([RECORD | {"event": "e1"}])[0].claim.id


def test_records_of_one_id_are_told_apart() -> None:
    assert [one.claim.id for one in told_of([RECORD | {"id": "a"}, RECORD | {"id": "a"}])] == ["a", "a-2"]


@pytest.mark.parametrize(
    "document",
    [
        {
            "doc_id": "d1",
            "published": {"from": "2016-06-23", "to": "2016-06-23"},
            "title": "T",
            "outlet": "O",
        },
        {"id": "d1", "date": "2016-06-23T10:00:00Z", "title": "T", "source": "O"},
    ],
)
def test_documents_give_day_title_and_outlet(document: dict[str, object]) -> None:
    (told,) = told_of([RECORD], [document])
    day = Interval(start=date(2016, 6, 23), end=date(2016, 6, 23))
    assert (told.published, told.title, told.outlet) == (day, "T", "O")


def test_copies_are_of_the_family_of_what_they_repeat() -> None:
    (told,) = told_of(
        [RECORD], [{"doc_id": "d1", "duplicate_of": {"of": "d0", "how": "near", "likeness": 0.9}}]
    )
    assert told.copies == "d0"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"kind": "picnic"}, "kind: "),
        ({"actors": None}, "TypeError"),
        ({"date": {"from": "2016-07-01", "to": "2016-06-01"}}, "date: "),
        ({"evidence": [{"start": 1}]}, "KeyError"),
    ],
)
def test_what_is_no_record_is_named_by_its_line(wrong: dict[str, object], reason: str) -> None:
    with pytest.raises(InputError, match=rf"f.jsonl:2: not a record: {reason}"):
        told_of([RECORD, RECORD | wrong], origin="f.jsonl")
