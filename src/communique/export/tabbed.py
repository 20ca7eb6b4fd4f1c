"""Tab-separated tables, for programs that read POLECAT, GDELT and ICEWS: one line a row, each cell on that line.

Cells with a quotation mark are quoted as in CSV; formulas get an apostrophe as in table.py.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from communique.export import codebook
from communique.export.table import cell
from communique.export.wording import one_line


def lines(table: str, rows: Iterable[Mapping[str, str]], *, unknown: str = "") -> Iterator[str]:
    """The header and the rows of a table of the codebook; `unknown` stands in the cells that are empty or missing."""
    yield _line(codebook.names(table))
    for row in rows:
        yield _line(one_line(text) or unknown for text in codebook.in_order(table, row, unknown=""))


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerow(cell(text) for text in cells)
    return out.getvalue()
