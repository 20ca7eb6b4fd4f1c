import csv
import io
import json
from datetime import date

from communique.archive import Duplicate, StoredDocument
from communique.export.jsonlines import claim_fields, document_fields, line
from communique.export.table import cells_of, rows
from communique.records import Actor, Claim, Document, Evidence, Interval, Materiel, Place, Published

FULL = Claim(
    id="c1",
    doc_id="d1",
    kind="arms_transfer",
    status="planned",
    actors=(
        Actor(role="source", code="FRA", person="Jean-Yves Le Drian", office="defence minister"),
        Actor(role="target", code="IND", person="Manohar Parrikar"),
        Actor(role="target", code="EGY"),
    ),
    date=Interval(start=date(2016, 9, 1), end=date(2016, 9, 30)),
    place=Place(name="New Delhi", country="IND"),
    stage="contract",
    materiel=(Materiel(name="Rafale", quantity=36, value_usd=8.8e9), Materiel(name="spares")),
    instrument="Rafale deal",
    attribution="the ministry",
    attribution_chain=("the ministry", "RIA"),
    evidence=(Evidence(start=0, end=12, text="=cmd()\nof it."), Evidence(start=20, end=23, text="yes")),
    confidence=0.8125,
)
BARE = Claim(
    id="c2",
    doc_id="d1",
    kind="protest",
    status="actual",
    actors=(Actor(role="source", code="FRA"),),
    evidence=(Evidence(start=0, end=3, text="yes"),),
    confidence=1.0,
)


def test_a_record() -> None:
    assert claim_fields(FULL) == {
        "id": "c1",
        "doc_id": "d1",
        "kind": "arms_transfer",
        "status": "planned",
        "actors": [
            {"role": "source", "code": "FRA", "person": "Jean-Yves Le Drian", "office": "defence minister"},
            {"role": "target", "code": "IND", "person": "Manohar Parrikar"},
            {"role": "target", "code": "EGY"},
        ],
        "date": {"from": "2016-09-01", "to": "2016-09-30"},
        "place": {"name": "New Delhi", "country": "IND"},
        "stage": "contract",
        "materiel": [{"name": "Rafale", "quantity": 36, "value_usd": 8.8e9}, {"name": "spares"}],
        "instrument": "Rafale deal",
        "attribution": "the ministry",
        "attribution_chain": ["the ministry", "RIA"],
        "evidence": [
            {"start": 0, "end": 12, "text": "=cmd()\nof it."},
            {"start": 20, "end": 23, "text": "yes"},
        ],
        "confidence": 0.8125,
        "event": None,
    }


def test_unknown_is_null_in_a_record() -> None:
    assert claim_fields(BARE, "e1") == claim_fields(BARE) | {"event": "e1"}
    found = claim_fields(BARE)
    unknown = ("date", "place", "stage", "instrument", "attribution", "event")
    assert [found[name] for name in unknown] == [None] * 6
    assert (found["materiel"], found["attribution_chain"], found["actors"]) == (
        [],
        [],
        [{"role": "source", "code": "FRA"}],
    )


def test_a_document() -> None:
    document = Document(
        id="d1",
        text="T\n\nText.",
        title="T",
        outlet="The Wire",
        published=Published(interval=FULL.date, found="url", expression="2016/09"),
        url="https://example.org",
        origin="a.txt",
        raw_sha256="r",
        text_sha256="t",
    )
    mark = Duplicate(of="d0", how="near", likeness=0.75)
    assert document_fields(StoredDocument(document=document, duplicate=mark)) == {
        "doc_id": "d1",
        "title": "T",
        "text": "T\n\nText.",
        "published": {"from": "2016-09-01", "to": "2016-09-30", "found": "url", "expression": "2016/09"},
        "outlet": "The Wire",
        "language": "en",
        "url": "https://example.org",
        "origin": "a.txt",
        "raw_sha256": "r",
        "text_sha256": "t",
        "duplicate_of": {"of": "d0", "how": "near", "likeness": 0.75},
        "aside": None,
    }
    undated = document.model_copy(update={"published": Published()})
    assert document_fields(StoredDocument(document=undated))["published"] is None


def test_a_line_of_json() -> None:
    assert line({"a": "é\u202e\x1b"}) == '{"a": "é\\u202e\\u001b"}\n'
    assert json.loads(line({"a": "é\u202e\x1b\u2028"})) == {"a": "é\u202e\x1b\u2028"}


def test_a_row_of_the_table_read_back() -> None:
    written = "".join(rows([(FULL, "e1"), (BARE, None)]))
    first, second = csv.DictReader(io.StringIO(written, newline=""))
    assert first == {
        "id": "c1",
        "event": "e1",
        "doc_id": "d1",
        "kind": "arms_transfer",
        "status": "planned",
        "date_from": "2016-09-01",
        "date_to": "2016-09-30",
        "sources": "FRA",
        "targets": "IND; EGY",
        "participants": "",
        "people": "Jean-Yves Le Drian (defence minister, FRA); Manohar Parrikar (IND)",
        "place": "New Delhi",
        "country": "IND",
        "stage": "contract",
        "materiel": "Rafale; spares",
        "quantities": "36; ",
        "values_usd": "8800000000; ",
        "instrument": "Rafale deal",
        "attribution": "the ministry",
        "attribution_chain": "the ministry; RIA",
        "confidence": "0.812",
        "evidence": "'=cmd() of it. | yes",
    }
    assert second == cells_of(BARE)
    assert {name for name, cell in second.items() if cell == ""} == {
        "event", "date_from", "date_to", "targets", "participants", "people", "place", "country", "stage",
        "materiel", "quantities", "values_usd", "instrument", "attribution", "attribution_chain",
    }  # fmt: skip
