"""What confidence weighs of an event beside the others of its document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.coder import Coder
from communique.coding.confidence import confidence_numbers
from communique.coding.drafts import Draft
from communique.coding.parse import Parse
from communique.coding.rivals import NOTHING

TEXT = (
    "Norway's president visited Chile on Monday.\n\nChile and Norway signed a defence pact. "
    "Kenya threatened Chad with war. The president of Norway had visited Chile in 2010."
)


@pytest.fixture(scope="module")
def groups(parse_text: Callable[..., Parse]) -> list[list[Draft]]:
    coder = Coder(learned=False)
    return coder.groups(next(coder.annotations([parse_text(TEXT, day="2021-03-03").document])))


def test_an_event_is_set_beside_those_of_its_kind_and_parties(groups: list[list[Draft]]) -> None:
    visits = [g for g in groups if g[0].candidate.kind == "visit"]
    first, later = (confidence_numbers(g, groups) for g in visits)
    assert first["others: kind and parties"] > NOTHING == first["others: kind and parties, before"]
    assert later["others: kind and parties, before"] > NOTHING
    assert first["others: other kind and parties"] > NOTHING
    assert first["others"] == len(groups) - 1
    assert first["tellings"] == 1


def test_an_event_alone_has_no_rivals(groups: list[list[Draft]]) -> None:
    threat = next(g for g in groups if g[0].candidate.kind == "threaten")
    alone = confidence_numbers(threat, [threat])
    assert alone["others"] == alone["here"] == 0
    assert alone["here: kind"] == alone["others: other kind and parties"] == NOTHING
    assert (alone["parties: source"], alone["parties: target"]) == (1, 1)
    assert alone[f"status: {threat[0].status}"] == 1
