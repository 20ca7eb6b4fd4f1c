"""What is remembered is forgotten as soon as the archive changes."""

from pathlib import Path

import pytest
from tests.web.conftest import hostile_coded, link

from communique.archive import Archive, open_archive, writing
from communique.archive.records import EventFilter
from communique.web import counted
from communique.web.memory import forget, remembered


@pytest.fixture
def fresh(tmp_path: Path) -> Archive:
    return open_archive(tmp_path / "record.db", write=True)


def keep(archive: Archive) -> None:
    with archive.writing() as connection:
        run = writing.begin_run(connection, version="1", coder="x", settings={}, inputs=[])
        writing.keep(connection, hostile_coded(), run=run, coder="x")
    link(archive)


def test_an_answer_is_worked_out_once_until_the_archive_changes(fresh: Archive) -> None:
    asked: list[str] = []

    def answer() -> int:
        asked.append("asked")
        return len(asked)

    assert [remembered(fresh, "q", answer), remembered(fresh, "q", answer)] == [1, 1]
    assert remembered(fresh, "another", answer) == 2
    keep(fresh)
    assert [remembered(fresh, "q", answer), remembered(fresh, "q", answer)] == [3, 3]
    forget(fresh)
    assert remembered(fresh, "q", answer) == 4
    forget(fresh)
    fresh.close()


def test_counts_are_those_of_now(fresh: Archive) -> None:
    everything = EventFilter()
    assert (counted.total(fresh, everything), counted.facets(fresh, everything)["kind"]) == (0, [])
    keep(fresh)
    assert counted.total(fresh, everything) == 1
    assert counted.facets(fresh, everything) == fresh.event_facets(everything)
    forget(fresh)
    fresh.close()


def test_of_too_many_answers_the_oldest_goes(fresh: Archive) -> None:
    first = remembered(fresh, 0, object)
    for number in range(1, 257):
        remembered(fresh, number, object)
    assert remembered(fresh, 0, object) is not first
    forget(fresh)
    fresh.close()
