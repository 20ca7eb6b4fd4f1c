"""Every page in a real browser: reachable, readable by all, whole on a small screen, working without JavaScript."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from communique.web.pages import PAGES

AXE = Path(os.environ.get("AXE") or Path(__file__).parents[2] / "build" / "axe-core" / "axe.min.js")
Contexts = Callable[..., BrowserContext]
OTHER_STATES = {
    "review of joins": "/review?queue=missed",
    "review of contradictions": "/review?queue=contradictions",
    "review of names": "/review?queue=names",
    "events in other columns": "/events?column=people&column=id&group=year&kind=visit&status=planned",
    "a search": "/search?q=Mistral",
    "nothing found": "/search?q=zyzzyva",
}
"""Pages in states that no link of the walk leads to, read by axe as well."""


@pytest.fixture(scope="session")
def addresses(address: str) -> dict[str, str]:
    """For each page of the registry the first address of it that links from the first page on lead to."""
    found: dict[str, str] = {}
    waiting, seen = ["/"], {"/"}
    with httpx2.Client(base_url=address, timeout=60) as client:
        while waiting:
            here = waiting.pop(0)
            name = _name_of(urlsplit(here).path)
            if name is None or name in found:
                continue
            found[name] = here
            new = [link for link in _links(client.get(here).text) if link not in seen]
            waiting += new
            seen |= set(new)
    return found


def _name_of(path: str) -> str | None:
    """The page at that path; one without keys goes before one whose key would match as well."""
    patterns = sorted(PAGES, key=lambda page: len(page.keys))
    return next((p.name for p in patterns if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", p.path), path)), None)


def _links(text: str) -> Iterator[str]:
    for link in dict.fromkeys(re.findall(r'(?:href|action)="(/[^"]*)"', text)):
        path = urlsplit(link).path
        if not path.startswith(("/static/", "/download/")) and not path.endswith((".json", ".csv")):
            yield link.replace("&amp;", "&")


def test_every_page_is_reached_by_links(addresses: dict[str, str]) -> None:
    assert sorted(page.name for page in PAGES if page.name not in addresses) == []


def test_no_page_is_wider_than_a_small_screen(contexts: Contexts, addresses: dict[str, str]) -> None:
    page = contexts(viewport={"width": 375, "height": 800}).new_page()
    wide = {}
    for name, address in addresses.items():
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 375:
            wide[name] = width
    assert wide == {}


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: `make test-web` gets it")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_all(contexts: Contexts, addresses: dict[str, str], scheme: str) -> None:
    page = contexts(color_scheme=scheme, bypass_csp=True).new_page()
    page.add_init_script(path=AXE)
    violations = {}
    for name, address in (addresses | OTHER_STATES).items():
        page.goto(address)
        found = page.evaluate(  # what axe has against the page: the rule and the first element
            "axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 160)]))"
        )
        if found:
            violations[name] = found
    assert violations == {}


def test_every_page_stands_without_javascript(contexts: Contexts, addresses: dict[str, str]) -> None:
    page = contexts(java_script_enabled=False).new_page()
    for address in addresses.values():
        page.goto(address)
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator("nav[aria-label=Main] a").first).to_be_visible()


def test_every_page_prints(contexts: Contexts, addresses: dict[str, str]) -> None:
    page = contexts().new_page()
    page.emulate_media(media="print")
    for name in ("home", "event", "document"):
        page.goto(addresses[name])
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator("nav[aria-label=Main]")).to_be_hidden()


def test_a_number_leads_to_its_sentence_in_three_clicks(page: Page) -> None:
    page.goto("/")
    page.locator("main a[href^='/events']").first.click()
    page.locator("#results tbody a[href^='/events/']").first.click()
    words = page.locator("blockquote mark").first
    expect(words).to_be_visible()
    marked = words.inner_text()
    page.locator(".passage header a").first.click()
    expect(page.locator("main")).to_contain_text(marked)
    expect(page).to_have_url(re.compile("/documents/"))


@pytest.mark.parametrize("script", [True, False])
def test_filter_and_download(contexts: Contexts, script: bool) -> None:
    page = contexts(java_script_enabled=script).new_page()
    page.goto("/events")
    page.locator("#f-k").select_option("arms_transfer")
    page.locator("#f-a").fill("France")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("#filter-words")).to_contain_text("France takes part")
    expect(page).to_have_url(re.compile("kind=arms_transfer"))
    total = int(page.locator("[role=status] b").inner_text())
    with page.expect_download() as download:
        page.locator(".results-head").get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == total + 1
    assert total > 0


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.goto("/events")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/events/e"))
    page.keyboard.press("/")
    expect(page.get_by_placeholder("Search")).to_be_focused()
    page.keyboard.type("Mistral")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=Mistral"))


def test_what_stands_in_the_address_stands_after_going_back(page: Page) -> None:
    page.goto("/events")
    page.locator("#f-k").select_option("visit")
    expect(page.locator("#filter-words")).to_contain_text("Visits")
    page.locator("#results tbody a[href^='/events/']").first.click()
    page.go_back()
    expect(page.locator("#filter-words")).to_contain_text("Visits")
