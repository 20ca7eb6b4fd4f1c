"""Quotations: marks of all kinds, nesting, paragraphs, missing marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.coding.quotations import Quotation, find_quotations

CASES = [
    ('He said: "We will sign the pact."', ["We will sign the pact."]),
    ("“We will sign the pact,” he said, “and soon.”", ["We will sign the pact,", "and soon."]),
    ("Er nannte es „einen guten Tag“ und ging.", ["einen guten Tag"]),
    ("Il parle d'« un accord historique » avec Paris.", ["un accord historique"]),
    ("The ministers' talks didn't end the army's drill.", []),
    ('The 5" gun and the 8" shell were tested.', []),
    ('"I don"t know a better way," he said.', ['I don"t know a better way,']),
    ('"He told me "never again" twice," she said.', ['He told me "never again" twice,']),
    ("“He told me ‘never again’ twice,” she said.", ["He told me ‘never again’ twice,"]),
    ("The paper called it ‘a very bad bargain’ for Kyiv.", ["a very bad bargain"]),
    ("It is not open to doubt,” said the envoy of the bloc.", ["It is not open to doubt,"]),
    ("It is open to doubt.” He left.", []),
    (
        "This vessel is ready for the sea,” said the admiral. “Let us go.”",
        ["This vessel is ready for the sea,", "Let us go."],
    ),
    (
        '"We never saw them as a threat. They are "brothers" to us. We share a sea.',
        ['We never saw them as a threat. They are "brothers" to us. We share a sea.'],
    ),
    (
        "“We came first. He left. “Then the second delegation came to the hall,” he said.",
        ["We came first.", "Then the second delegation came to the hall,"],
    ),
    ("no marks at all", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), CASES)
def test_the_words_between_the_marks(text: str, words: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == words


def test_a_paragraph_that_opens_the_mark_again_goes_on() -> None:
    text = "“We came to talk.\n“We will leave with a treaty,” he said."
    assert find_quotations(text) == (
        Quotation(1, 17, reopened=False, closed=False),
        Quotation(19, 47, reopened=True, closed=True),
    )


def test_a_new_paragraph_after_a_closed_mark_is_no_continuation() -> None:
    text = "“We came to talk.”\n“We will leave with a treaty,” he said."
    assert [q.reopened for q in find_quotations(text)] == [False, False]


@given(st.text(alphabet="ab .,\n\"“”„«»‘’'5", max_size=60))
def test_quotations_are_sorted_disjoint_and_inside_the_text(text: str) -> None:
    found = find_quotations(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all("\n" not in text[q.start : q.end] for q in found)
