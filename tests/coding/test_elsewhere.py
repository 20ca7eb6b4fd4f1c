"""What is read of an actor in other sentences, over a text of our own and readings made by hand."""

from __future__ import annotations

from collections.abc import Callable
from math import log

import pytest
from tests.coding.conftest import ByHand

from communique.coding.annotate import annotate
from communique.coding.judge import Context, look, parts_weighed
from communique.coding.parse import Parse
from communique.coding.propose import Candidate
from communique.coding.rivals import Numbers
from communique.coding.tagger import KINDS, PARTS
from communique.coding.weigh_reading import read_parts
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import default_knowledge

TEXT = (
    "Norway's minister visited Chile on Monday.\n\nDuring the visit Norway signed a pledge.\n\n"
    "Peru was not visited."
)
VISIT = KINDS.index("visit")
NOWHERE = pytest.approx(log(1e-4))


def kinds(number: int) -> dict[str, float]:
    """The visit is read in the first sentence, less in the second, hardly in the third."""
    return {"visit": (0.9, 0.5, 0.01)[number]}


def scores(word: str) -> dict[int, float]:
    part = {"Norway": "source", "Chile": "target", "Peru": "target"}.get(word, "none")
    return {len(KINDS) + VISIT * len(PARTS) + PARTS.index(part): 9.0}


@pytest.fixture(scope="module")
def looked(parse_text: Callable[..., Parse]) -> tuple[tuple[Candidate, ...], Context]:
    parse = parse_text(TEXT, day="2021-03-03")
    return look(
        annotate(parse, default_knowledge().gazetteer, Chronology.load()), ByHand(kinds, scores, other=-9.0)
    )


def numbers_of(looked: tuple[tuple[Candidate, ...], Context], sentence: int) -> dict[str, Numbers]:
    candidates, context = looked
    candidate = next(c for c in candidates if c.sentence_number == sentence and c.kind == "visit")
    found = context.castings_of(candidate)
    read = read_parts(candidate, found, context.reading(candidate), context.scene.cast)
    return {c.code: n for c, n in zip(found, parts_weighed(candidate, read, context), strict=True)}


def test_a_party_left_out_is_known_from_an_earlier_sentence(
    looked: tuple[tuple[Candidate, ...], Context],
) -> None:
    chile = numbers_of(looked, 1)["CHL"]
    assert (
        chile["elsewhere: target"] == chile["elsewhere: target, before"] == pytest.approx(log(0.9), abs=0.01)
    )
    assert chile["elsewhere: source"] == NOWHERE
    assert chile["elsewhere: source, another"] == pytest.approx(log(0.9), abs=0.01)
    assert chile["elsewhere: sentences"] == 1


def test_the_own_sentence_is_left_out(looked: tuple[tuple[Candidate, ...], Context]) -> None:
    numbers = numbers_of(looked, 0)
    assert numbers["NOR"]["elsewhere: source"] == pytest.approx(log(0.5), abs=0.01)
    assert numbers["NOR"]["elsewhere: source, before"] == NOWHERE
    assert numbers["CHL"]["elsewhere: target"] == NOWHERE
    assert numbers["CHL"]["elsewhere: sentences"] == 0


def test_what_is_hardly_read_is_no_candidate(looked: tuple[tuple[Candidate, ...], Context]) -> None:
    assert {c.sentence_number for c in looked[0] if c.kind == "visit"} == {0, 1}
