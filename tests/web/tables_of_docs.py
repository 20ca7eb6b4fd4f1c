"""Takes the tables out of docs/*.md that the pages show; `python tests/web/tables_of_docs.py` writes them anew."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src" / "communique" / "web"


def sections(name: str) -> Iterator[tuple[str, list[list[str]]]]:
    """The title and the rows of the tables of each section."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    titles = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    for title, body in zip(titles[::2], titles[1::2], strict=True):
        yield title, [_cells(line) for line in body.splitlines() if line.startswith("|")]


def measured() -> Iterator[list[str]]:
    """Rows of precision, recall and F1, from the tables that have just these columns."""
    yield ["on", "measure", "precision", "recall", "f1"]
    for title, rows in sections("accuracy.md"):
        inside = False
        for row in rows:
            if row[1:] == ["P", "R", "F1"]:
                inside = True
            elif len(row) != 4:
                inside = False
            elif inside and re.fullmatch(r"[01]?\.\d+", row[1]):
                yield [title, *row]


def codebook() -> Iterator[list[str]]:
    """Every word of the codebook with what it means."""
    yield ["section", "word", "means"]
    for title, rows in sections("codebook.md"):
        for row in rows[2:]:
            word, means, *more = (cell.replace("`", "") for cell in row)
            yield [title, word, means + (f" ({more[0]})" if more else "")]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


SHEETS = {"measured.csv": measured, "codebook.csv": codebook}

if __name__ == "__main__":
    for name, rows in SHEETS.items():
        with (SHIPPED / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows())
