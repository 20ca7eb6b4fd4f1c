"""Each number that is a link leads to as many things; each event to its sentences, each sentence to its article."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from communique.archive import Archive

LISTS = {"/events", "/documents", "/deals", "/agreements", "/contradictions", "/people", "/dyads"}
NUMBER = re.compile(r"(?:\d{4}|\D*) ?\b(\d+)(?: (?:events?|documents?|visits?|deals?|sources?))?( →)?")
"""The words of a link that shows a number: "41", "41 events", "All 41 events →", "2016 41", "visits 41"."""


class Links(HTMLParser):
    """Collects the links of a page: the address, and the label or else the words on one line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a":
            self._href, self._label, self._words = told.get("href"), told.get("aria-label"), ""

    def handle_data(self, data: str) -> None:
        if self._href:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.found.append((self._href, " ".join((self._label or self._words).split())))
            self._href = None


def numbers(text: str) -> Iterator[tuple[str, int]]:
    """The links to lists that show a number, with that number; what is chosen already and pages of a list are none."""
    for href, words in Links(text).found:
        shown = words.rsplit(": ", 1)[-1].replace(
            "\u202f", ""
        )  # a column's label is "2016: 3 documents; events: 41"
        found = NUMBER.fullmatch(shown)
        to = urlsplit(href)
        if found and to.path in LISTS and "chosen" not in words and "page=" not in to.query:
            yield href, int(found[1])


def pages_with_numbers(client: TestClient) -> list[str]:
    """Home, the lists, every country and deal, and the busiest dyads."""
    heads = [
        "/",
        "/actors",
        "/dyads",
        "/map",
        "/map?actor=FRA",
        "/network",
        "/network?actor=RUS",
        "/network?of=people",
    ]
    lists = ["/events", "/events?kind=visit", "/documents", "/deals", "/agreements", "/contradictions"]
    actors = [
        f"/actors/{a['code']}" for a in client.get("/actors.json").json()["actors"] if a["code"].isalpha()
    ]
    pairs = client.get("/dyads.json?size=30").json()["dyads"]
    dyads = [f"/dyads/{d['a']}/{d['b']}" for d in pairs if f"{d['a']}{d['b']}".isalpha()]
    deals = [f"/deals/{row['deal']['id']}" for row in client.get("/deals.json?size=500").json()["deals"]]
    return [*heads, *lists, *actors, *dyads, *deals, f"{dyads[0]}?since=2014", "/search?q=Mistral"]


def test_each_number_leads_to_as_many(client: TestClient) -> None:
    totals: dict[str, int] = {}
    wrong, seen = [], 0
    for page in pages_with_numbers(client):
        answer = client.get(page)
        assert answer.status_code == 200, page
        for href, number in numbers(answer.text):
            if href not in totals:
                path, _, query = href.partition("?")
                totals[href] = client.get(f"{path}.json?{query}").json()["portion"]["total"]
            seen += 1
            if totals[href] != number:
                wrong.append((page, href, number, totals[href]))
    assert wrong == []
    assert seen > 500


@pytest.mark.parametrize("page", ["/", "/actors/RUS", "/dyads/FRA/RUS", "/map", "/network"])
def test_the_pages_have_such_numbers(client: TestClient, page: str) -> None:
    assert len(list(numbers(client.get(page).text))) >= 5


def test_each_step_of_a_deal_leads_to_its_event_and_its_words(client: TestClient) -> None:
    for row in client.get("/deals.json?size=500").json()["deals"]:
        page = client.get(f"/deals/{row['deal']['id']}").text
        steps = re.findall(r'<li class="s-\w+" id="step-\d+".*?</li>', page, re.DOTALL)
        assert len(steps) == len(row["deal"]["steps"])
        for step in steps:
            assert re.search(r'href="/events/e\w+" data-open>', step)
            assert re.search(r'href="/documents/[^"]+#c-c\w+"', step)


def test_every_event_leads_to_its_sentences_and_these_to_their_article(
    client: TestClient, archive: Archive
) -> None:
    articles: dict[str, str] = {}
    for event in archive.events():
        page = client.get(f"/events/{event.id}").text
        passages = re.findall(r'<article class="passage".*?</article>', page, re.DOTALL)
        assert len(passages) == len(event.claims)
        for passage in passages:
            (href,) = re.findall(r'<header><a href="(/documents/[^"]+)"', passage)
            marked = re.findall(r"<mark[^>]*>(.*?)</mark>", passage, re.DOTALL)
            if href not in articles:
                text = client.get(href.partition("#")[0]).text
                articles[href] = unescape("".join(re.findall(r"<mark[^>]*>(.*?)</mark>", text, re.DOTALL)))
            assert marked
            assert [words for words in marked if unescape(words) not in articles[href]] == [], event.id
