"""Hostile parameters and keys on every route: never a failure of the program, and what is echoed is inert."""

import itertools
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import HOSTILE, KEYS
from tests.web.test_pages import Seen

from communique.archive import open_archive
from communique.web.keys import address
from communique.web.page import Page
from communique.web.pages import PAGES

VALUES = {
    "markup": HOSTILE,
    "query of words": '"unclosed (NEAR OR AND NOT * ^ : -a {} title:x',
    "sql": "' OR 1=1; DROP TABLE claims; --",
    "controls": "a\x00b\r\nSet-Cookie: x=1\x1b[31m\u202e\ufeff",
    "pattern": "%_%__%" * 40,
    "number": "-99999999999999999999e999",
    "no number": "nan",
    "day": "9999-99-99..0000-00-00",
    "length": "W" * 2000,  # over every limit; a query in which all parameters have it is still an address
    "path": "../../etc/passwd",
}
STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u202a-\u202e\u2066-\u2069]")
routes = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
attacks = pytest.mark.parametrize("attack", VALUES)


def twins(page: Page) -> list[str]:
    return [page.path, page.twin("json"), *([page.twin("csv")] if page.table else [])]


def paths(page: Page, archive: Path) -> list[str]:
    """The addresses of the page and its twins over an archive."""
    with open_archive(archive) as opened:
        keys = KEYS[page.name](opened) if page.keys else ()
    return [address(path, keys) for path in twins(page)]


def check(client: TestClient, path: str, query: str) -> None:
    """The answer is an answer, or says what cannot be asked; a page is whole and inert."""
    answer = client.get(f"{path}?{query}" if query else path)
    assert answer.status_code in (200, 404, 422), (path, query[:200], answer.status_code)
    assert "x" not in answer.cookies
    if answer.headers["content-type"].startswith("text/html"):
        inert(answer.text)
    else:
        assert answer.headers["content-type"].partition(";")[0] in ("application/json", "text/csv")


def inert(html: str) -> None:
    seen = Seen(html)
    assert [a["src"] for a in seen.all("script") if not str(a.get("src")).startswith("/static/")] == []
    assert STEERING.search(html) is None
    for tag, attributes in seen.elements:
        assert tag not in ("iframe", "object", "embed", "base", "style")
        assert [name for name in attributes if name.startswith("on") or name == "style"] == []
        for name in ("href", "src", "action", "hx-get", "formaction"):
            assert str(attributes.get(name, "/")).startswith(("/", "#", "http://", "https://", "?"))


@attacks
@routes
def test_every_parameter_takes_whatever_is_asked(
    page: Page, attack: str, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    names = [field.alias or name for name, field in page.asked.model_fields.items()]
    told = quote(VALUES[attack], safe="")
    everything = "&".join(f"{name}={told}" for name in [*names, "done", "next", "unknown"])
    queries = [f"{name}={told}" for name in names] + [everything]
    for path, query in itertools.product(paths(page, archives["hostile"]), queries):
        check(clients["hostile"], path, query)


@routes
def test_a_parameter_may_come_many_times(
    page: Page, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    for path in paths(page, archives["hostile"]):
        for name, field in page.asked.model_fields.items():
            check(clients["hostile"], path, "&".join(f"{field.alias or name}=RUS" for _ in range(300)))


@attacks
@pytest.mark.parametrize("page", [p for p in PAGES if p.keys], ids=lambda page: page.name)
def test_a_key_may_be_anything(page: Page, attack: str, clients: dict[str, TestClient]) -> None:
    for path in twins(page):
        check(clients["hostile"], address(path, (VALUES[attack],) * len(page.keys)), "")
        check(clients["hostile"], re.sub(r"\{\w+\}", quote(VALUES[attack], safe=""), path), "")
