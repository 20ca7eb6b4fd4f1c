"""What is weighed about a date: the form of the clause, how far the days are from the document, how they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from communique.coding.annotate import annotate
from communique.coding.annotation import Annotation
from communique.coding.claims import best_dated
from communique.coding.coder import Coder
from communique.coding.parse import Parse
from communique.coding.propose import propose
from communique.coding.times import date_options
from communique.coding.weigh_dates import date_features, form_of
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import default_knowledge
from communique.records import Interval


def annotated(parse: Parse) -> Annotation:
    return annotate(parse, default_knowledge().gazetteer, Chronology.load())


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Russia will deliver the jets.", "will"),
        ("Russia would deliver the jets.", "modal"),
        ("Russia has delivered the jets.", "perfect"),
        ("Russia had delivered the jets.", "pluperfect"),
        ("Russia delivered the jets.", "past"),
        ("The jets were delivered.", "past"),
        ("Russia is delivering the jets.", "progressive"),
        ("Russia delivers the jets.", "present"),
    ],
)
def test_the_form_of_a_clause(parse_text: Callable[..., Parse], text: str, form: str) -> None:
    (sentence,) = parse_text(text).sentences
    assert form_of(sentence.root) == form


def features(annotation: Annotation, kind: str, place: str) -> Mapping[str, float]:
    candidate = next(c for c in propose(annotation.parse) if c.kind == kind)
    options = date_options(candidate, annotation, "actual")
    option = next(o for o in options if o.place == place)
    return date_features(option, candidate, options, "actual", annotation)


def test_days_are_weighed_by_how_they_stand_to_the_document_and_to_the_words(
    parse_text: Callable[..., Parse],
) -> None:
    told = annotated(parse_text("On 3 May Turkey had deployed troops to Qatar.", day="2016-05-08"))
    own = features(told, "mobilize", "clause")
    assert {"when:clause:week", "form:clause:pluperfect:verb", "wide:clause:day", "prep:clause:on"} <= set(
        own
    )
    assert {"first:clause:True", "twins:clause:1", "verbs:clause:0"} <= set(own)
    assert {"when:document:now", "hang:document:ROOT"} <= set(features(told, "mobilize", "document"))
    assert {"when:none:none", "published:none:True:True"} <= set(features(told, "mobilize", "none"))


def test_the_claim_takes_the_date_of_which_the_judge_is_surest(parse_text: Callable[..., Parse]) -> None:
    text = "Turkey deployed troops to Qatar on 3 May.\nTurkey has deployed troops to Qatar, its minister said on 5 May."
    groups = Coder(learned=False).groups(annotated(parse_text(text, day="2016-05-08")))
    draft = groups[0][0]
    early, late = (
        replace(draft.date, interval=Interval(start=day, end=day), place="clause", sure=0.4)
        for day in (date(2016, 5, 3), date(2016, 5, 5))
    )
    unknown = replace(draft.date, interval=None, place="none", sure=0.4)
    tellings = [replace(draft, date=option) for option in (unknown, early, replace(late, sure=0.6))]
    assert best_dated(tellings) is tellings[2]
    assert best_dated(tellings[:2]) is tellings[1]
    surely_none = replace(draft, date=replace(unknown, sure=0.9))
    assert best_dated([surely_none, *tellings[:2]]) is surely_none


def test_a_telling_without_a_date_is_no_reason_against_one_that_is_well_dated(
    parse_text: Callable[..., Parse],
) -> None:
    text = "Turkey deployed troops to Qatar on 3 May."
    draft = Coder(learned=False).groups(annotated(parse_text(text, day="2016-05-08")))[0][0]
    third = Interval(start=date(2016, 5, 3), end=date(2016, 5, 3))
    for place in ("none", "document"):
        other = replace(draft, date=replace(draft.date, interval=None, place=place, sure=0.9))
        own = replace(draft, date=replace(draft.date, interval=third, place="above", sure=0.6))
        assert best_dated([other, own]) is own
