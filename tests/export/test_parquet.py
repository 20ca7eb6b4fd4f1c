"""Parquet, read back with DuckDB, and its description as a data package."""

import builtins
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.export.story import HOSTILE

from communique.archive import Archive
from communique.errors import SettingsError
from communique.export import FORMATS, codebook, parquet
from communique.export.formats import write_format
from communique.export.star_rows import PARTS

TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "array": "VARCHAR[]",
}


@pytest.fixture(scope="module")
def folder(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    write_format(FORMATS["parquet"], archive, out)
    return out / "parquet"


@pytest.fixture(scope="module")
def tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with a view for each table."""
    connection = duckdb.connect()
    for name in parquet.tables():
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder / name}.parquet'")
    yield connection
    connection.close()


def asked(tables: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return tables.execute(query).fetchall()


def test_the_files(folder: Path) -> None:
    names = {f"{name}.parquet" for name in parquet.tables()} | {"codebook.md", "datapackage.json"}
    assert {path.name for path in folder.iterdir()} == names
    assert {name for part in PARTS for name in part.tables} == set(parquet.tables())


@pytest.mark.parametrize("name", parquet.tables())
def test_a_table_has_the_columns_and_types_of_the_codebook(
    tables: duckdb.DuckDBPyConnection, name: str
) -> None:
    shown = [(row[0], row[1]) for row in asked(tables, f"DESCRIBE {name}")]
    assert shown == [(c.name, TYPES[c.type]) for c in codebook.columns(f"parquet/{name}")]


@pytest.mark.parametrize("name", parquet.tables())
def test_keys_are_keys_and_point_to_what_is_there(tables: duckdb.DuckDBPyConnection, name: str) -> None:
    table = parquet.tables()[name]
    if "key" in table:
        columns = ", ".join(f'"{column}"' for column in table["key"])
        twice = f"SELECT 1 FROM {name} GROUP BY {columns} HAVING count(*) > 1"
        assert asked(tables, twice) == []
    for other, own in table.get("points", {}).items():
        known = " AND ".join(f"{name}.{column} IS NOT NULL" for column in own)
        same = " AND ".join(f"{name}.{column} = {other}.{column}" for column in own)
        lost = f"SELECT 1 FROM {name} WHERE {known} AND NOT EXISTS (SELECT 1 FROM {other} WHERE {same})"
        assert asked(tables, lost) == []


def test_rows_have_the_columns_of_their_table_and_no_other(archive: Archive) -> None:
    seen = set()
    for part in PARTS:
        for record in part.read(archive):
            for name, rows_of in part.tables.items():
                for row in rows_of(record):
                    assert set(row) == set(codebook.names(f"parquet/{name}"))
                    seen.add(name)
    assert seen == set(parquet.tables()) - {"agreements", "agreement_steps", "contradictions"}


def test_the_counts_are_those_of_the_archive(tables: duckdb.DuckDBPyConnection, archive: Archive) -> None:
    counts = {name: asked(tables, f"SELECT count(*) FROM {name}")[0][0] for name in parquet.tables()}
    claims, events = list(archive.claims()), list(archive.events())
    assert counts == {
        "documents": 8,
        "claims": len(claims),
        "actors": sum(len(c.actors) for c in claims),
        "materiel": sum(len(c.materiel) for c in claims),
        "evidence": sum(len(c.evidence) for c in claims),
        "statements": 1,
        "people": 3,
        "events": len(events),
        "event_actors": sum(len(e.actors) for e in events),
        "event_materiel": sum(len(e.materiel) for e in events),
        "event_claims": sum(len(e.claims) for e in events),
        "deals": len(archive.deals()),
        "deal_steps": sum(len(d.steps) for d in archive.deals()),
        "agreements": 0,
        "agreement_steps": 0,
        "contradictions": len(archive.contradictions()),
    }


def test_a_question_across_the_star(tables: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT e.date_from::VARCHAR, e.independent, a.person, a.name, d.outlet, p.text = d.text[p.start + 1:p.end]
        FROM events e JOIN event_actors a USING (event_id) JOIN event_claims USING (event_id)
        JOIN documents d USING (doc_id) JOIN evidence p USING (doc_id, claim_id)
        WHERE e.kind = 'visit' AND a.role = 'source' ORDER BY doc_id
    """
    assert asked(tables, query) == [("2017-01-30", 2, "Vigen Sargsyan", "Armenia", "The Wire", True)] * 2


def test_lists_and_lives(tables: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT suppliers, recipients, materiel, quantity, quantity_delivered, list(stage ORDER BY ord)
        FROM deals JOIN deal_steps USING (deal_id) WHERE state_status = 'actual' GROUP BY ALL
    """
    assert asked(tables, query) == [(["FRA"], ["IND"], "Rafale", 36, 5, ["contract", "delivery"])]
    chain = "SELECT attribution_chain FROM claims WHERE attribution = 'Vigen Sargsyan'"
    assert asked(tables, chain) == [(["Vigen Sargsyan", "Armenpress"],)]


def test_text_is_kept_as_it_is(tables: duckdb.DuckDBPyConnection) -> None:
    assert asked(tables, "SELECT place FROM events WHERE kind = 'assault'") == [(HOSTILE,)]


def test_the_package_describes_the_files(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "data-package" and package["name"] == "communique"
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        fields = {field["name"] for field in resource["schema"]["fields"]}
        assert set(resource["schema"].get("primaryKey", [])) <= fields
        for foreign in resource["schema"].get("foreignKeys", []):
            assert set(foreign["fields"]) <= fields
            assert foreign["reference"]["resource"] in parquet.tables()
    assert [resource["name"] for resource in package["resources"]] == list(parquet.tables())


def test_portions_change_nothing_but_row_groups(
    archive: Archive, tables: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "PORTION", 2)
    write_format(FORMATS["parquet"], archive, tmp_path)
    for name in parquet.tables():
        small = asked(tables, f"SELECT * FROM '{tmp_path / 'parquet' / name}.parquet'")
        assert small == asked(tables, f"SELECT * FROM {name}")


def test_without_pyarrow_the_error_says_what_to_install(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **options: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SettingsError, match=r"pip install 'communique\[tables\]'"):
        write_format(FORMATS["parquet"], archive, tmp_path)
