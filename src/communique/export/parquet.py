"""Parquet: a star of tables with a codebook, described as a Frictionless Data Package (docs/exports.md).

https://specs.frictionlessdata.io/data-package/. pyarrow comes with the extra `tables`. Rows are written in
portions, and the same archive gives the same bytes as long as pyarrow is the same.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from communique import __version__
from communique.archive import Archive
from communique.errors import SettingsError
from communique.export import codebook
from communique.export.formats import write_file
from communique.export.star_rows import PARTS, Part, Row

if TYPE_CHECKING:
    import pyarrow

PORTION: Final = 4096
"""Rows of a table that are held in memory, and of a row group."""

_LONE: Final = re.compile("[\ud800-\udfff]")


def write(archive: Archive, folder: Path) -> None:
    """Write all tables, `codebook.md` and `datapackage.json` into a folder that is there.

    Raises SettingsError where pyarrow is not installed or the folder cannot be written.
    """
    _require_pyarrow()
    try:
        for part in PARTS:
            _write_part(archive, part, folder)
    except OSError as error:
        raise SettingsError(f"{folder}: {error.strerror or error}") from error
    pages = {f"{name}.parquet": f"parquet/{name}" for name in tables()}
    write_file(codebook.page("Communiqué: the tables", pages), folder / "codebook.md")
    described = json.dumps(package(folder), ensure_ascii=False, indent=2) + "\n"
    write_file([described], folder / "datapackage.json")


def package(folder: Path) -> dict[str, Any]:
    """The description of the tables in a folder, as a Frictionless Data Package."""
    return {
        "profile": "data-package",
        "name": "communique",
        "title": "A record of defence diplomacy",
        "description": "What news says of defence diplomacy: documents, claims, events and what is followed over time.",
        "version": __version__,
        "resources": [_resource(name, folder / f"{name}.parquet") for name in tables()],
    }


@cache
def tables() -> dict[str, dict[str, Any]]:
    """What a row of each table is, its key, and which columns point to which table (`star.toml`)."""
    return tomllib.loads((files("communique.export") / "star.toml").read_text(encoding="utf-8"))


def _require_pyarrow() -> None:
    try:
        import pyarrow.parquet  # noqa: F401 - whether it is there
    except ImportError as error:
        raise SettingsError("the format parquet wants pyarrow: pip install 'communique[tables]'") from error


def _write_part(archive: Archive, part: Part, folder: Path) -> None:
    """Write the tables that come of one reading; each appears whole under its name or not at all."""
    with ExitStack() as stack:
        writers = {name: stack.enter_context(_Writer(folder, name)) for name in part.tables}
        for record in part.read(archive):
            for name, rows_of in part.tables.items():
                for row in rows_of(record):
                    writers[name].add(row)
    for name in part.tables:
        (folder / f"{name}.parquet.part").replace(folder / f"{name}.parquet")


class _Writer:
    """Writes rows to one table, a portion at a time."""

    def __init__(self, folder: Path, name: str) -> None:
        import pyarrow.parquet

        self._schema = _schema(name)
        self._rows: list[Row] = []
        path = folder / f"{name}.parquet.part"
        self._file = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")

    def add(self, row: Row) -> None:
        self._rows.append({name: _clean(value) for name, value in row.items()})
        if len(self._rows) >= PORTION:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        self._file.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *error: object) -> None:
        if self._rows and error[0] is None:
            self._flush()
        self._file.close()


def _schema(table: str) -> pyarrow.Schema:
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "array": pyarrow.list_(pyarrow.string()),
    }
    return pyarrow.schema(
        [(column.name, types[column.type]) for column in codebook.columns(f"parquet/{table}")]
    )


def _clean(value: object) -> object:
    """The value without lone surrogates, which UTF-8 cannot hold; offsets stay as they are."""
    return _LONE.sub("\ufffd", value) if isinstance(value, str) else value


def _resource(name: str, path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "name": name,
        "path": path.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": tables()[name]["about"],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": dict(_table_schema(name)),
    }


def _table_schema(name: str) -> Iterator[tuple[str, Any]]:
    columns = codebook.columns(f"parquet/{name}")
    yield "fields", [{"name": c.name, "type": c.type, "description": c.about} for c in columns]
    if key := tables()[name].get("key"):
        yield "primaryKey", key
    points = tables()[name].get("points", {})
    if points:
        yield (
            "foreignKeys",
            [{"fields": own, "reference": {"resource": to, "fields": own}} for to, own in points.items()],
        )
