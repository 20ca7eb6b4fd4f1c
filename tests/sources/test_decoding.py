"""Bytes to text: marks, UTF-8, declared charsets, Windows-1252."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.sources.decoding import decode

SENTENCE = "Le général a rencontré l’attaché à Tbilissi."


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode("utf-8"),
        codecs.BOM_UTF8 + SENTENCE.encode("utf-8"),
        SENTENCE.encode("utf-16"),
        codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("utf-32"),
        SENTENCE.encode("cp1252"),
    ],
)
def test_every_usual_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data) == SENTENCE


def test_a_page_is_read_in_the_charset_that_it_declares() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>Министр обороны</body></html>'
    assert decode(page.encode("cp1251"), html=True) == page


def test_valid_utf8_wins_over_a_wrong_declaration() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body>Ağrı, Kütahya</body></html>'
    assert decode(page.encode("utf-8"), html=True) == page


@pytest.mark.parametrize("charset", ["rot13", "base64", "no-such-charset", "punycode", "utf-7"])
def test_a_charset_that_no_page_is_written_in_is_not_believed(charset: str) -> None:
    page = f'<meta charset="{charset}"><p>caf\xe9</p>'
    assert decode(page.encode("latin-1"), html=True) == page


def test_nul_characters_and_lone_surrogates_go() -> None:
    assert decode(b"one\x00two") == "onetwo"
    assert decode(codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00").replace("\ufffd", "") == "ab"


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_give_text_that_can_be_stored(data: bytes, html: bool) -> None:
    text = decode(data, html=html)
    assert "\x00" not in text
    assert text.encode("utf-8").decode("utf-8") == text
