from hypothesis import given
from hypothesis import strategies as st

from communique.web.marks import Paragraph, Piece, Span, paragraphs, passage

TEXTS = st.text("ab \n", max_size=60)
SPANS = st.lists(
    st.builds(
        lambda a, b, n, sort: Span(start=min(a, b), end=max(a, b), number=n, sort=sort),
        st.integers(0, 60),
        st.integers(0, 60),
        st.integers(1, 4),
        st.sampled_from(["claim", "said"]),
    ),
    max_size=6,
)


def test_marks_may_overlap() -> None:
    spans = [Span(start=0, end=5, sort="claim", number=1), Span(start=3, end=8, sort="claim", number=2)]
    assert paragraphs("ab cd ef", spans) == [
        Paragraph(
            start=0,
            pieces=(
                Piece(text="ab ", claims=(1,), opens=(1,)),
                Piece(text="cd", claims=(1, 2), opens=(2,)),
                Piece(text=" ef", claims=(2,)),
            ),
        )
    ]


@given(TEXTS, SPANS)
def test_no_word_is_lost_and_every_mark_lies_where_it_should(text: str, spans: list[Span]) -> None:
    found = paragraphs(text, spans)
    assert [(p.start, "".join(piece.text for piece in p.pieces)) for p in found] == _paragraphs(text)
    for paragraph in found:
        at = paragraph.start
        for piece in paragraph.pieces:
            for offset in range(at, at + len(piece.text)):
                on = {s.number for s in spans if s.sort == "claim" and s.start <= offset < s.end}
                assert on == set(piece.claims)
            at += len(piece.text)


def _paragraphs(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, line))
        at += len(line) + 1
    return found


def test_a_passage_is_cut_at_words_and_at_paragraphs() -> None:
    text = "First line.\n" + "word " * 40 + "HERE" + " more" * 40 + "\nLast."
    start = text.index("HERE")
    found = passage(text, [Span(start=start, end=start + 4, sort="claim", number=1)], around=20)
    assert [(p.text, p.claims) for p in found.pieces] == [
        ("… ", ()),
        ("word word word ", ()),
        ("HERE", (1,)),
        (" more more more", ()),
        (" …", ()),
    ]
    near = passage("One. Two.\nThree.", [Span(start=5, end=9, sort="claim", number=1)])
    assert "".join(p.text for p in near.pieces) == "One. Two."
