from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.parse import Parse
from communique.coding.propose import propose
from communique.coding.status import rule_status, status_cues


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Russia delivered the missiles to Iran.", "arms_transfer", "actual"),
        ("Russia will deliver the missiles to Iran.", "arms_transfer", "planned"),
        ("Russia has not delivered the missiles to Iran.", "arms_transfer", "denied"),
        ("Russia may deliver the missiles to Iran.", "arms_transfer", "possible"),
        ("Russia plans to deliver the missiles to Iran.", "arms_transfer", "planned"),
        ("The president is considering visiting Baku.", "visit", "possible"),
        ("No talks between the two ministers were held.", "meeting", "denied"),
        ("The president is scheduled to visit Baku.", "visit", "planned"),
        ("If the president visits Baku, he will see the port.", "visit", "possible"),
        ("He discussed his upcoming visit to Baku.", "visit", "planned"),
        ("Ankara condemned the strike.", "accuse", "actual"),
        ("Tehran will not allow any attack on its territory.", "threaten", "planned"),
    ],
)
def test_status_by_rule(parse_text: Callable[..., Parse], text: str, kind: str, expected: str) -> None:
    candidate = next(c for c in propose(parse_text(text)) if c.kind == kind)
    assert rule_status(candidate, status_cues(candidate))[0] == expected


def test_cues_are_stable_and_without_repeats(parse_text: Callable[..., Parse]) -> None:
    parse = parse_text("Would Moscow, which had never refused to sell jets, agree to deliver them?")
    for candidate in propose(parse):
        cues = status_cues(candidate)
        assert len(cues) == len(set(cues))
        assert cues == status_cues(candidate)
        assert "question" in cues
