"""The numbers of the second look, over a text of our own and readings made by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.coding.conftest import ByHand

from communique.coding.annotate import annotate
from communique.coding.annotation import Annotation
from communique.coding.judge import Context, claim_weighed, date_weighed_again, look, parts_weighed
from communique.coding.parse import Parse
from communique.coding.propose import Candidate, propose_tagged
from communique.coding.rivals import odds
from communique.coding.tagger import KINDS, PARTS
from communique.coding.times import date_options
from communique.coding.weigh_reading import read_parts
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import default_knowledge

TEXT = (
    "Norway's minister visited Chile on Monday.\n\nAfter lunch Norway gave a promise of help against raids."
)
VISIT, REQUEST = KINDS.index("visit"), KINDS.index("request")


@pytest.fixture(scope="module")
def annotation(parse_text: Callable[..., Parse]) -> Annotation:
    parse = parse_text(TEXT, day="2021-03-03")
    return annotate(parse, default_knowledge().gazetteer, Chronology.load())


def kinds(number: int) -> dict[str, float]:
    return {"visit": 0.9 - 0.8 * number, "request": 0.05 + 0.8 * number}


def scores(word: str) -> dict[int, float]:
    """A visit is told at "visited", by Norway to Chile, and a request at "promise"."""
    part = {"Norway": "source", "Chile": "target"}.get(word, "none")
    return {
        VISIT: 3.0 if word == "visited" else -4.0,
        REQUEST: 2.0 if word == "promise" else -5.0,
        len(KINDS) + VISIT * len(PARTS) + PARTS.index(part): 4.0,
    }


TAGGER = ByHand(kinds, scores, other=-2.0)


@pytest.fixture(scope="module")
def looked(annotation: Annotation) -> tuple[tuple[Candidate, ...], Context]:
    return look(annotation, TAGGER)


def of(looked: tuple[tuple[Candidate, ...], Context], word: str, kind: str) -> Candidate:
    return next(c for c in looked[0] if c.word.text == word and c.kind == kind)


def test_a_tagged_candidate_stands_where_its_kind_is_told_most(annotation: Annotation) -> None:
    found = propose_tagged(annotation.parse, TAGGER.tags(annotation.parse, ()), [])
    assert {(c.kind, c.word.text) for c in found} == {("visit", "visited"), ("request", "promise")}


def test_a_candidate_is_told_by_its_word_its_sentence_and_the_document(
    looked: tuple[tuple[Candidate, ...], Context],
) -> None:
    numbers = claim_weighed(of(looked, "visited", "visit"), looked[1])
    assert numbers["kind: visit"] == 1
    assert numbers["read"] == pytest.approx(odds(0.9))
    assert numbers["told"] == numbers["told: most in the sentence"] == 3
    assert numbers["told: short of the most"] == numbers["told: steps to the most"] == 0
    assert numbers["read: all of the document"] == pytest.approx(0.9 + 0.1)
    assert numbers["read: sentences before this in strength"] == 0
    assert numbers["read: +1"] == pytest.approx(odds(0.1))
    assert numbers["read: all until here"] == 0
    assert numbers["read part: target"] > numbers["read part: participant"]
    promise = claim_weighed(of(looked, "promise", "request"), looked[1])
    assert promise["tagged"] == 1
    assert promise["read: all until here"] == pytest.approx(0.05)


def test_an_actor_is_told_by_the_part_read_at_its_name(looked: tuple[tuple[Candidate, ...], Context]) -> None:
    candidate, context = of(looked, "visited", "visit"), looked[1]
    found = context.castings_of(candidate)
    read = read_parts(candidate, found, context.reading(candidate), context.scene.cast)
    by_code = dict(zip((c.code for c in found), parts_weighed(candidate, read, context), strict=True))
    norway, chile = by_code["NOR"], by_code["CHL"]
    assert norway["read: source"] == chile["read: source, another"] > chile["read: source"]
    assert (norway["read: target, likelier"], chile["read: target, likelier"]) == (1, 0)
    assert norway["words after"] < 0 < chile["words after"]


def test_a_date_is_told_by_its_days_and_where_it_stands(
    looked: tuple[tuple[Candidate, ...], Context],
) -> None:
    candidate, context = of(looked, "visited", "visit"), looked[1]
    options = date_options(candidate, context.annotation, "actual")
    by_place = {o.place: date_weighed_again(o, candidate, "actual", context) for o in options}
    assert by_place["clause"]["days ago"] == 2  # Monday before Wednesday, 3 March 2021
    assert by_place["document"]["days ago"] == 0
    assert by_place["none"]["days"] == -1
    assert by_place["clause"]["letters after"] > 0
    assert "letters after" not in by_place["document"]


def test_what_was_not_read_is_told_by_its_place_alone(annotation: Annotation) -> None:
    candidates, context = look(annotation, None)
    numbers = claim_weighed(candidates[0], context)
    assert numbers["unread"] == 1
    assert not any(name.startswith(("read", "told")) for name in numbers)
