"""Where sentences begin."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.parse import Parse

ParseText = Callable[..., Parse]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Vladimir Putin had a telephone conversation with President of France Emmanuel Macron", "Putin had"),
        (
            "U.S. Secretary of State John Kerry met with China's top leaders on Saturday.",
            "Secretary of State",
        ),
        ('Donald Trump is calling Prime Minister Justin Trudeau "two-faced" after he was overheard.', '"two'),
    ],
)
def test_no_sentence_begins_inside_a_name_or_after_a_bare_word(
    parse_text: ParseText, line: str, words: str
) -> None:
    parse = parse_text(f"A headline\n\n{line}")
    token = parse.token_at(parse.document.text.index(words))
    assert token is not None and not token.is_sent_start
    assert len(parse.sentences) == 2


def test_each_line_begins_a_sentence(parse_text: ParseText) -> None:
    parse = parse_text("Trump and\nPutin met in Helsinki\nthe talks were short")
    assert [s.text.strip() for s in parse.sentences] == [
        "Trump and",
        "Putin met in Helsinki",
        "the talks were short",
    ]
