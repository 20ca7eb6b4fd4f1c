from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.annotate import annotate
from communique.coding.annotation import Annotation
from communique.coding.parse import Parse
from communique.coding.propose import propose
from communique.coding.status import rule_status
from communique.coding.status_cues import plain_cues, status_cues
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import default_knowledge


def annotated(parse: Parse) -> Annotation:
    return annotate(parse, default_knowledge().gazetteer, Chronology.load())


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
        ("Talks between the two ministers are due to begin in Cairo.", "meeting", "planned"),
        ("Russia is going to deliver the missiles to Iran.", "arms_transfer", "planned"),
        ("Russia is ready to deliver the missiles to Iran.", "arms_transfer", "planned"),
        ("The minister heads to Baku later this week.", "visit", "planned"),
        ("The ministers discussed talks planned for the autumn.", "meeting", "planned"),
        ("The ministers said after landing that the president will visit Baku.", "visit", "planned"),
        ("A planned meeting between the ministers of Turkey and Greece was called off.", "meeting", "denied"),
        ("Turkey cancelled its exercise with Greece.", "exercise", "denied"),
        ("The pact must still be ratified by Japan.", "agreement", "planned"),
        ("Ankara condemned the strike.", "accuse", "actual"),
        ("The king was supposed to visit Baku in January.", "visit", "planned"),
        ("The king was not supposed to visit Baku.", "visit", "denied"),
        ("The visit to Baku was to take place in May.", "visit", "planned"),
        ("Talks between Seoul and Tokyo had been expected to resume.", "meeting", "planned"),
        ("Turkey scheduled an exercise with Greece.", "exercise", "planned"),
        ("The two navies were about to attack the port.", "assault", "planned"),
        ("Ghana was on the verge of attacking the port.", "assault", "planned"),
        ("Ankara has yet to visit Baku, and the king has yet to meet him.", "visit", "denied"),
        ("No decision has been made on delivering missiles to Jordan.", "arms_transfer", "possible"),
        ("Berlin has not decided to deliver the missiles to Jordan.", "arms_transfer", "possible"),
        ("No Bolivian soldiers were deployed to Haiti.", "mobilize", "denied"),
        ("Cairo denied reports that its jets had attacked Tripoli.", "assault", "denied"),
        ("Reports that Cairo had attacked Tripoli are untrue.", "assault", "denied"),
        ("Officials do not believe that Cairo attacked Tripoli.", "assault", "denied"),
        ("Cairo denied that its jets had attacked Tripoli.", "assault", "denied"),
        ("Cairo did not deny that its jets had attacked Tripoli.", "assault", "actual"),
        ("Malaysia stopped short of visiting Baku.", "visit", "denied"),
        ("The minister said that he would visit Baku.", "visit", "planned"),
        ("The minister will fly to Baku to meet his counterpart.", "meeting", "planned"),
        ("The exercise with Greece was postponed by Turkey.", "exercise", "planned"),
        ("Plans for a summit between Cairo and Ankara were shelved.", "meeting", "denied"),
        ("Nairobi had been set to host the leaders of Sudan and Chad.", "visit", "planned"),
        ("Tehran will not allow any attack on its territory.", "threaten", "planned"),
        ("Neither Ghana nor Togo attacked the port.", "assault", "denied"),
        ("None of the allies attacked Tripoli.", "assault", "denied"),
        ("It is not true that Cairo attacked Tripoli.", "assault", "denied"),
        ("Claims that Cairo attacked Tripoli are not true.", "assault", "denied"),
        ("Cairo ruled out attacking Tripoli.", "assault", "denied"),
        ("Cairo has not ruled out attacking Tripoli.", "assault", "possible"),
        ("Cairo refused to rule out attacking Tripoli.", "assault", "possible"),
        ("No decision has been made on deliveries of missiles to Jordan.", "arms_transfer", "possible"),
        ("The talks between Seoul and Tokyo have yet to begin.", "meeting", "denied"),
        ("The summit between Seoul and Tokyo failed to take place.", "meeting", "denied"),
        ("Ghana has no plans to attack the port.", "assault", "denied"),
        ("Nothing was agreed between Seoul and Tokyo.", "agreement", "denied"),
        ("Togo has not visited Baku since the attack on the port.", "visit", "denied"),
    ],
)
def test_status_by_rule(parse_text: Callable[..., Parse], text: str, kind: str, expected: str) -> None:
    annotation = annotated(parse_text(text, day="2025-07-08"))
    found = [c for c in propose(annotation.parse) if c.kind == kind]
    told = [rule_status(c, status_cues(c, annotation))[0] for c in found]
    assert expected in told
    assert set(told) <= {expected, "actual"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The attack on Tripoli was not just a raid.", "assault"),
        ("The attack on Tripoli was not a surprise.", "assault"),
        ("The talks between Seoul and Tokyo failed.", "meeting"),
        ("No envoy has come since the attack on Tripoli.", "assault"),
        ("The emir did not speak after his talks with the king.", "meeting"),
        ("The ministers agreed to return after the end of the talks between Seoul and Tokyo.", "meeting"),
        ("Ghana had no choice but to attack the port.", "assault"),
        ("The emir, who will be in Oslo on July 18, visited Baku.", "visit"),
    ],
)
def test_what_is_denied_or_to_come_beside_an_act_is_not_the_act(
    parse_text: Callable[..., Parse], text: str, kind: str
) -> None:
    annotation = annotated(parse_text(text, day="2025-07-08"))
    found = [c for c in propose(annotation.parse) if c.kind == kind]
    assert {rule_status(c, status_cues(c, annotation))[0] for c in found} == {"actual"}


def test_cues_are_stable_and_without_repeats(parse_text: Callable[..., Parse]) -> None:
    annotation = annotated(
        parse_text("Would Moscow, which had never refused to sell jets, agree to deliver them?")
    )
    for candidate in propose(annotation.parse):
        cues = status_cues(candidate, annotation)
        assert len(cues) == len(set(cues))
        assert cues == status_cues(candidate, annotation)
        assert "question" in cues


def test_a_clause_lends_its_mood_to_what_it_governs_but_not_across_its_border(
    parse_text: Callable[..., Parse],
) -> None:
    annotation = annotated(parse_text("Moscow will say that Iran attacked the ship."))
    (attack,) = [c for c in propose(annotation.parse) if c.kind == "assault"]
    cues = status_cues(attack, annotation)
    assert "beyond_above_aux:will" in cues
    assert "above_aux:will" not in cues
    assert "above_aux:will" in plain_cues(cues)
    assert rule_status(attack, cues)[0] == "actual"


def test_days_to_come_are_a_cue_only_for_who_knows_the_documents_date(
    parse_text: Callable[..., Parse],
) -> None:
    text = "The minister visits Baku on July 18, 2030."
    known = _visits(annotated(parse_text(text, day="2030-07-10")))
    assert known
    assert all("when:future" in cues and "when:future" not in plain_cues(cues) for cues in known)
    assert not any("when:future" in cues for cues in _visits(annotated(parse_text(text))))


def _visits(annotation: Annotation) -> list[tuple[str, ...]]:
    return [status_cues(c, annotation) for c in propose(annotation.parse) if c.kind == "visit"]
