"""Names in texts: boundaries, capitals, overlaps, noise; the shipped tables on texts of our own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.knowledge.gazetteer import Entry, Gazetteer, Mention
from communique.knowledge.knowledge import default_knowledge

IRAN = Entry("state", "IRN", "Iran", "name")
IRANIAN = Entry("state", "IRN", "Iran", "adjective")
TURKEY = Entry("state", "TUR", "Turkey", "name")
USA = Entry("state", "USA", "United States", "short")
WHO = Entry("organisation", "WHO", "World Health Organization", "acronym")
CONGRESS = Entry("state", "USA", "United States Congress", "seat", "legislature")
PERU = Entry("state", "PER", "Peru", "name")
PERUVIAN = Entry("state", "PER", "Peru", "adjective")
TANK = Entry("materiel", "tank", "tank", "generic")
PARIS = Entry("state", "FRA", "Paris", "capital")
IVORY_COAST = Entry("state", "CIV", "Ivory Coast", "variant")
CLUB = Entry("noise", "", "Paris Saint-Germain", "name", "sport")

SMALL = Gazetteer(
    [
        ("Iran", IRAN), ("Iranian", IRANIAN), ("Turkey", TURKEY), ("U.S.", USA), ("U.S.A.", USA), ("US", USA),
        ("WHO", WHO), ("Congress", CONGRESS), ("Peru", PERU), ("Peruvian", PERUVIAN), ("tanks", TANK),
        ("Paris", PARIS), ("Paris Saint-Germain", CLUB),
        ("Côte d'Ivoire", IVORY_COAST),
    ],
    words=["Who"],
    shared=["Congress"],
)  # fmt: skip


def told(text: str, gazetteer: Gazetteer = SMALL) -> list[tuple[str, str]]:
    return [(mention.text, mention.entry.code) for mention in gazetteer.find(text)]


def shipped(text: str) -> list[tuple[str, str, str]]:
    found = default_knowledge().gazetteer.find(text)
    return [(mention.text, mention.entry.kind, mention.entry.code) for mention in found]


def test_a_mention_has_its_place_its_words_and_its_meanings() -> None:
    assert SMALL.find("In Turkey.") == [Mention(3, 9, "Turkey", (TURKEY,))]


def test_the_longest_name_wins() -> None:
    assert told("The U.S.A. and the U.S. agree") == [("U.S.A.", "USA"), ("U.S.", "USA")]


@pytest.mark.parametrize(
    "text", ["Irani", "xIran", "Iran7", "Turkeys", "USB", "WHOM", "turkey", "iran", "us", "who"]
)
def test_no_match_inside_a_word_or_without_its_capital(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["Iran's", "Iran’s", "(Iran)", "Iran-led", "anti-Iran", "pre_Iran", "Iran.", "“Iran”"]
)
def test_a_name_ends_at_marks(text: str) -> None:
    assert told(text) == [("Iran", "IRN")]


@pytest.mark.parametrize("text", ["U.S.-led", "U.S.", "the U.S., too", "U.S.’s"])
def test_a_name_may_end_in_a_full_stop(text: str) -> None:
    assert told(text) == [("U.S.", "USA")]


@pytest.mark.parametrize(
    "text", ["the U.S.C. code", "the U.S.S. Ranger", "www.Iran.ir", "Iran.com", "Abu al-Iranian", "Al-Iran"]
)
def test_longer_abbreviations_domains_and_al_names_are_left_alone(text: str) -> None:
    assert told(text) == []


def test_both_sides_of_a_compound_are_found() -> None:
    assert told("Iran-Turkey talks, Peruvian-Iranian trade") == [
        ("Iran", "IRN"), ("Turkey", "TUR"), ("Peruvian", "PER"), ("Iranian", "IRN"),
    ]  # fmt: skip


def test_noise_hides_the_names_within() -> None:
    assert told("Paris Saint-Germain won in Paris") == [("Paris", "FRA")]


def test_noise_yields_to_any_other_meaning_of_the_same_name() -> None:
    both = Gazetteer([("Paris", Entry("noise", "", "Paris", "name")), ("Paris", PARIS)])
    assert told("Paris", both) == [("Paris", "FRA")]


def test_headlines_in_capitals() -> None:
    assert told("PERUVIAN TANKS LEAVE TURKEY\nMore follows.") == [
        ("PERUVIAN", "PER"),
        ("TANKS", "tank"),
        ("TURKEY", "TUR"),
    ]


def test_the_capital_word_of_a_dateline_names_a_place_but_nothing_else() -> None:
    assert told("IRAN – All TANKS in Lima") == [("IRAN", "IRN")]


def test_an_acronym_that_is_a_word_only_counts_outside_of_headlines() -> None:
    assert told("WHO SAYS IRAN AGREES\nThe WHO agrees.") == [("IRAN", "IRN"), ("WHO", "WHO")]


def test_a_name_in_small_letters_may_take_capitals() -> None:
    assert told("Tanks left; more tanks came") == [("Tanks", "tank"), ("tanks", "tank")]


def test_an_institution_of_many_states_belongs_to_the_state_before_it() -> None:
    assert told("Peru's Congress, the Peruvian Congress, Congress, U.S.") == [
        ("Peru", "PER"), ("Congress", "PER"), ("Peruvian", "PER"), ("Congress", "PER"), ("Congress", "USA"),
        ("U.S.", "USA"),
    ]  # fmt: skip


def test_an_institution_of_many_states_is_not_of_one_that_the_text_does_not_name() -> None:
    assert told("Peru waits for Congress") == [("Peru", "PER")]
    assert told("Congress waits") == [("Congress", "USA")]
    assert told("the Congress of Peru waits") == [("Congress", "PER"), ("Peru", "PER")]


def test_apostrophes_spaces_and_one_line_break_make_no_difference() -> None:
    assert told("Côte d’Ivoire, Côte\u00a0d'Ivoire, Côte\nd'Ivoire") == [
        ("Côte d’Ivoire", "CIV"), ("Côte\u00a0d'Ivoire", "CIV"), ("Côte\nd'Ivoire", "CIV"),
    ]  # fmt: skip


def test_a_name_does_not_run_over_a_blank_line() -> None:
    assert told("Côte\n\nd'Ivoire") == []


def test_lone_surrogates_are_no_obstacle() -> None:
    assert told("\ud800 Iran \udfff") == [("Iran", "IRN")]


def test_meanings_of_a_name() -> None:
    assert SMALL.meanings("Paris") == (PARIS,)
    assert SMALL.meanings("Cote") == ()


TEXTS = st.lists(
    st.sampled_from(
        [
            "Iran",
            "IRAN",
            "U.S.",
            "US",
            "WHO",
            "Paris",
            "Saint-Germain",
            "Peru",
            "'s",
            "tanks",
            "x",
            "\n",
            " ",
            ".",
            "-",
            "é",
            "\ud800",
        ]
    )
).map("".join)


@given(TEXTS)
def test_mentions_are_sorted_disjoint_and_true_to_the_text(text: str) -> None:
    found = SMALL.find(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(text[m.start : m.end] == m.text and m.entries for m in found)


@given(TEXTS)
def test_finding_twice_gives_the_same(text: str) -> None:
    assert SMALL.find(text) == SMALL.find(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Michael Jordan flew to Jordan", [("Jordan", "state", "JOR")]),
        ("They roasted a turkey in Turkey", [("Turkey", "state", "TUR")]),
        ("Chad Smith toured Chad", [("Chad", "state", "TCD")]),
        ("In Mali, Mali Harries filmed", [("Mali", "state", "MLI")]),
        ("From Atlanta, Georgia, and Georgia Tech to Georgia", [("Georgia", "state", "GEO")]),
        (
            "Minister of Defence Production",
            [("Minister of Defence Production", "office", "defence production minister")],
        ),
        (
            "the Washington Post in Washington",
            [("Washington Post", "outlet", "USA"), ("Washington", "state", "USA")],
        ),
        ("Paris Saint-Germain", []),
        ("Russia 24 quoted Russia", [("Russia 24", "outlet", "RUS"), ("Russia", "state", "RUS")]),
        ("with Turkish Airlines", []),
        ("New Mexico borders Mexico", [("New Mexico", "place", "USA"), ("Mexico", "state", "MEX")]),
        ("Israel Katz", []),
        ("TURKEY SAYS IT WILL TELL US", [("TURKEY", "state", "TUR"), ("US", "state", "USA")]),
        ("W. GERMANY AND S. KOREA AGREE", [("W. GERMANY", "state", "DEU"), ("S. KOREA", "state", "KOR")]),
        ("the six powers", [("the six powers", "organisation", "P5+1")]),
        ("post-Soviet Moldova", [("Moldova", "state", "MDA")]),
        ("the Soviet Union", [("Soviet Union", "state", "RUS")]),
        (
            "South Korean Joint Chiefs of Staff",
            [("South Korean", "state", "KOR"), ("Joint Chiefs of Staff", "state", "KOR")],
        ),
        ("Daesh in Syria", [("Daesh", "group", "ISIS"), ("Syria", "state", "SYR")]),
        ("the Zionist regime", [("Zionist regime", "state", "ISR")]),
        ("Côte d’Ivoire", [("Côte d’Ivoire", "state", "CIV")]),
        ("TÜRKİYE and Türkiye", [("TÜRKİYE", "state", "TUR"), ("Türkiye", "state", "TUR")]),
    ],
)  # fmt: skip
def test_the_shipped_tables(text: str, found: list[tuple[str, str, str]]) -> None:
    assert shipped(text) == found


@pytest.mark.parametrize("prefix", ["anti-", "non-", "pro-"])
def test_adjectives_in_compounds_are_adjectives(prefix: str) -> None:
    (mention,) = default_knowledge().gazetteer.find(f"{prefix}Iranian")
    assert (mention.text, mention.entry.form) == ("Iranian", "adjective")
