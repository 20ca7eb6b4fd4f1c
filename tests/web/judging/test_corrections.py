"""Corrected values hold when all is coded again, can be undone, and pass from archive to archive."""

import re
import shutil
import sqlite3
from html import unescape
from pathlib import Path

import pytest
from tests.web.judging.conftest import Desk, first_unsure, told_twice

import communique
from communique.linking.records import ClaimKey
from communique.web.plain import days_in_words


def test_a_correction_holds_when_the_documents_are_coded_again(
    desk: Desk, sample: Path, tmp_path: Path
) -> None:
    claim = first_unsure(desk)
    form = desk.fields(claim) | {"status": "denied", "date": "1999-02", "why": "the text denies it"}
    form.pop("csrf")
    desk.post("/judge", **(form | {"do": "correct"}))
    before = desk.event_of(claim)
    assert (before.status, days_in_words(before.date)) == ("denied", "Feb 1999")
    with sqlite3.connect(desk.archive.path) as connection:
        connection.execute("UPDATE documents SET coder = 'older rules'")
        connection.execute("UPDATE claims SET status = 'actual' WHERE id = ?", (claim.id,))
    report = communique.code([str(sample.parent / "pages")], desk.archive)
    assert report.replaced > 0
    after = desk.event_of(claim)
    assert (after.status, after.date) == ("denied", before.date)
    (status,) = [c for c in after.choices if c.field == "status"]
    assert status.reason == "corrected by Ada: the text denies it"
    assert "the text denies it" in desk.client.get(f"/events/{after.id}").text


def test_only_changed_values_are_judged(desk: Desk) -> None:
    claim = first_unsure(desk)
    form = desk.fields(claim)
    status, said = desk.send("/judge", form | {"do": "correct", "who": "Ada"})
    assert (status, "Nothing was changed" in said) == (422, True)
    desk.post("/judge", **(form | {"do": "correct", "instrument": "Treaty of Our Own"}))
    (judged,) = desk.archive.judgements()
    assert (judged.field, judged.value) == ("instrument", '"Treaty of Our Own"')


def test_every_form_of_correction_holds_the_claim_as_it_is(desk: Desk) -> None:
    for claim in [ClaimKey.of(c) for c in desk.archive.claims()][::7]:
        status, said = desk.send("/judge", desk.fields(claim) | {"do": "correct", "who": "Ada"})
        assert (status, "Nothing was changed" in said) == (422, True), (claim, said)


def test_actors_and_equipment_can_be_corrected(desk: Desk) -> None:
    claim = first_unsure(desk)
    rows: dict[str, str | list[str]] = {
        "role": ["source", "target", "participant"], "code": ["Armenia", "IRN", ""],
        "person": ["Vigen Sargsyan", "", ""], "office": ["defence minister", "", ""],
        "item": ["S-300", ""], "quantity": ["1,200", ""], "value_usd": ["$8 500", ""],
    }  # fmt: skip
    desk.post("/judge", **(desk.fields(claim) | rows | {"do": "correct"}))
    now = desk.archive.told([claim])[0].claim
    assert [(a.role, a.code, a.person, a.office) for a in now.actors] == [
        ("source", "ARM", "Vigen Sargsyan", "defence minister"),
        ("target", "IRN", None, None),
    ]
    assert [(m.name, m.quantity, m.value_usd) for m in now.materiel] == [("S-300", 1200, 8500.0)]
    assert "ARM" in {a.code for a in desk.event_of(claim).actors}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"date": "yesterday"}, "'yesterday' is no date: write 2016-05-12"),
        ({"date": "2016-02-30"}, "'2016-02-30' is no date"),
        ({"date": "2016-05-12..2016-05-01"}, "is no date"),
        ({"kind": "dinner"}, '"dinner" is not a value of kind'),
        ({"code": [""], "role": ["source"], "person": [""], "office": [""]}, "Somebody must take part"),
        ({"code": ["ARM"]}, "The form is not whole"),
        ({"item": ["S-300"], "quantity": ["many"], "value_usd": [""]}, "'many' is no number"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_value_is_told(desk: Desk, wrong: dict[str, str | list[str]], told: str) -> None:
    claim = first_unsure(desk)
    status, said = desk.send("/judge", desk.fields(claim) | {"do": "correct", "who": "Ada"} | wrong)
    assert (status, told in said) == (422, True), said
    assert desk.archive.judgements() == []


def test_undo_takes_it_back_and_leaves_it_on_record(desk: Desk) -> None:
    claim = first_unsure(desk)
    before = desk.event_of(claim)
    target = desk.judge(claim, "wrong")
    assert desk.archive.event_of(claim) is None
    html = desk.client.get(target).text
    ids = re.findall(r'name="id" value="(j\w+)"', re.findall(r'class="done".*?</form>', html, re.DOTALL)[0])
    desk.post("/withdraw", id=ids)
    assert desk.event_of(claim) == before
    assert [(j.id, j.withdrawn) for j in desk.archive.judgements()] == [(ids[0], True)]


def test_the_last_word_of_a_day_stands_and_a_withdrawn_one_can_be_said_again(desk: Desk) -> None:
    claim = first_unsure(desk)
    form = desk.fields(claim) | {"do": "correct"}
    for status in ("denied", "possible", "denied", "planned"):
        desk.post("/judge", **(form | {"status": status}))
        assert desk.event_of(claim).status == status
    said = sorted(desk.archive.judgements(), key=lambda j: j.turn)
    assert [(j.turn, j.value) for j in said] == [
        (0, '"denied"'),
        (1, '"possible"'),
        (2, '"denied"'),
        (3, '"planned"'),
    ]
    desk.post("/withdraw", id=[said[3].id])
    assert desk.event_of(claim).status == "denied"
    desk.post("/judge", **(form | {"status": "planned"}))
    assert desk.event_of(claim).status == "planned"


def test_judgements_pass_from_archive_to_archive(desk: Desk, sample: Path, tmp_path: Path) -> None:
    claim = first_unsure(desk)
    desk.judge(claim, "wrong")
    desk.judge(told_twice(desk.archive).claims[0], "split")
    exported = desk.client.get("/judgements/export")
    assert exported.headers["content-disposition"] == 'attachment; filename="judgements.jsonl"'
    shutil.copy(sample, tmp_path / "other.db")
    other = Desk(tmp_path / "other.db")
    form = {"csrf": other.token}
    taken = other.client.post(
        "/judgements/import", data=form, files={"file": exported.content}, follow_redirects=False
    )
    assert taken.status_code == 303
    assert list(other.archive.events()) == list(desk.archive.events())
    assert other.archive.judgements() == desk.archive.judgements()
    wrong = other.client.post("/judgements/import", data=form, files={"file": b'{"id": "j"}\n'})
    assert (wrong.status_code, "Line 1: not a judgement" in unescape(wrong.text)) == (422, True)


def test_the_list_of_judgements_can_be_narrowed(desk: Desk) -> None:
    claim = first_unsure(desk)
    desk.judge(claim, "right")
    desk.post("/judge", do="wrong", doc=claim.doc_id, claim=claim.id, who="Eve")
    (last,) = [j for j in desk.archive.judgements() if j.who == "Eve"]
    desk.post("/withdraw", id=[last.id])
    shown = {
        query: [
            row["judgement"]["who"]
            for row in desk.client.get(f"/judgements.json?{query}").json()["judgements"]
        ]
        for query in (
            "",
            "who=Eve",
            "verdict=right",
            "state=withdrawn",
            "state=lost",
            f"document={claim.doc_id}",
        )
    }
    assert shown == {
        "": ["Eve", "Ada"], "who=Eve": ["Eve"], "verdict=right": ["Ada"], "state=withdrawn": ["Eve"], "state=lost": [],
        f"document={claim.doc_id}": ["Eve", "Ada"],
    }  # fmt: skip
    assert desk.client.get("/judgements.csv?who=Ada").text.splitlines()[1].endswith(",standing")
