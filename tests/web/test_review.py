"""Judging in the pages: what a person decides holds, can be undone, and nobody else can decide it."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import HOSTILE_ID, client_of

import communique
from communique.archive import Archive, open_archive
from communique.archive.records import EventFilter
from communique.linking.records import ClaimKey, Event
from communique.web.accounts import Accounts
from communique.web.app import make_app
from communique.web.plain import days_in_words

GOOD = "a long enough password"


class Desk:
    """A copy of an archive with a client for its pages; posts what a form of a page would."""

    def __init__(self, path: Path) -> None:
        self.client = client_of(path)
        self.archive = open_archive(path)
        self.token = token_of(self.client.get("/judgements").text)

    def post(self, path: str, **form: str | list[str]) -> str:
        """Post a form as Ada and give where it leads."""
        known: dict[str, str | list[str]] = {"csrf": self.token, "who": "Ada"}
        answer = self.send(path, known | form)
        assert answer[0] == 303, answer[1]
        return answer[1]

    def judge(self, claim: ClaimKey, do: str, **more: str | list[str]) -> str:
        return self.post("/judge", do=do, doc=claim.doc_id, claim=claim.id, **more)

    def send(self, path: str, form: dict[str, str | list[str]]) -> tuple[int, str]:
        """Post a form as it is: the status, and where it leads or what is said."""
        answer = self.client.post(path, data=form, follow_redirects=False)
        return answer.status_code, unescape(answer.headers.get("location", answer.text))

    def event_of(self, claim: ClaimKey) -> Event:
        (event,) = self.archive.event(self.archive.event_of(claim) or "none")
        return event

    def fields(self, claim: ClaimKey) -> dict[str, str | list[str]]:
        """What the form of correction holds for a claim before anybody writes in it."""
        html = self.client.get("/review", params={"document": claim.doc_id, "claim": claim.id}).text
        form = re.findall(
            r'<form method="post" action="/judge" class="correct-form">.*?</form>', html, re.DOTALL
        )[0]
        return form_fields(form)


def form_fields(form: str) -> dict[str, str | list[str]]:
    """The fields of a form as a browser would send them; columns as lists."""
    found: dict[str, list[str]] = {}
    for field in re.findall(r"<select.*?</select>|<input[^>]*>", form, re.DOTALL):
        name = re.findall(r'name="(\w+)"', field)[0]
        if field.startswith("<select"):
            options = re.findall(r"<option([^>]*)>([^<]*)", field)
            chosen = next((o for o in options if "selected" in o[0]), options[0])
            value = (re.findall(r'value="([^"]*)"', chosen[0]) or [chosen[1]])[0]
        else:
            value = (re.findall(r'value="([^"]*)"', field) or [""])[0]
        found.setdefault(name, []).append(unescape(value))
    columns = {"role", "code", "person", "office", "item", "quantity", "value_usd"}
    return {name: values if name in columns else values[0] for name, values in found.items() if name != "who"}


def token_of(html: str) -> str:
    return str(re.findall(r'name="csrf" value="(\w+)"', html)[0])


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(sample, tmp_path / "record.db")
    made = Desk(tmp_path / "record.db")
    yield made
    made.archive.close()
    made.client.app.state.desk.close()  # type: ignore[attr-defined]


def queue(desk: Desk, name: str = "claims", **more: str) -> list[dict[str, object]]:
    params = {"queue": name, "size": "100"} | more
    return desk.client.get("/review.json", params=params).json()["cases"]  # type: ignore[no-any-return]


def first_unsure(desk: Desk) -> ClaimKey:
    claim = queue(desk)[0]["claims"][0]["claim"]  # type: ignore[index]
    return ClaimKey(doc_id=claim["doc_id"], id=claim["id"])


def told_twice(archive: Archive) -> Event:
    """An event that several documents tell."""
    return next(archive.events(EventFilter(min_sources=2), order="sources"))


def test_the_queue_has_the_least_sure_claims_first(desk: Desk) -> None:
    shown = [case["claims"][0]["claim"]["confidence"] for case in queue(desk)]  # type: ignore[index]
    unsure = sorted(claim.confidence for claim in desk.archive.claims() if claim.confidence < 0.5)
    assert shown == unsure[:100] != []
    assert desk.client.get("/review.json").json()["counts"]["claims"] == len(unsure)
    every = desk.client.get("/review.json?below=1").json()["counts"]["claims"]
    assert every == sum(claim.confidence < 1 for claim in desk.archive.claims())


def test_an_accepted_claim_is_sure_and_leaves_the_queue(desk: Desk) -> None:
    claim, waiting = first_unsure(desk), len(queue(desk))
    target = desk.judge(claim, "right", why="read it", next="/review?below=0.5")
    (judged,) = desk.archive.judgements()
    assert target == f"/review?below=0.5&done={judged.id}"
    assert (judged.verdict, judged.who, judged.why) == ("right", "Ada", "read it")
    assert desk.archive.told([claim])[0].claim.confidence == 1.0
    assert len(queue(desk)) == waiting - 1
    assert judged.id in desk.client.get(target).text


def test_a_rejected_claim_leaves_its_event_and_the_reader_is_led_on(desk: Desk) -> None:
    event = next(e for e in desk.archive.events() if len(e.claims) == 1)
    target = desk.judge(event.claims[0], "wrong", next=f"/events/{event.id}")
    assert desk.archive.event(event.id) == []
    assert target.partition("?")[0] == "/judgements"
    assert desk.client.get(target).status_code == 200
    assert "Rejected" in desk.client.get("/review", params={"document": event.claims[0].doc_id}).text


def test_an_event_that_takes_another_id_is_led_to(desk: Desk) -> None:
    event = told_twice(desk.archive)
    target = desk.judge(event.claims[0], "wrong", next=f"/events/{event.id}").partition("?")[0]
    assert desk.client.get(target).status_code == 200
    assert target in ("/judgements", *(f"/events/{e.id}" for e in desk.archive.events()))


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


def test_a_claim_is_parted_from_its_event_and_joined_again(desk: Desk) -> None:
    event = told_twice(desk.archive)
    claim, rest = event.claims[-1], event.claims[:-1]
    desk.judge(claim, "split")
    assert desk.event_of(claim).claims == (claim,)
    desk.judge(claim, "same", other=desk.event_of(rest[0]).id)
    assert set(desk.event_of(claim).claims) == set(event.claims)
    desk.judge(claim, "split")
    assert desk.event_of(claim).claims == (claim,)


def test_a_weak_join_is_decided_either_way(desk: Desk) -> None:
    case = queue(desk, "joins")[0]
    a, b = (ClaimKey(doc_id=c["claim"]["doc_id"], id=c["claim"]["id"]) for c in case["claims"])  # type: ignore[attr-defined]
    assert desk.archive.event_of(a) == desk.archive.event_of(b) is not None
    desk.judge(a, "not_same", other_doc=b.doc_id, other=b.id)
    assert desk.archive.event_of(a) != desk.archive.event_of(b)
    assert case["id"] not in [c["id"] for name in ("joins", "missed") for c in queue(desk, name)]
    desk.judge(b, "same", other_doc=a.doc_id, other=a.id)
    assert desk.archive.event_of(a) == desk.archive.event_of(b)


def test_joining_needs_another_claim_that_is_there(desk: Desk) -> None:
    claim = first_unsure(desk)
    form: dict[str, str | list[str]] = {"do": "same", "who": "Ada", "csrf": desk.token, "doc": claim.doc_id}
    for other, told in (
        (claim.id, "same as itself"),
        ("", "Give the id"),
        ("zzzzzz", "no claim or event 'zzzzzz'"),
    ):
        status, said = desk.send("/judge", form | {"claim": claim.id, "other": other})
        assert (status, told in said) == (422, True), said
    status, said = desk.send("/judge", form | {"claim": "cnone", "do": "right"})
    assert (status, "There is no claim cnone" in said) == (422, True)


def test_an_unknown_code_is_named_in_all_its_claims(hostile: Path, tmp_path: Path) -> None:
    shutil.copy(hostile, tmp_path / "record.db")
    desk = Desk(tmp_path / "record.db")
    assert [case["code"] for case in queue(desk, "names")] == ["<b>&"]
    desk.post("/judge", do="rename", was="<b>&", other="Iran")
    assert queue(desk, "names") == []
    (told,) = desk.archive.told([ClaimKey(doc_id=HOSTILE_ID, id="c1")])
    assert [a.code for a in told.claim.actors] == ["P5+1", "IRN"]
    status, said = desk.send(
        "/judge", {"csrf": desk.token, "who": "Ada", "do": "rename", "was": "XX", "other": "Utopia"}
    )
    assert (status, "no table has" in said) == (422, True)


def test_a_contradiction_is_settled_when_both_claims_are_judged(desk: Desk) -> None:
    case = queue(desk, "contradictions")[0]
    for claim in case["claims"]:  # type: ignore[attr-defined]
        desk.judge(ClaimKey(doc_id=claim["claim"]["doc_id"], id=claim["claim"]["id"]), "right")
    assert case["id"] not in [c["id"] for c in queue(desk, "contradictions")]


def test_deals_follow_a_judgement(desk: Desk) -> None:
    deal = max(desk.archive.deals(), key=lambda d: (len(d.steps), d.id))
    for event in dict.fromkeys(step.event for step in deal.steps):
        for claim in desk.archive.event(event)[0].claims:
            desk.judge(claim, "wrong")
    assert desk.archive.deal(deal.id) is None
    assert desk.client.get(f"/deals/{deal.id}").status_code == 404


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


def test_the_name_is_asked_for_once(desk: Desk) -> None:
    claim = first_unsure(desk)
    form: dict[str, str | list[str]] = {
        "csrf": desk.token,
        "do": "right",
        "doc": claim.doc_id,
        "claim": claim.id,
    }
    status, said = desk.send("/judge", form)
    assert (status, "Tell your name" in said) == (422, True)
    assert 'name="who" required' in desk.client.get("/review").text
    desk.judge(claim, "right", who="Zoë Ó Néill")
    assert "Zoë Ó Néill" in desk.client.get("/review").text
    status, _ = desk.send("/judge", form | {"do": "wrong"})
    assert status == 303
    assert {j.who for j in desk.archive.judgements()} == {"Zoë Ó Néill"}


def test_nobody_is_led_elsewhere(desk: Desk) -> None:
    claim = first_unsure(desk)
    for number, elsewhere in enumerate(("https://evil.example/", "//evil.example", "/\\evil.example")):
        target = desk.judge(claim, ("right", "wrong")[number % 2], next=elsewhere)
        assert target.startswith("/?done=j")


def test_a_form_without_our_token_changes_nothing(desk: Desk) -> None:
    claim = first_unsure(desk)
    form: dict[str, str | list[str]] = {"do": "wrong", "doc": claim.doc_id, "claim": claim.id, "who": "Ada"}
    assert desk.send("/judge", form)[0] == 403
    assert desk.send("/judge", form | {"csrf": "0" * 64})[0] == 403
    elsewhere = desk.client.post(
        "/judge", data=form | {"csrf": desk.token}, headers={"origin": "http://evil.example"}
    )
    assert elsewhere.status_code == 403
    assert desk.send("/withdraw", {"id": "j0"})[0] == 403
    assert desk.archive.judgements() == []


def test_a_team_judges_by_roles(sample: Path, tmp_path: Path) -> None:
    shutil.copy(sample, tmp_path / "record.db")
    accounts = Accounts(tmp_path / "team.db")
    accounts.add("rui", GOOD, "reviewer")
    accounts.add("lea", GOOD, "reader")
    app = make_app(tmp_path / "record.db", accounts=accounts.path, hosts=None)
    with TestClient(app, follow_redirects=False) as client, open_archive(tmp_path / "record.db") as archive:
        claim = next(archive.claims())
        form = {"do": "right", "doc": claim.doc_id, "claim": claim.id, "who": "somebody else"}
        seen = {}
        for name in ("lea", "rui"):
            client.cookies.clear()
            login = {"csrf": token_of(client.get("/login").text), "name": name, "password": GOOD}
            assert client.post("/login", data=login).status_code == 303
            html = client.get("/review").text
            answer = client.post("/judge", data=form | {"csrf": token_of(html)})
            seen[name] = (answer.status_code, 'action="/judge"' in html)
        assert seen == {"lea": (403, False), "rui": (303, True)}
        (judged,) = archive.judgements()
        assert judged.who == "rui"
    entry = accounts.audit()[0]
    assert (entry.who, entry.what) == ("rui", f"judged right: {judged.id} {claim.doc_id} {claim.id}")


def test_a_claim_is_judged_on_the_page_of_its_event(desk: Desk) -> None:
    event = told_twice(desk.archive)
    html = desk.client.get(f"/events/{event.id}").text
    forms = re.findall(r'<form method="post" action="/judge".*?</form>', html, re.DOTALL)
    parts = [form_fields(form) for form in forms if 'value="not_same"' in form]
    assert parts != []
    target = desk.post("/judge", **(parts[0] | {"do": "not_same", "who": "Ada"}))
    assert target.startswith(f"/events/{event.id}?done=j")
    assert desk.client.get(target).status_code == 200
    one, other = (
        ClaimKey(doc_id=str(parts[0][d]), id=str(parts[0][c]))
        for d, c in (("doc", "claim"), ("other_doc", "other"))
    )
    assert desk.archive.event_of(one) != desk.archive.event_of(other)
