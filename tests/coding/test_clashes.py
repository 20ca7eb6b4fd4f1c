"""Where a claim's office and the table of holders clash."""

from __future__ import annotations

from datetime import date

import pytest

from communique.coding.clashes import FACTOR, clashes
from communique.knowledge.occupancies import Occupancies
from communique.records import Actor, Interval

TABLE = Occupancies.load()


def days(first: str, last: str | None = None) -> Interval:
    return Interval(start=date.fromisoformat(first), end=date.fromisoformat(last or first))


def actor(person: str | None, office: str | None, code: str) -> Actor:
    return Actor(role="source", code=code, person=person, office=office)


def test_a_sure_clash_names_the_holder_and_its_source() -> None:
    wrong = actor("Ahmad Vahidi", "defence minister", "IRN")
    (clash,) = clashes([wrong], days("2016-05-12"), TABLE, happened=days("2016-05-10"))
    assert clash.actor == wrong
    assert clash.holder.person == "Hossein Dehghan"
    assert clash.source == clash.holder.source
    assert clash.reason.startswith("by the table Hossein Dehghan was defence minister of IRN on 2016-05-10 (")
    assert clash.reason.endswith("), not Ahmad Vahidi")


def test_each_actor_is_asked_for() -> None:
    actors = [
        actor("John Smith", "foreign minister", "RUS"),
        actor("Sergei Lavrov", "foreign minister", "RUS"),
        actor("Jane Doe", "president", "USA"),
    ]
    found = clashes(actors, days("2014-02-03"), TABLE)
    assert [(one.actor.person, one.holder.person) for one in found] == [
        ("John Smith", "Sergei Lavrov"),
        ("Jane Doe", "Barack Obama"),
    ]


@pytest.mark.parametrize(
    ("person", "office", "code", "on"),
    [
        ("Hossein Dehghan", "defence minister", "IRN", days("2016-05-12")),  # the holder, spelt otherwise
        ("Dehghan", "defence minister", "IRN", days("2016-05-12")),
        ("Ahmad Vahidi", "defence minister", "IRN", days("2013-09-01")),  # left two weeks ago
        ("Ahmad Vahidi", "defence minister", "IRN", days("2016-05-12")),  # undated: may tell of his own time
        ("Ahmad Vahidi", "former defence minister", "IRN", days("2016-05-12")),
        ("John Smith", "deputy foreign minister", "RUS", days("2014-02-03")),  # there are several
        ("John Smith", "ambassador", "RUS", days("2014-02-03")),
        ("John Smith", "foreign minister", "RUS", days("2014-01-01", "2014-12-31")),  # dated too loosely
        ("John Smith", "foreign minister", "RUS", None),
        ("John Smith", "president", "BIH", days("2014-02-03")),  # three at a time
        (None, "foreign minister", "RUS", days("2014-02-03")),
        ("John Smith", None, "RUS", days("2014-02-03")),
        ("John Smith", "foreign minister", "XQQ", days("2014-02-03")),
    ],
)
def test_what_is_not_sure_is_no_clash(
    person: str | None, office: str | None, code: str, on: Interval | None
) -> None:
    assert clashes([actor(person, office, code)], on, TABLE) == ()


def test_a_claim_of_the_past_is_asked_on_its_own_days() -> None:
    then = actor("Ahmad Vahidi", "defence minister", "IRN")
    assert clashes([then], days("2016-05-12"), TABLE, happened=days("2011-03-01")) == ()


def test_the_factor_lowers() -> None:
    assert 0 < FACTOR < 1
