"""BibTeX, read back with pybtex."""

import pybtex.database
import pytest
from tests.export.story import HOSTILE, days

from communique.archive import Archive, Duplicate, StoredDocument
from communique.export.bibliography import documents, entry, key, tex
from communique.records import Document, Published


def read(text: str) -> dict[str, dict[str, str]]:
    """The fields of each entry by its key."""
    found = pybtex.database.parse_string(text, "bibtex")
    return {name: dict(one.fields) for name, one in found.entries.items()}


@pytest.fixture(scope="module")
def entries(archive: Archive) -> dict[str, dict[str, str]]:
    return read("".join(documents(archive)))


def test_every_document_has_an_entry(entries: dict[str, dict[str, str]], archive: Archive) -> None:
    assert list(entries) == [key(stored.document.id) for stored in archive.documents()]


def test_an_entry(entries: dict[str, dict[str, str]]) -> None:
    assert entries["visit"] == {
        "title": "{Minister in Tehran}",
        "howpublished": "The Wire",
        "year": "2017",
        "month": "January",
        "day": "30",
        "url": "https://example.org/visit?a=1&b=2",
        "language": "en",
    }


def test_dates_as_far_as_they_are_known(entries: dict[str, dict[str, str]]) -> None:
    dates = {name: [one.get(part) for part in ("year", "month", "day")] for name, one in entries.items()}
    assert dates["drill"] == ["2018", "March", None]
    assert dates["no-talks"] == ["2019", None, None]
    assert dates["post"] == [None, None, None]
    assert entries["post"]["title"] == "{post}"


def test_tex_is_escaped_and_braces_stay_in_balance(entries: dict[str, dict[str, str]]) -> None:
    one = entries[key(HOSTILE)]
    assert "url" not in one
    assert (
        r"\textbackslash{} \{\textbackslash{}input\{x\}\} 100\% \#1 \_a\_ \textasciicircum{}" in one["title"]
    )
    assert tex(r"\a{b}") == r"\textbackslash{}a\{b\}"


def test_a_copy_says_what_it_repeats() -> None:
    document = Document(id="b", text="", origin="", raw_sha256="", text_sha256="", published=Published())
    copy = StoredDocument(document=document, duplicate=Duplicate(of="a_1", how="exact", likeness=1.0))
    assert read(entry(copy))["b"]["note"] == r"Repeats a\_1"


def test_keys() -> None:
    assert [key(id_) for id_ in ("2010-10-10.ria", "a_b:1", "a b", "a/b")] == [
        "2010-10-10.ria", "a_b:1", "a-b-c8687a08", "a-b-c14cddc0",
    ]  # fmt: skip
    assert len({key("a b"), key("a/b"), key("a-b"), key("ä"), key("ö")}) == 5
    assert days("2017-01-30").days == 1
