"""Attribution: whom the document names as the source of a span."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.attribution import Attribution, Attributor, attribute
from communique.coding.parse import Parse
from communique.coding.people import find_people
from communique.coding.references import resolve_references
from communique.coding.speakers import find_statements

ParseText = Callable[..., Parse]

INTRO = "Iranian Defense Minister Amir Hatami came to Moscow. "


def sources(parse: Parse, words: str) -> Attribution:
    people = find_people(parse)
    references = resolve_references(parse, people)
    statements = find_statements(parse, people, references)
    start = parse.document.text.rindex(words)
    return Attributor(parse, people, references, statements).attribute(start, start + len(words))


CASES = [
    ("Hatami said Russia will deliver the jets.", "Russia will deliver the jets", ("Amir Hatami",)),
    ("“Russia will deliver the jets,” Hatami said.", "Russia will deliver the jets", ("Amir Hatami",)),
    ("According to Reuters, Russia will deliver the jets.", "Russia will deliver the jets", ("Reuters",)),
    ("Russia will deliver the jets, Sputnik reported.", "Russia will deliver the jets", ("Sputnik",)),
    ("Russia will deliver the jets in May.", "Russia will deliver the jets", ()),
    ("Hatami met the press after Russia delivered the jets.", "Russia delivered the jets", ()),
]


@pytest.mark.parametrize(("text", "words", "chain"), CASES)
def test_the_chain_of_sources(parse_text: ParseText, text: str, words: str, chain: tuple[str, ...]) -> None:
    assert sources(parse_text(INTRO + text), words).chain == chain


def test_the_agency_stands_behind_whom_it_quotes(parse_text: ParseText) -> None:
    text = (
        "Interfax news agency quoted Kenya's Foreign Ministry as saying that Russia will start the delivery."
    )
    found = sources(parse_text(text), "Russia will start the delivery")
    assert found.chain == ("Kenya's Foreign Ministry", "Interfax news agency")
    assert found.nearest == "Kenya's Foreign Ministry"


def test_a_speech_act_asks_for_the_source_beyond_its_actor(parse_text: ParseText) -> None:
    text = INTRO + "Hatami said Iran will not tolerate the drill, according to Tasnim."
    found = sources(parse_text(text), "Iran will not tolerate the drill")
    assert found.beyond(["Amir Hatami"]) == ("Tasnim",)
    assert found.beyond(["Amir Hatami", "Tasnim"]) == ()


def test_a_sentence_can_name_the_source_of_the_one_before(parse_text: ParseText) -> None:
    text = INTRO + "Russia will deliver the jets. This was stated by Hatami in an interview."
    assert sources(parse_text(text), "Russia will deliver the jets").chain == ("Amir Hatami",)


def test_the_outlets_own_voice_has_no_source(parse_text: ParseText) -> None:
    parse = parse_text("Russia delivered the jets.")
    people = find_people(parse)
    references = resolve_references(parse, people)
    assert attribute(parse, people, references, (), (0, 25)) == Attribution(
        (), (), "in the outlet's own voice"
    )


def test_a_sentence_without_a_verb_has_its_source_too(parse_text: ParseText) -> None:
    text = INTRO + "A joint drill in the Caspian Sea, according to Tasnim."
    assert sources(parse_text(text), "A joint drill").chain == ("Tasnim",)
