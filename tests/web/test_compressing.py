"""For a team text goes compressed, with ETags that hold for both forms; a form's token is never twice the same."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of

from communique.web.accounts import Accounts
from communique.web.accounts.entrance import masked
from communique.web.app import make_app
from communique.web.compressing import SMALLEST

GOOD = "a long enough password"
PLAIN = {"accept-encoding": "identity"}


@pytest.fixture
def team(sample: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A reviewer, logged in."""
    accounts = Accounts(tmp_path / "team.db")
    accounts.add("rui", GOOD, "reviewer")
    app = make_app(sample, accounts=accounts.path, hosts=None)
    with TestClient(app, follow_redirects=False) as made:
        form = {"csrf": tokens(made.get("/login").text)[0], "name": "rui", "password": GOOD}
        assert made.post("/login", data=form).status_code == 303
        yield made


def tokens(html: str) -> list[str]:
    return re.findall(r'name="csrf" value="(\w+)"', html)


@pytest.mark.parametrize(
    "path", ["/", "/events.json", "/events.csv", "/review?size=100", "/static/pages.css", "/openapi.json"]
)
def test_text_goes_compressed(team: TestClient, path: str) -> None:
    with team.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    plain = team.get(path, headers=PLAIN)
    unpacked = re.sub(rb'value="\w{128}"', b"", gzip.decompress(raw))
    assert unpacked == re.sub(rb'value="\w{128}"', b"", plain.content)
    assert (answer.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)
    assert len(raw) < len(plain.content) / 2
    for told in (answer.headers, plain.headers):
        assert "Accept-Encoding" in told["vary"]


@pytest.mark.parametrize("path", ["/account", "/download/parquet", "/events/none.json"])
def test_what_is_short_or_packed_goes_as_it_is(team: TestClient, path: str) -> None:
    answer = team.get(path)
    small = len(answer.content) < SMALLEST
    packed = answer.headers["content-type"] in ("application/zip", "application/vnd.apache.parquet")
    assert ("content-encoding" not in answer.headers) == (small or packed)


@pytest.mark.parametrize("path", ["/events", "/events.json", "/events.csv", "/static/pages.css"])
def test_an_etag_holds_for_both_forms(team: TestClient, path: str) -> None:
    compressed, plain = team.get(path), team.get(path, headers=PLAIN)
    tags = {answer.headers["etag"].removeprefix("W/") for answer in (compressed, plain)}
    assert (len(tags), compressed.headers["etag"][:2]) == (1, "W/")
    for encoding in ("gzip", "identity"):
        again = team.get(
            path, headers={"accept-encoding": encoding, "if-none-match": compressed.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
        assert "Accept-Encoding" in again.headers["vary"]


def test_the_head_of_a_compressed_page_has_no_body(team: TestClient) -> None:
    answer = team.head("/events")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_token_is_written_otherwise_in_every_answer_and_taken_each_time(team: TestClient) -> None:
    seen = [tokens(team.get("/account").text)[0] for _ in range(3)]
    assert len(set(seen)) == 3
    halves = [token[i : i + 64] for token in seen for i in (0, 64)]
    assert len(set(halves)) == 6
    for token in seen:
        answer = team.post("/account", data={"csrf": token, "old": "wrong password", "new": GOOD})
        assert answer.status_code == 401


@pytest.mark.parametrize(
    "bad",
    ["", "0" * 64, "0" * 128, "zz", "é", masked("00" * 32), masked("00" * 16)],
    ids=("empty", "short", "zeros", "hex", "letters", "foreign", "half"),
)
def test_a_token_that_is_not_ours_is_refused(team: TestClient, bad: str) -> None:
    assert team.post("/account", data={"csrf": bad, "old": GOOD, "new": GOOD}).status_code == 403


def test_on_a_laptop_nothing_is_compressed(sample: Path) -> None:
    client = client_of(sample)
    answer = client.get("/events")
    assert ("content-encoding" in answer.headers, "Accept-Encoding" in answer.headers["vary"]) == (
        False,
        False,
    )
    client.app.state.desk.close()  # type: ignore[attr-defined]
