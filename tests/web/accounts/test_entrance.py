"""Logging in, roles and forged forms, over the real application."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.archive import open_archive
from communique.cli import main
from communique.web.accounts import Accounts
from communique.web.accounts.entrance import local
from communique.web.app import make_app

GOOD = "a long enough password"
OWN = {"origin": "http://testserver"}


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path / "team.db")
    for name, role in (("ada", "admin"), ("rui", "reviewer"), ("lea", "reader")):
        made.add(name, GOOD, role)  # type: ignore[arg-type]
    return made


@pytest.fixture
def client(tmp_path: Path, accounts: Accounts) -> Iterator[TestClient]:
    open_archive(tmp_path / "a.db", write=True).close()
    app = make_app(tmp_path / "a.db", accounts=accounts.path, hosts=None)
    with TestClient(app, follow_redirects=False) as made:
        yield made


def token(client: TestClient, path: str = "/login") -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get(path).text)
    assert found is not None
    return found[1]


def log_in(client: TestClient, name: str, password: str = GOOD, **more: str) -> int:
    form = {"csrf": token(client), "name": name, "password": password} | more
    return client.post("/login", data=form, headers=OWN).status_code


@pytest.mark.parametrize("path", ["/", "/events?kind=visit", "/accounts", "/account"])
def test_a_stranger_is_sent_to_log_in(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=/")


def test_a_stranger_gets_no_twin(client: TestClient) -> None:
    assert (client.get("/events.json").status_code, client.get("/events.csv").status_code) == (401, 401)


def test_the_way_in_and_out(client: TestClient) -> None:
    assert log_in(client, "lea", next="/events") == 303
    assert client.get("/").status_code == 200
    assert client.get("/events.json").status_code == 200
    form = {"csrf": token(client, "/account")}
    assert client.post("/logout", data=form, headers=OWN).headers["location"] == "/login"
    assert client.get("/").status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: TestClient) -> None:
    form = {"csrf": token(client), "name": "lea", "password": GOOD}
    told = client.post("/login", data=form, headers=OWN).headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=lax" in told


def test_a_wrong_password_is_told_and_noted(client: TestClient, accounts: Accounts) -> None:
    assert log_in(client, "lea", "wrong password") == 401
    assert accounts.audit()[0].what == "log-in failed"


def test_a_form_without_our_token_is_refused(client: TestClient) -> None:
    form = {"name": "lea", "password": GOOD}
    assert client.post("/login", data=form, headers=OWN).status_code == 403
    assert client.post("/login", data=form | {"csrf": "0" * 64}, headers=OWN).status_code == 403


def test_the_token_of_another_session_is_refused(client: TestClient) -> None:
    stale = token(client)
    log_in(client, "ada")
    form = {"csrf": stale, "do": "remove", "name": "lea"}
    assert client.post("/accounts", data=form, headers=OWN).status_code == 403


def test_a_form_from_another_site_is_refused(client: TestClient) -> None:
    form = {"csrf": token(client), "name": "lea", "password": GOOD}
    answer = client.post("/login", data=form, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize(("name", "status"), [("lea", 403), ("rui", 403), ("ada", 200)])
def test_only_an_admin_sees_the_accounts(client: TestClient, name: str, status: int) -> None:
    log_in(client, name)
    assert client.get("/accounts").status_code == status


def test_who_may_not_is_told_so_on_a_page(client: TestClient) -> None:
    log_in(client, "rui")
    refused = client.get("/accounts")
    assert refused.headers["content-type"].startswith("text/html")
    assert "It takes the role of an admin; rui is a reviewer." in refused.text


def test_whose_session_has_ended_is_told_so_on_a_page(client: TestClient) -> None:
    log_in(client, "rui")
    form = {"csrf": token(client, "/review"), "do": "right"}
    client.cookies.clear()
    late = client.post("/judge", data=form, headers=OWN)
    assert late.status_code == 401
    assert late.headers["content-type"].startswith("text/html")
    assert "The session has ended, and nothing was kept." in late.text


def test_an_admin_keeps_accounts(client: TestClient, accounts: Accounts) -> None:
    log_in(client, "ada")
    changes: list[dict[str, str]] = [
        {"do": "add", "name": "kim", "role": "reader", "password": GOOD},
        {"do": "role", "name": "kim", "role": "reviewer"},
        {"do": "remove", "name": "lea"},
    ]
    csrf = token(client, "/accounts")
    answers = [client.post("/accounts", data=c | {"csrf": csrf}, headers=OWN).status_code for c in changes]
    assert answers == [303, 303, 303]
    assert [(a.name, a.role) for a in accounts.all()] == [
        ("ada", "admin"),
        ("kim", "reviewer"),
        ("rui", "reviewer"),
    ]
    assert [e.what for e in accounts.audit(limit=3)] == [
        "account lea: remove",
        "account kim: role reviewer",
        "account kim: add reader",
    ]


def test_what_will_not_do_is_told(client: TestClient) -> None:
    log_in(client, "ada")
    form = {"csrf": token(client, "/accounts"), "do": "remove", "name": "ada"}
    answer = client.post("/accounts", data=form, headers=OWN)
    assert (answer.status_code, "ada is the last admin." in answer.text) == (422, True)


def test_a_changed_password_logs_out(client: TestClient) -> None:
    log_in(client, "lea")
    form = {"csrf": token(client, "/account"), "old": GOOD, "new": "quite another one"}
    assert client.post("/account", data=form, headers=OWN).status_code == 303
    assert client.get("/").status_code == 303
    assert log_in(client, "lea", "quite another one") == 303


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_nobody_is_sent_elsewhere(elsewhere: str) -> None:
    assert local(elsewhere) == "/"


def test_local_paths_are_kept() -> None:
    assert local("/events?kind=visit") == "/events?kind=visit"


def test_listening_for_others_needs_accounts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_archive(tmp_path / "a.db", write=True).close()
    for more in ([], ["--accounts", str(tmp_path / "empty.db")]):
        with pytest.raises(SystemExit) as left:
            main(["serve", str(tmp_path / "a.db"), "--host", "0.0.0.0", *more])
        assert left.value.code == 2
    told = capsys.readouterr().err
    assert "listening for others needs --accounts" in told
    assert "nobody is in it yet" in told


def test_accounts_are_kept_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "password").write_text(f"{GOOD}\n")
    with (tmp_path / "password").open() as given:
        monkeypatch.setattr("sys.stdin", given)
        for command in (["add", "ada", "--role", "admin"], ["list", "--json"], ["log", "--json"]):
            with pytest.raises(SystemExit) as left:
                main(["accounts", str(tmp_path / "team.db"), *command])
            assert left.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == '{"name": "ada", "role": "admin"}'
    assert '"what": "account ada: add admin"' in lines[1]


def test_the_log_in_shows_no_way_to_pages_that_are_shut(client: TestClient) -> None:
    outside = client.get("/login").text
    assert 'name="password"' in outside
    assert not re.search(r'href="/(events|search|runs|method)', outside)
    assert "main-nav" not in outside
    assert log_in(client, "lea") == 303
    assert re.search(r'href="/events"', client.get("/").text)
