from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.coding.headlines import sentence_case

BODY = "\n\nOn Monday the ministers of Armenia met in Moscow and spoke about Russia."


@given(st.text(max_size=120), st.text(max_size=120))
def test_the_length_never_changes(line: str, body: str) -> None:
    assert len(sentence_case(f"{line}\n{body}")) == len(line) + len(body) + 1


def test_a_title_case_headline_is_lowered_but_for_names() -> None:
    title = "Ministers Hold Talks on Regional Security in Moscow"
    assert sentence_case(title + BODY) == "Ministers hold talks on regional security in Moscow" + BODY


def test_a_plain_first_line_stays() -> None:
    text = "Ministers met in Moscow on Monday" + BODY
    assert sentence_case(text) == text
