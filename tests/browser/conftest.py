"""The pages in a real browser: Debian's Chromium, driven by Playwright, over an archive of our own sample.

Without a Chromium these tests are skipped (`make test-web` installs it where it may).
"""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import communique
from communique.archive import open_archive
from communique.sample import pages_path
from communique.web.app import make_app

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
PARTS = ("m0", "i0", "e0", "c0", "p0")
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if CHROMIUM is None and here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="no Chromium here: `make test-web` installs it"))


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a part of the shipped sample."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "pages").mkdir()
    for file in sorted(pages_path().iterdir()):
        if file.name.startswith(PARTS):
            shutil.copy(file, folder / "pages")
    with open_archive(folder / "record.db", write=True) as made:
        communique.code([str(folder / "pages")], made)
    return folder / "record.db"


def serve(archive: Path) -> Iterator[str]:
    """The address of a real server over the archive, while it runs."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(archive), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def address(archive: Path) -> Iterator[str]:
    yield from serve(archive)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture
def contexts(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts that ask nothing of other sites and whose pages have no faults; both are checked."""
    made: list[BrowserContext] = []
    faults: list[str] = []

    def elsewhere(url: str) -> list[str]:
        return [] if url.startswith((address, "data:")) else [url]

    def context(**settings: object) -> BrowserContext:
        settings = {"viewport": {"width": 1280, "height": 900}, "base_url": address} | settings
        one = browser.new_context(**settings)  # type: ignore[arg-type]
        one.set_default_timeout(20_000)
        one.on("request", lambda r: faults.extend(elsewhere(r.url)))
        one.on("weberror", lambda e: faults.extend([str(e.error)]))
        one.on("console", lambda m: faults.extend([m.text] if m.type == "error" else []))
        made.append(one)
        return one

    yield context
    for one in made:
        one.close()
    assert faults == []


@pytest.fixture
def page(contexts: Callable[..., BrowserContext]) -> Page:
    return contexts().new_page()
