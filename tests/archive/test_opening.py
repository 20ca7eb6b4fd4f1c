import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text
from tests.archive.stories import keep

from communique.archive import Archive, Coded, open_archive, schema
from communique.archive.opening import APPLICATION_ID, known_version
from communique.errors import ArchiveError
from communique.relinking import relink


def pragma(path: Path, name: str) -> object:
    with sqlite3.connect(path) as connection:
        (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    connection.close()
    return value


def test_a_new_archive_says_whose_it_is(empty: Archive) -> None:
    found = {name: pragma(empty.path, name) for name in ("application_id", "user_version", "journal_mode")}
    assert found == {"application_id": APPLICATION_ID, "user_version": known_version(), "journal_mode": "wal"}


def test_opening_again_changes_nothing(empty: Archive) -> None:
    empty.close()
    before = empty.path.read_bytes()
    open_archive(empty.path, write=True).close()
    assert empty.path.read_bytes() == before


def test_foreign_keys_are_enforced(empty: Archive) -> None:
    with pytest.raises(ArchiveError, match="FOREIGN KEY"), empty.writing() as connection:
        connection.execute(text("INSERT INTO people (doc, ord, name) VALUES (99, 0, 'Nobody')"))


def test_a_reader_cannot_write(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="readonly"), archive.reading() as connection:
        connection.execute(text("DELETE FROM people"))


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such archive"):
        open_archive(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="does not exist"):
        open_archive(tmp_path / "none" / "a.db", write=True)


@pytest.mark.parametrize("write", [False, True])
def test_a_folder_is_no_archive(tmp_path: Path, write: bool) -> None:
    with pytest.raises(ArchiveError, match="is a folder"):
        open_archive(tmp_path, write=write)
    assert list(tmp_path.iterdir()) == []


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")
    connection.close()


def newer_archive(path: Path) -> None:
    open_archive(path, write=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


def plain_text(path: Path) -> None:
    path.write_text("This is not a database, whatever its name says. " * 40)


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (other_database, "an SQLite file of another program"),
        (newer_archive, "schema 999 is newer than this program's"),
        (plain_text, "not an archive: file is not a database"),
    ],
)
def test_what_is_not_ours_is_refused_and_left_alone(tmp_path: Path, make, reason: str, write: bool) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=re.escape(reason)):
        open_archive(path, write=write)
    assert path.read_bytes() == before


def test_an_empty_file_is_no_archive_until_it_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with pytest.raises(ArchiveError, match="an empty file"):
        open_archive(path)
    open_archive(path, write=True).close()
    assert open_archive(path).runs() == []


def test_no_two_migrations_have_one_number() -> None:
    folder = resources.files("communique.archive") / "migrations"
    numbers = sorted(int(file.name[:4]) for file in folder.iterdir() if file.name.endswith(".sql"))
    assert numbers == list(range(1, known_version() + 1))


def test_the_tables_are_those_that_the_migrations_make(empty: Archive) -> None:
    described = {table.name: [c.name for c in table.columns] for table in schema.metadata.sorted_tables}
    with empty.reading() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        made = {
            name: [row.name for row in connection.execute(text(f"PRAGMA table_info({name})"))]
            for name in names.all()
            if not re.search("_text", name)
        }
    assert made == described


def earlier_archive(path: Path, coded: Coded) -> None:
    """An archive of the first schema with one document, as the first program wrote it."""
    script = (resources.files("communique.archive") / "migrations" / "0001_record.sql").read_text()
    with sqlite3.connect(path) as connection:
        connection.executescript(
            f"{script}; PRAGMA user_version = 1; PRAGMA application_id = {APPLICATION_ID}"
        )
    connection.close()
    document, claim = coded.document, coded.coding.claims[0]
    row = document.model_dump(exclude={"published"}) | {
        "published_found": "unknown", "page_key": "k", "coder": "x", "run": 1, "seq": 1,
    }  # fmt: skip
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO runs (version, coder, settings, inputs, state) VALUES ('0', 'x', '{}', '[]', 'finished')"
        )
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO documents ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        connection.execute(
            "INSERT INTO claims (id, doc, ord, kind, status, confidence) VALUES (?, 1, 0, 'visit', 'actual', 0.9)",
            [claim.id],
        )
        connection.execute("INSERT INTO actors VALUES (1, 0, 'source', 'ARM', NULL, NULL)")
        evidence = claim.evidence[0]
        connection.execute(
            "INSERT INTO evidence VALUES (1, 1, 0, ?, ?, ?)", [evidence.start, evidence.end, evidence.text]
        )
        connection.execute("INSERT INTO signatures VALUES (1, ?)", [coded.fingerprint.signature])
    connection.close()


def test_an_archive_of_the_first_schema_is_migrated_and_linked(tmp_path: Path, visit_coded: Coded) -> None:
    path = tmp_path / "old.db"
    earlier_archive(path, visit_coded)
    with open_archive(path) as archive:
        assert [c.id for c in archive.claims()] == ["c1-visit"]
        assert list(archive.events()) == []
        assert [n.what for n in archive.notices()][:1] == ["1 documents wait to be linked: communique relink"]
        assert archive.faults() == []
        relink(archive)
        assert [[k.id for k in e.claims] for e in archive.events()] == [["c1-visit"]]
        assert (archive.notices(), archive.faults()) == ([], [])


@pytest.mark.parametrize(("source", "chain"), [("Vigen Sargsyan", ("Vigen Sargsyan",)), (None, ())])
def test_an_older_archive_gets_a_chain_of_its_nearest_sources(
    tmp_path: Path, visit_coded: Coded, source: str | None, chain: tuple[str, ...]
) -> None:
    path = tmp_path / "old.db"
    earlier_archive(path, visit_coded)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE claims SET attribution = ?", [source])
    connection.close()
    with open_archive(path) as opened:
        assert [(c.attribution, c.attribution_chain) for c in opened.claims()] == [(source, chain)]


def test_many_read_while_one_writes(stories: Archive, visit_coded: Coded) -> None:
    """Fifty readers at once, each through the archive that all share, while documents are kept and linked."""
    every = stories.count_events()
    reading = Barrier(51)

    def read(_: int) -> list[int]:
        reading.wait(timeout=60)
        found = []
        for _ in range(3):
            found += [stories.count_events(), len(list(stories.events())), len(list(stories.claims()))]
        return found

    with ThreadPoolExecutor(50) as readers:
        answers = readers.map(read, range(50))
        reading.wait(timeout=60)
        for n in range(5):
            keep(stories, [visit_coded.model_copy(update={"page_key": str(n)})])
        seen = list(answers)
    assert {count for found in seen for count in found[::3]} <= {every, every + 2}
    assert stories.count_events() == every + 2
    assert stories.faults() == []
