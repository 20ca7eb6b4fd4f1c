"""Every page over every archive: it answers, its twins answer, what is hostile is inert, what it links to is there."""

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import HOSTILE, HOSTILE_ID, KEYS

from communique.archive import open_archive
from communique.web.keys import address
from communique.web.page import Page
from communique.web.pages import PAGES

ARCHIVES = ("sample", "empty", "hostile")
VOID = {"meta", "link", "input", "br", "img", "hr"}
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
over = pytest.mark.parametrize("name", ARCHIVES)


class Seen(HTMLParser):
    """The elements of a page in order, and the text of it; raises where tags do not match."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


def path_of(page: Page, archive: Path, kind: str = "html") -> str | None:
    """The address of a page or its twin over an archive; None where the archive has nothing of that sort."""
    path = page.path if kind == "html" else page.twin(kind)
    if not page.keys:
        return path
    with open_archive(archive) as opened:
        keys = KEYS[page.name](opened)
    return address(path, keys) if keys else None


_FETCHED: dict[tuple[Path, str], str] = {}
_SEEN: dict[str, Seen] = {}


def shown(client: TestClient, page: Page, archive: Path, kind: str = "html") -> str:
    """What the page answers; asked once an archive, as no test here changes one."""
    path = path_of(page, archive, kind)
    if path is None:
        pytest.skip("an empty archive has nothing of this sort")
    if (archive, path) not in _FETCHED:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text[:500]
        _FETCHED[archive, path] = answer.text
    return _FETCHED[archive, path]


def seen_on(html: str) -> Seen:
    """The page read, once for each text."""
    if html not in _SEEN:
        _SEEN[html] = Seen(html)
    return _SEEN[html]


@over
@pages
def test_a_page_answers(
    page: Page, name: str, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    seen = seen_on(shown(clients[name], page, archives[name]))
    assert len(seen.all("h1")) == 1
    assert seen.all("html") == [{"lang": "en"}]
    assert [a.get("id") for a in seen.all("main")] == ["main"]


@over
@pages
def test_the_json_twin_holds_the_data_that_the_page_shows(
    page: Page, name: str, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    text = shown(clients[name], page, archives[name], "json")
    assert page.gives.model_validate_json(text).model_dump_json(by_alias=True) == text


@over
@pages
def test_the_csv_twin_has_the_columns_that_are_told(
    page: Page, name: str, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    if page.table is None:
        assert clients[name].get(address(page.twin("csv"), ("x",) * len(page.keys))).status_code == 404
        return
    rows = list(csv.reader(io.StringIO(shown(clients[name], page, archives[name], "csv"), newline="")))
    assert tuple(rows[0]) == page.table.columns
    assert {len(row) for row in rows} == {len(page.table.columns)}


@over
@pages
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(
    page: Page, name: str, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    seen = seen_on(shown(clients[name], page, archives[name]))
    assert [
        t for t, a in seen.elements if t == "style" or "style" in a or any(n.startswith("on") for n in a)
    ] == []
    assert [a for a in seen.all("script") if not str(a.get("src")).startswith("/static/")] == []
    sources = [a[n] for t, a in seen.elements for n in ("src", "href", "action") if n in a and t != "a"]
    assert [s for s in sources if not str(s).startswith("/")] == []
    links = [str(a["href"]) for a in seen.all("a") if "href" in a]
    assert [link for link in links if urlsplit(link).scheme not in ("", "http", "https")] == []


@pages
def test_hostile_text_is_shown_inert(
    page: Page, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    html = shown(clients["hostile"], page, archives["hostile"])
    assert re.findall("[\x00-\x08\x0b-\x1f\u200b\u202a-\u202e\u2066-\u2069]", html) == []
    seen = seen_on(html)
    assert [a for a in seen.all("script") if "src" not in a] == []
    assert seen.all("img") == []


def test_the_hostile_text_is_there_to_read(clients: dict[str, TestClient]) -> None:
    seen = Seen(clients["hostile"].get(address("/documents/{id}", (HOSTILE_ID,))).text)
    told = "".join(f"⟨U+{ord(c):04X}⟩" if c in "\u202e\u2066\x07\u200b" else c for c in HOSTILE)
    assert " ".join(told.split()) in seen.words


@over
@pages
def test_what_a_page_links_to_is_there(
    page: Page, name: str, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    client = clients[name]
    path = path_of(page, archives[name])
    if path is None:
        return
    html = shown(client, page, archives[name])
    wanted = sorted(set(_inner_links(html, path)))
    answers = {target: client.get(target).status_code for target in wanted[:: max(1, len(wanted) // 10)]}
    assert {target: status for target, status in answers.items() if status != 200} == {}


def _inner_links(html: str, path: str) -> Iterator[str]:
    for attributes in seen_on(html).all("a"):
        parts = urlsplit(urljoin(f"http://127.0.0.1{path}", str(attributes["href"])))
        if parts.netloc == "127.0.0.1" and not parts.path.startswith("/download/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


@over
@pages
def test_what_points_into_a_page_has_its_target(
    page: Page, name: str, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    seen = seen_on(shown(clients[name], page, archives[name]))
    ids = [str(a["id"]) for _, a in seen.elements if "id" in a]
    assert sorted(ids) == sorted(set(ids))
    local = [str(a["href"])[1:] for a in seen.all("a") if str(a.get("href", "")).startswith("#")]
    assert set(local) - set(ids) == set()
    named = [str(a[n]) for _, a in seen.elements for n in ("for", "aria-labelledby", "list") if n in a]
    assert set(named) - set(ids) == set()


@over
@pages
def test_tables_can_be_heard(
    page: Page, name: str, clients: dict[str, TestClient], archives: dict[str, Path]
) -> None:
    seen = seen_on(shown(clients[name], page, archives[name]))
    assert len(seen.all("caption")) == len(seen.all("table"))
    assert [a for a in seen.all("th") if a.get("scope") not in ("col", "row", "rowgroup")] == []
    labelled = {a.get("for") for a in seen.all("label")} - {None}
    fields = [a for t in ("input", "select", "textarea") for a in seen.all(t) if a.get("type") != "hidden"]
    bare = [a for a in fields if a.get("id") not in labelled and "aria-label" not in a]
    assert [a for a in bare if a.get("type") not in ("checkbox", "radio", "submit")] == []
    assert [a for a in seen.all("svg") if "aria-hidden" not in a and "aria-label" not in a] == []
