from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.parse import Parse
from communique.coding.propose import LONGEST, propose


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Iranian President Hassan Rouhani visited Armenia.", "visit", "visited"),
        ("His trip to Georgia was brief.", "visit", "trip"),
        ("The foreign ministers held a phone call on Tuesday.", "call", "call"),
        ("India and France signed a defence pact.", "agreement", "signed"),
        ("The navies of India and Japan conducted a joint exercise.", "exercise", "exercise"),
        ("Russia will deliver S-400 systems to Turkey.", "arms_transfer", "deliver"),
        ("The delivery of Rafale jets to Egypt began.", "arms_transfer", "delivery"),
        ("North Korea test-fired two missiles.", "arms_program", "fired"),
        ("The EU imposed sanctions on Belarus.", "sanction", "imposed"),
        ("Washington lifted the embargo on Vietnam.", "concede", "lifted"),
        ("Chad accused Sudan of arming rebels.", "accuse", "accused"),
        ("Kenya rejected the claim.", "reject", "rejected"),
        ("Tehran threatened to close the strait.", "threaten", "threatened"),
        ("Qatar called on both sides to show restraint.", "request", "called"),
        ("France withdrew its troops from Mali.", "retreat", "withdrew"),
        ("Poland deployed soldiers to the border.", "mobilize", "deployed"),
        ("Iran seized a tanker.", "coerce", "seized"),
        ("Azerbaijani forces shelled the village.", "assault", "shelled"),
        ("Japan gave Ukraine financial aid.", "aid", "gave"),
        ("Pakistan backs Turkey on the issue.", "support", "backs"),
        ("The armies cooperate in training.", "cooperation", "cooperate"),
        ("Thousands of people protested in Khartoum.", "protest", "protested"),
        ("The president appointed a new defence minister.", "appointment", "appointed"),
        ("The two leaders met in Sochi.", "meeting", "met"),
        ("Qatar sent its foreign minister to Tehran and Moscow.", "visit", "sent"),
        ("The envoy is leaving for Pyongyang next week.", "visit", "leaving"),
        ("Norway ordered the Iranian ambassador to leave.", "sanction", "ordered"),
        ("Two diplomats were told to leave Vilnius within a week.", "sanction", "told"),
        ("Prague gave the military attaché 48 hours to leave.", "sanction", "gave"),
        ("Lisbon took issue with the report on Madrid.", "accuse", "took"),
        ("Angry crowds marched on the embassy in Tunis.", "protest", "marched"),
        ("Students staged a sit-in outside the consulate in Dhaka.", "protest", "in"),
        ("Gas supplies to Bulgaria were halted by Gazprom.", "coerce", "halted"),
        ("Two jets entered Estonian airspace.", "coerce", "entered"),
        ("Indonesian pilots are being trained in South Korea.", "cooperation", "trained"),
        ("Fiji and Tonga co-operate at sea.", "cooperation", "operate"),
        ("The last Kenyan soldiers left Kismayo on Friday.", "retreat", "left"),
        ("Both sides observed the cease-fire.", "retreat", "fire"),
        ("Kenyan troops arrived in Goma.", "mobilize", "arrived"),
        ("The first missiles reached Damascus.", "arms_transfer", "reached"),
        ("A North Korean missile flew over Japan.", "arms_program", "flew"),
        ("Two sailors were set free by Libya.", "concede", "set"),
        ("Peru rallied behind Chile.", "support", "rallied"),
        ("Chad is quitting the African bloc.", "agreement", "quitting"),
        ("Ecuador's president rang his Peruvian colleague.", "call", "rang"),
        ("Ankara has called its ambassador home from Washington.", "sanction", "called"),
        ("French instructors trained a Malian battalion.", "cooperation", "trained"),
        ("The rebels laid down their arms.", "retreat", "laid"),
        ("A Libyan militia is holding four staff of the court.", "coerce", "holding"),
        ("Madrid came out in favour of the opposition.", "support", "favour"),
    ],
)
def test_every_kind_is_proposed(parse_text: Callable[..., Parse], text: str, kind: str, word: str) -> None:
    assert (kind, word) in {(c.kind, c.word.text) for c in propose(parse_text(text))}


def test_a_word_gives_at_most_one_candidate_of_a_kind(parse_text: Callable[..., Parse]) -> None:
    parse = parse_text("Russia and India signed a contract on the sale of missiles and held talks on tanks.")
    found = [(c.kind, c.word.i) for c in propose(parse)]
    assert len(found) == len(set(found)) > 2


def test_what_runs_on_is_no_sentence(parse_text: Callable[..., Parse]) -> None:
    text = "Kenya rejected the claim.\n\n" + "they met they agreed " * (LONGEST // 4 + 1)
    assert [c.word.text for c in propose(parse_text(text))] == ["rejected"]
    assert len(list(propose(parse_text("they met they agreed " * 10)))) > 2


def test_an_object_of_another_class_is_no_transfer(parse_text: Callable[..., Parse]) -> None:
    parse = parse_text("The minister delivered a speech to parliament.")
    assert "arms_transfer" not in {c.kind for c in propose(parse)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The tourists left Kismayo on Friday.", "retreat"),
        ("The first guests reached Damascus.", "arms_transfer"),
        ("Norway sent its greetings to Tehran.", "visit"),
        ("Norway ordered the shop to close.", "sanction"),
        ("The fire in the port of Beirut raged for days.", "retreat"),
    ],
)
def test_the_same_verb_with_another_subject_or_object_tells_another_thing(
    parse_text: Callable[..., Parse], text: str, kind: str
) -> None:
    assert kind not in {c.kind for c in propose(parse_text(text))}


def test_words_without_a_frame_give_nothing(parse_text: Callable[..., Parse]) -> None:
    assert list(propose(parse_text("The weather was mild and the gardens were green."))) == []
