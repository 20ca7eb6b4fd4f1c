"""When an undated document was written, from what it takes as given. The texts are our own."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.errors import KnowledgeError
from communique.knowledge.dated_events import event_reasons, literals_of, load_events
from communique.knowledge.dating import (
    LONGEST,
    Chronology,
    date_by_constraint,
    infer_published,
)
from communique.knowledge.incumbents import incumbents
from communique.knowledge.occupancies import CUTOFF, Occupancies, first_day
from communique.records import Interval, Published

KNOWN = Chronology.load()


def days(start: str, end: str) -> Interval:
    return Interval(start=date.fromisoformat(start), end=date.fromisoformat(end))


def inferred(text: str, title: str | None = None) -> Interval | None:
    return infer_published(text, title, (), knowledge=KNOWN).interval


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        (
            "Defence Minister Vigen Sargsyan flew to Tehran and met his hosts for an hour.",
            days("2016-10-03", "2018-06-22"),
        ),
        (
            "Baku, March 3. - Iranian Defence Minister Ahmad Vahidi spoke of Resolution 1929, adopted last "
            "year. “The 32 years since the Islamic Revolution have taught us much,” he said.",
            days("2011-03-03", "2011-03-03"),
        ),
        (
            "On July 12, Armenian Defence Minister Suren Papikyan spoke with his Iranian counterpart, their "
            "first call since the 12-day war.",
            days("2025-07-12", "2025-07-19"),
        ),
        (
            "Defence Minister Amir Hatami told reporters that the arms embargo will expire in October and "
            "that Iran would then trade freely.",
            days("2019-10-19", "2020-10-18"),
        ),
        (
            "President Barack Obama and Foreign Minister Mohammad Javad Zarif were named in the report.",
            days("2013-08-15", "2017-03-06"),
        ),
        (
            "President Reagan will send Defence Secretary Caspar Weinberger to Cairo. Foreign Minister "
            "Shimon Peres welcomed it.",
            days("1986-10-20", "1988-01-07"),
        ),
    ],
)
def test_a_text_is_bounded_by_what_it_takes_as_given(text: str, interval: Interval) -> None:
    assert inferred(text) == interval


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met and agreed to meet again.",
        "President Vladimir Putin received the ambassadors.",
        "On July 9, the ministers held a call.",
        "TEHRAN, March 4 - The navy began a drill.",
        "",
    ],
)
def test_too_little_is_unknown(text: str) -> None:
    published = infer_published(text, None, (), knowledge=KNOWN)
    assert (published.interval, published.found) == (None, "unknown")


def test_unknown_keeps_its_reasons() -> None:
    published = infer_published("President Hosni Mubarak received the envoy.", None, (), knowledge=KNOWN)
    assert published == Published(
        interval=None,
        found="unknown",
        expression="“President Hosni Mubarak”: Hosni Mubarak was president of EGY 1981-10-14..2011-02-11",
    )


def test_given_officials_count_like_those_found() -> None:
    text = "The two ministers discussed the border."
    given_two = [("Ahmad Vahidi", "defence minister", "IRN"), ("Robert Gates", "defence minister", "USA")]
    published = infer_published(text, None, given_two, knowledge=KNOWN)
    assert published.interval == days("2009-09-03", "2011-08-15")
    assert published.found == "inferred"


def test_an_official_whom_the_table_does_not_know_bounds_nothing() -> None:
    assert date_by_constraint("", None, [("Jane Roe", "president", "FRA")], knowledge=KNOWN).reasons == ()


def test_those_who_have_left_do_not_bound() -> None:
    text = "Former President Barack Obama and then-Secretary of State John Kerry wrote to Mr Smith."
    assert incumbents(text, (), KNOWN.occupancies) == ()


def test_an_earlier_holder_named_in_passing_gives_way_to_the_later() -> None:
    text = (
        "President Joe Biden met Foreign Minister Annalena Baerbock. President Barack Obama's policy of 2015 "
        "was no model, Secretary of State Antony Blinken said."
    )
    assert inferred(text) == days("2021-12-08", "2025-03-06")


def test_two_possible_years_give_two_candidate_days() -> None:
    text = "On March 9, Defence Minister Vigen Sargsyan opened a school."
    dating = date_by_constraint(text, None, (), knowledge=KNOWN)
    assert dating.candidates == (
        (date(2017, 3, 9), date(2017, 3, 16)),
        (date(2018, 3, 9), date(2018, 3, 16)),
    )
    assert dating.interval == days("2017-03-09", "2018-03-16")


def test_a_weekday_picks_the_year() -> None:
    text = "On Thursday, March 9, Defence Minister Vigen Sargsyan opened a school."
    assert inferred(text) == days("2017-03-09", "2017-03-16")


def test_a_day_to_come_is_no_day_of_the_lead() -> None:
    text = "Defence Minister Vigen Sargsyan will open a school on March 9."
    assert date_by_constraint(text, None, (), knowledge=KNOWN).candidates == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The accord was signed in May 2014 in Minsk.", "2014-01-01"),
        ("The accord was signed on 3 May 2014.", "2014-05-03"),
        ("They expect growth through 2020.", None),
        ("The plan runs until 2030.", None),
        ("He bought 2000 rifles.", None),
    ],
)
def test_told_years_and_dates_bound_from_below(text: str, first: str | None) -> None:
    reasons = date_by_constraint(text, None, (), knowledge=KNOWN).reasons
    found = max((reason.spans[0][0].isoformat() for reason in reasons), default=None)
    assert found == first


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("UN Security Council Resolution 2231", "Resolution 2231"),
        ("after the assassination of General Qassem Soleimani", "assassination of Qassem Soleimani"),
        ("the 44-day war", "second Karabakh war"),
        ("since the annexation of Crimea", "annexation of Crimea"),
        ("the coronavirus pandemic", "COVID-19"),
        ("AUKUS partners", "AUKUS"),
    ],
)
def test_events_are_known_by_their_words(words: str, event: str) -> None:
    assert [reason.why.split(" (")[0] for reason in event_reasons(words, KNOWN.events)] == [event]


@pytest.mark.parametrize(
    "words", ["Buchan wrote", "the Soleimani mosque", "a new resolution", "the war in Gaza"]
)
def test_other_words_are_no_events(words: str) -> None:
    assert list(event_reasons(words, KNOWN.events)) == []


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_a_pattern_matches_has_one_of_its_literals(data: st.DataObject) -> None:
    event = data.draw(st.sampled_from(KNOWN.events))
    words = data.draw(st.from_regex(event.pattern))
    assert any(literal in words.lower() for literal in event.literals)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("Chernobyl", ("chernobyl",)),
        ("Iran[-–]Iraq war|Sacred Defen[cs]e", ("iraq war", "sacred defen")),
        ("(?:fall|end) of Kabuls?", (" of kabul",)),
        ("9/11|MH-?17", ("11", "mh")),
        (r"(?:a|b)[^.]{0,70}(?:c|d)", ("",)),
    ],
)
def test_literals_are_what_every_match_has(pattern: str, literals: tuple[str, ...]) -> None:
    assert literals_of(pattern) == literals


def test_the_table_of_events_keeps_its_form() -> None:
    assert len(KNOWN.events) >= 150
    assert all(first_day(e.day) <= CUTOFF and e.span[0] <= e.span[1] for e in KNOWN.events)
    assert [e.event for e in KNOWN.events if e.pattern.search("")] == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Fair,2020-02-30,after,,fair", "day is out of range for month"),
        ("Fair,2020-02-20,since,,fair", "bound is neither 'after' nor 'before': 'since'"),
        ("Fair,2020-02-20,after,,(fair", "missing \\), unterminated subpattern"),
    ],
)
def test_a_wrong_event_is_reported(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "dated_events.csv"
    path.write_text(f"event,date,bound,lead_days,pattern,source\n{row},us\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"dated_events\.csv:2: {reason}"):
        load_events(tmp_path)


def test_an_overlay_knows_other_events(tmp_path: Path) -> None:
    (tmp_path / "dated_events.csv").write_text(
        "event,date,bound,lead_days,pattern,source\nFair opens,2019-06-01,before,60,Fair (?:will|is to) open,us\n",
        encoding="utf-8",
    )
    known = Chronology(Occupancies.load(), load_events(tmp_path))
    text = "The Great Fair will open in June."
    assert infer_published(text, None, (), knowledge=known).interval == days("2019-04-02", "2019-06-01")


OFFICES = st.sampled_from(
    [
        "Defence Minister Ahmad Vahidi", "President Barack Obama", "Prime Minister Nikol Pashinyan",
        "On July 9,", "Resolution 1929", "in 2014 they signed", "COVID-19", "will end in 2016", "Monday",
        "\n\n", ". ", "the war",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(OFFICES, st.text(max_size=12)), max_size=12))
def test_an_interval_is_short_enough_ends_by_the_cut_off_and_has_reasons(parts: list[str]) -> None:
    published = infer_published(" ".join(parts), None, (), knowledge=KNOWN)
    if published.interval is None:
        assert published.found == "unknown"
    else:
        assert published.found == "inferred"
        assert published.expression
        assert published.interval.days <= LONGEST + 8
        assert published.interval.start <= CUTOFF
