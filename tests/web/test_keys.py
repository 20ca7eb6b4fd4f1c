import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.web.keys import address, id_of, key_of


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_id_survives_its_address(id: str) -> None:
    assert id_of(key_of(id)) == id
    assert re.fullmatch(r"[A-Za-z0-9_~+=-]+", key_of(id))


@pytest.mark.parametrize(
    "id, key",
    [
        ("s03_niamey", "s03_niamey"),
        ("Sergei Shoigu", "Sergei+Shoigu"),
        ("P5+1", "P5=2B1"),
        ("..", "=2E=2E"),
        ("a/b.json", "a=2Fb=2Ejson"),
        ("é", "=C3=A9"),
        ("", "="),
    ],
)
def test_addresses_are_plain(id: str, key: str) -> None:
    assert key_of(id) == key


def test_what_is_no_text_is_replaced() -> None:
    assert id_of("=FF") == "\ufffd"


def test_an_address_has_its_keys_in_order_and_its_query() -> None:
    assert address("/dyads/{a}/{b}", ("ARM", "P5+1"), [("since", "2016")]) == "/dyads/ARM/P5=2B1?since=2016"
