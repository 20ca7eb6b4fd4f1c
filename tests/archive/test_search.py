import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.archive import Archive, Coded, Hit, writing
from communique.archive.search import EVERYWHERE, match_expression
from communique.records import Coding

VISIT_SNIPPET = (
    "Minister in Tehran\n\nDefence Minister Vigen Sargsyan left for Iran on Monday. "
    'He will discuss the S-300 deliveries. "We want \x02calm\x03," he said.'
)


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("corridor", '"corridor"'),
        ('S-300 "transport corridor" deliver*', '"S-300" "transport corridor" "deliver"*'),
        ("a AND b OR NOT c NEAR(d)", '"a" "AND" "b" "OR" "NOT" "c" "NEAR(d)"'),
        ('unclosed "quote', '"unclosed" "quote"'),
        ("text:x ^y {z} -", '"text:x" "^y" "{z}"'),
        ("*** -- ()", ""),
        ("", ""),
        ("a\x00b", '"a" "b"'),
    ],
)
def test_what_a_user_types_becomes_words_and_phrases(query: str, expression: str) -> None:
    assert match_expression(query) == expression


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_query_is_an_error(archive: Archive, query: str) -> None:
    assert isinstance(archive.search(query), list)


def test_hits_in_documents_claims_and_statements(archive: Archive, visit_coded: Coded) -> None:
    date = visit_coded.document.published.interval
    assert archive.search("calm") == [
        Hit(
            what="document",
            id="visit",
            doc_id="visit",
            title="Minister in Tehran",
            snippet=VISIT_SNIPPET,
            date=date,
        ),
        Hit(
            what="statement",
            id="visit",
            doc_id="visit",
            title="Minister in Tehran",
            speaker="Vigen Sargsyan",
            snippet="We want \x02calm\x03,",
            date=date,
        ),
    ]


def test_word_endings_accents_and_beginnings(archive: Archive) -> None:
    for query in ("delivery S-300", "DELIVER*", "délivery", '"S-300 deliveries"'):
        assert [h.id for h in archive.search(query, what=("claim",))] == ["c2-visit"], query
    assert archive.search('"deliveries S-300"') == []


def test_a_limit_counts_each_sort(archive: Archive) -> None:
    assert [h.what for h in archive.search("Sargsyan", limit=1)] == ["document", "claim", "statement"]


def test_what_was_replaced_is_no_longer_found(archive: Archive, run: int, visit_coded: Coded) -> None:
    new = visit_coded.document.model_copy(update={"text": "A text of other words.", "title": None})
    other = visit_coded.model_copy(update={"document": new, "coding": Coding(doc_id="visit")})
    with archive.writing() as connection:
        writing.keep(connection, other, run=run, coder="y")
    assert archive.search("Sargsyan") == []
    assert [h.doc_id for h in archive.search("other words")] == ["visit"]


@pytest.mark.parametrize("query", ["the", "minister", "agree*", "Rafale jets"])
def test_the_best_hits_are_the_first_of_all(stories: Archive, query: str) -> None:
    for sort in EVERYWHERE:
        every = stories.search(query, what=(sort,), limit=10_000)
        assert [stories.search(query, what=(sort,), limit=n) for n in range(1, 6)] == [
            every[:n] for n in range(1, 6)
        ]
    assert stories.search("the", what=("claim",), limit=10_000) != []


def test_the_latest_are_listed_whole(archive: Archive) -> None:
    found = archive.latest("claim", limit=10)
    assert [(hit.id, hit.snippet) for hit in found] == [
        (claim.id, claim.evidence[0].text) for claim in archive.claims()
    ]
    assert archive.latest("claim", limit=10, offset=1) == found[1:]
    assert [(hit.speaker, hit.snippet) for hit in archive.latest("statement", limit=10)] == [
        (statement.speaker, statement.text) for statement in archive.statements()
    ]
