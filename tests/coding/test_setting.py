"""Where an event happened: from its own words, its clause, or the journey in its sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.parse import Parse
from communique.coding.propose import propose
from communique.coding.setting import place_of


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
def test_the_place_of_an_event(
    parse_text: Callable[..., Parse], text: str, kind: str, places: set[str | None]
) -> None:
    parse = parse_text(text)
    found = [place_of(c, (), parse)[0] for c in propose(parse) if c.kind == kind]
    assert {place.name if place else None for place in found} == places
