import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.cli.terminal import marked, safe, safe_line
from communique.export.jsonlines import line


@given(st.text())
def test_what_is_safe_has_nothing_that_steers_or_hides(text: str) -> None:
    shown = safe(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n" for c in shown)
    assert not any(
        unicodedata.bidirectional(c) in {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "PDF"} for c in shown
    )
    assert safe(shown) == shown
    assert "\n" not in safe_line(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, naïve Ağrı 東京 \U0001f680", "plain text, naïve Ağrı 東京 \U0001f680"),
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("a\u202eb\u2066c\u200bd\ufeff", "a\\u202eb\\u2066c\\u200bd\\ufeff"),
        ("\x9b31m", "\\x9b31m"),
        ("two\r\nlines", "two\\x0d\nlines"),
    ],
)
def test_hostile_text_is_shown_as_escapes(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_marks() -> None:
    assert marked("one two\nthree", [(4, 7), (8, 13)], styled=False) == "one [[two]] [[three]]"
    assert marked("one two", [(0, 3), (2, 7)], styled=False) == "[[one two]]"
    assert marked("a\x1bb", [(0, 1)], styled=True) == "\x1b[1m\x1b[4ma\x1b[0m\\x1bb"
    assert marked("none", [], styled=True) == "none"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_json_lines_lose_nothing_and_steer_nothing(text: str) -> None:
    written = line({"text": text})
    assert json.loads(written) == {"text": text}
    assert safe(written) == written
