"""The characters of a text: what goes, what stays, and how long it may be."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from communique.reading.characters import GAP, bounded, clean


def test_invisible_and_control_characters_go_and_letters_stay() -> None:
    text = "\u202eNa\u200bto\u202c\x00\x07 met \u2066משרד הביטחון\u2069 and\u00ad وزارت دفاع\ufeff."
    assert clean(text) == "Nato met משרד הביטחון and وزارت دفاع."


def test_line_ends_and_empty_lines_become_plain() -> None:
    assert clean("one \r\n two\rthree\u2028four\n \n\t\n\nfive\t5") == "one\ntwo\nthree\nfour\n\nfive 5"


def test_letters_are_composed() -> None:
    assert clean("Erdog\u0306an") == "Erdoğan"


def test_an_endless_word_is_cut_with_a_mark() -> None:
    assert clean(f"Mr {'A' * 10_000} said.") == f"Mr {'A' * 100}{GAP} said."
    assert clean(f"see {'a/' * 400} now") == f"see {'a/' * 125}{GAP} now"
    assert clean("A" * 200) == "A" * 200


def test_a_long_text_is_cut_at_a_paragraph_sentence_or_word() -> None:
    assert bounded("One two.\n\nThree four.", 18) == f"One two.\n\n{GAP}"
    assert bounded("One two. Three four.", 18) == f"One two.\n\n{GAP}"
    assert bounded("One two three four", 16) == f"One two\n\n{GAP}"
    assert bounded("x" * 20, 16) == f"{'x' * 11}\n\n{GAP}"
    assert bounded("x" * 20, 20) == "x" * 20


@given(st.text(max_size=400))
def test_cleaning_is_done_once(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {unicodedata.category(letter) for letter in cleaned if letter != "\n"} & {"Cc", "Cs"}


@given(st.text(max_size=400), st.integers(min_value=10, max_value=300))
def test_a_bounded_text_is_never_longer(text: str, limit: int) -> None:
    assert len(bounded(text, limit)) <= limit
