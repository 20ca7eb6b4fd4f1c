"""Measures what pages cost the server, as a ratio to the time of the plain SQL behind the same page in the same run.

    python benchmarks/web.py RECORD.db [--rounds 20] [--page NAME]

Every page of the registry is asked `--rounds` times, each time for another thing or with another filter, twice: with
nothing remembered (cold), and again (warm). The statements that the page sends to SQLite are noted in the cold
round and run again by themselves through Python's sqlite3, on a connection of its own with the same settings:
the plain SQL for the same rows and counts. Times are of the processor (the process's own, so other work on the
machine does not count), in milliseconds; ratio is the median over rounds of cold page to SQL. Pages are asked without a
network, as HTML. Size is that of the largest answer in kB, and as gzip would send it.
"""

from __future__ import annotations

import argparse
import gzip
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import event
from starlette.testclient import TestClient

from communique.archive import Archive, dyads, open_archive
from communique.web.app import make_app
from communique.web.keys import address
from communique.web.memory import forget
from communique.web.page import Page
from communique.web.pages import PAGES

Statement = tuple[str, Any]


class Noted:
    """The statements that an archive sends to SQLite, while it is told to note them."""

    def __init__(self, archive: Archive) -> None:
        self.statements: list[Statement] = []
        event.listen(archive._reader, "before_cursor_execute", self._note)

    def _note(self, _: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: bool) -> None:
        if statement.startswith(("SELECT", "WITH")):
            self.statements.append((statement, parameters))

    def taken(self) -> list[Statement]:
        """Those noted since last time."""
        found, self.statements = self.statements, []
        return found


def things(path: Path, rounds: int) -> dict[str, list[tuple[str, ...]]]:
    """For each page with keys, the keys of so many things, spread over the archive."""
    with open_archive(path) as archive:
        total = max(1, archive.count_events())
        steps = [n * total // rounds for n in range(rounds)]
        events = [e for at in steps for e in archive.events(None, limit=1, offset=at)]
        return {
            "event": [(e.id,) for e in events],
            "document": [(e.claims[0].doc_id,) for e in events],
            "actor": [(a.code,) for e in events for a in e.actors[:1]],
            "person": [(a.person,) for e in events for a in e.actors if a.person],
            "dyad": [(d.a, d.b) for d in dyads.dyads(archive, limit=rounds)],
            "deal": [(d.id,) for d in archive.deals()[:rounds]],
            "agreement": [(a.id,) for a in archive.agreements()[:rounds]],
        }


def questions(page: Page, known: dict[str, list[tuple[str, ...]]], rounds: int) -> Iterator[str]:
    """Addresses of the page: of other things, or other filters of a list."""
    if page.keys:
        found = known[page.name]
        yield from (address(page.path, found[n % len(found)]) for n in range(rounds) if found)
        return
    filters = [
        "", "?kind=visit", "?actor=IRN", "?actor=FRA&actor=DEU", "?since=2001&until=2003", "?page=3",
        "?order=sources", "?order=confidence", "?min_confidence=0.7", "?status=planned", "?q=minister",
    ]  # fmt: skip
    taken = set(page.asked.model_fields)
    fitting = [f for f in filters if not f or {p.split("=")[0] for p in f[1:].split("&")} <= taken]
    yield from (page.path + fitting[n % len(fitting)] for n in range(rounds))


def spent(work: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds of the processor that the work took, and what came out."""
    began = time.process_time()
    out = work()
    return (time.process_time() - began) * 1000, out


def plainly(connection: sqlite3.Connection, statements: list[Statement]) -> int:
    """Run the statements and fetch all rows; gives how many."""
    return sum(len(connection.execute(sql, parameters).fetchall()) for sql, parameters in statements)


def measure(
    client: TestClient, plain: sqlite3.Connection, noted: Noted, paths: list[str]
) -> dict[str, float]:
    """Asks the addresses; gives times, the ratio and the size."""
    sql, cold, warm, size, packed = [], [], [], 0, 0
    for path in paths:
        forget(client.app.state.desk.archive)  # type: ignore[attr-defined]
        noted.taken()
        took, answer = spent(lambda path=path: client.get(path))
        assert answer.status_code == 200, (path, answer.status_code)
        cold.append(took)
        statements = noted.taken()
        plainly(plain, statements)
        sql.append(spent(lambda statements=statements: plainly(plain, statements))[0])
        warm.append(spent(lambda path=path: client.get(path))[0])
        if len(answer.content) > size:
            size, packed = len(answer.content), len(gzip.compress(answer.content, 5))
    return {
        "sql": statistics.median(sql), "cold50": statistics.median(cold), "cold95": _p95(cold),
        "warm50": statistics.median(warm), "warm95": _p95(warm),
        "ratio": statistics.median(c / max(s, 0.01) for c, s in zip(cold, sql, strict=True)),
        "size": size / 1000, "packed": packed / 1000,
    }  # fmt: skip


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--page")
    given = parser.parse_args()
    known = things(given.record, given.rounds)
    app = make_app(given.record)
    archive = app.state.desk.archive
    noted = Noted(archive)
    print(f"{archive.count_events():,} events, {archive.overview().documents:,} documents")
    table = Table("page", "SQL", "cold p50", "cold p95", "ratio", "warm p50", "warm p95", "kB", "kB gzip")
    with (
        closing(sqlite3.connect(given.record)) as plain,
        TestClient(app, base_url="http://127.0.0.1") as client,
    ):
        for name, value in _settings(archive):
            plain.execute(f"PRAGMA {name} = {value}")
        client.get("/")  # templates and tables are read once
        for page in PAGES:
            paths = list(questions(page, known, given.rounds))
            if paths and given.page in (None, page.name):
                client.get(paths[0])
                found = measure(client, plain, noted, paths)
                table.add_row(page.name, *(f"{found[name]:.1f}" for name in _SHOWN))
    Console(width=110).print(table)


_SHOWN = ("sql", "cold50", "cold95", "ratio", "warm50", "warm95", "size", "packed")


def _settings(archive: Archive) -> list[tuple[str, int]]:
    """The settings of the archive's connections that make a difference to reading."""
    with archive.reading() as connection:
        names = ("cache_size", "mmap_size")
        return [(n, int(connection.exec_driver_sql(f"PRAGMA {n}").scalar() or 0)) for n in names]


if __name__ == "__main__":
    main()
