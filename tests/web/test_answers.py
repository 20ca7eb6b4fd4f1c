"""ETags, twins, errors, downloads: what an address answers, and with which headers."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of, hostile_coded, link

from communique.archive import Archive, open_archive, writing
from communique.export import FORMATS
from communique.web.answers import cell
from communique.web.headers import HEADERS


def test_an_etag_holds_until_the_archive_changes(sample: Path, tmp_path: Path) -> None:
    for file in sample.parent.glob("record.db*"):
        shutil.copy(file, tmp_path)
    client = client_of(tmp_path / "record.db")
    first = client.get("/events")
    again = client.get("/events", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/events?page=2").headers["etag"] != first.headers["etag"]
    with open_archive(tmp_path / "record.db", write=True) as archive:
        with archive.writing() as connection:
            run = writing.begin_run(connection, version="1", coder="x", settings={}, inputs=[])
            writing.keep(connection, hostile_coded(), run=run, coder="x")
        link(archive)
    changed = client.get("/events", headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert (
        client.get("/events.json").json()["portion"]["total"]
        == json.loads(client.get("/events.json").text)["portion"]["total"]
    )
    assert changed.headers["etag"] != first.headers["etag"]


def test_a_csv_holds_the_whole_result(client: TestClient, archive: Archive) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/events.csv?size=3&page=2").text, newline="")))
    assert [row["event"] for row in rows] == [e.id for e in archive.events(reverse=True)]
    assert len(client.get("/events.json?size=3").json()["events"]) == 3


@pytest.mark.parametrize(
    "value, text",
    [
        ("=1+1", "'=1+1"),
        ("-5", "'-5"),
        (-5, "-5"),
        (0.5, "0.5"),
        (None, ""),
        ("plain", "plain"),
        ("@a", "'@a"),
    ],
)
def test_a_cell_is_no_formula(value: str | int | float | None, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize("path", ["/", "/events.json", "/static/pages.css", "/nowhere", "/events?since=x"])
def test_the_headers_stand_on_every_answer(client: TestClient, path: str) -> None:
    told = client.get(path).headers
    assert {name: told[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "path, status, words",
    [
        ("/nowhere", 404, "There is no such page"),
        ("/events/e000", 404, "There is no event e000."),
        ("/documents/none", 404, "There is no document none."),
        ("/actors/QQQ", 404, "Neither the tables nor the archive know the code QQQ."),
        ("/people/Nobody+Here", 404, "Neither a document nor a table names Nobody Here."),
        ("/events?since=yesterday", 422, "is no day, month or year"),
        ("/events?page=0", 422, "page"),
        ("/events?kind=party", 422, "kind"),
        ("/download/none", 404, "There is no export none."),
    ],
)
def test_what_goes_wrong_is_told_on_a_page(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, "<h1>" in answer.text, words in answer.text) == (status, True, True)


def test_what_goes_wrong_is_told_to_programs(client: TestClient) -> None:
    answer = client.get("/events/e000.json")
    assert (answer.status_code, answer.json()) == (
        404,
        {"error": "Not in the archive", "detail": ["There is no event e000."]},
    )


def test_only_known_hosts_are_answered(client: TestClient) -> None:
    hosts = ("127.0.0.1:8000", "localhost", "[::1]:80", "rebound.example", "")
    assert [client.get("/runs", headers={"host": host}).status_code for host in hosts] == [
        200,
        200,
        200,
        421,
        421,
    ]


def test_a_write_must_come_from_the_pages(client: TestClient) -> None:
    told = (
        {"origin": "http://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "null"},
    )
    assert [client.post("/events", headers=h).status_code for h in told] == [403, 403, 403]
    assert client.post("/events", headers={"origin": "http://127.0.0.1"}).status_code == 405


def test_head_is_get_without_the_body(client: TestClient) -> None:
    answer = client.head("/events")
    assert (answer.status_code, answer.content, "etag" in answer.headers) == (200, b"", True)


def test_static_files_are_kept_for_ever_under_an_address_of_their_content(client: TestClient) -> None:
    page = client.get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "?v=" in address and answer.text.startswith("/*")


@pytest.mark.parametrize("name", [n for n, entry in FORMATS.items()])
def test_every_export_can_be_taken_away(client: TestClient, name: str) -> None:
    page = client.get("/data").text
    assert f'href="/download/{name}"' in page
    answer = client.get(f"/download/{name}")
    assert answer.status_code == 200 and answer.content
    assert answer.headers["content-disposition"].startswith("attachment")


def test_the_description_for_programs_names_every_twin(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    told = set(described["paths"])
    listed = {a["path"] for a in client.get("/api.json").json()["addresses"]}
    assert listed <= told and "/events.csv" in told and "/events" not in told
