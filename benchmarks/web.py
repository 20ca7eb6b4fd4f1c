"""Measures what pages cost the server, as a ratio to the time of the plain SQL for the same rows and counts.

    python benchmarks/web.py RECORD.db [--rounds 20] [--page NAME ...]

Every page of the registry is asked `--rounds` times, each time for another thing or with another filter, twice:
right after another process has changed the archive (cold: whatever was remembered counts no more), and again (warm).
The change is one of three events, whose values stay what they are. The plain SQL are the statements that SQLite is
sent where nothing is held in memory (`communique.archive.events` and its like in place of `tally`), run by themselves
through Python's sqlite3, on a connection of its own with the same settings. Times are of the processor (the process's
own, so other work on the machine does not count), in milliseconds; the ratio at p50 is the median over rounds of
cold page to SQL, at p95 that of the percentiles. Pages are asked without a network, as HTML, of a process that is
settled as `communique serve` is. Size is that of the largest answer in kB, and as gzip would send it.

First come the same times over an archive of no event and of one, and what it takes to read the columns at the start.
"""

from __future__ import annotations

import argparse
import gzip
import math
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_origin
from urllib.parse import parse_qs

from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from sqlalchemy import event
from starlette.testclient import TestClient

from communique.archive import (
    Archive,
    Coded,
    EventFilter,
    Signature,
    activity,
    between,
    dyads,
    open_archive,
    tally,
    writing,
)
from communique.archive.columns import Store
from communique.archive.events import Order
from communique.linking.records import Event
from communique.reading.duplicates import fingerprint
from communique.records import Actor, Claim, Coding, Document, Evidence, Interval, Published, sha256
from communique.relinking import link_waiting, rebuild_lives
from communique.web import counted
from communique.web.app import make_app
from communique.web.keys import address
from communique.web.memory import forget
from communique.web.page import Page
from communique.web.pages import PAGES
from communique.web.settling import settle

Statement = tuple[str, Any]


class Noted:
    """The statements that an archive sends to SQLite, while it is told to note them."""

    def __init__(self, archive: Archive) -> None:
        self.statements: list[Statement] = []
        event.listen(archive._reader, "before_cursor_execute", self._note)

    def _note(self, _: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: bool) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            self.statements.append((statement, parameters))

    def taken(self) -> list[Statement]:
        """Those noted since last time."""
        found, self.statements = self.statements, []
        return found


@dataclass(frozen=True)
class Plain:
    """The events of a filter as SQL counts and orders them: what `tally.Chosen` stands for."""

    archive: Archive
    wanted: EventFilter

    @property
    def total(self) -> int:
        return self.archive.count_events(self.wanted)

    def facets(self) -> dict[str, list[tuple[str, int]]]:
        return self.archive.event_facets(self.wanted)

    def by_month(self) -> list[tuple[str, str, int]]:
        return activity.events_by_month(self.archive, codes=self.wanted.between)

    def actors(self) -> list[activity.ActorCount]:
        return activity.actors(self.archive)

    def pairs(self, *, limit: int | None = None) -> list[between.Pair]:
        return between.pairs(self.archive, self.wanted, limit=limit or -1)

    def visits(self) -> list[between.Pair]:
        return between.visits(self.archive, self.wanted)

    def dyads(self, code: str | None = None) -> list[dyads.DyadRow]:
        return dyads.dyads(self.archive, code=code)

    def partners(self, code: str) -> list[tuple[str, int]]:
        return activity.partners(self.archive, code)

    def before(self, day: str) -> Plain:
        return Plain(self.archive, self.wanted.model_copy(update={"until": day}))

    def after(self, day: str) -> Plain:
        return Plain(self.archive, self.wanted.model_copy(update={"since": day}))

    def listed(self, order: Order, *, reverse: bool, limit: int, offset: int = 0) -> list[Event]:
        return list(
            self.archive.events(self.wanted, order=order, reverse=reverse, limit=limit, offset=offset)
        )


@contextmanager
def nothing_in_memory(archive: Archive) -> Iterator[None]:
    """Pages ask SQL for all, as long as this lasts."""
    held = counted.chosen, tally.numbered
    counted.chosen = lambda archive, wanted=counted.EVERY: Plain(archive, wanted)  # type: ignore[assignment, return-value]
    tally.numbered = lambda archive, events: events  # type: ignore[assignment, return-value]
    archive._facets.clear()
    try:
        yield
    finally:
        counted.chosen, tally.numbered = held


def things(path: Path, rounds: int) -> dict[str, list[tuple[str, ...]]]:
    """For each page with keys, the keys of so many things, spread over the archive."""
    with open_archive(path) as archive:
        every = tally.chosen(archive, Store().now(archive), EventFilter())
        steps = [n * every.total // rounds for n in range(rounds)]
        events = [e for at in steps for e in archive.events(None, limit=1, offset=at)]
        return {
            "event": [(e.id,) for e in events],
            "document": [(e.claims[0].doc_id,) for e in events],
            "actor": [(a.code,) for e in events for a in e.actors[:1]],
            "person": [(a.person,) for e in events for a in e.actors if a.person],
            "dyad": [(d.a, d.b) for d in every.dyads()[:rounds]],
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
        "?supplier=RUS", "?recipient=IND", "?materiel=s-300", "?party=FRA", "?state=contract", "?finding=denial",
        "?month=2003-05", "?office=president&country=RUS", "?of=people", "?code=FRA", "?queue=joins", "?queue=missed",
        "?queue=contradictions", "?queue=names",
    ]  # fmt: skip
    fitting = [f for f in filters if _takes(page, f)]
    yield from (page.path + fitting[n % len(fitting)] for n in range(rounds))


def _takes(page: Page, filter: str) -> bool:
    """Whether the filter can be asked of the page."""
    given = parse_qs(filter[1:])
    several = {n for n, f in page.asked.model_fields.items() if get_origin(f.annotation) is list}
    try:
        page.asked(**{name: values if name in several else values[0] for name, values in given.items()})
    except ValidationError:
        return False
    return given.keys() <= page.asked.model_fields.keys()


def spent(work: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds of the processor that the work took, and what came out."""
    began = time.process_time()
    out = work()
    return (time.process_time() - began) * 1000, out


def plainly(connection: sqlite3.Connection, statements: list[Statement]) -> int:
    """Run the statements and fetch all rows; gives how many."""
    return sum(len(connection.execute(sql, parameters).fetchall()) for sql, parameters in statements)


def change(connection: sqlite3.Connection) -> None:
    """Write three events of different times as they are: to who reads it is a change like any other."""
    (last,) = connection.execute("SELECT ifnull(max(seq), 0) FROM events").fetchone()
    with connection:
        connection.execute("UPDATE linking SET value = value WHERE name = 'version'")
        connection.execute(
            "UPDATE events SET kind = kind WHERE seq IN (?, ?, ?)", (last // 3, last // 2, last)
        )


def measure(
    client: TestClient, plain: sqlite3.Connection, noted: Noted, paths: list[str]
) -> tuple[dict[str, float], tuple[str, float]]:
    """Asks the addresses; gives times, ratios and the size, and the slowest address with its time."""
    archive = client.app.state.desk.archive  # type: ignore[attr-defined]
    sql, cold, warm, size, packed = [], [], [], 0, 0
    slowest = ("", 0.0)
    for path in paths:
        statements = _statements(client, archive, noted, path)
        plainly(plain, statements)
        sql.append(spent(lambda statements=statements: plainly(plain, statements))[0])
        change(plain)
        took, answer = spent(lambda path=path: client.get(path))
        assert answer.status_code == 200, (path, answer.status_code)
        cold.append(took)
        warm.append(spent(lambda path=path: client.get(path))[0])
        slowest = max(slowest, (path, took), key=lambda one: one[1])
        if len(answer.content) > size:
            size, packed = len(answer.content), len(gzip.compress(answer.content, 5))
    return {
        "sql": statistics.median(sql), "sql95": _p95(sql),
        "cold50": statistics.median(cold), "cold95": _p95(cold),
        "warm50": statistics.median(warm), "warm95": _p95(warm),
        "ratio": statistics.median(c / max(s, 0.01) for c, s in zip(cold, sql, strict=True)),
        "ratio95": _p95(cold) / max(_p95(sql), 0.01),
        "size": size / 1000, "packed": packed / 1000,
    }, slowest  # fmt: skip


def _statements(client: TestClient, archive: Archive, noted: Noted, path: str) -> list[Statement]:
    """The plain SQL of the page."""
    forget(archive)
    noted.taken()
    with nothing_in_memory(archive):
        client.get(path)
    forget(archive)
    return noted.taken()


def _p95(times: list[float]) -> float:
    """The 95th percentile by nearest rank: of so many times the least that 95% do not exceed."""
    return sorted(times)[math.ceil(len(times) * 0.95) - 1]


def one_event(path: Path) -> None:
    """An archive of one document that tells one event."""
    text = "France agreed on 24 May 2016 to sell 36 Rafale jets to India."
    day = Interval(start=date(2016, 5, 24), end=date(2016, 5, 24))
    parties = (Actor(role="source", code="FRA"), Actor(role="target", code="IND"))
    claim = Claim(
        id="c1", doc_id="one", kind="arms_transfer", status="actual", stage="contract", actors=parties, date=day,
        evidence=(Evidence(start=0, end=len(text), text=text),), confidence=0.9,
    )  # fmt: skip
    document = Document(
        id="one", text=text, title=None, outlet="A", published=Published(interval=day, found="dateline"), url=None,
        origin="one.txt", raw_sha256=sha256(text), text_sha256=sha256(text),
    )  # fmt: skip
    found = fingerprint(text)
    signature = Signature(bands=found.bands, signature=found.signature)
    coded = Coded(
        document=document,
        coding=Coding(doc_id="one", claims=(claim,)),
        page_key="one",
        fingerprint=signature,
    )
    with open_archive(path, write=True) as archive:
        with archive.writing() as connection:
            run = writing.begin_run(connection, version="1", coder="x", settings={}, inputs=[])
            writing.keep(connection, coded, run=run, coder="x")
            link_waiting(connection)
        rebuild_lives(archive)


def report(record: Path, *, rounds: int, pages: list[str] | None) -> None:
    """Measures the pages over one archive and prints the table."""
    app = make_app(record)
    archive = app.state.desk.archive
    noted, found = Noted(archive), archive.overview()
    counts = ("events", "documents", "deals", "agreements", "contradictions")
    print(", ".join(f"{getattr(found, name):,} {name}" for name in counts))
    print(f"columns of all events read in {spent(lambda: Store().now(archive))[0]:,.0f} ms")
    known = things(record, rounds)
    heads = (
        "page", "SQL p50", "SQL p95", "cold p50", "cold p95", "ratio p50", "ratio p95", "warm p50", "warm p95", "kB",
        "gzip",
    )  # fmt: skip
    table, slow = Table(*heads), []
    with (
        closing(sqlite3.connect(record)) as plain,
        TestClient(app, base_url="http://127.0.0.1") as client,
    ):
        for name, value in _settings(archive):
            plain.execute(f"PRAGMA {name} = {value}")
        client.get("/")  # templates and tables are read once
        for page in PAGES:
            paths = list(questions(page, known, rounds))
            if paths and (not pages or page.name in pages):
                client.get(paths[0])
                times, slowest = measure(client, plain, noted, paths)
                slow.append("{} {:.0f} ms".format(*slowest))
                print(f"{page.name} {times['cold95']:.0f} ms", file=sys.stderr, flush=True)
                table.add_row(page.name, *(f"{times[name]:.1f}" for name in _SHOWN))
    Console(width=130).print(table)
    print("slowest, cold:", ", ".join(slow))


_SHOWN = ("sql", "sql95", "cold50", "cold95", "ratio", "ratio95", "warm50", "warm95", "size", "packed")


def _settings(archive: Archive) -> list[tuple[str, int]]:
    """The settings of the archive's connections that make a difference to reading."""
    with archive.reading() as connection:
        names = ("cache_size", "mmap_size")
        return [(n, int(connection.exec_driver_sql(f"PRAGMA {n}").scalar() or 0)) for n in names]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--page", nargs="*")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        none, one = Path(folder) / "none.db", Path(folder) / "one.db"
        settle()
        open_archive(none, write=True).close()
        one_event(one)
        for record in (none, one, given.record):
            report(record, rounds=given.rounds, pages=given.page)


if __name__ == "__main__":
    main()
