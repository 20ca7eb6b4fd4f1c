import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from communique.linking import likeness
from communique.linking.likeness import THRESHOLD, cannot, score
from communique.linking.profile import kinds, profile
from communique.linking.records import ClaimKey, Told
from communique.records import Derivation

Tell = Callable[..., Told]


def why(a: Told, b: Told) -> str | None:
    return cannot(profile(a), profile(b))


def test_a_link_names_both_claims_in_order_with_its_reasons(tell: Tell) -> None:
    words = "signed a contract for two Mistral carriers"
    a = tell("d2", "arms_transfer", "FRA > RUS", "2011-06-17", stage="contract", words=words)
    b = tell("d1", "arms_transfer", "FRA > RUS", "2011-06-17", stage="contract", words=words)
    link = score(a, b)
    assert link is not None
    assert (link.a, link.b) == (ClaimKey(doc_id="d1", id="c1"), ClaimKey(doc_id="d2", id="c1"))
    assert link.score > 0.9
    assert "+ date: same day" in link.reasons


@pytest.mark.parametrize(
    ("kind", "first", "second", "reason"),
    [
        ("call", "2015-08-05", "2015-08-07", "different days"),
        ("call", "2015-08-05", "2015-08-06", None),  # time zones
        ("visit", "2015-08-05", "2015-08-08", None),  # a visit lasts
        ("visit", "2015-08-05", "2015-08-15", "different days"),
        ("meeting", "2015-08", "2015-10", "different days"),
        ("meeting", "2015-08", "2015-09", "different days"),  # months that do not meet
        ("meeting", "2015-08", "2015-09-01", None),  # a day just past a month
        ("meeting", "2015-08", "2015", None),
    ],
)
def test_days_that_keep_acts_apart(
    tell: Tell, kind: str, first: str, second: str, reason: str | None
) -> None:
    assert why(tell("d1", kind, "FRA > RUS", first), tell("d2", kind, "FRA > RUS", second)) == reason


def test_a_plan_may_be_moved(tell: Tell) -> None:
    planned = tell("d1", "visit", "SWE > PER", "2016-11-20", status="planned")
    came = tell("d2", "visit", "SWE > PER", "2016-12-08")
    assert why(planned, came) is None


def test_what_was_told_cannot_have_come_about_later(tell: Tell) -> None:
    undated = tell("d1", "visit", "SWE > PER", told="2016-10-01")
    later = tell("d2", "visit", "SWE > PER", "2016-11-08")
    assert why(undated, later) == "different days"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Resolution 2231", "UN Security Council resolution No. 1929", "instruments of different numbers"),
        ("Resolution 2231", "resolution no. 2231 (2015)", None),
        ("Resolution 2231", "nuclear deal", None),
    ],
)
def test_numbers_tell_instruments_apart(tell: Tell, first: str, second: str, reason: str | None) -> None:
    one, other = (
        tell(doc, "agreement", "RUS + IRN", "2015-07", stage="signing", instrument=name)
        for doc, name in (("d1", first), ("d2", second))
    )
    assert why(one, other) == reason


def test_what_is_to_come_is_not_what_is_past(tell: Tell) -> None:
    planned = tell("d1", "visit", "SWE > PER", told="2016-10-01", status="planned")
    past = tell("d2", "visit", "SWE > PER", "2016-06-08")
    assert why(planned, past) == "different days"


@pytest.mark.parametrize(
    ("kind", "first", "second", "reason"),
    [
        ("visit", "FRA/Manuel Valls > EGY", "FRA/Francois Hollande > EGY", "different persons"),
        ("visit", "FRA/Manuel Valls > EGY", "FRA/Valls > EGY", None),
        ("visit", "FRA/Manuel Valls > EGY", "FRA > EGY/Sisi", None),
        ("accuse", "FRA/Manuel Valls > EGY", "FRA/Francois Hollande > EGY", None),
        ("accuse", "FRA > EGY", "EGY > FRA", "different parties"),
        ("accuse", "FRA > EGY", " > EGY", None),
        ("meeting", "FRA + EGY", "FRA + EGY + JOR", None),
        ("meeting", "FRA + EGY", "FRA + JOR", "different parties"),
        ("meeting", "FRA + EGY", "FRA", None),
    ],
)
def test_parties_and_persons_that_keep_acts_apart(
    tell: Tell, kind: str, first: str, second: str, reason: str | None
) -> None:
    assert why(tell("d1", kind, first), tell("d2", kind, second)) == reason


def test_one_document_tells_its_acts_apart_unless_it_denies_one(tell: Tell) -> None:
    act = tell("d1", "coerce", "IRN > DNK", "2016-03-12", id="c1")
    other = tell("d1", "coerce", "IRN > DNK", "2016-03-12", id="c2")
    denial = tell("d1", "coerce", "IRN > DNK", id="c3", status="denied")
    assert why(act, other) == "one document tells them apart"
    assert why(act, denial) is None


def test_an_undated_charge_between_hubs_is_no_event_of_another_year(tell: Tell) -> None:
    a = tell("d1", "accuse", "USA > IRN", words="The US has accused Iran of terrorism", told="2012-05-01")
    b = tell("d2", "accuse", "USA > IRN", words="Washington accused Iran of lying", told="2016-05-01")
    link = score(a, b)
    assert link is not None
    assert link.score < 0.3


def test_acts_that_are_counted_are_told_apart(tell: Tell) -> None:
    first = tell(
        "d1", "arms_program", "PRK", "2017-07", words="its first test of an intercontinental missile"
    )
    second = tell(
        "d2", "arms_program", "PRK", "2017-07", words="its second test of an intercontinental missile"
    )
    time = tell("d3", "arms_program", "PRK", "2017-07", words="for the first time it fired a missile")
    assert [profile(one).ordinals for one in (first, second, time)] == [{1}, {2}, set()]
    link = score(first, second)
    assert link is not None
    assert "- count: differs" in link.reasons


@pytest.mark.parametrize(("kind", "reason"), [("assault", None), ("accuse", "different parties")])
def test_who_began_is_told_both_ways_but_who_accused_is_not(
    tell: Tell, kind: str, reason: str | None
) -> None:
    assert (
        why(tell("d1", kind, "ERI > DJI", "2008-06-10"), tell("d2", kind, "DJI > ERI", "2008-06-10"))
        == reason
    )


def test_a_date_that_coding_inferred_may_be_days_off(tell: Tell) -> None:
    told = tell("d1", "call", "DNK + IRN", "2016-03-16")
    inferred = tell("d2", "call", "DNK + IRN", "2016-03-21")
    derived = (Derivation(field="date", value="2016-03-21", reason="the document's date (given)"),)
    unsure = inferred.model_copy(update={"claim": inferred.claim.model_copy(update={"derivations": derived})})
    assert why(told, inferred) == "different days"
    assert why(told, unsure) is None


def test_the_score_has_no_direction(stories: dict[str, tuple[list[Told], dict[ClaimKey, str]]]) -> None:
    told = stories["gripen"][0]
    pairs = list(combinations(told[:40], 2))
    assert [score(a, b) for a, b in pairs] == [score(b, a) for a, b in pairs]
    assert any(link and link.score >= THRESHOLD for link in (score(a, b) for a, b in pairs))


def test_every_weight_is_of_a_feature_that_there_is() -> None:
    weights = json.loads(Path(likeness.__file__).with_name("weights.json").read_text(encoding="utf-8"))
    source = Path(likeness.__file__).read_text(encoding="utf-8")
    groups = {f"group: {group}" for group in kinds()["groups"]}
    assert [n for n in weights if n != "bias" and n not in groups and f'"{n}"' not in source] == []


def test_every_kind_has_its_group_and_its_days() -> None:
    from typing import get_args

    from communique.records import Kind

    table = kinds()
    every = set(get_args(Kind))
    assert {kind for group in table["groups"].values() for kind in group} == every
    assert set(table["days"]) == set(table["moved"]) == every


TOOK = "gunboats boarded the tanker Aurelia off Larak and towed it to harbour"


def inferred(one: Told, reason: str = "the document's date (given)", start: int | None = None) -> Told:
    """The claim with a date that coding gave for that reason, from words at `start` if there are any."""
    derived = Derivation(field="date", value="-", reason=reason, start=start, end=None)
    return one.model_copy(update={"claim": one.claim.model_copy(update={"derivations": (derived,)})})


def test_a_date_that_rests_on_no_words_does_not_part_an_act_from_one_told_long_before(tell: Tell) -> None:
    back = inferred(tell("d2", "coerce", "IRN > DNK", "2017-03-10", words=TOOK, told="2017-03-10"))
    news = tell("d1", "coerce", "IRN > DNK", "2016-03-12", words=TOOK, told="2016-03-13")
    assert why(back, news) is None
    link = score(back, news)
    assert link is not None
    assert link.score > THRESHOLD
    assert "date: one inferred long after" in likeness.features(profile(news), profile(back))
    assert why(tell("d2", "coerce", "IRN > DNK", "2017-03-10"), news) == "different days"


def test_two_news_of_their_own_days_are_two_acts(tell: Tell) -> None:
    first = inferred(tell("d1", "call", "FRA + RUS", "2022-02-28", told="2022-02-28"))
    second = inferred(tell("d2", "call", "FRA + RUS", "2022-03-18", told="2022-03-18"))
    assert why(first, second) == "different days"


def test_a_date_counted_from_another_sentence_is_not_sure(tell: Tell) -> None:
    counted = tell("d1", "visit", "SWE > PER", "2018-06")
    reason = "“two years later”: counted from the date told before"
    assert profile(counted).sure
    assert not profile(inferred(counted, reason, start=4)).sure


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("UNSC > ERI", "ERI > UNSC", None),
        ("UNSC > ERI", "ERI > DJI", "different parties"),
        ("UNSC > ERI", "USA > ERI", "different parties"),
    ],
)
def test_parties_told_the_other_way_round_in_one_text(
    tell: Tell, first: str, second: str, reason: str | None
) -> None:
    words = "placed it under an arms embargo eleven months after the Doumeira clash"
    a = tell("d1", "sanction", first, "2009-12", words=words)
    assert why(a, tell("d2", "sanction", second, "2009-12", words=words)) == reason
    other = tell("d2", "sanction", second, "2009-12", words="froze the accounts of two generals")
    assert why(a, other) == "different parties"


def test_plans_without_a_day_lie_near_their_telling(tell: Tell) -> None:
    spring = tell("d1", "visit", "SWE > PER", told="2016-04-16", status="planned")
    winter = tell("d2", "visit", "SWE > PER", told="2017-02-04", status="planned")
    summer = tell("d3", "visit", "SWE > PER", told="2016-07-01", status="planned")
    assert why(spring, winter) == "different days"
    assert why(spring, summer) is None
    assert why(spring, tell("d4", "visit", "SWE > PER", "2017-02-05")) == "different days"


def test_one_document_may_tell_an_act_twice(tell: Tell) -> None:
    headline = inferred(tell("d1", "coerce", "IRN > DNK", "2016-03-13", id="c1", words=TOOK))
    story = tell("d1", "coerce", "IRN > DNK", "2016-03-12", id="c2", words=TOOK)
    later = tell("d1", "coerce", "IRN > DNK", "2016-03-15", id="c3", words=TOOK)
    one, two, three = map(profile, (headline, story, later))
    assert cannot(one, two) == "one document tells them apart"
    together = likeness.in_group(one, two)
    assert together is not None
    assert together > THRESHOLD
    assert likeness.in_group(two, three) is None
