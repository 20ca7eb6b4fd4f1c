from collections.abc import Callable

from communique.linking.clusters import cluster, components
from communique.linking.likeness import score
from communique.linking.records import ClaimKey, Link, Told

Tell = Callable[..., Told]


def key(doc: str, id: str = "c1") -> ClaimKey:
    return ClaimKey(doc_id=doc, id=id)


def links(told: list[Told]) -> list[Link]:
    found = (score(a, b) for n, a in enumerate(told) for b in told[n + 1 :])
    return [link for link in found if link is not None]


def test_components_hang_together_by_links() -> None:
    keys = [key(doc) for doc in "edcba"]
    edges = [(key("d"), key("a")), (key("b"), key("d"))]
    assert components(keys, edges) == [
        (key("a"), key("b"), key("d")),
        (key("c"),),
        (key("e"),),
    ]


def test_a_vague_claim_goes_to_one_of_two_acts_that_cannot_be_one(tell: Tell) -> None:
    words = "spoke by telephone about the tanker Skagen Star"
    first = tell("d1", "call", "DNK + IRN", "2016-03-16", words=words)
    second = tell("d2", "call", "DNK + IRN", "2016-03-18", words=words)
    vague = tell("d3", "call", "DNK + IRN", "2016-03", words="spoke by telephone")
    told = [first, second, vague]
    assert cluster(told, links(told)) == [(key("d1"), key("d3")), (key("d2"),)]


def test_judged_pairs_go_before_what_speaks_against_them(tell: Tell) -> None:
    first = tell("d1", "call", "DNK + IRN", "2016-03-16")
    second = tell("d2", "call", "DNK + IRN", "2016-03-18")
    pair = (key("d2"), key("d1"))
    assert cluster([first, second], links([first, second])) == [(key("d1"),), (key("d2"),)]
    assert cluster([first, second], [], together=[pair]) == [(key("d1"), key("d2"))]


def test_pairs_judged_apart_stay_apart(tell: Tell) -> None:
    told = [
        tell(doc, "call", "DNK + IRN", "2016-03-16", words="the first call") for doc in ("d1", "d2", "d3")
    ]
    assert cluster(told, links(told)) == [(key("d1"), key("d2"), key("d3"))]
    apart = cluster(told, links(told), apart=[(key("d2"), key("d1"))])
    assert apart == [(key("d1"), key("d3")), (key("d2"),)]
