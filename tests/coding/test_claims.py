"""The claim of an event that is told more than once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from communique.coding.claims import claim_of
from communique.coding.coder import Coder
from communique.coding.confidence import confidence_numbers
from communique.coding.drafts import Draft, best_cast
from communique.coding.parse import Parse

TEXT = "Chad and Niger threatened Mali. Chad threatened Mali."


@pytest.fixture(scope="module")
def parse(parse_text: Callable[..., Parse]) -> Parse:
    return parse_text(TEXT, day="2021-03-03")


@pytest.fixture(scope="module")
def tellings(parse: Parse) -> tuple[Draft, Draft]:
    """Two of one event, the first with three parties and the second with two."""
    coder = Coder(learned=False)
    groups = coder.groups(next(coder.annotations([parse.document])))
    first, second = sorted((d for g in groups for d in g), key=lambda d: d.candidate.word.i)
    assert (len(first.parts), len(second.parts)) == (3, 2)
    return first, second


def test_the_parties_are_those_of_the_telling_that_is_best_cast(
    parse: Parse, tellings: tuple[Draft, Draft]
) -> None:
    lead = replace(tellings[1], probability=0.9, sure_of_parties=0.4)
    other = replace(tellings[0], probability=0.8, sure_of_parties=0.6)
    claim = claim_of(parse.document, [lead, other], 0.7)
    assert {(a.role, a.code) for a in claim.actors} == other.roles
    told = {d.value for d in claim.derivations if d.field == "actors"}
    assert told == {f"{role} {code}" for role, code in other.roles}
    surer = replace(lead, sure_of_parties=0.7)
    assert {(a.role, a.code) for a in claim_of(parse.document, [surer, other], 0.7).actors} == lead.roles


def test_an_unlikely_telling_is_not_best_cast(tellings: tuple[Draft, Draft]) -> None:
    unlikely = replace(tellings[0], probability=0.3, sure_of_parties=0.99)
    likely = replace(tellings[1], probability=0.9, sure_of_parties=0.5)
    assert best_cast([likely, unlikely]) is likely
    assert best_cast([unlikely]) is unlikely


def test_confidence_weighs_the_parties_that_the_claim_has(tellings: tuple[Draft, Draft]) -> None:
    lead = replace(tellings[1], probability=0.9, sure_of_parties=0.4)
    other = replace(tellings[0], probability=0.8, sure_of_parties=0.6)
    numbers = confidence_numbers([lead, other], [[lead, other]])
    assert (numbers["parties: source"], numbers["parties: target"]) == (2, 1)
    assert (numbers["parties agree"], numbers["parties like the surest telling"]) == (0.5, 0)
    assert numbers["sure of the parties together"] == pytest.approx(0.405, abs=1e-3)
    alone = confidence_numbers([lead], [[lead]])
    assert (alone["parties agree"], alone["parties like the surest telling"]) == (1, 1)
