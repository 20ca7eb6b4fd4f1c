"""The client of Wikidata's query service against a small server that answers in the service's form.

The answers are written by us in the documented form of SPARQL 1.1 JSON results.
"""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep
from urllib.parse import parse_qs, urlsplit

import pytest

from communique.errors import InputError, KnowledgeError, SettingsError
from communique.knowledge.occupancies import Occupancies
from communique.knowledge.refresh import COLUMNS, Post, holders_from, posts, write_overlay
from communique.knowledge.wikidata import AGENT, QueryService

JSON = "application/sparql-results+json;charset=utf-8"
TODAY = "Tue, 03 Mar 2026 10:00:00 GMT"


@dataclass
class Reply:
    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass
class Server:
    url: str
    asked: list[str]
    agents: list[str]


@contextmanager
def serving(answer: Callable[[str, int], Reply]) -> Iterator[Server]:
    """A server whose replies come from the query and the number of the request."""
    asked: list[str] = []
    agents: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            asked.append(query["query"][0])
            agents.append(self.headers["User-Agent"])
            reply = answer(asked[-1], len(asked))
            sleep(reply.delay)
            self.send_response_only(reply.status)
            for name, value in {"Content-Type": JSON, "Date": TODAY, **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}/sparql", asked, agents)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def binding(person: str, item: str, start: str, *, end: str = "", **more: str) -> dict[str, dict[str, str]]:
    uri = f"http://www.wikidata.org/entity/{item}"
    found = {
        "statement": {"type": "uri", "value": f"{uri}-statement-{start}"},
        "person": {"type": "uri", "value": uri},
        "personLabel": {"xml:lang": "en", "type": "literal", "value": person},
        "iso": {"type": "literal", "value": more.get("iso", "FRA")},
        "positionLabel": {
            "xml:lang": "en",
            "type": "literal",
            "value": more.get("position", "Minister of Defence"),
        },
    }
    for name, told in (("start", start), ("end", end)):
        if told:
            whole = (told + "-01-01")[:10]
            precision = {4: "9", 7: "10", 10: "11"}[len(told)]
            found[name] = {"type": "literal", "value": f"{whole}T00:00:00Z"}
            found[f"{name}Precision"] = {"type": "literal", "value": precision}
    return found


def results(*bindings: dict[str, dict[str, str]]) -> Reply:
    return Reply(json.dumps({"head": {"vars": ["person"]}, "results": {"bindings": list(bindings)}}))


def client(server: Server, **options: float) -> QueryService:
    waited: list[float] = []
    return QueryService(
        url=server.url,
        timeout=options.get("timeout", 10.0),
        tries=int(options.get("tries", 3)),
        wait=waited.append,
    )


DEFENCE = Post("defence minister", "class", "Q2518691")


def test_rows_keep_the_precision_of_the_source() -> None:
    answers = results(
        binding("Jane Roe", "Q1", "2024-05-06"),
        binding("John Doe", "Q2", "2022-03", end="2024-05-06"),
        binding("Ann Poe", "Q3", "2019", end="2022"),
        binding("Q4", "Q4", "2019"),
    )
    with serving(lambda query, number: answers) as server:
        rows = list(holders_from(client(server), DEFENCE, since=2000))
    source = "Wikidata query service 2026-03-03 (CC0)"
    assert rows == [
        ["Jane Roe", "", "defence minister", "FRA", "2024-05-06", "", "2026-03-03", source, "", "Q1"],
        ["John Doe", "", "defence minister", "FRA", "2022-03", "2024-05-06", "", source, "", "Q2"],
        ["Ann Poe", "", "defence minister", "FRA", "2019", "2022", "", source, "", "Q3"],
    ]


def test_the_client_pages_and_names_itself() -> None:
    people = [binding(f"Person {n}", f"Q{n}", "2020") for n in range(5)]

    def answer(query: str, number: int) -> Reply:
        offset = int(query.rsplit("OFFSET ", 1)[1])
        return results(*people[offset : offset + 2])

    with serving(answer) as server:
        rows = list(holders_from(client(server), DEFENCE, since=2000, page=2))
    assert [row[0] for row in rows] == [f"Person {n}" for n in range(5)]
    assert [query.split("LIMIT ")[1] for query in server.asked] == ["2 OFFSET 0", "2 OFFSET 2", "2 OFFSET 4"]
    assert all("wdt:P279* wd:Q2518691" in q and "ORDER BY ?statement" in q for q in server.asked)
    assert set(server.agents) == {AGENT}


def test_a_head_s_office_is_that_of_the_position() -> None:
    answers = results(
        binding("Friedrich Roe", "Q1", "2025", iso="DEU", position="Federal Chancellor of Germany"),
        binding("Ann Poe", "Q2", "2025", iso="IRL", position="Taoiseach"),
    )
    with serving(lambda query, number: answers) as server:
        rows = list(
            holders_from(client(server), Post("head of government", "jurisdiction", "P1313"), since=2000)
        )
    assert [(row[2], row[3]) for row in rows] == [("chancellor", "DEU"), ("prime minister", "IRL")]


def test_a_busy_service_is_asked_again_after_the_time_it_names() -> None:
    def answer(query: str, number: int) -> Reply:
        if number < 3:
            return Reply("slow down", 429, {"Retry-After": "7"})
        return results(binding("Jane Roe", "Q1", "2024"))

    waited: list[float] = []
    with serving(answer) as server:
        service = QueryService(url=server.url, wait=waited.append)
        assert [row["personLabel"] for row in service.select("SELECT").rows] == ["Jane Roe"]
    assert waited == [7.0, 7.0]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("no", 503), "the service answered 503"),
        (Reply("no", 400), "the service answered 400"),
        (Reply("<html>"), "no answer in the form of SPARQL results"),
        (Reply('{"results": []}'), "no answer in the form of SPARQL results"),
    ],
)
def test_a_failing_service_is_told(reply: Reply, reason: str) -> None:
    with serving(lambda query, number: reply) as server, pytest.raises(InputError, match=reason):
        client(server).select("SELECT")


def test_a_silent_service_is_told() -> None:
    with (
        serving(lambda query, number: Reply("{}", delay=0.6)) as server,
        pytest.raises(InputError, match=r"no answer within 0\.2 seconds"),
    ):
        client(server, timeout=0.2, tries=1).select("SELECT")


def test_without_network_it_says_so() -> None:
    with serving(lambda query, number: results()) as server:
        gone = server.url
    with pytest.raises(InputError, match="no network, or no such service"):
        QueryService(url=gone, wait=lambda seconds: None).select("SELECT")


def test_the_overlay_written_can_be_used(tmp_path: Path) -> None:
    def answer(query: str, number: int) -> Reply:
        return results(binding("Jane Roe", "Q1", "2026-02-03")) if "Q2518691" in query else results()

    with serving(answer) as server:
        assert write_overlay(client(server), tmp_path / "new", since=2000) == 1
    path = tmp_path / "new" / "occupancies.csv"
    assert next(csv.reader(path.read_text(encoding="utf-8").splitlines())) == list(COLUMNS)
    assert [p.name for p in path.parent.iterdir()] == ["occupancies.csv"]
    found = Occupancies.load(path.parent).of_person("Jane Roe")
    assert [(row.office, row.country, row.start, row.asof) for row in found] == [
        ("defence minister", "FRA", "2026-02-03", "2026-03-03")
    ]


def test_nothing_is_written_when_a_post_fails(tmp_path: Path) -> None:
    def answer(query: str, number: int) -> Reply:
        return results(binding("Jane Roe", "Q1", "2026")) if number == 1 else Reply("no", 400)

    with serving(answer) as server, pytest.raises(InputError):
        write_overlay(client(server), tmp_path / "new", since=2000)
    assert not (tmp_path / "new").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="is not a folder"):
        write_overlay(QueryService(url="http://127.0.0.1:9/"), tmp_path / "file", since=2000)


def test_the_posts_asked_for() -> None:
    assert {post.office for post in posts()} == {
        "head of state", "head of government", "foreign minister", "defence minister",
    }  # fmt: skip


def test_a_folder_s_own_posts_are_asked_for_too(tmp_path: Path) -> None:
    (tmp_path / "wikidata_posts.csv").write_text(
        "office,link,item\ninterior minister,class,Q6500773\n", encoding="utf-8"
    )

    def answer(query: str, number: int) -> Reply:
        return results(binding("Jane Roe", "Q1", "2026-02-03")) if "Q6500773" in query else results()

    with serving(answer) as server:
        assert write_overlay(client(server), tmp_path, since=2000) == 1
    assert [row.office for row in Occupancies.load(tmp_path).of_person("Jane Roe")] == ["interior minister"]


def test_a_wrong_post_is_reported(tmp_path: Path) -> None:
    (tmp_path / "wikidata_posts.csv").write_text(
        'office,link,item\nmayor,class,"Q1 . } DELETE"\n', encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"wikidata_posts\.csv:2: no Wikidata item or property"):
        posts(tmp_path)
