from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.arguments import arguments_of
from communique.coding.frames import load_frames
from communique.coding.parse import Parse


def slot(parse: Parse, word: str, argument: str) -> str | None:
    """The slot in which a word stands for the event word (both by their text)."""
    event = next(t for t in parse.doc if t.text == word)
    which = next(t for t in parse.doc if t.text == argument)
    found = arguments_of(event, load_frames()).slots.get(which.i)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "word", "argument", "expected"),
    [
        ("Russia delivered tanks to Armenia.", "delivered", "Russia", "subject"),
        ("Russia delivered tanks to Armenia.", "delivered", "Armenia", "to"),
        ("The tanks were delivered to Armenia by Russia.", "delivered", "Russia", "agent"),
        ("The tanks were delivered to Armenia by Russia.", "delivered", "tanks", "object"),
        ("Russia refused to supply tanks.", "supply", "Russia", "subject"),
        ("Turkey urged Greece to withdraw its troops.", "withdraw", "Greece", "subject"),
        ("Iran's visit to Oman ended.", "visit", "Oman", "to"),
        ("Tehran said the delivery of missiles by Moscow was delayed.", "delivery", "Moscow", "by"),
        ("Egypt held talks with Sudan.", "talks", "Egypt", "subject"),
        ("Egypt held talks with Sudan.", "talks", "Sudan", "with"),
        ("Poland bought and deployed the missiles.", "deployed", "Poland", "subject"),
        ("The ship carried missiles supplied by France.", "supplied", "France", "agent"),
        ("The ship carried missiles supplied by France.", "supplied", "missiles", "object"),
        ("The minister, who visited Cairo, spoke on Sunday.", "visited", "minister", "subject"),
    ],
)
def test_arguments_stand_in_their_slots(
    parse_text: Callable[..., Parse], text: str, word: str, argument: str, expected: str
) -> None:
    assert slot(parse_text(text), word, argument) == expected


def test_a_light_verb_carries_the_clause(parse_text: Callable[..., Parse]) -> None:
    parse = parse_text("The two ministers will hold a call with Japan on Monday.")
    call = next(t for t in parse.doc if t.text == "call")
    assert arguments_of(call, load_frames()).clause.text == "hold"
