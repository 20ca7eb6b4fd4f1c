from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from communique.coding.annotate import annotate
from communique.coding.annotation import Annotation
from communique.coding.parse import Parse
from communique.coding.propose import Candidate, propose
from communique.coding.times import DateOption, date_options, rule_option
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import default_knowledge
from communique.records import Interval, Status


@pytest.fixture(scope="session")
def annotated(parse_text: Callable[..., Parse]) -> Callable[..., Annotation]:
    def make(text: str, day: str | None = None) -> Annotation:
        return annotate(parse_text(text, day=day), default_knowledge().gazetteer, Chronology.load())

    return make


def first(annotation: Annotation, kind: str) -> Candidate:
    return next(c for c in propose(annotation.parse) if c.kind == kind)


def chosen(annotation: Annotation, kind: str, status: Status = "actual") -> DateOption:
    candidate = first(annotation, kind)
    return rule_option(candidate, date_options(candidate, annotation, status), status)


def day(text: str) -> Interval:
    return Interval(start=date.fromisoformat(text), end=date.fromisoformat(text))


def test_the_date_of_the_own_clause_wins_over_that_of_the_saying(
    annotated: Callable[..., Annotation],
) -> None:
    told = annotated("He said on Friday that Turkey had deployed troops on 3 May 2016.", "2016-05-08")
    assert chosen(told, "mobilize").interval == day("2016-05-03")


def test_a_lead_without_a_day_takes_the_date_of_the_document(annotated: Callable[..., Annotation]) -> None:
    option = chosen(annotated("Turkey has deployed troops to Qatar.", "2017-06-22"), "mobilize")
    assert (option.interval, option.place) == (day("2017-06-22"), "document")


def test_the_date_told_last_is_what_later_words_count_from(annotated: Callable[..., Annotation]) -> None:
    text = "Talks\n\nThey met on May 3. Two days later they met again. They met on May 9 and on Tuesday."
    annotation = annotated(text, "2020-05-14")
    told = [
        annotation.date_context(text.index(word))
        for word in ("They met on May 3", "Two days", "They met on May 9")
    ]
    assert told == [None, day("2020-05-03"), day("2020-05-03")]
    assert annotation.date_context(len(text)) == day("2020-05-12")


def test_an_undated_document_leaves_the_date_unknown(annotated: Callable[..., Annotation]) -> None:
    option = chosen(annotated("Turkey has deployed troops to Qatar."), "mobilize")
    assert option.interval is None and option.reason


def test_a_planned_act_does_not_take_the_date_of_the_document(annotated: Callable[..., Annotation]) -> None:
    assert (
        chosen(annotated("Turkey will deploy troops to Qatar.", "2017-06-22"), "mobilize", "planned").interval
        is None
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey will deploy troops to Qatar on Monday.", "2017-06-26"),
        ("The minister said Turkey would deploy troops to Qatar on Monday.", "2017-06-26"),
        ("Turkey deployed troops to Qatar on Monday.", "2017-06-19"),
        ("Turkey would have deployed troops to Qatar on Monday.", "2017-06-19"),
    ],
)
def test_the_verb_says_which_weekday_is_meant(
    annotated: Callable[..., Annotation], text: str, expected: str
) -> None:
    assert chosen(annotated(text, "2017-06-22"), "mobilize").interval == day(expected)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The king was supposed to visit Baku on Monday.", "2021-03-03", "2021-03-01"),
        ("The king was supposed to visit Baku on Monday.", "2021-03-06", "2021-03-08"),
        ("The king is supposed to visit Baku on Monday.", "2021-03-03", "2021-03-08"),
        ("The king agreed to visit Baku on Monday.", "2021-03-03", "2021-03-08"),
    ],
)
def test_the_day_of_a_past_plan_lies_behind_or_ahead_whichever_is_nearer(
    annotated: Callable[..., Annotation], text: str, published: str, expected: str
) -> None:
    assert chosen(annotated(text, published), "visit", "planned").interval == day(expected)


def dates_of(annotation: Annotation, kind: str) -> dict[str, Interval | None]:
    options = date_options(first(annotation, kind), annotation, "actual")
    return {o.expression.text: o.interval for o in options if o.expression is not None}


def test_a_date_counts_from_one_told_before_it_in_the_sentence(annotated: Callable[..., Annotation]) -> None:
    text = "They met on 3 May 2016, and two days later Turkey deployed troops to Qatar. "
    assert dates_of(annotated(text, "2018-06-22"), "mobilize")["two days later"] == day("2016-05-05")
    text = "They met in May 2016, and in November of that year Turkey deployed troops to Qatar."
    found = dates_of(annotated(text, "2018-06-22"), "mobilize")["November of that year"]
    assert found == Interval(start=date(2016, 11, 1), end=date(2016, 11, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 12 May 2016, nine days after Turkey had deployed troops to Qatar.", "2016-05-03"),
        ("They met on 12 May 2016, two days before Turkey deployed troops to Qatar.", "2016-05-14"),
        ("They met nine days after Turkey had deployed troops to Qatar.", None),
    ],
)
def test_an_event_from_which_another_is_counted_is_dated_by_it(
    annotated: Callable[..., Annotation], text: str, expected: str | None
) -> None:
    found = dates_of(annotated(text, "2018-06-22"), "mobilize")
    counted = next(interval for words, interval in found.items() if "days" in words)
    assert counted == (day(expected) if expected else None)


def test_days_before_it_count_from_the_date_told_before(annotated: Callable[..., Annotation]) -> None:
    text = "They met on 12 May 2016. Turkey deployed troops to Qatar two days before that."
    assert dates_of(annotated(text, "2018-06-22"), "mobilize")["two days before"] == day("2016-05-10")
