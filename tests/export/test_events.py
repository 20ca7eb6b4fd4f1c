"""Events as JSON Lines, read back with DuckDB, whole values compared with those written down here."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.export.story import HOSTILE

from communique.archive import Archive
from communique.export import FORMATS
from communique.export.formats import write_format

KEYS = "STRUCT(doc_id VARCHAR, id VARCHAR)[]"
COLUMNS = {
    "id": "VARCHAR",
    "kind": "VARCHAR",
    "status": "VARCHAR",
    "actors": "STRUCT(role VARCHAR, code VARCHAR, person VARCHAR, office VARCHAR)[]",
    "date": 'STRUCT("from" DATE, "to" DATE)',
    "place": "STRUCT(name VARCHAR, country VARCHAR)",
    "stage": "VARCHAR",
    "materiel": "STRUCT(name VARCHAR, quantity BIGINT, value_usd DOUBLE)[]",
    "instrument": "VARCHAR",
    "confidence": "DOUBLE",
    "claims": KEYS,
    "independent": "BIGINT",
    "documents": "BIGINT",
    "choices": "STRUCT(field VARCHAR, value VARCHAR, reason VARCHAR, "
    f"versions STRUCT(value VARCHAR, claims {KEYS}, independent BIGINT)[])[]",
    "history": f"STRUCT(status VARCHAR, told DATE, claims {KEYS})[]",
}
"""Each field of docs/exports.md with what it is to DuckDB: a value of another shape is an error there."""

FIRST, SECOND = {"doc_id": "visit", "id": "ca2de6e94"}, {"doc_id": "visit-again", "id": "c0683b2c0"}
MONDAY = date(2017, 1, 30)


def agreed(field: str, value: str) -> dict[str, Any]:
    """A choice on which both documents agree."""
    version = {"value": value, "claims": [FIRST, SECOND], "independent": 2}
    return {"field": field, "value": value, "reason": "all agree", "versions": [version]}


VISIT = {
    "id": "eb437dfb9af6d622",
    "kind": "visit",
    "status": "actual",
    "actors": [
        {"role": "source", "code": "ARM", "person": "Vigen Sargsyan", "office": "defence minister"},
        {"role": "target", "code": "IRN", "person": None, "office": None},
    ],
    "date": {"from": MONDAY, "to": MONDAY},
    "place": {"name": "Tehran", "country": "IRN"},
    "stage": None,
    "materiel": [],
    "instrument": None,
    "confidence": 0.98,
    "claims": [FIRST, SECOND],
    "independent": 2,
    "documents": 2,
    "choices": [
        agreed("kind", "visit"),
        agreed("status", "actual"),
        agreed("actors", "source ARM, target IRN"),
        agreed("date", "2017-01-30..2017-01-30"),
        {
            "field": "place",
            "value": "Tehran (IRN)",
            "reason": "corrected by A: the title",
            "versions": [
                {"value": "Tehran (IRN)", "claims": [FIRST], "independent": 1},
                {"value": "Iran (IRN)", "claims": [SECOND], "independent": 1},
            ],
        },
    ],
    "history": [{"status": "actual", "told": MONDAY, "claims": [FIRST, SECOND]}],
}


@pytest.fixture(scope="module")
def table(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with the file as its table `events`; `line` counts its lines."""
    out = tmp_path_factory.mktemp("events")
    write_format(FORMATS["events"], archive, out)
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE events AS SELECT row_number() OVER () AS line, * FROM "
            "read_json($path, format = 'newline_delimited', columns = $columns)",
            {"path": str(Path(out / "events.jsonl")), "columns": COLUMNS},
        )
        yield connection


def rows(table: duckdb.DuckDBPyConnection, which: str = "true") -> list[dict[str, Any]]:
    """The events that are wanted, in the order of their lines."""
    found = table.execute(f"SELECT * EXCLUDE line FROM events WHERE {which} ORDER BY line")
    return [dict(zip(COLUMNS, row, strict=True)) for row in found.fetchall()]


def test_an_event_of_two_documents_is_read_whole(table: duckdb.DuckDBPyConnection) -> None:
    assert rows(table, "kind = 'visit'") == [VISIT]


def test_every_event_is_read_in_its_order(table: duckdb.DuckDBPyConnection, archive: Archive) -> None:
    read = rows(table)
    assert [row["id"] for row in read] == [event.id for event in archive.events()]
    days = [row["date"]["from"] if row["date"] else date.max for row in read]
    assert days == sorted(days)
    named = [sorted((key["doc_id"], key["id"]) for key in row["claims"]) for row in read]
    assert named == [sorted((key.doc_id, key.id) for key in event.claims) for event in archive.events()]


def test_hostile_text_comes_back_as_it_was(table: duckdb.DuckDBPyConnection) -> None:
    (row,) = rows(table, "kind = 'assault'")
    assert [row["instrument"], row["place"], row["materiel"], row["actors"][0]] == [
        HOSTILE,
        {"name": HOSTILE, "country": None},
        [{"name": HOSTILE, "quantity": 3, "value_usd": None}],
        {"role": "source", "code": "PRK", "person": HOSTILE, "office": HOSTILE},
    ]


def test_a_number_of_dollars_is_a_number(table: duckdb.DuckDBPyConnection) -> None:
    counted = table.execute(
        "SELECT m.name, m.quantity, m.value_usd FROM (SELECT unnest(materiel) AS m FROM events) "
        "WHERE m.value_usd IS NOT NULL"
    )
    assert counted.fetchall() == [("Rafale", 36, 8e9)]
