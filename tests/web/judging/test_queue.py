"""The review queue: what waits, and what becomes of it when a person accepts, rejects, parts or joins."""

import re
import shutil
from pathlib import Path

from tests.web.conftest import HOSTILE_ID
from tests.web.judging.conftest import Desk, first_unsure, form_fields, queue, told_twice

from communique.archive import review as asks
from communique.linking.records import ClaimKey


def test_the_queue_has_the_least_sure_claims_first(desk: Desk) -> None:
    shown = [case["claims"][0]["claim"]["confidence"] for case in queue(desk)]  # type: ignore[index]
    unsure = sorted(claim.confidence for claim in desk.archive.claims() if claim.confidence < 0.6)
    assert shown == unsure[:100] != []
    assert desk.client.get("/review.json").json()["counts"]["claims"] == len(unsure)
    every = desk.client.get("/review.json?below=1").json()["counts"]["claims"]
    assert every == sum(claim.confidence < 1 for claim in desk.archive.claims())


def test_an_accepted_claim_is_sure_and_leaves_the_queue(desk: Desk) -> None:
    claim, waiting = first_unsure(desk), len(queue(desk))
    target = desk.judge(claim, "right", why="read it", next="/review?below=0.6")
    (judged,) = desk.archive.judgements()
    assert target == f"/review?below=0.6&done={judged.id}"
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


def test_a_claim_is_parted_from_its_event_and_joined_again(desk: Desk) -> None:
    event = told_twice(desk.archive)
    claim, rest = event.claims[-1], set(event.claims[:-1])
    desk.judge(claim, "split")
    assert rest.isdisjoint(desk.event_of(claim).claims)
    desk.judge(claim, "same", other=desk.event_of(event.claims[0]).id)
    assert set(event.claims) <= set(desk.event_of(claim).claims)
    desk.judge(claim, "split")
    assert rest.isdisjoint(desk.event_of(claim).claims)


def test_a_weak_join_is_decided_either_way(desk: Desk) -> None:
    case = queue(desk, "joins")[0]
    a, b = (ClaimKey(doc_id=c["claim"]["doc_id"], id=c["claim"]["id"]) for c in case["claims"])  # type: ignore[attr-defined]
    assert desk.archive.event_of(a) == desk.archive.event_of(b) is not None
    desk.judge(a, "not_same", other_doc=b.doc_id, other=b.id)
    assert desk.archive.event_of(a) != desk.archive.event_of(b)
    assert case["id"] not in [c["id"] for name in ("joins", "missed") for c in queue(desk, name)]
    desk.judge(b, "same", other_doc=a.doc_id, other=a.id)
    assert desk.archive.event_of(a) == desk.archive.event_of(b)


def test_joins_are_counted_as_they_are_listed(desk: Desk) -> None:
    def counted() -> list[int]:
        counts = desk.client.get("/review.json").json()["counts"]
        waiting = [len(asks.joins(desk.archive, within=within, limit=10_000)) for within in (True, False)]
        assert [counts["joins"], counts["missed"]] == waiting
        return waiting

    before = counted()
    link = asks.joins(desk.archive, within=True, limit=1)[0]
    desk.judge(link.a, "same", other_doc=link.b.doc_id, other=link.b.id)
    assert counted() == [before[0] - 1, before[1]]


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
    assert (status, "No table has" in said) == (422, True)


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
