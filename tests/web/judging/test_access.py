"""Who may judge, under which name, and what is refused."""

import shutil
from pathlib import Path

from starlette.testclient import TestClient
from tests.web.judging.conftest import Desk, first_unsure, token_of

from communique.archive import open_archive
from communique.web.accounts import Accounts
from communique.web.app import make_app

GOOD = "a long enough password"


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


def test_a_browser_that_hides_the_origin_is_believed_by_the_site_it_tells(desk: Desk) -> None:
    claim = first_unsure(desk)
    form = {"csrf": desk.token, "do": "right", "doc": claim.doc_id, "claim": claim.id, "who": "Ada"}
    sites = (None, "cross-site", "same-site", "same-origin")
    heads = [{"origin": "null"} | ({"sec-fetch-site": site} if site else {}) for site in sites]
    answers = [desk.client.post("/judge", data=form, headers=h, follow_redirects=False) for h in heads]
    assert [answer.status_code for answer in answers] == [403, 403, 403, 303]
