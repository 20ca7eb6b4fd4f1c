"""Reasons in plain words; what has no wording is shown as it is."""

from typing import get_args

import pytest

from communique.cli.wording import in_words, slot_in_words, weighed_in_words, wording
from communique.coding.models import shipped_models
from communique.records import Kind


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("in the outlet's own voice", "in the outlet's own voice"),
        ("auxiliary “will”", "auxiliary “will”"),
        (
            "“sale” (frame arms_transfer/7:sale); for: roles:110; against: det:the; for: arms_transfer arg:to",
            "“sale” (frame arms_transfer/7:sale); for it: a source and a target where the frame has them, “to”; "
            "against it: “the” before the noun",
        ),
        ("for: near:;; against: own_neg", "for it: “;” close by; against it: it is negated"),
        ("for: actors:0; against: visit actors:0", "for it: parties named around it: 0"),
        ("as “subject”, name: named (0.95)", "the subject, named by its name; 95% sure of its part"),
        (
            'as “with”, reference: "he" (1.00)',
            '“with”, named by a reference ("he"); 100% sure of its part',
        ),
        ("from the document's focus (0.70)", "from the document's focus; 70% sure of its part"),
    ],
)
def test_a_reason_is_told_in_words(reason: str, words: str) -> None:
    assert in_words(reason) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("near:missile", "“missile” close by"),
        ("accuse near:missile", "“missile” close by"),
        ("visit arg:to:GPE", "“to” (a place)"),
        ("visit tour arg:subject", "the subject of “tour”"),
        ("governor0:xcomp:plan", "it stands under “plan”"),
        ("own_tag:VBD", "its verb is in the past"),
        ("clause_dep:ROOT", "its clause is the main verb"),
        ("roles:000", "no party where the frame has them"),
        ("rivals:1", "no other kind has this word"),
        ("rivals:3", "3 kinds have this word"),
        ("word:would:before", "“would” before it"),
        ("arms_transfer sale", "the word “sale”"),
        ("forms:", "the parties are named by nothing"),
        ("tag:3", "what the sentence tells as a whole"),
        ("request told", "what the word itself tells"),
        ("told_margin", "how far the word tells this kind rather than another"),
        ("told:delivery:planned", "the stage that the words give: delivery, planned"),
        ("read_status:denied", "the passage reads as “denied”"),
        ("weather:fine", "weather:fine"),
        ("visit weather:fine", "weather:fine"),
    ],
)
def test_what_is_weighed_is_told_in_words(name: str, words: str) -> None:
    assert weighed_in_words(name) == words


def test_slots_are_told_in_words() -> None:
    assert [slot_in_words(s) for s in ("object", "subject_above", "against", "by_above")] == [
        "the object",
        "the subject of the verb above",
        "“against”",
        "“by” of the verb above",
    ]


def test_every_wording_can_be_filled() -> None:
    for label in wording()["weighed"]:
        for value in ("", "x", "x:y"):
            words = weighed_in_words(f"{label}:{value}")
            assert "{" not in words and words
            assert not set(words.split()) & (set(get_args(Kind)) - {"call", "visit", "meeting", "request"})


def test_all_that_the_second_look_weighs_of_a_candidate_has_words() -> None:
    words = {name: weighed_in_words(name) for name in shipped_models().claim_again.names}
    assert words
    assert [
        n for n, told in words.items() if ":" in told or "_" in told or told.startswith("the word “")
    ] == []
