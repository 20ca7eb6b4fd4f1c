"""What passed between two actors, and where the record is silent."""

from collections.abc import Callable
from datetime import date

from communique.linking.dyads import Count, Dyad, Silence, Visits, dyad
from communique.linking.link import link
from communique.linking.records import Told
from communique.records import Interval

Tell = Callable[..., Told]
COVERAGE = [("2016-12", 1), ("2017-01", 4), ("2017-06", 2), ("2025-05", 3), ("2025-07", 1)]


def between(a: str, b: str, *claims: Told) -> Dyad:
    return dyad((a, b), link(claims).events, {one.key: one for one in claims}, COVERAGE)


def test_encounters_stand_in_order_with_their_direction(tell: Tell) -> None:
    found = between(
        "ARM", "IRN",
        tell("c", "call", "ARM/Suren Papikyan + IRN/Aziz Nasirzadeh", "2025-07-09", told="2025-07-10"),
        tell("a", "visit", "ARM/Vigen Sargsyan > IRN", "2017-01-30", told="2017-01-30"),
        tell("c", "visit", "IRN/Aziz Nasirzadeh > ARM", "2025-05", told="2025-07-10", id="c2"),
        tell("c", "support", "IRN > ARM", None, told="2025-07-10", id="c3"),
        tell("d", "support", "IRN > ARM", None, words="Tehran stands by Yerevan, it was said."),
        tell("c", "visit", "IRN > GEO", "2025-05-02", told="2025-07-10", id="c4"),
    )  # fmt: skip
    assert [(str(e.day), e.direction, e.event.kind) for e in found.encounters] == [
        ("2017-01-30", ("ARM", "IRN"), "visit"),
        ("2025-05-01", ("IRN", "ARM"), "visit"),
        ("2025-07-09", None, "call"),
        ("2025-07-10", ("IRN", "ARM"), "support"),
        ("None", ("IRN", "ARM"), "support"),
    ]
    assert found.counts == (
        Count(kind="support", status="actual", events=2),
        Count(kind="visit", status="actual", events=2),
        Count(kind="call", status="actual", events=1),
    )
    assert found.visits == (
        Visits(visitor="ARM", host="IRN", actual=1),
        Visits(visitor="IRN", host="ARM", actual=1),
    )


def test_silences_are_told_with_the_documents_of_their_months(tell: Tell) -> None:
    found = between(
        "ARM", "IRN", tell("a", "visit", "ARM > IRN", "2017-01-30..2017-02-02", told="2017-01-30")
    )
    assert found.silences == (
        Silence(span=Interval(start=date(2017, 2, 3), end=date(2025, 7, 31)), documents=6),
    )


def test_without_events_all_is_silent_and_without_documents_nothing_is_said() -> None:
    assert between("ARM", "IRN").silences == (
        Silence(span=Interval(start=date(2016, 12, 1), end=date(2025, 7, 31)), documents=11),
    )
    assert dyad(("ARM", "IRN"), []).silences == ()


def test_a_vague_date_breaks_a_silence_only_where_it_begins(tell: Tell) -> None:
    found = between("ARM", "IRN", tell("a", "aid", "ARM > IRN", "2018-01-01..2024-12-31", told="2025-05-02"))
    assert [str(s.span.start) for s in found.silences] == ["2018-01-02", "2016-12-01"]


def test_two_on_the_same_side_have_no_direction(tell: Tell) -> None:
    found = between("ARM", "IRN", tell("a", "visit", "ARM+IRN > GEO", "2017-01-30", told="2017-01-30"))
    assert [e.direction for e in found.encounters] == [None]
