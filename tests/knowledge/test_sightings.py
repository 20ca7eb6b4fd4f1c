"""Occupancies learnt from text."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from communique.knowledge.occupancies import Occupancies
from communique.knowledge.sightings import Learnt, Sighting, alike, learn, who_held
from communique.records import Interval


def day(text: str) -> Interval:
    return Interval(start=date.fromisoformat(text), end=date.fromisoformat(text))


SEEN = (
    Sighting("Vigen Sargsyan", "b", day("2017-01-30")),
    Sighting("V. Sargsyan", "a", day("2017-03-02")),
    Sighting("Davit Tonoyan", "c", day("2019-05-01")),
)


def test_spellings_of_one_person_are_one_row() -> None:
    assert learn(SEEN) == (
        Learnt("Vigen Sargsyan", date(2017, 1, 30), date(2017, 1, 30), ("b",)),
        Learnt("V. Sargsyan", date(2017, 3, 2), date(2017, 3, 2), ("a",)),
        Learnt("Davit Tonoyan", date(2019, 5, 1), date(2019, 5, 1), ("c",)),
    )
    twice = (SEEN[0], Sighting("Sargsyan", "d", day("2017-05-01")))
    assert learn(twice) == (Learnt("Vigen Sargsyan", date(2017, 1, 30), date(2017, 5, 1), ("b", "d")),)


def test_only_sightings_near_the_days_speak() -> None:
    answer = who_held(
        "defence minister", "ARM", day("2017-02-01"), table=Occupancies.load(), sightings=(SEEN[0], SEEN[2])
    )
    assert [one.person for one in answer.learnt] == ["Vigen Sargsyan"]
    assert [one.person for one in answer.holders] == ["Vigen Sargsyan"]
    assert answer.agrees is True


def test_a_clash_is_said() -> None:
    answer = who_held(
        "defence minister", "ARM", day("2017-02-01"), table=Occupancies.load(),
        sightings=[Sighting("Davit Tonoyan", "x", day("2017-02-02"))],
    )  # fmt: skip
    assert answer.agrees is False


def test_silence_of_one_side_is_no_agreement() -> None:
    table = Occupancies.load()
    assert who_held("defence minister", "ARM", day("2017-02-01"), table=table).agrees is None
    alone = who_held("mayor", "ARM", day("2017-02-01"), table=table, sightings=SEEN[:1])
    assert (alone.holders, alone.agrees) == ((), None)


NAMES = st.sampled_from(
    ["Vigen Sargsyan", "Vigen Sarkissian", "Davit Tonoyan", "David Tonoyan", "Sargsyan", ""]
)


@given(NAMES, NAMES)
def test_likeness_is_mutual(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)


@given(st.permutations(SEEN))
def test_the_order_of_sightings_does_not_matter(seen: list[Sighting]) -> None:
    assert learn(seen) == learn(SEEN)


def test_a_document_published_within_some_days_is_of_all_of_them() -> None:
    month = Interval(start=date(2017, 1, 1), end=date(2017, 1, 31))
    (one,) = learn([Sighting("Vigen Sargsyan", "a", month)])
    assert one.days == month
    assert learn(SEEN)[0].days == day("2017-01-30")
