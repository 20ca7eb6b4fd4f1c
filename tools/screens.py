"""Takes pictures of every page over an archive, for docs/screens/, with Debian's Chromium.

    python tools/screens.py RECORD.db OUT_FOLDER
    python tools/screens.py RECORD.db OUT_FOLDER --all

Each page is taken as a window of 1280 x 800 in light, some in dark too, and as one of 375 x 800; what is below the
window is not in the picture. The pages with keys (an event, a deal, ...) are of the thing that holds most. With `--all`
every page is taken to its end (4000 pixels at most), in light and dark, both wide and small: to look at, not to keep.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import uvicorn
from playwright.sync_api import ViewportSize, sync_playwright

from communique.archive import Archive, dyads, open_archive
from communique.archive import pages as asks
from communique.web.app import make_app
from communique.web.keys import address
from communique.web.pages import PAGES

DARK = ("home", "event", "document", "dyad", "map", "network", "deal", "agreement")
STATES = {
    "events-filtered": "/events?kind=arms_transfer&column=people&column=what&column=status&group=year",
    "search-words": "/search?q=ships",
    "review-missed": "/review?queue=missed",
    "positions-asked": "/positions?office=president&country=RUS&on=2015",
}
WINDOWS: dict[str, tuple[int, int, Literal["light", "dark"]]] = {
    "1280-light": (1280, 800, "light"),
    "1280-dark": (1280, 800, "dark"),
    "375-light": (375, 800, "light"),
    "375-dark": (375, 800, "dark"),
}
LONGEST = 4000


def addresses(archive: Archive) -> dict[str, str]:
    """One address of each page that has something to show, and of some states of pages."""
    events = list(archive.events(None, order="sources", limit=1))
    keys: dict[str, list[tuple[str, ...]]] = {
        "event": [(e.id,) for e in events],
        "document": [(e.claims[0].doc_id,) for e in events],
        "actor": [(e.actors[0].code,) for e in events],
        "person": [(p.name,) for p in asks.people(archive, limit=1)],
        "dyad": [(d.a, d.b) for d in dyads.dyads(archive, limit=1)],
        "deal": [(d.id,) for d in sorted(archive.deals(), key=lambda d: -len(d.steps))],
        "agreement": [(a.id,) for a in sorted(archive.agreements(), key=lambda a: -len(a.steps))],
    }
    found = {p.name: address(p.path, keys[p.name][0]) for p in PAGES if p.keys and keys[p.name]}
    return {p.name: p.path for p in PAGES if not p.keys} | found | STATES


@contextmanager
def served(record: Path) -> Iterator[str]:
    """The address of a server over the archive."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(make_app(record), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def kept(name: str, window: str) -> bool:
    """Whether the page is taken in that window where not all are asked for."""
    return window.endswith("-light") or (window == "1280-dark" and name in DARK)


def take(base: str, found: dict[str, str], out: Path, *, everything: bool = False) -> None:
    """Take the pictures, each as `NAME-WIDTH-SCHEME.png`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for window, (width, height, scheme) in WINDOWS.items():
            size = ViewportSize(width=width, height=height)
            page = browser.new_context(viewport=size, color_scheme=scheme, base_url=base).new_page()
            for name, path in found.items():
                if everything or kept(name, window):
                    page.goto(path)
                    file = out / f"{name}-{window}.png"
                    end = page.evaluate("document.documentElement.scrollHeight")
                    whole = {"x": 0, "y": 0, "width": width, "height": min(end, LONGEST)}
                    page.screenshot(path=file, full_page=everything, clip=whole if everything else None)
        browser.close()


def main() -> None:
    """Take the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--all", action="store_true", help="every page, to its end, in every window")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with open_archive(given.record) as archive:
        found = addresses(archive)
    with served(given.record) as base:
        take(base, found, given.out, everything=given.all)
    sys.stdout.write(f"{len(found)} pages, {len(list(given.out.glob('*.png')))} pictures in {given.out}\n")


if __name__ == "__main__":
    main()
