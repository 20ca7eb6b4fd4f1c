"""Where an event happened: by rule from its own words, its clause or the journey in its sentence; else as weighed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.annotate import annotate
from communique.coding.coder import Coder
from communique.coding.parse import Parse
from communique.coding.places import place_options, ruled_option
from communique.coding.propose import propose
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import default_knowledge
from communique.records import Claim


@pytest.mark.parametrize(
    ("text", "kind", "places"),
    [
        ("The two ministers met in Cairo on Sunday.", "meeting", {"Cairo"}),
        ("The minister, who met his Omani counterpart in Paris, praised Egypt.", "meeting", {"Paris"}),
        ("The ministers met in the port city of Odesa.", "meeting", {"Odesa"}),
        ("During a visit to Muscat, the minister met with his Omani counterpart.", "meeting", {"Muscat"}),
        ("The minister visited Baku for talks with his counterpart.", "meeting", {"Baku"}),
        ("France sent a warship to the Persian Gulf.", "mobilize", {"Persian Gulf"}),
        ("France withdrew its troops from Mali.", "retreat", {"Mali"}),
        ("France imposed sanctions on Iran.", "sanction", {None}),
        ("France accused Iran of piracy at a session in Geneva.", "accuse", {None}),
        ("The ministers met. The old treaty was signed in Rome.", "meeting", {None}),
    ],
)
def test_the_place_of_an_event_by_rule(
    parse_text: Callable[..., Parse], text: str, kind: str, places: set[str | None]
) -> None:
    parse = parse_text(text)
    found = [ruled_option(c, parse) for c in propose(parse) if c.kind == kind]
    assert {option.place.name if option else None for option in found} == places


def test_the_places_around_a_telling(parse_text: Callable[..., Parse]) -> None:
    parse = parse_text(
        "TALLINN (Reuters) - France praised Estonia.\n\nIt rained on Tuesday.\n\nIt snowed on Wednesday.\n\n"
        "It rained in Riga.\n\nSouth Korean and French officers met in Geneva."
    )
    candidate = next(c for c in propose(parse) if c.kind == "meeting")
    found = {(o.place.name, o.place.country, o.where, o.rank) for o in place_options(candidate, parse)}
    assert ("Geneva", "CHE", "here", 0) in found
    assert ("South Korea", "KOR", "here", None) in found  # a state by its name, however it is told
    assert ("Riga", "LVA", "before", None) in found
    assert ("TALLINN", "EST", "lead", None) in found


def claims_of(parse: Parse) -> tuple[Claim, ...]:
    return Coder().code_annotation(annotate(parse, default_knowledge().gazetteer, Chronology.load())).claims


def test_a_place_that_no_rule_takes_is_found_and_shown(parse_text: Callable[..., Parse]) -> None:
    text = "Islamic State militants captured the Iraqi city of Ramadi on Sunday after they attacked Iraqi troops."
    claims = [c for c in claims_of(parse_text(text, day="2015-05-19")) if c.kind == "assault"]
    assert {c.place.country if c.place else None for c in claims} == {"IRQ"}
    told = next(d for d in claims[0].derivations if d.field == "place")
    assert told.start is not None and text[told.start : told.end] in ("Ramadi", "Iraqi")


def test_words_alone_have_no_place(parse_text: Callable[..., Parse]) -> None:
    claims = claims_of(
        parse_text("Iran accused the United States of piracy in the Red Sea.", day="2024-05-19")
    )
    assert [c.place for c in claims if c.kind == "accuse"] == [None]
