import pytest
from pydantic import ValidationError

from communique.archive.records import EventFilter
from communique.web.asking import EventsAsked, in_words


def test_empty_fields_of_a_form_ask_for_nothing() -> None:
    asked = EventsAsked.model_validate({"q": "", "actor": ["", ""], "since": "", "kind": [""]})
    assert asked == EventsAsked.model_validate({})
    assert asked.wanted() == EventFilter()
    assert asked.query() == []


def test_names_are_taken_for_their_codes_and_months_for_their_days() -> None:
    asked = EventsAsked.model_validate(
        {"actor": ["Armenia", "irn"], "since": "2016-02", "until": "2016-02", "kind": ["visit", "call"]}
    )
    assert asked.wanted() == EventFilter(
        between=("ARM", "IRN"), since="2016-02-01", until="2016-02-29", kinds=("visit", "call")
    )
    assert asked.query(page=2) == [
        ("actor", "ARM"),
        ("actor", "IRN"),
        ("kind", "visit"),
        ("kind", "call"),
        ("since", "2016-02-01"),
        ("until", "2016-02-29"),
        ("page", "2"),
    ]


@pytest.mark.parametrize("day", ["yesterday", "2016-13", "2016-02-30", "16", "2016-2"])
def test_what_is_no_day_is_refused(day: str) -> None:
    with pytest.raises(ValidationError):
        EventsAsked.model_validate({"since": day})


def test_a_role_is_that_of_the_first_actor() -> None:
    asked = EventsAsked.model_validate({"actor": ["FRA", "RUS"], "role": "source"})
    assert asked.wanted() == EventFilter(between=("RUS",), actor="FRA", role="source")


def test_the_other_role_is_that_of_the_second_actor() -> None:
    asked = EventsAsked.model_validate({"actor": ["FRA", "RUS"], "role": "source", "other_role": "target"})
    assert asked.wanted() == EventFilter(between=("RUS",), actor="FRA", role="source", other_role="target")


@pytest.mark.parametrize(
    "given, words",
    [
        ({}, "All events."),
        ({"kind": ["visit"], "actor": ["ARM", "IRN"]}, "Visits in which Armenia and Iran take part."),
        (
            {"status": ["denied"], "min_sources": "2", "since": "2016", "until": "2017"},
            "Denied events dated 2016–2017 told by 2 or more independent sources.",
        ),
        (
            {"actor": ["FRA"], "role": "source", "materiel": "Mistral"},
            "All events in which France as source takes part over Mistral.",
        ),
        (
            {"actor": ["FRA", "RUS"], "role": "source", "other_role": "target", "kind": ["visit"]},
            "Visits in which France as source and Russia as target take part.",
        ),
        ({"since": "2016-05", "within": "month"}, "All events dated since 1 May 2016 to within a month."),
        ({"until": "2016-05-12"}, "All events dated up to 12 May 2016."),
        ({"since": "2017", "until": "2016"}, "All events dated 2017-01-01..2016-12-31."),
        ({"within": "year"}, "All events dated to within a year."),
        (
            {"q": "corridor", "min_confidence": "0.5"},
            "All events whose evidence says “corridor” with a confidence of 0.5 or more.",
        ),
    ],
)
def test_the_filter_in_words(given: dict[str, object], words: str) -> None:
    assert in_words(EventsAsked.model_validate(given)) == words


def test_the_newest_come_first_unless_asked_otherwise() -> None:
    orders = [("date", False), ("date", True), ("confidence", False), ("confidence", True)]
    assert [EventsAsked(order=o, back=b).reverse for o, b in orders] == [True, False, False, True]
