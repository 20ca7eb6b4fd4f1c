"""Which goods may be the same: designations decide where both tellings have them."""

from __future__ import annotations

import pytest

from communique.coding.merge import same_goods


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"S-125", "missile"}, {"RBS-70", "missile"}, False),
        ({"RBS-70"}, {"RBS-70", "frigate"}, True),
        ({"frigate"}, {"tank"}, False),
        ({"missile"}, {"missile", "RBS-70"}, True),
        (set(), {"tank"}, True),
    ],
)
def test_same_goods(one: set[str], other: set[str], same: bool) -> None:
    assert same_goods(frozenset(one), frozenset(other)) is same
    assert same_goods(frozenset(other), frozenset(one)) is same
