"""Dyads, digests and positions: each number is of the events that it leads to, and silence is not taken for peace."""

import csv
import io
from datetime import date

import pytest
from starlette.testclient import TestClient

from communique.archive import Archive
from communique.archive.records import EventFilter
from communique.knowledge.occupancies import Occupancies
from communique.linking.digest import is_of, month_of
from communique.records import Interval
from communique.web.charts import Mark
from communique.web.shapes import EVENT_COLUMNS
from communique.web.timeline import timeline


def pair_of(client: TestClient) -> tuple[str, str]:
    row = client.get("/dyads.json").json()["dyads"][0]
    return row["a"], row["b"]


def test_each_dyad_is_listed_once_with_the_events_of_both(client: TestClient, archive: Archive) -> None:
    every = client.get("/dyads.json?size=500").json()
    pairs = [(row["a"], row["b"]) for row in every["dyads"]]
    assert len(pairs) == len(set(pairs)) == every["portion"]["total"]
    assert all(a < b for a, b in pairs)
    for row in every["dyads"][:5]:
        both = EventFilter(between=(row["a"], row["b"]))
        dates = [e.date for e in archive.events(both) if e.date]
        assert row["events"] == archive.count_events(both)
        assert row["first"] == min(d.start.isoformat() for d in dates)
        assert row["last"] == max(d.end.isoformat() for d in dates)


def test_dyads_of_one_actor_are_those_with_it(client: TestClient) -> None:
    a, _ = pair_of(client)
    every = client.get("/dyads.json?size=500").json()["dyads"]
    mine = client.get(f"/dyads.json?size=500&actor={a}").json()["dyads"]
    assert mine == [row for row in every if a in (row["a"], row["b"])] != []


def test_a_dyad_counts_what_its_events_are(client: TestClient, archive: Archive) -> None:
    a, b = pair_of(client)
    shown = client.get(f"/dyads/{a}/{b}.json").json()
    events = list(archive.events(EventFilter(between=(a, b))))
    assert shown["portion"]["total"] == len(events) == sum(c["events"] for c in shown["counts"])
    for count in shown["counts"]:
        query = f"/events.json?actor={a}&actor={b}&kind={count['kind']}&status={count['status']}"
        assert client.get(query).json()["portion"]["total"] == count["events"]
    visits = [e for e in events if e.kind == "visit"]
    assert sum(v[s] for v in shown["visits"] for s in ("actual", "planned", "possible", "denied")) <= len(
        visits
    )
    rows = list(csv.DictReader(io.StringIO(client.get(f"/dyads/{a}/{b}.csv").text)))
    assert {row["event"] for row in rows} == {e.id for e in events}


def test_a_dyad_reads_the_same_from_both_sides(client: TestClient) -> None:
    a, b = pair_of(client)
    one, other = client.get(f"/dyads/{a}/{b}.json").json(), client.get(f"/dyads/{b}/{a}.json").json()
    for part in ("counts", "silences", "events", "drawn", "months"):
        assert one[part] == other[part]
    assert one["visits"] == other["visits"][::-1]


def test_no_event_lies_in_a_silence(client: TestClient, archive: Archive) -> None:
    a, b = pair_of(client)
    silences = client.get(f"/dyads/{a}/{b}.json").json()["silences"]
    assert silences != []
    for one in silences:
        span = Interval.model_validate(one["span"])
        exact = [e.date for e in archive.events(EventFilter(between=(a, b))) if e.date and e.date.days <= 62]
        assert [d for d in exact if d.meet(span)] == []
        days = {"since": str(span.start), "until": str(span.end)}
        assert one["documents"] == client.get("/documents.json", params=days).json()["portion"]["total"]


def test_a_filter_narrows_a_dyad(client: TestClient, archive: Archive) -> None:
    a, b = pair_of(client)
    kind = client.get(f"/dyads/{a}/{b}.json").json()["counts"][0]["kind"]
    shown = client.get(f"/dyads/{a}/{b}.json?kind={kind}").json()
    assert {e["kind"] for e in shown["events"]} == {kind}
    assert shown["portion"]["total"] == archive.count_events(EventFilter(between=(a, b), kinds=(kind,)))


def test_counterparts_are_those_of_the_tables(client: TestClient) -> None:
    shown = client.get("/dyads/FRA/RUS.json?until=2014-09-30").json()
    posts = {
        post["post"]: [t["person"] for side in ("of_a", "of_b") for t in post[side]]
        for post in shown["posts"]
    }
    day = Interval(start=date(2014, 9, 30), end=date(2014, 9, 30))
    table = Occupancies.load()
    assert posts["Defence"] == [table.holders("defence minister", c, day)[0].person for c in ("FRA", "RUS")]
    assert (shown["posts_on"], posts["Head of state"]) == (
        "2014-09-30",
        ["François Hollande", "Vladimir Putin"],
    )


@pytest.mark.parametrize("twin", ["", ".json", ".csv"])
@pytest.mark.parametrize(
    "path",
    [
        "/dyads/FRA/FRA",
        "/dyads/FRA/NOBODY",
        "/dyads/FRA/France",
        "/dyads/FRA/=",
        f"/dyads/FRA/{'W' * 201}",
    ],
    ids=("itself", "unknown", "name of itself", "empty", "too long"),
)
def test_what_is_no_dyad_is_told(client: TestClient, path: str, twin: str) -> None:
    answer = client.get(path + twin)
    assert answer.status_code == 404
    assert "There is no dyad of FRA and " in answer.text


def test_a_dyad_is_found_by_names_as_by_codes(client: TestClient) -> None:
    by_codes = client.get("/dyads/FRA/RUS.json").json()
    assert (by_codes["a"], by_codes["b"]) == ("FRA", "RUS")
    assert client.get("/dyads/France/russia.json").json() == by_codes


def test_a_table_of_two_that_never_met_is_empty(client: TestClient) -> None:
    assert client.get("/dyads/ISL/PRY.csv").text == ",".join(EVENT_COLUMNS) + "\r\n"


def test_two_that_never_met_have_a_page_that_says_so(client: TestClient) -> None:
    html = client.get("/dyads/ISL/PRY").text
    assert "which is not to say that there was none" in html


def test_the_timeline_shades_the_months_without_a_document() -> None:
    def mark(day: date) -> Mark:
        return Mark(kind="visit", status="actual", start=day, end=day, label="a visit", href="/events/e1")

    marks = [mark(date(2015, 1, 10)), mark(date(2016, 6, 20))]
    chart = timeline(marks, [("2015-01", 3), ("2015-02", 1), ("2016-06", 2)], label="over time")
    assert chart.count('class="no-report"') == 1
    assert "Mar 2015 to May 2016: no document, so no report" in chart
    assert chart.count('class="documents"') == 3
    assert chart.count('href="/events/e1"') == 2
    assert timeline([], [("2015-01", 3)], label="over time") == ""


def test_a_digest_tells_the_events_of_its_month(client: TestClient, archive: Archive) -> None:
    covered = dict(archive.coverage("month"))
    month = max(covered, key=lambda m: (covered[m], m))
    shown = client.get(f"/digest.json?month={month}").json()
    told = {one.key: one for one in archive.told(k for e in archive.events() for k in e.claims)}
    here = {e.id for e in archive.events() if is_of(e, month_of(month), told)}
    parties = [s for s in shown["digest"]["sections"] if s["title"][:5] not in ("Deals", "Agree", "Where")]
    assert {line["event"] for s in parties for line in s["lines"]} == here != set()
    assert shown["digest"]["documents"] == covered[month]
    numbers = {str(note["number"]) for note in shown["digest"]["notes"]}
    assert set(shown["claims"]) == numbers
    html = client.get(f"/digest?month={month}").text
    for note in shown["digest"]["notes"]:
        assert f'/documents/{note["doc_id"]}#c-{shown["claims"][str(note["number"])]}"' in html


def test_a_month_without_a_document_says_that_it_knows_nothing(client: TestClient) -> None:
    shown = client.get("/digest.json?month=1871-01").json()
    assert shown["digest"]["sections"] == []
    assert "it says nothing of what happened then" in shown["digest"]["summary"]


@pytest.mark.parametrize("month", ["2014-13", "May", "2014", "2014-00"])
def test_what_is_no_month_is_told(client: TestClient, month: str) -> None:
    assert client.get(f"/digest.json?month={month}").status_code == 422


def test_who_held_an_office_is_as_the_table_has_it(client: TestClient) -> None:
    asked = "/positions.json?office=Minister+of+Defense&country=Armenia&on=2017-01-30"
    shown = client.get(asked).json()
    assert [(h["person"], h["office"], h["code"]) for h in shown["holders"]] == [
        ("Vigen Sargsyan", "defence minister", "ARM")
    ]
    assert shown["holders"][0]["source"]
    rows = [r for r in Occupancies.load().rows if (r.office, r.country) == ("defence minister", "ARM")]
    assert {h["person"] for h in shown["every"]} == {r.person for r in rows}


def test_a_head_of_state_is_whoever_is_that_there(client: TestClient) -> None:
    shown = client.get("/positions.json?office=head+of+state&country=SAU&on=2018").json()
    assert {h["office"] for h in shown["holders"]} == {"king"}


def test_the_documents_word_stands_beside_the_tables(client: TestClient, archive: Archive) -> None:
    office, code, count = client.get("/positions.json").json()["choices"][0]
    named = {p.doc_id for p in archive.people() if (p.office, p.code) == (office, code)}
    assert len(named) == count
    shown = client.get("/positions.json", params={"office": office, "country": code}).json()
    dated = {d for d in named if (s := archive.document(d)) and s.document.published.interval}
    assert {d for one in shown["told"] for d in one["documents"]} == dated


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("", "Who held which office, when?"),
        ("office=grand+vizier+of+hats&country=ARM", "No table has an office “grand vizier of hats”."),
        ("office=defence+minister&country=ARM&on=2017", "Who was defence minister of Armenia in 2017?"),
    ],
)
def test_the_question_is_told_in_words(client: TestClient, query: str, question: str) -> None:
    assert client.get(f"/positions.json?{query}").json()["question"] == question
