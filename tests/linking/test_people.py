"""Who a name means, and what the record has of the person."""

from collections.abc import Callable
from datetime import date

import pytest

from communique.knowledge.occupancies import Occupancies
from communique.linking.link import link
from communique.linking.people import Counterpart, Post, life, same_person, spellings
from communique.linking.records import Told
from communique.records import Person, Statement

Tell = Callable[..., Told]


@pytest.fixture(scope="session")
def table() -> Occupancies:
    return Occupancies.load()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Hossein Dehqan", "Hossein Dehghan", True),
        ("Dehghan", "Hossein Dehqan", True),
        ("Mevlüt Çavuşoğlu", "Mevlut Cavusoglu", True),
        ("Lloyd J. Austin III", "Lloyd Austin", True),
        ("Kim Jong Un", "Kim", True),
        ("Serzh Sargsyan", "Vigen Sargsyan", False),
        ("Vladimir Putin", "Vladimir", True),
        ("Hassan", "Ali Hassan Yousef", False),
        ("", "Vladimir Putin", False),
    ],
)
def test_spellings_of_one_person(a: str, b: str, same: bool) -> None:
    assert same_person(a, b) == same_person(b, a) == same


def test_a_surname_means_all_who_bear_it(table: Occupancies) -> None:
    known = ["Serzh Sargsyan", "Vigen Sargsyan", "Sargsyan", "Vigen Sarkissian", "Ilham Aliyev"]
    assert spellings("Sargsyan", known, table) == (
        ("Sargsyan", "Serzh Sargsyan"),
        ("Sargsyan", "Vigen Sargsyan"),
    )
    assert spellings("Vigen Sargsyan", known, table) == (("Sargsyan", "Vigen Sargsyan"),)
    assert spellings("Nobody", known, table) == ()


def test_a_person_of_the_table_is_found_under_other_names(table: Occupancies) -> None:
    assert spellings("Hossein Dehghan", ["Hossein Dehqan", "Amir Hatami"], table) == (("Hossein Dehqan",),)


def test_posts_travels_counterparts_and_words(tell: Tell, table: Occupancies) -> None:
    claims = [
        tell("a", "visit", "IRN/Hossein Dehqan > RUS", "2016-02-15", told="2016-02-16"),
        tell(
            "a", "meeting", "IRN/Hossein Dehqan + RUS/Sergei Shoigu", "2016-02-16", told="2016-02-16", id="c2"
        ),
        tell("b", "call", "IRN/Dehghan + RUS/Sergei Shoigu", "2015-11-02", told="2015-11-03"),
        tell("b", "meeting", "IRN/Dehghan + SYR", None, status="planned", told="2015-11-03", id="c2"),
        tell("b", "accuse", "IRN/Dehghan > USA", None, told="2015-11-03", id="c3"),
        tell("c", "visit", "IRN/Amir Hatami > RUS", "2020-08-22", told="2020-08-23"),
    ]
    said = Statement(doc_id="b", text="We will see.", speaker="Dehghan", code="IRN", start=0, end=12)
    other = Statement(doc_id="b", text="No.", speaker="Amir Hatami", code="IRN", start=0, end=3)
    office = {"office": "defence minister", "code": "IRN"}
    named = [
        (Person(doc_id="b", name="Dehghan", **office), date(2015, 11, 3)),
        (Person(doc_id="a", name="Hossein Dehqan", **office), date(2016, 2, 16)),
        (Person(doc_id="c", name="Amir Hatami", **office), date(2020, 8, 23)),
    ]
    found = life(
        ("Dehghan", "Hossein Dehqan"),
        link(claims).events,
        told={one.key: one for one in claims},
        named=named,
        statements=[said, other],
        table=table,
    )
    assert (found.name, found.names) == ("Hossein Dehqan", ("Dehghan", "Hossein Dehqan"))
    assert [(str(s.day), s.event.kind, s.event.status) for s in found.itinerary] == [
        ("2015-11-02", "call", "actual"),
        ("2015-11-03", "meeting", "planned"),
        ("2016-02-15", "visit", "actual"),
        ("2016-02-16", "meeting", "actual"),
    ]
    assert [s.event.kind for s in found.acts] == ["accuse"]
    assert found.counterparts == (
        Counterpart(code="RUS", person="Sergei Shoigu", events=2),
        Counterpart(code="RUS", person=None, events=1),
    )
    assert found.statements == (said,)
    assert found.posts[-1] == Post(
        office="defence minister", code="IRN", start="2015-11-03", end="2016-02-16", documents=2
    )
    assert {(p.office, p.code, p.start) for p in found.posts[:-1]} >= {
        ("defence minister", "IRN", "2013-08-15")
    }
