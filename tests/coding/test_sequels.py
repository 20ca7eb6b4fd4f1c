"""What lifts a block takes up its parties and goods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import pytest

from communique.coding.claims import claim_of
from communique.coding.coder import Coder
from communique.coding.parse import Parse
from communique.coding.sequels import with_sequels
from communique.records import Claim

Read = Callable[..., Parse]

BLOCK = "Russia banned the delivery of S-300 missile systems to Iran in September 2010. "
LIFTED = "The ban was lifted in April 2015."
ELSEWHERE = "Farmers in the north expect a good harvest. " * 6


@lru_cache(maxsize=1)
def coder() -> Coder:
    return Coder()


def lifted(text: str, read: Read) -> list[Claim]:
    (coding,) = coder().code([read(f"Missiles for Tehran\n\n{text}", day="2015-06-01").document])
    return [c for c in coding.claims if c.stage == "unblocked"]


def test_a_ban_that_is_lifted_is_of_those_whom_it_bound(parse_text: Read) -> None:
    (claim,) = lifted(BLOCK + LIFTED, parse_text)
    assert {(a.role, a.code) for a in claim.actors} == {("source", "RUS"), ("target", "IRN")}
    assert [m.name for m in claim.materiel] == ["S-300"]
    assert claim.date is not None
    assert (str(claim.date.start), str(claim.date.end)) == ("2015-04-01", "2015-04-30")
    assert LIFTED.removesuffix(".") in claim.evidence[-1].text
    (kind,) = (d for d in claim.derivations if d.field == "kind")
    assert kind.reason.endswith(f"it lifts what was told before: “{BLOCK.strip()}”")
    (goods,) = (d for d in claim.derivations if d.field == "materiel")
    assert (goods.reason, goods.start) == ("named by other words, or where it was told before", None)


@pytest.mark.parametrize(
    "text", [LIFTED, BLOCK + ELSEWHERE + LIFTED, BLOCK + "A ban on fishing was lifted in April 2015."]
)
def test_no_block_near_by_nothing_to_take_up(text: str, parse_text: Read) -> None:
    assert lifted(text, parse_text) == []


def test_every_telling_of_what_is_lifted_takes_up_the_parties(parse_text: Read) -> None:
    document = parse_text(BLOCK + LIFTED, day="2015-06-01").document
    groups = coder().groups(next(coder().annotations([document])))
    block, lifted = (next(g for g in groups if g[0].stage == stage) for stage in ("blocked", "unblocked"))
    other = replace(lifted[0], sure_of_parties=1.0, parts=block[0].parts[:1])
    told = [replace(lifted[0], sure_of_parties=0.1), other]
    (_, (taken, sure)) = with_sequels([(block, 0.9), (told, 0.3)], 0.5)
    assert sure == pytest.approx(0.81)
    assert {(a.role, a.code) for a in claim_of(document, taken, sure).actors} == block[0].roles
