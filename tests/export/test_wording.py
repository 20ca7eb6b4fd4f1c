import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.story import days

from communique.export.table import cell, row
from communique.export.wording import (
    alpha2,
    days_of,
    name_of,
    one_line,
    plain,
    prefix_of,
    sort_of,
    web_address,
)
from communique.knowledge.tables import actors_of, all_names


@pytest.mark.parametrize(
    ("first", "last", "words", "prefix"),
    [
        ("2017-01-30", "2017-01-30", "30 January 2017", "2017-01-30"),
        ("2016-02-01", "2016-02-29", "February 2016", "2016-02"),
        ("2015-02-01", "2015-02-28", "February 2015", "2015-02"),
        ("2007-01-01", "2007-12-31", "2007", "2007"),
        ("2007-01-01", "2007-11-30", "1 January 2007 to 30 November 2007", None),
        ("2016-12-31", "2017-01-01", "31 December 2016 to 1 January 2017", None),
        ("2016-05-01", "2016-06-30", "1 May 2016 to 30 June 2016", None),
    ],
)
def test_days_in_words(first: str, last: str, words: str, prefix: str | None) -> None:
    interval = days(first, last)
    assert (days_of(interval), prefix_of(interval)) == (words, prefix)


def test_every_state_has_a_two_letter_code() -> None:
    states = [code for code, actor in actors_of(all_names()).items() if actor.kind == "state"]
    letters = [alpha2(code) for code in states]
    assert None not in letters and len(set(letters)) == len(states)
    assert [alpha2(code) for code in ("IRN", "XKX", "PSE", "NATO")] == ["ir", "xk", "ps", None]


def test_names_of_actors() -> None:
    assert [(name_of(code), sort_of(code)) for code in ("IRN", "NATO", "HAMAS", "NOBODY")] == [
        ("Iran", "state"), ("North Atlantic Treaty Organization", "organisation"), ("Hamas", "group"),
        ("NOBODY", "actor"),
    ]  # fmt: skip


@given(st.text())
def test_plain_text_can_be_written_and_is_xml(text: str) -> None:
    shown = plain(text)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not {chr(n) for n in (*range(9), 11, 12, *range(14, 32))} & set(shown)
    assert plain(shown) == shown
    assert len(one_line(text).splitlines()) <= 1


def test_a_lone_surrogate_is_replaced() -> None:
    assert (plain("a\ud800b"), cell("a\ud800b")) == ("a\ufffdb", "a\ufffdb")
    assert row(["=1\ud800", "+", "ok"]) == "'=1\ufffd,'+,ok\r\n"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a?b=1&c=%20#d", "https://example.org/a?b=1&c=%20#d"),
        ("javascript:alert(1)", None),
        ("https://example.org/a b", None),
        ('https://example.org/"><b>', None),
        ("https://example.org/\r\nX:1", None),
        ("https://example.org/{}", None),
        (None, None),
    ],
)
def test_addresses(url: str | None, address: str | None) -> None:
    assert web_address(url) == address
