"""Many readers and a writer at once: nobody sees an error or a lock, and what was written is seen."""

import shutil
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import httpx2
import uvicorn
from tests.web.conftest import KEYS

import communique
from communique.archive import open_archive
from communique.linking.judgements import anchor, judgement
from communique.sample import pages_path
from communique.web.app import make_app
from communique.web.keys import address
from communique.web.pages import PAGES

READERS = 50
LATER = ("b0", "t0")  # pages of the sample that the archive does not hold yet


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """The address of a real server over the archive, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0), backlog=READERS * 2) as listening:
        server = uvicorn.Server(uvicorn.Config(make_app(archive), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def addresses(path: Path) -> list[str]:
    """One address of each page and of each of its twins."""
    found = []
    with open_archive(path) as archive:
        for page in PAGES:
            keys = KEYS[page.name](archive) if page.keys else ()
            kinds = ("html", "json", "csv") if page.table else ("html", "json")
            found += [address(page.path if kind == "html" else page.twin(kind), keys) for kind in kinds]
    return found


LOOKS = 0.2
"""Seconds that a reader looks at a page: in one process with the writer, fifty who never do would starve it."""


class Readers:
    """Fifty readers who open pages in orders of their own, each again and again, until told to stop."""

    def __init__(self, base: str, paths: list[str]) -> None:
        self.base, self.paths = base, paths
        self.stopped = threading.Event()

    def read(self, number: int) -> Counter[tuple[int, str]]:
        """Pages read by one of them: how often each status; with the text where it is not a good one."""
        seen: Counter[tuple[int, str]] = Counter()
        tags: dict[str, str] = {}
        order = Random(number)
        with httpx2.Client(base_url=self.base, timeout=300) as client:
            while not self.stopped.is_set() or not seen:
                path = order.choice(self.paths)
                answer = client.get(path, headers={"if-none-match": tags.get(path, "")})
                tags[path] = answer.headers.get("etag", "")
                fine = answer.status_code in (200, 304)
                seen[answer.status_code, "" if fine else f"{path}: {answer.text[:300]}"] += 1
                self.stopped.wait(LOOKS)
        return seen


def write(path: Path, pages: list[Path]) -> None:
    """Code documents one by one, and after each judge a claim and withdraw the judgement before."""
    with open_archive(path, write=True) as archive:
        claims = list(archive.claims())
        for page, claim in zip(pages, claims, strict=False):
            communique.code([str(page)], archive)
            stored = archive.document(claim.doc_id)
            assert stored is not None
            before = [j.id for j in archive.judgements()]
            said = anchor(claim, stored.document.text_sha256)
            archive.judge(judgement("right", said, who="A tester", why="it says so", made=date(2026, 1, 1)))
            for one in before:
                archive.withdraw(one)


def test_nobody_sees_an_error_or_a_lock(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    shutil.copy(sample, path)
    pages = [
        file
        for file in sorted(pages_path().iterdir())
        if file.name.startswith(LATER) and "meta" not in file.name
    ]
    with open_archive(path) as archive:
        before = archive.overview().documents
    with served(path) as base, ThreadPoolExecutor(READERS) as pool:
        readers = Readers(base, addresses(path))
        reading = [pool.submit(readers.read, number) for number in range(READERS)]
        try:
            write(path, pages)
        finally:
            readers.stopped.set()
        seen = sum((one.result() for one in reading), Counter[tuple[int, str]]())
        after = httpx2.get(f"{base}/index.json", timeout=300).json()
    assert [answer for answer in seen if answer[0] not in (200, 304)] == []
    assert seen[200, ""] >= READERS
    assert after["overview"]["documents"] == before + len(pages)
    with open_archive(path) as archive:
        assert [j.withdrawn for j in archive.judgements()].count(False) == 1
