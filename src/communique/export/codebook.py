"""The codebook of all tables: their columns with types and meanings, one data file (`columns.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Column(NamedTuple):
    """A column: its name, its type (as in a Frictionless table schema) and what it holds."""

    name: str
    type: str
    about: str


def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order. Raises KeyError where there is no such table."""
    return _tables()[table]


def names(table: str) -> tuple[str, ...]:
    """The names of a table's columns, in order."""
    return tuple(column.name for column in columns(table))


def in_order(table: str, cells: Mapping[str, str], *, unknown: str | None = None) -> list[str]:
    """The cells of a row in the order of the table's columns; with `unknown`, that for those that are missing.

    Raises KeyError where a cell is of no column, or (without `unknown`) a column has no cell.
    """
    order = names(table)
    strange = sorted(cells.keys() - set(order))
    if strange:
        raise KeyError(f"{table} has no column {', '.join(strange)}")
    return [cells[name] if unknown is None else cells.get(name, unknown) for name in order]


def table_lines(table: str) -> Iterator[str]:
    """The table's columns as a table in Markdown, line by line."""
    yield "| column | type | value |\n"
    yield "| --- | --- | --- |\n"
    for column in columns(table):
        about = column.about.replace("|", "\\|")
        yield f"| `{column.name}` | {column.type} | {about} |\n"


def page(title: str, tables: dict[str, str]) -> Iterator[str]:
    """A codebook in Markdown: for each file name the columns of its table."""
    yield f"# {title}\n\n"
    yield "What is unknown is empty. Kinds, statuses, stages and roles are those of the coding guide.\n"
    for file, table in tables.items():
        yield f"\n## {file}\n\n"
        yield from table_lines(table)


@cache
def _tables() -> dict[str, tuple[Column, ...]]:
    text = (files("communique.export") / "columns.csv").read_text(encoding="utf-8")
    found: dict[str, tuple[Column, ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        table = row["table"]
        found[table] = (*found.get(table, ()), Column(row["column"], row["type"], row["about"]))
    return found
