"""What documents are called on the pages."""

from datetime import date
from pathlib import Path

import pytest

from communique.archive import Archive, Coded, Signature, open_archive, writing
from communique.reading.duplicates import fingerprint
from communique.records import Coding, Document, Interval, Published, sha256
from communique.web.titles import titled

LONG = "The minister left on Monday.\n\nHe will discuss corvettes, radars, spares and the training of their crews."


@pytest.mark.parametrize(
    ("title", "text", "called"),
    [
        ("Minister leaves", LONG, "Minister leaves"),
        (None, LONG, "The minister left on Monday. He will discuss corvettes, radars, spares and the…"),
        (None, "", "a"),
    ],
)
def test_a_document_without_a_title_is_called_by_its_first_words(
    tmp_path: Path, title: str | None, text: str, called: str
) -> None:
    with open_archive(tmp_path / "a.db", write=True) as archive:
        keep(archive, title, text)
        assert titled(archive, "a") == called


def test_a_known_title_is_not_looked_up(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", write=True) as archive:
        assert titled(archive, "nowhere", "Known") == "Known"
        assert titled(archive, "nowhere") == "nowhere"


def keep(archive: Archive, title: str | None, text: str) -> None:
    day = Interval(start=date(2020, 2, 29), end=date(2020, 2, 29))
    document = Document(
        id="a",
        text=text,
        title=title,
        published=Published(interval=day, found="url", expression="2020/02/29"),
        origin="a.txt",
        raw_sha256=sha256("raw"),
        text_sha256=sha256(text),
    )
    print_ = fingerprint(text)
    signature = Signature(bands=print_.bands, signature=print_.signature)
    coded = Coded(document=document, coding=Coding(doc_id="a"), page_key="k", fingerprint=signature)
    with archive.writing() as connection:
        run = writing.begin_run(connection, version="1", coder="x", settings={}, inputs=["a.txt"])
        writing.keep(connection, coded, run=run, coder="x")
