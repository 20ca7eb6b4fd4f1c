"""What the pages show is what the archive holds, and each number leads to what it counts."""

import re
from collections import Counter
from pathlib import Path

from starlette.testclient import TestClient

from communique.archive import Archive, ClaimFilter, open_archive, writing
from communique.archive.records import EventFilter
from communique.records import Failure
from communique.web.app import make_app


def test_home_counts_what_the_archive_holds(client: TestClient, archive: Archive) -> None:
    home = client.get("/index.json").json()
    assert home["overview"] == archive.overview().model_dump(mode="json", by_alias=True)
    a, b, events = home["pairs"][0]
    assert client.get(f"/events.json?actor={a}&actor={b}").json()["portion"]["total"] == events
    assert events == archive.count_events(EventFilter(between=(a, b)))


def test_home_leads_to_all_claims_and_statements(client: TestClient, archive: Archive) -> None:
    home = client.get("/").text
    for sort, kept in (("claims", archive.claims()), ("statements", archive.statements())):
        address = _link(home, rf'<a href="(/search\?what={sort})">\d')
        first = client.get(f"{address.replace('?', '.json?')}&size=30").json()
        assert first["portion"]["total"] == first["totals"][sort] == archive.overview().model_dump()[sort]
        portions = [
            client.get(f"{address.replace('?', '.json?')}&size=30&page={n}").json()["hits"][sort]
            for n in range(1, first["portion"]["pages"] + 1)
        ]
        told = Counter(hit["doc_id"] for portion in portions for hit in portion)
        assert told == Counter(one.doc_id for one in kept)


def test_a_sentence_is_three_clicks_from_a_number_on_home(client: TestClient, archive: Archive) -> None:
    events = client.get(_link(client.get("/").text, r'<a href="(/events)">\d')).text
    event = client.get(_link(events, r'class="row-link" href="(/events/\w+)"')).text
    words = re.findall(r"<mark[^>]*>([^<]+)</mark>", event)
    document = client.get(_link(event, r'<header><a href="(/documents/[^"#]+)"')).text
    assert words and "<mark" in document
    evidence = {e.text for c in archive.claims() for e in c.evidence}
    assert any(words[0].replace("&#39;", "'").replace("&#34;", '"') in text for text in evidence)


def _link(html: str, pattern: str) -> str:
    found = re.search(pattern, html)
    assert found
    return found[1]


def test_facets_count_the_events_that_they_lead_to(client: TestClient) -> None:
    facets = client.get("/events.json").json()["facets"]
    for name, key in (("kind", "kind"), ("status", "status"), ("actor", "actor"), ("outlet", "outlet")):
        value, count = facets[name][0]
        listed = client.get("/events.json", params={key: value}).json()
        assert listed["portion"]["total"] == count, (name, value)


def test_the_facet_of_confidence_counts_all_from_its_bound_up(client: TestClient) -> None:
    html = client.get("/events").text
    shown = re.findall(
        r'min_confidence=([0-9.]+)"[^>]*><span class="facet-value"><bdi>\1</bdi></span> <span class="count">(\d+)',
        html,
    )
    assert len(shown) > 2
    for bound, count in shown:
        listed = client.get("/events.json", params={"min_confidence": bound}).json()
        assert listed["portion"]["total"] == int(count), bound


def test_home_leads_to_what_moved_last_and_to_the_contradictions(client: TestClient) -> None:
    home, deals = client.get("/index.json").json(), client.get("/deals.json").json()["deals"]
    agreements = client.get("/agreements.json").json()["agreements"]
    assert [d["id"] for d in home["deals"]] == [row["deal"]["id"] for row in deals[:6]] != []
    assert [a["id"] for a in home["agreements"]] == [row["agreement"]["id"] for row in agreements[:6]] != []
    assert '<dd><a href="/contradictions">' in client.get("/").text


def test_the_months_add_up(client: TestClient, archive: Archive) -> None:
    shown = client.get("/index.json").json()["months"]
    exact = [e for e in archive.events() if e.date and f"{e.date.start:%Y-%m}" == f"{e.date.end:%Y-%m}"]
    assert sum(n for month in shown for n in month["kinds"].values()) == len(exact)
    assert sum(month["documents"] for month in shown) == sum(n for _, n in archive.coverage())


def test_a_document_shows_its_claims_and_their_events(client: TestClient, archive: Archive) -> None:
    claim = next(archive.claims())
    data = client.get(f"/documents/{claim.doc_id}.json").json()
    claims = list(archive.claims(ClaimFilter(document=claim.doc_id)))
    assert [c["id"] for c in data["claims"]] == [c.id for c in claims]
    assert [c["number"] for c in data["claims"]] == list(range(1, len(claims) + 1))
    told = "".join(piece["text"] for p in data["paragraphs"] for piece in p["pieces"])
    stored = archive.document(claim.doc_id)
    assert stored and told == stored.document.text.replace("\n", "")
    for shown in data["claims"]:
        event = client.get(f"/events/{shown['event']}.json").json()["event"]
        assert {"doc_id": claim.doc_id, "id": shown["id"]} in event["claims"]


def test_an_event_shows_each_claim_in_its_sentence(client: TestClient, archive: Archive) -> None:
    event = next(archive.events(order="sources"))
    data = client.get(f"/events/{event.id}.json").json()
    assert Counter(p["doc_id"] for p in data["passages"]) == Counter(k.doc_id for k in event.claims)
    assert data["event"] == archive.event(event.id)[0].model_dump(mode="json", by_alias=True)
    assert len(data["event"]["choices"]) >= 3


def test_a_search_finds_the_same_as_the_archive(client: TestClient, archive: Archive) -> None:
    data = client.get("/search.json?q=Mistral").json()
    assert data["totals"]["events"] == archive.count_events(EventFilter(text="Mistral")) > 0
    hits = archive.search("Mistral", what=("claim",), limit=5)
    assert [h["id"] for h in data["hits"]["claims"]] == [h.id for h in hits]
    assert client.get("/search.json?q=France").json()["code"] == "FRA"
    held = archive.overview()
    totals = client.get("/search.json?q=%22%22%20!!").json()["totals"]
    assert totals.pop("people") == client.get("/people.json").json()["portion"]["total"]
    assert totals == {sort: held.model_dump()[sort] for sort in totals}
    assert sorted(totals) == ["claims", "documents", "events", "statements"]


def test_an_actor_is_counted_in_each_of_its_roles(client: TestClient, archive: Archive) -> None:
    for actor in client.get("/actors.json").json()["actors"][:5]:
        assert actor["events"] == archive.count_events(EventFilter(actor=actor["code"]))
        source = archive.count_events(EventFilter(actor=actor["code"], role="source"))
        assert actor["as_source"] == source


def test_a_person_shows_posts_quotations_and_events(client: TestClient, archive: Archive) -> None:
    named = Counter(s.speaker for s in archive.statements() if s.speaker)
    known = {p.name for p in archive.people()}
    name, count = next((n, c) for n, c in named.most_common() if n in known)
    data = client.get(f"/people/{name.replace(' ', '+')}.json").json()
    assert data["said_total"] == count
    assert {s["statement"]["speaker"] for s in data["said"]} == {name}
    assert {s["doc_id"] for s in data["sighted"]} == {p.doc_id for p in archive.people() if p.name == name}


def test_somebody_whom_only_the_tables_know_has_a_page(client: TestClient) -> None:
    data = client.get("/people/Vigen+Sargsyan.json").json()
    assert ("defence minister", "ARM") in {(t["office"], t["code"]) for t in data["tenures"]}


def test_runs_tell_what_failed(clients: dict[str, TestClient]) -> None:
    (run,) = clients["hostile"].get("/runs.json").json()["runs"]
    assert (run["failed"], len(run["failures"])) == (1, 1)
    assert "1" in clients["hostile"].get("/runs.csv").text


def test_of_many_failures_the_first_are_shown_and_all_are_in_the_twin(tmp_path: Path) -> None:
    with open_archive(tmp_path / "record.db", write=True) as archive, archive.writing() as connection:
        run = writing.begin_run(connection, version="1", coder="x", settings={}, inputs=["pages"])
        writing.count_in_run(connection, run, failed=103)
        for number in range(103):
            writing.note_failure(connection, run, Failure(origin=f"page-{number}.html", reason="empty"))
    client = TestClient(make_app(tmp_path / "record.db"), base_url="http://127.0.0.1")
    page = client.get("/runs").text
    assert page.count(".html</code>") == 100
    assert '3 more failures in the <a href="/runs.csv">' in page
    assert client.get("/runs.csv").text.count(".html") == 103


def test_a_reader_chooses_columns_and_heads(client: TestClient, archive: Archive) -> None:
    plain = client.get("/events").text
    chosen = client.get("/events?column=id&column=kind&group=year&order=date&q=Mistral").text
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', chosen)
    assert [head.strip() for head in heads] == ["Date", "Kind", "Id"]
    groups = re.findall(r'<th scope="rowgroup" colspan="3">([^<]+)</th>', chosen)
    dated = [e.date for e in archive.events(EventFilter(text="Mistral"), reverse=True)][:50]
    assert groups == list(dict.fromkeys(str(d.start.year) if d else "undated" for d in dated))
    assert "rowgroup" not in plain
