"""docs/exports.md describes every field and column, and no other."""

import re
from pathlib import Path

import pytest

from communique.archive import StoredDocument
from communique.export import FORMATS
from communique.export.jsonlines import claim_fields, document_fields
from communique.export.table import COLUMNS
from communique.records import Claim, Document, Person, Statement

DOCS = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def described(section: str) -> list[str]:
    """The names in the first cells of a section's table, in order."""
    text = DOCS.split(f"\n## {section} (`")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", text, flags=re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def fields() -> dict[str, list[str]]:
    claim = Claim(id="", doc_id="", kind="visit", status="actual", actors=(), evidence=(), confidence=0)
    document = Document(id="", text="", origin="", raw_sha256="", text_sha256="")
    return {
        "records": list(claim_fields(claim)),
        "documents": list(document_fields(StoredDocument(document=document))),
        "statements": list(Statement.model_fields),
        "people": list(Person.model_fields),
        "csv": list(COLUMNS),
    }


@pytest.mark.parametrize("name", FORMATS)
def test_every_field_is_described(name: str) -> None:
    assert described(name) == fields()[name]
    assert f"## {name} (`{FORMATS[name][0]}`)" in DOCS
