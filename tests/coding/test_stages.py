"""The word that gives a stage: what governs the event's word, and its status."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from communique.coding.annotate import annotate
from communique.coding.claims import claim_of
from communique.coding.coder import Coder
from communique.coding.parse import Parse
from communique.coding.propose import propose
from communique.coding.stages import telling
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import default_knowledge


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Italy postponed the delivery of two frigates to Algeria.", {("blocked", "actual")}),
        ("Italy refused to supply frigates to Algeria.", {("blocked", "actual")}),
        ("The ban on the sale of the tanks was lifted.", {("unblocked", "actual")}),
        ("The suspension order on the tanks was reversed in June 2014.", {("unblocked", "actual")}),
        ("Italy agreed to lift the ban on the delivery of frigates to Algeria.", {("unblocked", "planned")}),
        ("No negotiations are being conducted on the missiles at present.", {("negotiation", "denied")}),
        ("Oman may discuss purchases of Abrams tanks with the United States.", {("negotiation", "possible")}),
        ("Britain and Kuwait discussed arms sales.", {("negotiation", "actual")}),
        ("Buying Italian frigates is going to be discussed in Algiers.", {("negotiation", "planned")}),
        ("Chile is interested in buying Gripen fighters from Sweden.", {("interest", "actual")}),
        ("Italy was to supply frigates to Algeria within two years.", {("delivery", "planned")}),
        ("The helicopters are due to be delivered to Algeria in April.", {("delivery", "planned")}),
        ("Kuwait received missiles from Britain.", {("delivery", "actual")}),
        ("An agreement on the Leopard tank, signed with Germany, was kept secret.", {("contract", "actual")}),
        (
            "France had suspended the delivery of howitzers to Morocco in 2011, despite signing an accord on "
            "the sale of the guns in 2008.",
            {("blocked", "actual"), ("contract", "actual")},
        ),
    ],
)
def test_outermost_word_gives_the_stage(
    parse_text: Callable[..., Parse], text: str, expected: set[tuple[str, str]]
) -> None:
    annotation = annotate(parse_text(text), default_knowledge().gazetteer, Chronology.load())
    found = [telling(c, annotation) for c in propose(annotation.parse) if c.kind == "arms_transfer"]
    assert {(t.stage, t.status) for t in found if t is not None} == expected


def test_kinds_without_stages_have_no_telling(parse_text: Callable[..., Parse]) -> None:
    text = "The minister visited Rome after Italy banned the sale of frigates."
    annotation = annotate(parse_text(text), default_knowledge().gazetteer, Chronology.load())
    visits = [c for c in propose(annotation.parse) if c.kind == "visit"]
    assert [telling(c, annotation) for c in visits] == [None] * len(visits)
    assert visits


def test_the_claim_has_the_status_of_the_word_that_gives_its_stage(parse_text: Callable[..., Parse]) -> None:
    parse = parse_text("Buying Italian frigates for Algeria is going to be discussed in Rome.")
    annotation = annotate(parse, default_knowledge().gazetteer, Chronology.load())
    drafts = [
        d for g in Coder(learned=False).groups(annotation) for d in g if d.candidate.kind == "arms_transfer"
    ]
    buying, discussed = (
        replace(d, stage="negotiation") for d in sorted(drafts, key=lambda d: d.candidate.word.i)
    )
    assert [(d.candidate.word.text, d.status) for d in (buying, discussed)] == [
        ("Buying", "actual"),
        ("discussed", "planned"),
    ]
    for group in ([buying, discussed], [discussed, buying]):
        claim = claim_of(parse.document, group, 0.9)
        assert (claim.status, claim.stage) == ("planned", "negotiation")
        assert [d.value for d in claim.derivations if d.field == "status"] == ["planned"]
    assert claim_of(parse.document, [buying], 0.9).status == "actual"
