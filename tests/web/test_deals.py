"""Deals, agreements and contradictions: what the pages show is what linking found, with the words behind it."""

import csv
import io

from starlette.testclient import TestClient
from tests.web.conftest import of_agreement, of_deal

from communique.archive import Archive
from communique.export import register
from communique.linking.records import ClaimKey


def test_deals_are_listed_whole_and_the_one_that_moved_last_first(
    client: TestClient, archive: Archive
) -> None:
    shown = client.get("/deals.json?size=500").json()
    assert {row["deal"]["id"] for row in shown["deals"]} == {d.id for d in archive.deals()}
    assert sum(n for _, n in shown["states"]) == shown["portion"]["total"] == len(archive.deals())
    moved = [max(str(s.date.start if s.date else s.told or "") for s in d.steps) for d in archive.deals()]
    by_id = dict(zip((d.id for d in archive.deals()), moved, strict=True))
    days = [by_id[row["deal"]["id"]] for row in shown["deals"]]
    assert days == sorted(days, reverse=True)


def test_deals_can_be_narrowed(client: TestClient, archive: Archive) -> None:
    deal = archive.deal(*of_deal(archive))
    assert deal and deal.materiel
    words = deal.materiel.lower()
    for query, kept in (
        (f"supplier={deal.suppliers[0]}", [d for d in archive.deals() if deal.suppliers[0] in d.suppliers]),
        (
            f"recipient={deal.recipients[0]}",
            [d for d in archive.deals() if deal.recipients[0] in d.recipients],
        ),
        (f"materiel={words.upper()}", [d for d in archive.deals() if words in (d.materiel or "").lower()]),
        (f"state={deal.state}", [d for d in archive.deals() if d.state == deal.state]),
    ):
        shown = client.get(f"/deals.json?size=500&{query}").json()["deals"]
        assert {row["deal"]["id"] for row in shown} == {d.id for d in kept} != set(), query


def test_a_deal_has_a_station_for_each_stage_and_words_for_each_step(
    client: TestClient, archive: Archive
) -> None:
    (id,) = of_deal(archive)
    deal = archive.deal(id)
    assert deal
    shown = client.get(f"/deals/{id}.json").json()
    told = {s["stage"]: s["steps"] for s in shown["stations"]}
    assert told == {stage: sum(step.stage == stage for step in deal.steps) for stage in told}
    assert [s["stage"] for s in shown["stations"] if s["here"]] == [deal.state]
    assert [s["event"] for s in shown["steps"]] == [step.event for step in deal.steps]
    for step in shown["steps"]:
        claims = archive.event(step["event"])[0].claims
        assert {(p["claim"]["doc_id"], p["claim"]["id"]) for p in step["passages"]} <= {
            (k.doc_id, k.id) for k in claims
        }
        assert step["passages"] != []
    html = client.get(f"/deals/{id}").text
    assert all(f'<a href="/events/{step.event}" data-open>' in html for step in deal.steps)
    assert ("no report" in html) == (0 in told.values())


def test_a_deal_is_a_row_of_the_register_as_it_is_exported(client: TestClient, archive: Archive) -> None:
    exported = list(csv.DictReader(io.StringIO("".join(register.deals(archive)), newline="")))
    for row in exported[:5]:
        shown = client.get(f"/deals/{row['Deal']}.json").json()
        assert shown["in_register"]
        assert shown["register_row"] == row
    unlisted = [d for d in archive.deals() if not register.is_listed(d)]
    assert "It is not in the register itself" in client.get(f"/deals/{unlisted[0].id}").text


def test_the_steps_of_a_deal_can_be_taken_away(client: TestClient, archive: Archive) -> None:
    (id,) = of_deal(archive)
    deal = archive.deal(id)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/deals/{id}.csv").text)))
    assert deal and [(r["stage"], r["status"], r["event"]) for r in rows] == [
        (s.stage, s.status, s.event) for s in deal.steps
    ]
    evidence = {" ".join(e.text for e in c.evidence) for c in archive.claims()}
    assert all(any(row["sentence"].split(".")[0] in told for told in evidence) for row in rows)


def test_agreements_are_listed_narrowed_and_followed(client: TestClient, archive: Archive) -> None:
    (id,) = of_agreement(archive)
    one = archive.agreement(id)
    assert one
    listed = client.get("/agreements.json?size=500").json()["agreements"]
    assert {row["agreement"]["id"] for row in listed} == {a.id for a in archive.agreements()}
    mine = client.get(f"/agreements.json?size=500&party={one.parties[0]}").json()["agreements"]
    assert {row["agreement"]["id"] for row in mine} == {a.id for a in archive.agreements(one.parties[0])}
    shown = client.get(f"/agreements/{id}.json").json()
    assert [s["event"] for s in shown["steps"]] == [step.event for step in one.steps]
    assert [s["stage"] for s in shown["stations"]] == [
        "negotiation", "signing", "ratification", "in_force", "expiry", "termination",
    ]  # fmt: skip


def test_what_is_not_there_is_told(client: TestClient) -> None:
    for path in ("/deals/d0", "/agreements/a0", "/deals/d0.json", "/deals/d0.csv"):
        assert client.get(path).status_code == 404


def test_contradictions_show_both_passages(client: TestClient, archive: Archive) -> None:
    shown = client.get("/contradictions.json?size=200").json()
    assert [c["contradiction"]["id"] for c in shown["contradictions"]] == [
        c.id for c in archive.contradictions()
    ]
    for c in shown["contradictions"]:
        keys = {ClaimKey(**c["contradiction"][side]) for side in "ab"}
        assert {ClaimKey(**p["claim"]) for p in c["passages"]} == keys
    assert shown["findings"] != []
    for finding, n in shown["findings"]:
        assert client.get(f"/contradictions.json?finding={finding}").json()["portion"]["total"] == n


def test_contradictions_of_an_actor_are_of_its_events(client: TestClient, archive: Archive) -> None:
    first = next(c for c in archive.contradictions() if c.event)
    (event,) = archive.event(first.event or "")
    code = event.actors[0].code
    shown = client.get(f"/contradictions.json?size=200&actor={code}").json()["contradictions"]
    ids = {c["contradiction"]["id"] for c in shown}
    assert first.id in ids
    for c in archive.contradictions():
        mine = bool(c.event) and code in {a.code for a in archive.event(c.event or "")[0].actors}
        assert (c.id in ids) == mine
