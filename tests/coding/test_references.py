"""References: what surnames, offices, pronouns and pairs stand for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from communique.coding.annotate import outlet_code
from communique.coding.own_side import with_own_side
from communique.coding.parse import Parse
from communique.coding.people import find_people
from communique.coding.references import References, Referent, resolve_references
from communique.coding.speakers import find_statements
from communique.knowledge.knowledge import default_knowledge

ParseText = Callable[..., Parse]

CALL = (
    "Armenian Defense Minister Suren Papikyan and Iranian Defense Minister Aziz Nasirzadeh "
    "held a phone call. "
)


def read(parse: Parse) -> References:
    return resolve_references(parse, find_people(parse))


def meant(parse: Parse, words: str) -> Referent | None:
    """Who the last place of these words stands for."""
    start = parse.document.text.rindex(words)
    return read(parse).at(start, start + len(words))


def names(referent: Referent | None) -> list[str]:
    return [] if referent is None else [p.name for p in referent.persons]


def test_a_surname_is_the_full_name(parse_text: ParseText) -> None:
    found = meant(parse_text(CALL + "Nasirzadeh praised the talks."), "Nasirzadeh")
    assert (names(found), found and found.codes) == (["Aziz Nasirzadeh"], ("IRN",))


def test_an_office_with_a_state_is_its_holder(parse_text: ParseText) -> None:
    text = CALL + "The Armenian defense minister praised the talks."
    assert names(meant(parse_text(text), "Armenian defense minister")) == ["Suren Papikyan"]


def test_a_bare_noun_is_the_last_person_who_can_be_one(parse_text: ParseText) -> None:
    text = (
        "Seyyed Issa Daraei, a member of Majlis, met President Hassan Rouhani of Iran. "
        "The lawmaker said that Iran would wait."
    )
    assert names(meant(parse_text(text), "lawmaker")) == ["Seyyed Issa Daraei"]


def test_an_unnamed_official_is_nobody_named_before(parse_text: ParseText) -> None:
    text = (
        "US Secretary of State Mike Pompeo left for Seoul. A Pentagon official denied the report. "
        "The official gave no reason."
    )
    assert names(meant(parse_text(text), "official")) == []


def test_he_is_the_subject_of_the_sentence_before(parse_text: ParseText) -> None:
    text = "French President Emmanuel Macron met Chancellor Angela Merkel of Germany. He left at noon."
    assert names(meant(parse_text(text), "He")) == ["Emmanuel Macron"]


def test_the_subject_of_a_main_clause_goes_before_that_of_a_side_clause(parse_text: ParseText) -> None:
    text = (
        "Iranian spokesman Nasser Kanaani said that Turkish President Recep Tayyip Erdogan will come. "
        "He gave no date."
    )
    assert names(meant(parse_text(text), "He")) == ["Nasser Kanaani"]


def test_the_president_is_the_outlets_own(parse_text: ParseText) -> None:
    text = (
        "President of Ukraine Volodymyr Zelenskyy spoke with President of Poland Andrzej Duda. "
        "Andrzej Duda promised aid. The President thanked Warsaw."
    )
    parse = parse_text(text, "Office of the President of Ukraine")
    assert names(meant(parse, "President")) == ["Volodymyr Zelenskyy"]


def test_the_two_countries_are_the_last_two(parse_text: ParseText) -> None:
    found = meant(parse_text(CALL + "They praised ties between the two countries."), "the two countries")
    assert found == Referent(("ARM", "IRN"), (), '"the two countries"')


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Chad and Niger share a lake. Qatar visited both capitals.", "both capitals", ("TCD", "NER")),
        (
            "Chad and Niger fought. Italy urged both states to wait. The two neighbours fell out over a lake.",
            "The two neighbours",
            ("TCD", "NER"),
        ),
        ("Chad fears Niger. Italy brokered a truce between the two countries.", "the two", ("TCD", "NER")),
        ("Chad fears Niger. Italy may ask Peru and Chile; both governments wait.", "both", ("PER", "CHL")),
        ("Chad met the African Union. Niger fears Chad. Both countries wait.", "Both", ("TCD", "NER")),
        ("Peru, Chile and Brazil met. Rain fell. The three countries will meet again.", "The three",
         ("PER", "CHL", "BRA")),
        ("Officials from the two Koreas have visited each other.", "each other", ("KOR", "PRK")),
        ("Chad and Niger voted. Now the opposition parties wait.", "the opposition parties", ()),
    ],
)  # fmt: skip
def test_who_are_meant_together(parse_text: ParseText, text: str, words: str, codes: tuple[str, ...]) -> None:
    found = meant(parse_text(text), words)
    assert (found.codes if found else ()) == codes


def test_the_ministers_are_both_persons(parse_text: ParseText) -> None:
    found = meant(parse_text(CALL + "The ministers discussed trade."), "ministers")
    assert (names(found), found and found.codes) == (["Suren Papikyan", "Aziz Nasirzadeh"], ("ARM", "IRN"))


def test_a_counterpart_with_a_name_is_that_person(parse_text: ParseText) -> None:
    text = "Iranian Foreign Minister Abbas Araghchi met his Omani counterpart Badr Albusaidi in Muscat."
    assert names(meant(parse_text(text), "Omani counterpart")) == ["Badr Albusaidi"]


def test_a_counterpart_without_a_name_is_who_held_the_office_that_day(parse_text: ParseText) -> None:
    text = "Iranian Foreign Minister Mohammad Javad Zarif called his Russian counterpart."
    dated, undated = parse_text(text, day="2016-05-03"), parse_text(text)
    assert names(meant(dated, "Russian counterpart")) == ["Sergei Lavrov"]
    assert names(meant(undated, "Russian counterpart")) == []


def test_references_are_sorted_and_disjoint(parse_text: ParseText) -> None:
    parse = parse_text(CALL + "He thanked the minister. The two sides will sign a pact with each other.")
    items = read(parse).items
    assert all(a.end <= b.start for a, b in pairwise(items))
    assert [parse.document.text[r.start : r.end] for r in items][-2:] == ["The two sides", "each other"]


def test_nothing_is_resolved_in_an_empty_text(parse_text: ParseText) -> None:
    assert read(parse_text("")).items == ()
    assert read(parse_text("")).at(0) is None


def test_we_and_my_are_the_speakers_side(parse_text: ParseText) -> None:
    parse = parse_text(CALL + "“We will sign it during my visit to the US,” Papikyan said. We shall see.")
    people = find_people(parse)
    references = resolve_references(parse, people)
    every = with_own_side(parse, people, references, find_statements(parse, people, references))
    added = [(parse.document.text[r.start : r.end], r.referent) for r in every if r not in references.items]
    assert [(words, names(r), r.codes) for words, r in added] == [
        ("We", [], ("ARM",)),
        ("my", ["Suren Papikyan"], ("ARM",)),
    ]
    assert set(references.items) <= set(every.items)


def test_they_who_meet_are_the_two_persons_named(parse_text: ParseText) -> None:
    text = CALL + "They discussed border security. They left."
    found = meant(parse_text(text), "They discussed")
    assert (names(found), found and found.codes) == (["Suren Papikyan", "Aziz Nasirzadeh"], ("ARM", "IRN"))
    assert meant(parse_text(text), "They left") is None


def test_they_of_more_than_two_stay_open(parse_text: ParseText) -> None:
    text = (
        CALL.replace(" held", ", with Iraqi Defense Minister Juma Inad, held") + "They discussed the border."
    )
    assert meant(parse_text(text), "They") is None


def test_holders_of_one_office_in_several_states_are_each_that_states(parse_text: ParseText) -> None:
    text = (
        "Ecuador's president, Rafael Correa, quarrelled with Colombia's president, Alvaro Uribe. "
        "The presidents of Colombia, Ecuador and Venezuela shook hands at a summit."
    )
    found = meant(parse_text(text), "presidents of Colombia, Ecuador and Venezuela")
    assert found is not None
    assert found.codes == ("COL", "ECU", "VEN")
    assert {p.code: p.name for p in found.persons} == {"COL": "Alvaro Uribe", "ECU": "Rafael Correa"}


def test_states_before_an_office_are_read_with_it(parse_text: ParseText) -> None:
    found = meant(
        parse_text("Iranian and Russian defence ministers met."), "Iranian and Russian defence ministers"
    )
    assert found is not None and set(found.codes) == {"IRN", "RUS"}


def test_the_group_is_the_armed_group_named_last(parse_text: ParseText) -> None:
    text = "Hezbollah fired rockets at Israel. The Iran-backed group said that Israel would pay."
    found = meant(parse_text(text), "group")
    assert found is not None and found.codes == ("HEZBOLLAH",)
    for other in ("The Pashtun ethnic group", "The group of seven", "The militant group Fatah"):
        found = meant(parse_text(f"Hezbollah fired rockets. {other} stayed calm."), "group")
        assert found is None or found.codes != ("HEZBOLLAH",)


def test_officials_of_one_state_are_not_those_of_the_state_named_next(parse_text: ParseText) -> None:
    found = meant(parse_text("Russian officials and Ukraine agreed on Friday."), "Russian officials")
    assert found is not None and found.codes == ("RUS",)


@pytest.mark.parametrize(
    ("text", "outlet", "code"),
    [
        ("The guest came to our country on Monday.", "Office of the President of Ukraine", "UKR"),
        ("The guest came to our country on Monday.", "The Daily Post", None),
        (
            "A minister of Peru answers.\nWhat was bought?\nNothing.\nWhy?\nMoney.\nAnd Chile?\nIt is our friend.",
            "The Daily Post",
            "PER",
        ),
        ("A minister of Peru answers.\nWhat was bought?\nNothing. It is our way.", "The Daily Post", None),
    ],
)
def test_outside_quotation_marks_we_are_whose_organ_speaks_or_who_is_interviewed(
    parse_text: ParseText, text: str, outlet: str, code: str | None
) -> None:
    parse = parse_text(text, outlet)
    people = find_people(parse)
    home = outlet_code(outlet, default_knowledge().gazetteer)
    every = with_own_side(parse, people, resolve_references(parse, people), (), home)
    found = every.at(text.index("our "))
    assert (found.codes if found else ()) == ((code,) if code else ())
