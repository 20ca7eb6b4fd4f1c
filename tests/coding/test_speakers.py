"""Statements: who says the quoted and the reported words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.parse import Parse
from communique.coding.people import find_people
from communique.coding.references import resolve_references
from communique.coding.speakers import find_statements
from communique.records import Statement

ParseText = Callable[..., Parse]

INTRO = "Iranian Defense Minister Amir Hatami met Russian Defense Minister Sergei Shoigu in Moscow. "


def statements(parse: Parse) -> tuple[Statement, ...]:
    people = find_people(parse)
    return find_statements(parse, people, resolve_references(parse, people))


def said(parse: Parse) -> list[tuple[str, str | None, str | None]]:
    return [(s.text, s.speaker, s.code) for s in statements(parse) if s.direct]


CASES = [
    ("“We share a long sea,” Hatami said on Monday.", [("We share a long sea,", "Amir Hatami", "IRN")]),
    ("“We share a long sea,” said Hatami.", [("We share a long sea,", "Amir Hatami", "IRN")]),
    ("Hatami added: “We share a long sea.”", [("We share a long sea.", "Amir Hatami", "IRN")]),
    ("Shoigu left. “We share a long sea,” he said.", [("We share a long sea,", "Sergei Shoigu", "RUS")]),
    ("“We share a long sea,” the Russian minister said.", [("We share a long sea,", "Sergei Shoigu", "RUS")]),
    (
        "“We share a long sea,” Shoigu said. “It is a sea of peace.”",
        [("We share a long sea,", "Sergei Shoigu", "RUS"), ("It is a sea of peace.", "Sergei Shoigu", "RUS")],
    ),
    (
        "“We share,” Hatami said, “a long and calm sea.”",
        [("a long and calm sea.", "Amir Hatami", "IRN")],
    ),
    (
        "Shoigu described the drill as “a clear message” to others.",
        [("a clear message", "Sergei Shoigu", "RUS")],
    ),
    (
        "“We share a long sea,” the Mehr news agency quoted Hatami as saying.",
        [("We share a long sea,", "Amir Hatami", "IRN")],
    ),
    (
        "Russia's Foreign Ministry confirmed the visit. “The talks went well,” the ministry said.",
        [("The talks went well,", "ministry", "RUS")],
    ),
    (
        "Iran waits. Peru and Chile denied it; “we know nothing,” said an official in Lima.",
        [("we know nothing,", "official in Lima", "PER")],
    ),
    ("“We know nothing,” said a European diplomat.", [("We know nothing,", "European diplomat", None)]),
    (
        "“We know nothing,” a spokesman for Sergei Shoigu said.",
        [("We know nothing,", "spokesman for Sergei Shoigu", "RUS")],
    ),
    ("The so-called “sea deal” is dead.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_speaker_of_quoted_words(
    parse_text: ParseText, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert said(parse_text(INTRO + text)) == expected


def test_a_statement_is_its_issuers(parse_text: ParseText) -> None:
    text = (
        "According to a statement of Armenia’s Ministry of Defense, they met at noon. "
        "“Both sides want calm on the border,” the statement said."
    )
    assert said(parse_text(text)) == [
        ("Both sides want calm on the border,", "Armenia’s Ministry of Defense", "ARM")
    ]


def test_an_outlet_can_speak(parse_text: ParseText) -> None:
    text = '"Some media speculated that new jets will come," IRNA reported.'
    assert said(parse_text(text)) == [("Some media speculated that new jets will come,", "IRNA", None)]


def test_a_paragraph_that_opens_the_mark_again_keeps_the_speaker(parse_text: ParseText) -> None:
    text = INTRO + "\n\n“We came to talk,” Hatami said. “We hope.\n\n“We will come again.”"
    assert [s for _, s, _ in said(parse_text(text))] == ["Amir Hatami", "Amir Hatami"]


def test_reported_words_are_indirect_statements(parse_text: ParseText) -> None:
    parse = parse_text(INTRO + "Hatami said that Iran will sign the pact.")
    start = parse.document.text.index("that Iran")
    assert statements(parse) == (
        Statement(
            doc_id="d", text="that Iran will sign the pact", speaker="Amir Hatami", code="IRN",
            start=start, end=start + 28, direct=False,
        ),
    )  # fmt: skip


def test_the_answers_of_an_interview_are_the_guests(parse_text: ParseText) -> None:
    text = (
        "Trend interviews Iranian Defense Minister Ahmad Vahidi\n\nTrend: How are the ties?\n\n"
        "Vahidi: They are good.\n\nQ: Will you sign a pact?\n\nA: We will sign two of them."
    )
    found = [(s.text, s.speaker, s.direct) for s in statements(parse_text(text))]
    assert found == [
        ("They are good.", "Ahmad Vahidi", False),
        ("We will sign two of them.", "Ahmad Vahidi", False),
    ]


def test_offsets_point_at_the_words(parse_text: ParseText) -> None:
    parse = parse_text(INTRO + "“We share a long sea,” Hatami said. Shoigu said it was late.")
    text = parse.document.text
    assert [text[s.start : s.end] == s.text for s in statements(parse)] == [True, True]
