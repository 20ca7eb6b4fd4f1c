"""A copy of the sample's archive with a client that posts what the forms of its pages would."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from tests.web.conftest import client_of

from communique.archive import Archive, open_archive
from communique.archive.records import EventFilter
from communique.linking.records import ClaimKey, Event


class Desk:
    """A copy of an archive with a client for its pages; posts what a form of a page would."""

    def __init__(self, path: Path) -> None:
        self.client = client_of(path)
        self.archive = open_archive(path)
        self.token = token_of(self.client.get("/judgements").text)

    def post(self, path: str, **form: str | list[str]) -> str:
        """Post a form as Ada and give where it leads."""
        known: dict[str, str | list[str]] = {"csrf": self.token, "who": "Ada"}
        answer = self.send(path, known | form)
        assert answer[0] == 303, answer[1]
        return answer[1]

    def judge(self, claim: ClaimKey, do: str, **more: str | list[str]) -> str:
        return self.post("/judge", do=do, doc=claim.doc_id, claim=claim.id, **more)

    def send(self, path: str, form: dict[str, str | list[str]]) -> tuple[int, str]:
        """Post a form as it is: the status, and where it leads or what is said."""
        answer = self.client.post(path, data=form, follow_redirects=False)
        return answer.status_code, unescape(answer.headers.get("location", answer.text))

    def event_of(self, claim: ClaimKey) -> Event:
        (event,) = self.archive.event(self.archive.event_of(claim) or "none")
        return event

    def fields(self, claim: ClaimKey) -> dict[str, str | list[str]]:
        """What the form of correction holds for a claim before anybody writes in it."""
        html = self.client.get("/review", params={"document": claim.doc_id, "claim": claim.id}).text
        form = re.findall(
            r'<form method="post" action="/judge" class="correct-form">.*?</form>', html, re.DOTALL
        )[0]
        return form_fields(form)


def form_fields(form: str) -> dict[str, str | list[str]]:
    """The fields of a form as a browser would send them; columns as lists."""
    found: dict[str, list[str]] = {}
    for field in re.findall(r"<select.*?</select>|<input[^>]*>", form, re.DOTALL):
        name = re.findall(r'name="(\w+)"', field)[0]
        if field.startswith("<select"):
            options = re.findall(r"<option([^>]*)>([^<]*)", field)
            chosen = next((o for o in options if "selected" in o[0]), options[0])
            value = (re.findall(r'value="([^"]*)"', chosen[0]) or [chosen[1]])[0]
        else:
            value = (re.findall(r'value="([^"]*)"', field) or [""])[0]
        found.setdefault(name, []).append(unescape(value))
    columns = {"role", "code", "person", "office", "item", "quantity", "value_usd"}
    return {name: values if name in columns else values[0] for name, values in found.items() if name != "who"}


def token_of(html: str) -> str:
    return str(re.findall(r'name="csrf" value="(\w+)"', html)[0])


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(sample, tmp_path / "record.db")
    made = Desk(tmp_path / "record.db")
    yield made
    made.archive.close()
    made.client.app.state.desk.close()  # type: ignore[attr-defined]


def queue(desk: Desk, name: str = "claims", **more: str) -> list[dict[str, object]]:
    params = {"queue": name, "size": "100"} | more
    return desk.client.get("/review.json", params=params).json()["cases"]  # type: ignore[no-any-return]


def first_unsure(desk: Desk) -> ClaimKey:
    """The least sure claim that is no denial, so that it can be corrected to one."""
    claims = (one["claim"] for case in queue(desk) for one in case["claims"])  # type: ignore[attr-defined]
    claim = next(c for c in claims if c["status"] != "denied")
    return ClaimKey(doc_id=claim["doc_id"], id=claim["id"])


def told_twice(archive: Archive) -> Event:
    """An event that several documents tell."""
    return next(archive.events(EventFilter(min_sources=2), order="sources"))
