"""docs/exports.md describes every field and column, and no other."""

import re
from pathlib import Path

import pytest

from communique.archive import StoredDocument
from communique.export import FORMATS, codebook
from communique.export.jsonlines import claim_fields, document_fields
from communique.export.parquet import tables
from communique.linking.records import Event
from communique.records import Claim, Document, Person, Statement

DOCS = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    """The text of a format's section."""
    return DOCS.split(f"\n## {name} (`{FORMATS[name].file}`)\n")[1].split("\n## ")[0]


def described(name: str) -> list[str]:
    """The names in the first cells of a section's tables, in order."""
    cells = re.findall(r"^\| (`.*?) \|", section(name), flags=re.MULTILINE)
    return [found for cell in cells for found in re.findall(r"`(\w+)`", cell)]


def fields() -> dict[str, list[str]]:
    claim = Claim(id="", doc_id="", kind="visit", status="actual", actors=(), evidence=(), confidence=0)
    document = Document(id="", text="", origin="", raw_sha256="", text_sha256="")
    return {
        "records": list(claim_fields(claim)),
        "events": list(Event.model_fields),
        "documents": list(document_fields(StoredDocument(document=document))),
        "statements": list(Statement.model_fields),
        "people": list(Person.model_fields),
    }


TABLES = {
    "csv": ["claims", "events"],
    "parquet": [f"parquet/{name}" for name in tables()],
    "plover": ["plover"],
    "cameo": ["cameo"],
    "sipri": ["sipri"],
    "graphml": ["node", "edge"],
}
TOLD_IN_WORDS = {"gexf", "ftm", "ics", "atom", "bibtex"}


@pytest.mark.parametrize("name", fields())
def test_every_field_is_described(name: str) -> None:
    assert described(name) == fields()[name]


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_those_of_the_codebook(name: str) -> None:
    shown = re.findall(r"^\| column \|.*?\n\n", section(name) + "\n\n", flags=re.MULTILINE | re.DOTALL)
    assert shown == ["".join(codebook.table_lines(table)) + "\n" for table in TABLES[name]]


def test_every_format_is_described_and_listed() -> None:
    assert {*fields(), *TABLES, *TOLD_IN_WORDS} == set(FORMATS)
    listed = re.findall(r"^\| \[`(\w+)`\]\(#(.+?)\) \| (.*) \|$", DOCS, flags=re.MULTILINE)
    anchors = {name: f"{name}-{re.sub('[^a-z]', '', FORMATS[name].file)}" for name in FORMATS}
    assert listed == [(name, anchors[name], found.about) for name, found in FORMATS.items()]
    assert all(section(name).strip() for name in FORMATS)


def test_every_table_has_a_description_of_its_rows() -> None:
    assert [name for name, table in tables().items() if table["about"] not in section("parquet")] == []
