import sqlite3

import pytest

from communique.archive import Archive, Fault
from communique.errors import ArchiveError


def test_an_archive_in_order_has_no_faults(archive: Archive) -> None:
    assert archive.faults() == []


@pytest.mark.parametrize(
    ("tampering", "where", "what"),
    [
        (
            "UPDATE documents SET text = text || ' ' WHERE id = 'sale'",
            "document sale",
            "not the one that was hashed",
        ),
        (
            "UPDATE documents SET published_found = 'guessed' WHERE seq = 2",
            "document sale",
            "published.found",
        ),
        ("UPDATE evidence SET start = 3 WHERE claim = 3", "claim c3-sale of sale", "evidence at 3-"),
        ("UPDATE evidence SET start = -3", "claim c3-sale of sale", "evidence at -3-"),
        ("DELETE FROM evidence WHERE claim = 3", "claim c3-sale of sale", "has no evidence"),
        ("DELETE FROM actors WHERE claim = 3", "claim c3-sale of sale", "has no actors"),
        ("UPDATE claims SET confidence = 7 WHERE id = 'c3-sale'", "claim c3-sale of sale", "confidence 7.0"),
        (
            "UPDATE sources SET ord = 2 WHERE ord = 0",
            "claim c2-visit of visit",
            "attribution 'Vigen Sargsyan' is not the first",
        ),
        ("UPDATE claims SET kind = 'feast' WHERE id = 'c3-sale'", "claims of sale", "kind"),
        (
            "UPDATE derivations SET end = 9999",
            "claim c1-visit of visit",
            "kind rests on 52-9999",
        ),
        ("UPDATE statements SET start = 1, end = 2", "document visit", "statement at 1-2"),
        ("UPDATE people SET doc = 77", "people row", "refers to a row of documents"),
        ("DELETE FROM signatures WHERE doc = 2", "document sale", "has no fingerprint"),
        (
            "INSERT INTO duplicates VALUES (2, 1, 'exact', 1.0)",
            "document sale",
            "is marked as a copy",
        ),
        ("INSERT INTO evidence_text (rowid, text) VALUES (99, 'x')", "evidence_text", "search index"),
        (
            "INSERT INTO statements_text (statements_text) VALUES ('delete-all')",
            "statements_text",
            "search index",
        ),
    ],
)
def test_what_is_wrong_is_said(archive: Archive, tampering: str, where: str, what: str) -> None:
    connection = sqlite3.connect(archive.path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(tampering)
    connection.commit()
    connection.close()
    assert any(f.where.startswith(where) and what in f.what for f in archive.faults()), archive.faults()


def test_reading_what_was_tampered_with_is_an_archive_error(archive: Archive) -> None:
    connection = sqlite3.connect(archive.path)
    connection.execute("UPDATE claims SET kind = 'feast'")
    connection.commit()
    connection.close()
    with pytest.raises(ArchiveError, match="communique verify"):
        list(archive.claims())


def test_a_broken_page_is_a_fault_of_the_file(archive: Archive) -> None:
    archive.close()
    with sqlite3.connect(archive.path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'actors_by_code'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    content = bytearray(archive.path.read_bytes())
    content[(root - 1) * size + 8 : (root - 1) * size + 12] = b"\xff\xff\xff\xff"
    archive.path.write_bytes(bytes(content))
    assert {f.where for f in archive.faults()} == {"file"}
    assert all(isinstance(f, Fault) for f in archive.faults())
