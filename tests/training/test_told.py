"""Whether a place is that of the gold."""

from __future__ import annotations

import pytest
from told import is_place

from communique.records import Place


@pytest.mark.parametrize(
    ("gold", "place", "expected"),
    [
        (("Ramadi", "IRQ"), ("Iraq", "IRQ"), True),
        (("Ramadi", "IRQ"), ("Ramadi", None), False),
        (("Baku", "AZE"), ("Yerevan", "ARM"), False),
        (("the Persian Gulf", None), ("Gulf", None), True),
        (("the Persian Gulf", None), ("Red Sea", None), False),
        (("the Red Sea", None), ("Black Sea", None), False),
    ],
)
def test_a_place_is_right_by_its_country_or_where_it_has_none_by_name(
    gold: tuple[str, str | None], place: tuple[str, str | None], expected: bool
) -> None:
    told = {"name": gold[0], "country": gold[1]}
    assert is_place(told, Place(name=place[0], country=place[1])) is expected
