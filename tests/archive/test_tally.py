"""Columns answer as the SQL does, for every filter and order, and follow every change of the archive."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from tests.archive.stories import begin, keep
from tests.archive.test_events import FILTERS
from tests.archive.test_judgements import judge, shared

from communique.archive import (
    Archive,
    Coded,
    EventFilter,
    Order,
    activity,
    between,
    dyads,
    open_archive,
    tally,
)
from communique.archive.columns import CHUNK, Columns, Store
from communique.archive.tally import Chosen
from communique.relinking import relink

ORDERS: tuple[Order, ...] = ("date", "told", "confidence", "sources")
EVERY = EventFilter()


def chosen(archive: Archive, wanted: EventFilter = EVERY) -> Chosen:
    return tally.chosen(archive, Store().now(archive), wanted)


def told(archive: Archive, columns: Columns) -> dict[str, object]:
    """All that columns say of everything, by what each is."""
    every = tally.chosen(archive, columns, EVERY)
    seqs = every.listed("date", reverse=False, limit=100_000)
    return {
        "facets": every.facets(),
        "months": every.by_month(),
        "actors": every.actors(),
        "pairs": every.pairs(),
        "visits": every.visits(),
        "dyads": every.dyads(),
        "events": [event.id for event in tally.numbered(archive, seqs)],
    }


def asked(archive: Archive) -> dict[str, object]:
    """The same, as SQL has it."""
    return {
        "facets": archive.event_facets(),
        "months": activity.events_by_month(archive),
        "actors": activity.actors(archive),
        "pairs": between.pairs(archive, EVERY),
        "visits": between.visits(archive, EVERY),
        "dyads": dyads.dyads(archive),
        "events": [event.id for event in archive.events()],
    }


@pytest.fixture
def wide(linked_stories: Path, tmp_path: Path) -> Archive:
    """The stories with copies of an event at the edges of chunks and far behind."""
    path = tmp_path / "wide.db"
    shutil.copy(linked_stories, path)
    with sqlite3.connect(path) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(events)")][2:]
        names = ", ".join(columns)
        for seq in (4 * CHUNK - 1, 4 * CHUNK, 5 * CHUNK - 1, 5 * CHUNK, 9 * CHUNK + 7):
            connection.execute(
                f"INSERT INTO events SELECT {seq}, id || 'x{seq}', {names} FROM events WHERE seq = 1"
            )
            connection.execute(
                f"INSERT INTO event_actors SELECT {seq}, ord, role, code, person, office "
                "FROM event_actors WHERE event = 1"
            )
    connection.close()
    return open_archive(path)


@pytest.mark.parametrize("wanted", [wanted for wanted, _ in FILTERS])
def test_counts_and_facets_are_those_of_the_sql(stories: Archive, wanted: EventFilter) -> None:
    found = chosen(stories, wanted)
    assert found.total == stories.count_events(wanted)
    assert found.facets() == stories.event_facets(wanted)
    assert found.pairs() == between.pairs(stories, wanted)
    assert found.visits() == between.visits(stories, wanted)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("reverse", [False, True])
def test_lists_are_those_of_the_sql(stories: Archive, order: Order, reverse: bool) -> None:
    found = chosen(stories)
    for limit, offset in ((5, 0), (7, 3), (1, found.total - 1), (50, found.total - 2), (9, found.total)):
        listed = tally.listed(stories, found, order, reverse=reverse, window=(limit, offset))
        wanted = stories.events(order=order, reverse=reverse, limit=limit, offset=offset)
        assert listed == [event.model_copy(update={"claims": ()}) for event in wanted]


def test_what_is_asked_of_codes_is_that_of_the_sql(stories: Archive) -> None:
    every = chosen(stories)
    assert told(stories, every.columns) == asked(stories)
    assert every.partners("RUS") == activity.partners(stories, "RUS") != []
    assert every.dyads("FRA") == dyads.dyads(stories, code="FRA") != []
    of_russia = chosen(stories, EventFilter(between=("RUS",)))
    assert of_russia.by_month() == activity.events_by_month(stories, codes=("RUS",)) != []


def test_what_is_over_and_what_began(stories: Archive) -> None:
    every, day = chosen(stories), "2014-12-01"
    dated = [(event.date, event.id) for event in stories.events() if event.date]
    for some, says in (
        (every.before(day), [id for date, id in dated if str(date.end) <= day]),
        (every.after(day), [id for date, id in dated if str(date.start) >= day]),
    ):
        seqs = some.listed("date", reverse=False, limit=10_000)
        assert [event.id for event in tally.numbered(stories, seqs)] == says != []


def test_events_of_many_chunks(wide: Archive) -> None:
    with wide:
        assert told(wide, Store().now(wide)) == asked(wide)


def test_of_nothing_comes_nothing(empty: Archive) -> None:
    columns = Store().now(empty)
    assert told(empty, columns) == asked(empty)
    assert chosen(empty, EventFilter(between=("FRA", "RUS"), outlet="x", text="word")).total == 0


def test_columns_follow_every_change(empty: Archive, coded_stories: tuple[Coded, ...]) -> None:
    store = Store()
    before = store.now(empty)
    begin(empty)
    keep(empty, coded_stories[:9])
    first = store.now(empty)
    assert told(empty, first) == asked(empty) != told(empty, before)
    keep(empty, coded_stories[9:])
    assert told(empty, store.now(empty)) == asked(empty)
    keep(empty, coded_stories[:3])  # coded anew
    assert told(empty, store.now(empty)) == asked(empty)
    judge(empty, "wrong", shared(empty).claims[0])
    assert told(empty, store.now(empty)) == asked(empty)
    relink(empty)
    assert told(empty, store.now(empty)) == asked(empty)


def test_columns_follow_what_comes_and_goes_in_several_chunks(wide: Archive) -> None:
    with wide:
        store = Store()
        store.now(wide)
        with sqlite3.connect(wide.path) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"DELETE FROM events WHERE seq IN (3, 4, {4 * CHUNK})")
            names = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(events)"))[
                len("seq, id") :
            ]
            for seq in (4 * CHUNK + 5, 6 * CHUNK, 6 * CHUNK + 1, 12 * CHUNK):
                connection.execute(
                    f"INSERT INTO events SELECT {seq}, id || 'y{seq}'{names} FROM events WHERE seq = 2"
                )
                connection.execute(
                    f"INSERT INTO event_actors SELECT {seq}, ord, role, code, person, office "
                    "FROM event_actors WHERE event = 2"
                )
                connection.execute(f"INSERT INTO event_outlets VALUES ({seq}, 'Outlet {seq}')")
        connection.close()
        after = store.now(wide)
        assert told(wide, after) == asked(wide)
        assert told(wide, Store().now(wide)) == told(wide, after)


def test_only_what_changed_is_read_anew(wide: Archive) -> None:
    read: list[tuple[int, ...]] = []

    @event.listens_for(wide._reader, "before_cursor_execute")
    def note(_: Any, __: Any, ___: str, bounds: tuple[int, ...], *____: Any) -> None:
        read.append(bounds)

    with wide:
        store = Store()
        before = store.now(wide)
        read.clear()
        assert store.now(wide) is before
        assert set(read) == {()}
        with sqlite3.connect(wide.path) as connection:
            connection.execute("UPDATE events SET status = 'denied' WHERE seq = 2")
        connection.close()
        after = store.now(wide)
        assert set(read) == {(), (0, CHUNK - 1)}
        assert after.words.statuses.all[after.status[1]] == "denied"
        assert told(wide, after) == asked(wide)
