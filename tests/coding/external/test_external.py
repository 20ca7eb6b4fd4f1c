"""The external coder against a small server of our own that answers well, badly, slowly and not at all."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from communique.archive import open_archive
from communique.cli import main
from communique.coding.coder import Coder
from communique.coding.external.accepting import accept, passage
from communique.coding.external.asking import LONGEST, instruction, pieces, request, schema
from communique.coding.external.coder import ExternalCoder
from communique.coding.external.server import Answer, Server, check, complete
from communique.errors import ServerError, SettingsError
from communique.records import Actor, Coding, Document, External, Interval, sha256
from communique.runs import Settings, code

TEXT = (
    "Brdaric in Lisbon\n\nCroatia's defence minister Ivo Brdaric flew to Lisbon on Tuesday.\n"
    "“We will buy twelve drones,” he said."
)
DOCUMENT = Document(
    id="d1",
    text=TEXT,
    title="Brdaric in Lisbon",
    origin="t",
    raw_sha256=sha256(TEXT),
    text_sha256=sha256(TEXT),
)
VISIT = {
    "kind": "visit",
    "status": "actual",
    "actors": [
        {"role": "source", "code": "HRV", "person": "Ivo Brdaric", "office": "defence minister"},
        {"role": "target", "code": "PRT", "person": None, "office": None},
    ],
    "date": {"from": "2019-03-05", "to": "2019-03-05"},
    "place": {"name": "Lisbon", "country": "PRT"},
    "stage": None,
    "materiel": [],
    "instrument": None,
    "attribution": None,
    "attribution_chain": [],
    "evidence": ["Ivo Brdaric flew to Lisbon"],
}
CODES = frozenset({"HRV", "PRT"})


def completion(*records: object) -> bytes:
    content = json.dumps({"records": records})
    usage = {"prompt_tokens": 900, "completion_tokens": 70}
    return json.dumps({"choices": [{"message": {"content": content}}], "usage": usage}).encode()


class Model:
    """What the server is to do with each request in turn (the last one again and again), and what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = [(200, completion(VISIT))]
        self.trickle = 0.0
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.url = ""


@pytest.fixture
def model() -> Iterator[Model]:
    served = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(404)

        def do_POST(self) -> None:
            served.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            served.keys.append(self.headers["Authorization"])
            status, body = served.answers[min(len(served.asked), len(served.answers)) - 1]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                for each in body if served.trickle else ():
                    time.sleep(served.trickle)
                    self.wfile.write(bytes([each]))
                if not served.trickle:
                    self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def own() -> Coder:
    return Coder(learned=False)


def coded(model: Model, own: Coder, **settings: Any) -> Coding:
    server = Server(url=model.url, model="m", pause=0.01, **settings)
    (coding,) = ExternalCoder(server, own).code([DOCUMENT])
    return coding


def test_a_good_answer_becomes_claims(model: Model, own: Coder) -> None:
    coding = coded(model, own)
    (claim,) = coding.claims
    assert (claim.kind, claim.date, claim.evidence[0].text) == (
        "visit",
        Interval.model_validate(VISIT["date"]),
        "Ivo Brdaric flew to Lisbon",
    )
    assert claim.actors[0] == Actor(
        role="source", code="HRV", person="Ivo Brdaric", office="defence minister"
    )
    assert coding.external == External(model="m", prompt_tokens=900, completion_tokens=70)
    assert [s.text for s in coding.statements] == ["We will buy twelve drones,"]


def test_the_guide_and_the_article_are_sent(model: Model, own: Coder) -> None:
    coded(model, own)
    (asked,) = model.asked
    assert asked["messages"][0]["content"] == instruction()
    assert json.loads(asked["messages"][1]["content"].split("\n\n", 1)[1])["text"] == TEXT
    assert asked["response_format"]["json_schema"]["schema"] == schema()


def test_the_key_comes_from_the_environment(
    model: Model, own: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_LLM_KEY", "secret")
    coded(model, own)
    assert model.keys == ["Bearer secret"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"evidence": ["He never went to Lisbon"]}, "not in the text: 'He never went to Lisbon'"),
        ({"actors": [{"role": "source", "code": "ATLANTIS"}]}, "unknown code 'ATLANTIS'"),
        ({"stage": "signing"}, "'signing' is no stage of visit"),
        ({"kind": "agreement"}, "None is no stage of agreement"),
        ({"kind": "meeting"}, "meeting has participants, not a source"),
        ({"actors": []}, "actors: Tuple should have at least 1 item after validation, not 0"),
        ({"mood": "good"}, "mood: Extra inputs are not permitted"),
        ({"date": {"from": "2019-03-06", "to": "2019-03-05"}}, "date: Value error, an interval ends"),
    ],
)
def test_records_that_do_not_hold_are_refused(change: dict[str, object], reason: str) -> None:
    content = json.dumps({"records": [VISIT | change, VISIT]})
    claims, refused = accept(DOCUMENT, content, codes=CODES, model="m")
    assert [c.kind for c in claims] == ["visit"]
    assert [r.reason[: len(reason)] for r in refused] == [reason]


@pytest.mark.parametrize("content", ["", "I cannot help with that.", "{", '{"records": 3}', "[]", "{" * 9000])
def test_an_answer_that_is_no_list_of_records_is_refused_whole(content: str) -> None:
    claims, refused = accept(DOCUMENT, content, codes=CODES, model="m")
    assert (claims, [r.reason for r in refused]) == ([], ['the answer is not {"records": [...]}'])


@pytest.mark.parametrize("odd", [None, 7, "visit", [], {"kind": ["visit"]}])
def test_odd_records_do_not_spoil_the_others(odd: object) -> None:
    claims, refused = accept(DOCUMENT, json.dumps({"records": [odd, VISIT]}), codes=CODES, model="m")
    assert (len(claims), len(refused)) == (1, 1)


@pytest.mark.parametrize(
    ("nearest", "chain", "kept"),
    [
        ("RIA", [], ("RIA",)),
        ("RIA", ["RIA", "the ministry"], ("RIA", "the ministry")),
        ("RIA", ["the ministry"], ("RIA", "the ministry")),
        (None, ["the ministry"], ("the ministry",)),
        (None, [], ()),
    ],
)
def test_the_nearest_source_leads_the_chain(
    nearest: str | None, chain: list[str], kept: tuple[str, ...]
) -> None:
    record = VISIT | {"attribution": nearest, "attribution_chain": chain}
    (claim,), _ = accept(DOCUMENT, json.dumps({"records": [record]}), codes=CODES, model="m")
    assert (claim.attribution, claim.attribution_chain) == (kept[0] if kept else None, kept)


def test_an_answer_in_a_fence_is_read() -> None:
    content = "Here you are:\n```json\n" + json.dumps({"records": [VISIT]}) + "\n```"
    assert len(accept(DOCUMENT, content, codes=CODES, model="m")[0]) == 1


def test_a_passage_may_differ_in_space_and_marks() -> None:
    span = passage(TEXT, '"We will  buy\ntwelve drones,"')
    assert span is not None
    assert TEXT[slice(*span)] == "“We will buy twelve drones,”"
    assert passage(TEXT, "We will buy ten drones") is None
    assert passage(TEXT, "  ") is None


def test_a_failing_server_is_asked_again(model: Model, own: Coder) -> None:
    model.answers = [(503, b"busy"), (200, b"not json"), (200, b'{"choices": []}'), (200, completion(VISIT))]
    assert len(coded(model, own).claims) == 1
    assert len(model.asked) == 4


def test_retries_end(model: Model, own: Coder) -> None:
    model.answers = [(503, b"busy")]
    with pytest.raises(ServerError, match="503"):
        coded(model, own, retries=2)
    assert len(model.asked) == 3


def test_a_refused_request_is_not_made_again(model: Model, own: Coder) -> None:
    model.answers = [(400, b"no such model")]
    with pytest.raises(ServerError, match="400"):
        coded(model, own)
    assert len(model.asked) == 1


def test_a_trickling_answer_is_given_up(model: Model) -> None:
    model.trickle = 0.02
    server = Server(url=model.url, model="m", timeout=0.3, retries=0)
    with pytest.raises(ServerError, match="no whole answer"):
        complete(server, request(DOCUMENT, TEXT, "m"))


def test_no_server_at_all_is_told() -> None:
    with pytest.raises(ServerError, match="no answer"):
        check(Server(url="http://127.0.0.1:9/v1", model="m", timeout=2))
    with pytest.raises(SettingsError, match="no http or https address"):
        check(Server(url="file:///etc/passwd", model="m"))


def test_a_server_that_answers_anything_is_there(model: Model) -> None:
    check(Server(url=model.url, model="m"))


def test_a_run_keeps_what_is_taken_and_tells_of_the_rest(
    model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d1.txt").write_text(TEXT, encoding="utf-8")
    told = VISIT | {"attribution": "RIA"}
    model.answers = [(200, completion(told, VISIT | {"evidence": ["He never went"]}))]
    command = ["code", str(tmp_path / "d1.txt"), "--archive", str(tmp_path / "a.db"), "--coder", "llm"]
    server = [
        "--base-url",
        model.url,
        "--model",
        "m",
        "--cache",
        str(tmp_path / "cache"),
        "--price",
        "1",
        "2",
    ]
    with pytest.raises(SystemExit) as left:
        main([*command, *server, "--json"])
    out, err = capsys.readouterr()
    counted = {n: json.loads(out)[n] for n in ("kept", "claims", "refused", "prompt_tokens", "cost_usd")}
    assert counted == {"kept": 1, "claims": 1, "refused": 1, "prompt_tokens": 900, "cost_usd": 0.00104}
    assert "a record is not taken: not in the text: 'He never went'" in err
    with open_archive(tmp_path / "a.db") as archive:
        assert [(c.kind, c.attribution) for c in archive.claims()] == [("visit", "RIA")]
        assert archive.faults() == []
        assert archive.runs()[0].settings["coder"] == f"m at {model.url}"
    assert left.value.code == 0


def test_a_document_without_an_answer_fails_and_is_asked_again_in_the_next_run(
    model: Model, tmp_path: Path
) -> None:
    (tmp_path / "d1.txt").write_text(TEXT, encoding="utf-8")
    settings = Settings(server=Server(url=model.url, model="m", retries=0))
    model.answers = [(500, b""), (500, b""), (200, completion(VISIT))]
    with open_archive(tmp_path / "a.db", write=True) as archive:
        first = code([str(tmp_path / "d1.txt")], archive, settings=settings)
        second = code([str(tmp_path / "d1.txt")], archive, settings=settings)
    assert [f.reason for f in first.failures] == [f"{model.url}: 500 Internal Server Error"]
    assert (second.kept, second.claims) == (1, 1)


@pytest.mark.parametrize(
    "options",
    [
        ["--coder", "llm"],
        ["--coder", "llm", "--base-url", "http://localhost:1"],
        ["--base-url", "http://localhost:1"],
        ["--coder", "llm", "--base-url", "ftp://x", "--model", "m"],
    ],
)
def test_options_that_do_not_fit_are_refused(options: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        main(["code", str(tmp_path), "--archive", str(tmp_path / "a.db"), *options])
    assert left.value.code == 2


def test_the_same_article_is_asked_once(model: Model, own: Coder, tmp_path: Path) -> None:
    first = coded(model, own, cache=tmp_path / "cache")
    again = coded(model, own, cache=tmp_path / "cache")
    assert len(model.asked) == 1
    assert again.claims == first.claims
    assert again.external == External(model="m", cached=1)


def test_another_model_is_asked_anew(model: Model, tmp_path: Path) -> None:
    for name in ("one", "two"):
        complete(Server(url=model.url, model=name, cache=tmp_path), request(DOCUMENT, TEXT, name))
    assert [asked["model"] for asked in model.asked] == ["one", "two"]


def test_a_long_article_goes_in_pieces() -> None:
    text = "word " * LONGEST
    found = list(pieces(text))
    assert "".join(found) == text
    assert len(found) == 6 and max(map(len, found)) <= LONGEST


def test_an_answer_without_counts_is_taken(model: Model) -> None:
    model.answers = [(200, json.dumps({"choices": [{"message": {"content": "x"}}]}).encode())]
    assert complete(Server(url=model.url, model="m"), request(DOCUMENT, TEXT, "m")) == Answer("x")
