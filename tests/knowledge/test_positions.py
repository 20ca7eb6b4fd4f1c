"""The offices that the coding guide writes, from the words that news uses."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import KnowledgeError
from communique.knowledge import positions
from communique.knowledge.gazetteer import Entry, Gazetteer


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("Minister of Defense and Armed Forces Logistics", "defence minister"),
        ("defence secretary", "defence minister"),
        ("Pentagon chief", "defence minister"),
        ("Secretary of State", "foreign minister"),
        ("Secretary of State for Defence", "defence minister"),
        ("Foreign Secretary", "foreign minister"),
        ("top diplomat", "foreign minister"),
        ("First Deputy Foreign Minister", "deputy foreign minister"),
        ("Vice-Minister of Defence", "deputy defence minister"),
        ("deputy foreign minister for political affairs", "deputy foreign minister"),
        ("vice premier", "deputy prime minister"),
        ("First Deputy Prime Minister", "first deputy prime minister"),
        ("then-President", "former president"),
        ("ex-foreign minister", "former foreign minister"),
        ("former US Secretary of State", "former foreign minister"),
        ("the late King", "former king"),
        ("acting Secretary of Defense", "defence minister"),
        ("caretaker prime minister", "prime minister"),
        ("Defense Secretary nominee", "defence minister nominee"),
        ("president-elect", "president-elect"),
        ("Acting Federal Chancellor", "chancellor"),
        ("Treasury Secretary", "finance minister"),
        ("Chief of the General Staff of the Russian Armed Forces", "chief of general staff"),
        ("Chairman of the Joint Chiefs of Staff", "chief of general staff"),
        ("White House chief of staff", "chief of staff"),
        ("Navy chief", "commander"),
        ("Foreign Ministry spokeswoman", "spokesperson"),
        ("EU foreign policy chief", "high representative"),
        ("NATO chief", "secretary general"),
        ("IAEA Director-General", "director general"),
        ("Leader of the Islamic Revolution", "supreme leader"),
        ("Minister of Antiquities", "antiquities minister"),
        ("Israeli defence minister", "defence minister"),
        ("vice president and treasurer", "vice president"),
        ("greengrocer", None),
        ("", None),
    ],
)
def test_words_give_the_office_of_the_guide(words: str, office: str | None) -> None:
    assert positions.canonical_office(words) == office


def test_an_office_of_the_table_names_itself() -> None:
    offices = {surface.office for surface in positions.surfaces()}
    assert {office: positions.canonical_office(office) for office in offices} == {o: o for o in offices}


@given(
    st.sampled_from(sorted({s.words for s in positions.surfaces() if not s.plural})), st.sampled_from("ult")
)
def test_capitals_do_not_change_the_office(words: str, form: str) -> None:
    written = {"u": words.upper(), "l": words.lower(), "t": words.title()}[form]
    assert positions.canonical_office(written) == positions.canonical_office(words)


@given(st.text(max_size=60))
def test_any_text_is_taken(words: str) -> None:
    assert positions.canonical_office(words) is None or positions.canonical_office(words) != ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Defence Minister Ahmad Vahidi", [("Defence Minister", "defence minister", "")]),
        ("IRAN'S DEFENSE MINISTER SAID", [("DEFENSE MINISTER", "defence minister", "")]),
        ("the minister of Defense of Iran", [("minister of Defense", "defence minister", "")]),
        ("Pentagon chief Lloyd Austin", [("Pentagon chief", "defence minister", "USA")]),
        ("the foreign ministers of Iran and Russia", [("foreign ministers", "foreign minister", "plural")]),
        ("ministers of defence met", [("ministers of defence", "defence minister", "plural")]),
        ("two spokesmen", [("spokesmen", "spokesperson", "plural")]),
        ("IRGC commander Hossein Salami", [("IRGC commander", "commander", "IRN")]),
        (
            "Secretary of State for Defence George Younger",
            [("Secretary of State for Defence", "defence minister", "GBR")],
        ),
        ("Deputy Minister of Defense", [("Deputy Minister of Defense", "deputy defence minister", "")]),
        ("premiership", []),
    ],
)
def test_the_gazetteer_finds_offices_in_text(text: str, found: list[tuple[str, str, str]]) -> None:
    mentions = Gazetteer(positions.entries()).find(text)
    assert [(m.text, m.entry.code, m.entry.detail) for m in mentions] == found


def test_an_entry_says_what_it_is() -> None:
    entry = dict(positions.entries())["Pentagon chief"]
    assert entry == Entry("office", "defence minister", "defence minister", "office", "USA")


def test_classes_lead_to_offices_and_back() -> None:
    assert positions.office_class("former president") == "head_of_state"
    assert positions.office_class("spokesperson") is None
    assert positions.offices_of_class("defence_minister") == ("defence minister",)
    for name in ("head_of_state", "head_of_government", "foreign_minister", "chief_of_staff"):
        assert {positions.office_class(o) for o in positions.offices_of_class(name)} == {name}


def test_ranks_come_longest_first() -> None:
    found = positions.ranks()
    assert list(found) == sorted(found, key=lambda rank: (-len(rank), rank))
    assert {"Brigadier General", "Gen.", "Ayatollah"} <= set(found)


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("defence minister", "defence ministers"),
        ("minister for foreign affairs", "ministers for foreign affairs"),
        ("secretary of defence", "secretaries of defence"),
        ("envoy", "envoys"),
        ("spokeswoman", "spokeswomen"),
        ("attorney general", None),
        ("commander-in-chief", None),
    ],
)
def test_plurals(one: str, several: str | None) -> None:
    assert positions.plural(one) == several


def test_an_overlay_adds_an_office(tmp_path: Path) -> None:
    (tmp_path / "offices.csv").write_text("surface,office,state\nHetman,president,UKR\n", encoding="utf-8")
    assert positions.canonical_office("Hetman", tmp_path) == "president"
    assert positions.canonical_office("Hetman") is None


def test_an_overlay_without_a_column_is_reported(tmp_path: Path) -> None:
    (tmp_path / "offices.csv").write_text("surface,state\nHetman,UKR\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"offices\.csv:1: the column 'office' is missing"):
        positions.canonical_office("Hetman", tmp_path)
