"""Multiplies a linked archive, to try pages at size in minutes (linking 100,000 events takes far longer).

    python benchmarks/multiplied.py LINKED.db OUT.db [--events 100000] [--seed 1]

OUT.db holds LINKED.db (made by resampled.py, so its stories are of many times and parties) and copies of all its
documents, claims and events under other ids and other days, until there are so many events. Within a copy events
keep their claims and links, deals, agreements and contradictions; nothing holds two copies together. What only coding
and linking need (fingerprints, block keys) is not copied. Printed are the seconds and the counts.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from communique.archive import open_archive

DAYS = ("date_from", "date_to", "published_from", "published_to", "told_from")
TABLES: tuple[tuple[str, dict[str, str]], ...] = (
    ("documents", {"seq": "documents"}),
    ("claims", {"seq": "claims", "doc": "documents"}),
    ("evidence", {"seq": "evidence", "claim": "claims"}),
    ("statements", {"seq": "statements", "doc": "documents"}),
    ("events", {"seq": "events"}),
    ("actors", {"claim": "claims"}),
    ("materiel", {"claim": "claims"}),
    ("sources", {"claim": "claims"}),
    ("derivations", {"claim": "claims"}),
    ("people", {"doc": "documents"}),
    ("families", {"doc": "documents"}),
    ("duplicates", {"doc": "documents", "of": "documents"}),
    ("links", {"a": "claims", "b": "claims"}),
    ("event_actors", {"event": "events"}),
    ("event_materiel", {"event": "events"}),
    ("event_outlets", {"event": "events"}),
    ("event_claims", {"claim": "claims", "event": "events"}),
    ("deal_parties", {}),
    ("deal_events", {}),
    ("agreement_parties", {}),
    ("agreement_events", {}),
)
"""The tables to copy, with the columns that hold a number of a row and the table whose rows they number; those
without numbers are of lives and come after them."""

LIVES = ("deals", "agreements", "contradictions")
NAMES = ("id", "family", "deal", "agreement", "event", "doc_id")


def multiply(connection: sqlite3.Connection, events: int, random: Random) -> int:
    """Copy all until there are so many events; how many copies were made."""
    tops = {
        name: connection.execute(f"SELECT max(seq) FROM {name}").fetchone()[0]
        for name, numbers in TABLES
        if "seq" in numbers
    }
    have = connection.execute("SELECT count(*) FROM events").fetchone()[0]
    lives = [
        (name, connection.execute(f"SELECT * FROM {name} ORDER BY place, id").fetchall()) for name in LIVES
    ]
    rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name, n in TABLES if not n}
    copies = max(0, -(-events // have) - 1)
    for nth in range(1, copies + 1):
        days = random.randrange(-6000, 6000)
        for name, numbers in TABLES:
            if numbers:
                _copy(connection, name, numbers, tops=tops, nth=nth, days=days)
        for name, bodies in lives:
            _copy_lives(connection, name, bodies, nth=nth, days=days)
        for name, held in rows.items():
            _copy_names(connection, name, held, nth=nth)
    return copies


def _copy_lives(
    connection: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]], *, nth: int, days: int
) -> None:
    """Copy deals and the like; the ids and days in their records are renamed and moved as everywhere."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    body, order = columns.index("body"), columns.index("place")
    made = []
    for row in rows:
        new = [
            _renamed(column, value, nth=nth, days=days) for column, value in zip(columns, row, strict=True)
        ]
        new[body] = json.dumps(_renamed("", json.loads(row[body]), nth=nth, days=days), ensure_ascii=False)
        new[order] = f"{nth:06d} {row[order]}"
        made.append(new)
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", made)


def _copy_names(connection: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]], *, nth: int) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    made = [[_renamed(c, v, nth=nth, days=0) for c, v in zip(columns, row, strict=True)] for row in rows]
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", made)


def _renamed(name: str, value: Any, *, nth: int, days: int) -> Any:
    """The value of a field in that copy: an id under its name there, a day moved."""
    if isinstance(value, dict):
        return {key: _renamed(key, one, nth=nth, days=days) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(name, one, nth=nth, days=days) for one in value]
    if value is None or name not in (*NAMES, "from", "to", "told"):
        return value
    return f"{value}x{nth}" if name in NAMES else str(date.fromisoformat(value) + timedelta(days))


def _copy(
    connection: sqlite3.Connection,
    table: str,
    numbers: dict[str, str],
    *,
    tops: dict[str, int],
    nth: int,
    days: int,
) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = [_value(column, numbers, tops=tops, nth=nth, days=days) for column in columns]
    first, of = next(iter(numbers.items()))
    names = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        f'INSERT INTO {table} ({names}) SELECT {", ".join(values)} FROM {table} WHERE "{first}" <= {tops[of]}'
    )


def _value(column: str, numbers: dict[str, str], *, tops: dict[str, int], nth: int, days: int) -> str:
    if column in numbers:
        return f'"{column}" + {tops[numbers[column]] * nth}'
    if column in ("id", "family"):
        return f"\"{column}\" || 'x{nth}'"
    return f"date(\"{column}\", '{days} days')" if column in DAYS else f'"{column}"'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("linked", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.out.exists():
        parser.error(f"{given.out} is there already")
    began = time.perf_counter()
    with open_archive(given.linked):  # brings it to the newest shape, and writes out what waits beside it
        shutil.copy(given.linked, given.out)
    with closing(sqlite3.connect(given.out)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        with connection:
            copies = multiply(connection, given.events, Random(given.seed))
    told = {"copies": copies, "seconds": round(time.perf_counter() - began, 1)}
    with open_archive(given.out) as archive:
        found = archive.overview()
    counts = ("documents", "claims", "events", "deals", "agreements", "contradictions")
    print(json.dumps(told | {name: getattr(found, name) for name in counts}))


if __name__ == "__main__":
    main()
