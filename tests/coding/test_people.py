"""People: names, offices and states as the document gives them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.parse import Parse
from communique.coding.people import find_people
from communique.coding.people.assembly import name_words, same_person
from communique.records import Person

ParseText = Callable[..., Parse]


def people_of(parse: Parse) -> list[tuple[str, str | None, str | None]]:
    return [(p.name, p.office, p.code) for p in find_people(parse).people_records("d")]


CASES = [
    (
        "QUITO, Ecuador — President Obama left the talks on Thursday.",
        [("Obama", "president", "USA")],
    ),
    (
        "Armenian Defense Minister Suren Papikyan met Iranian Defense Minister Brigadier General "
        "Aziz Nasirzadeh.",
        [("Suren Papikyan", "defence minister", "ARM"), ("Aziz Nasirzadeh", "defence minister", "IRN")],
    ),
    (
        "Dmitry Rogozin, Russian deputy prime minister, came to Tehran.",
        [("Dmitry Rogozin", "deputy prime minister", "RUS")],
    ),
    (
        "The talks were led by Zohrab Mnatsakanyan, Armenia's minister of foreign affairs, in Yerevan.",
        [("Zohrab Mnatsakanyan", "foreign minister", "ARM")],
    ),
    (
        "President of the Slovak Republic Zuzana Caputova received the delegation.",
        [("Zuzana Caputova", "president", "SVK")],
    ),
    (
        "Chief of Staff of the Kenyan Armed Forces Major General Mohammad Baqeri spoke to reporters.",
        [("Mohammad Baqeri", "chief of general staff", "KEN")],
    ),
    (
        "President Hassan Rouhani of Iran and his Russian counterpart Vladimir Putin met in Sochi.",
        [("Hassan Rouhani", "president", "IRN"), ("Vladimir Putin", "president", "RUS")],
    ),
    (
        "Foreign Ministers Sergei Lavrov and Fuad Hussein opened the session.",
        [("Sergei Lavrov", "foreign minister", "RUS"), ("Fuad Hussein", "foreign minister", "IRQ")],
    ),
    (
        "The daily interviews Omani Defense Minister, Brigadier General Salim Harthy before his trip.",
        [("Salim Harthy", "defence minister", "OMN")],
    ),
    (
        "Peruvian Foreign Minister Elmer Schialer and Minister of Culture Fabricio Valencia flew to Quito.",
        [("Elmer Schialer", "foreign minister", "PER"), ("Fabricio Valencia", "culture minister", "PER")],
    ),
    (
        "Ambassador of Japan to Ukraine Kuninori Matsuda visited the plant.",
        [("Kuninori Matsuda", "ambassador", "JPN")],
    ),
    (
        "Sen. Rand Paul, R-Ky., opposed the sale of the jets.",
        [("Rand Paul", "senator", "USA")],
    ),
    (
        "Former U.S. President Jimmy Carter flew to Pyongyang.",
        [("Jimmy Carter", "former president", "USA")],
    ),
    (
        "NATO Secretary General Jens Stoltenberg welcomed the step.",
        [("Jens Stoltenberg", "secretary general", "NATO")],
    ),
    (
        "Seyyed Issa Daraei, a member of Majlis, told reporters that Iran would pay.",
        [("Seyyed Issa Daraei", "member of parliament", "IRN")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "people"), CASES)
def test_office_and_state_beside_the_name(
    parse_text: ParseText, text: str, people: list[tuple[str, str, str]]
) -> None:
    assert people_of(parse_text(text)) == people


def test_the_fullest_name_is_kept_and_every_mention_found(parse_text: ParseText) -> None:
    parse = parse_text(
        "Gen. Hatami spoke first. Iranian Defense Minister Amir Hatami left later. Hatami smiled."
    )
    people = find_people(parse)
    assert [p.name for p in people.persons] == ["Amir Hatami"]
    assert [parse.document.text[m.start : m.end] for m in people.mentions] == [
        "Hatami",
        "Amir Hatami",
        "Hatami",
    ]
    assert people.persons[0].spans == tuple((m.start, m.end) for m in people.mentions)


def test_a_bare_title_is_the_outlets_own(parse_text: ParseText) -> None:
    text = "Army Commander Kioumars Rostami inspected the troops."
    assert people_of(parse_text(text, "Tehran Times")) == [("Kioumars Rostami", "commander", "IRN")]


def test_a_wire_service_has_no_state_of_its_own_but_its_dateline_has(parse_text: ParseText) -> None:
    text = "BELGRADE, March 23 - The economy is weak, Prime Minister Petar Novakovic said."
    assert people_of(parse_text(text, "Reuters")) == [("Petar Novakovic", "prime minister", "SRB")]


def test_whose_state_is_not_read_from_what_is_quoted(parse_text: ParseText) -> None:
    text = 'Serbia is calm. "In Hungary all wait," Defence Minister Petar Novakovic said.'
    assert people_of(parse_text(text, "Reuters")) == [("Petar Novakovic", "defence minister", "SRB")]
    told = text.replace('"', "")
    assert people_of(parse_text(told, "Reuters")) == [("Petar Novakovic", "defence minister", "HUN")]


WHOSE = [
    ("Djibouti welcomed the vote. Its foreign minister, Ali Hassan Warsame, had asked for it.", "DJI"),
    ("Defence Minister Anna Berg spoke twice with her Peruvian colleague. Peru wants jets from Sweden.", "SWE"),
    ("Peru wants jets, and Peru has money. Sweden will sell, Defence Minister Anna Berg said.", "SWE"),
    ("Egypt and France signed. Kharkiv Mayor Petro Danylenko was not there.", "UKR"),
    ("The town heard Carl Winter, Obama's deputy envoy, in silence.", "USA"),
    ("The talks were led by Oman's Salim Farsi, a deputy chief of staff.", "OMN"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "state"), WHOSE)
def test_an_office_is_of_the_state_that_its_words_lead_to(
    parse_text: ParseText, text: str, state: str
) -> None:
    assert {code for _, _, code in people_of(parse_text(text, "Reuters"))} == {state}


def test_no_office_is_of_a_state_that_has_none_such(parse_text: ParseText) -> None:
    text = "The United States and Yemen wait. Interior Minister Salim Farsi spoke."
    assert people_of(parse_text(text, "CNN")) == [("Salim Farsi", "interior minister", "YEM")]
    assert people_of(parse_text("Washington is calm. Interior Minister Salim Farsi spoke.", "CNN")) == [
        ("Salim Farsi", "interior minister", None)
    ]


def test_an_outlets_state_counts_only_where_the_text_names_it(parse_text: ParseText) -> None:
    text = "The palace in Port-au-Prince was stormed. President Jean Moreau was away."
    assert people_of(parse_text(text, "CNN")) == [("Jean Moreau", "president", "HTI")]


def test_ministers_of_several_states_told_together_are_not_given_one(parse_text: ParseText) -> None:
    text = "The Danish ship lay in Oman. Foreign Ministers Henrik Aagaard and Behrouz Karimi met for an hour."
    assert {code for _, _, code in people_of(parse_text(text, "Reuters"))} == {None}


def test_who_has_no_office_is_of_the_state_beside_the_name(parse_text: ParseText) -> None:
    people = find_people(parse_text("Iran's Behrouz Karimi spoke first, then Anna Berg of Sweden."))
    assert [(p.name, p.office, p.code) for p in people.persons] == [
        ("Behrouz Karimi", None, "IRN"),
        ("Anna Berg", None, "SWE"),
    ]


def test_full_names_of_the_table_are_found_without_the_parsers_help(parse_text: ParseText) -> None:
    parse = parse_text("The meeting of the two with Isaias Afwerki in Jeddah was short.", day="2018-09-20")
    for entity in parse.doc.ents:
        assert entity.label_ != "PERSON"
    assert people_of(parse) == [("Isaias Afwerki", "president", "ERI")]


def test_the_table_of_holders_fills_what_the_text_leaves_out(parse_text: ParseText) -> None:
    text = "The call between Vladimir Putin and Emmanuel Macron lasted an hour."
    assert people_of(parse_text(text, day="2022-02-20")) == [
        ("Vladimir Putin", "president", "RUS"),
        ("Emmanuel Macron", "president", "FRA"),
    ]


def test_who_held_the_office_before_is_former(parse_text: ParseText) -> None:
    text = "The deal that Barack Obama signed is void."
    assert people_of(parse_text(text, day="2019-05-14")) == [("Barack Obama", "former president", "USA")]


def test_a_rank_alone_is_the_office(parse_text: ParseText) -> None:
    text = "Major General Arkady Tadevosyan, a hero of the war, said that Armenia needs arms from Russia."
    assert people_of(parse_text(text)) == [("Arkady Tadevosyan", "major general", "ARM")]


def test_a_rank_takes_the_office_that_the_headline_tells_of_nobody(parse_text: ParseText) -> None:
    text = "Navy commander warns fleets\n\nTEHRAN - Rear Admiral Karim Zandi spoke in Bandar Abbas on Monday."
    assert people_of(parse_text(text, "Tehran Times")) == [("Karim Zandi", "commander", "IRN")]


def test_experts_and_places_and_outlets_are_no_officials(parse_text: ParseText) -> None:
    text = (
        "Sputnik wrote from Moscow that Daryl Kimball, executive director of the Arms Control Association, "
        "disagreed. Tert.am and Press TV carried the report in Tehran."
    )
    assert people_of(parse_text(text)) == []


def test_the_records_are_whole(parse_text: ParseText) -> None:
    people = find_people(parse_text("Turkish President Recep Tayyip Erdogan spoke.", day="2020-01-01"))
    assert people.people_records("x") == (
        Person(doc_id="x", name="Recep Tayyip Erdogan", office="president", code="TUR"),
    )


def test_an_empty_text_has_nobody(parse_text: ParseText) -> None:
    people = find_people(parse_text(""))
    assert (people.persons, people.mentions, people.offices) == ((), (), ())


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("Zarif", "Mohammad Javad Zarif", True),
        ("Javad Zarif", "Mohammad Javad Zarif", True),
        ("Mohammad", "Mohammad Javad Zarif", False),
        ("Xi", "Xi Jinping", True),
        ("Kim Jong Un", "Kim Jong Il", False),
        ("Vladimir V. Putin", "Vladimir Putin", True),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", True),
    ],
)
def test_when_a_shorter_name_is_the_same_person(short: str, full: str, same: bool) -> None:
    assert same_person(name_words(short), name_words(full)) is same


def test_a_place_beside_an_office_of_several_is_nobody(parse_text: ParseText) -> None:
    text = (
        "Ties restored\n\nEritrea and Djibouti restored the ties that were cut after a battle on Cape Doumeira, "
        "the foreign ministers of both countries said."
    )
    assert people_of(parse_text(text)) == []


def test_a_word_that_opens_the_sentence_is_no_name(parse_text: ParseText) -> None:
    text = "Brazil waited for years. Then Dilma Rousseff, the president, cancelled a visit to Washington."
    assert people_of(parse_text(text, "Reuters")) == [("Dilma Rousseff", "president", "BRA")]


def test_a_month_is_a_name_where_a_person_bears_it(parse_text: ParseText) -> None:
    text = "British Prime Minister Theresa May met Chinese Defence Minister Dong Jun on May 3."
    assert people_of(parse_text(text)) == [
        ("Theresa May", "prime minister", "GBR"),
        ("Dong Jun", "defence minister", "CHN"),
    ]
    dated = "Chancellor Angela Merkel June 3 said that Foreign Minister Wang Yi Sunday was in Beijing."
    assert [name for name, _, _ in people_of(parse_text(dated))] == ["Angela Merkel", "Wang Yi"]


def test_a_name_between_commas_needs_no_help_from_the_parser(parse_text: ParseText) -> None:
    text = "The document was signed by the head of Rosoboronexport, Anatoly Isaikin, in the presence of all."
    assert people_of(parse_text(text)) == [("Anatoly Isaikin", "head of Rosoboronexport", "RUS")]


def test_said_is_a_given_name_before_another(parse_text: ParseText) -> None:
    text = 'They talked again with Oman\'s minister Said al-Harthy on the line. "No," Said Peru.'
    assert [name for name, _, _ in people_of(parse_text(text))] == ["Said al-Harthy"]
