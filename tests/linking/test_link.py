from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.linking.index import Index
from communique.linking.link import edges_between, link
from communique.linking.records import ClaimKey, Told

Tell = Callable[..., Told]
Thread = tuple[list[Told], dict[ClaimKey, str]]
FLOORS = {"gripen": 0.75, "hormuz": 0.85, "doumeira": 0.8}
"""Pairs F1 on each thread with its gold records; measured: docs/linking.md."""


def pairs_f1(told: list[Told], event: dict[ClaimKey, str]) -> float:
    made = {key: each.id for each in link(told).events for key in each.claims}
    both = gold = joined = 0
    for a, b in combinations(event, 2):
        if a.doc_id != b.doc_id:
            same, together = event[a] == event[b], made[a] == made[b]
            both, gold, joined = both + (same and together), gold + same, joined + together
    return 2 * both / (gold + joined)


@pytest.mark.parametrize("name", FLOORS)
def test_the_threads_are_linked_as_well_as_was_measured(stories: dict[str, Thread], name: str) -> None:
    assert pairs_f1(*stories[name]) >= FLOORS[name]


def test_every_claim_is_in_one_event(stories: dict[str, Thread]) -> None:
    told = stories["hormuz"][0]
    keys = [key for event in link(told).events for key in event.claims]
    assert sorted(keys, key=str) == sorted((one.key for one in told), key=str)
    assert len(set(keys)) == len(keys)


def test_links_are_those_inside_events(stories: dict[str, Thread]) -> None:
    linking = link(stories["gripen"][0])
    event_of = {key: event.id for event in linking.events for key in event.claims}
    assert all(event_of[each.a] == event_of[each.b] and each.score >= 0.5 for each in linking.links)
    assert any(each.documents > 3 for each in linking.events)


def test_new_claims_are_compared_with_known_ones_and_not_those_among_themselves(tell: Tell) -> None:
    told = [
        tell(doc, "call", "DNK + IRN", "2016-03-16", words="the first call") for doc in ("d1", "d2", "d3")
    ]
    found = edges_between(told[:1], told[1:])
    assert [(each.a.doc_id, each.b.doc_id) for each in found] == [("d1", "d2"), ("d1", "d3")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_order_and_batches_of_arrival_change_nothing(stories: dict[str, Thread], data: st.DataObject) -> None:
    """The law of order independence, on part of a thread in any order, in any batches, with claims taken out."""
    told = stories[data.draw(st.sampled_from(sorted(stories)))][0]
    some = data.draw(st.lists(st.sampled_from(told), unique_by=lambda one: one.key, max_size=60))
    late = data.draw(st.lists(st.sampled_from(told), unique_by=lambda one: one.key, max_size=20))
    apart = [(some[0].key, some[-1].key)] if len(some) > 1 else []
    index = Index(apart=apart)
    index.add(late)
    while some_left := some[index_size(index, some) :]:
        index.add(some_left[: data.draw(st.integers(1, 15))])
    index.remove(one.key for one in late if one not in some)
    assert index.linking() == link(reversed(some), apart=apart)
    assert [e.model_dump_json() for e in index.linking().events] == [
        e.model_dump_json() for e in link(some, apart=apart).events
    ]


def index_size(index: Index, some: list[Told]) -> int:
    """How many of the first claims have arrived."""
    arrived = {key for event in index.linking().events for key in event.claims}
    return next((n for n, one in enumerate(some) if one.key not in arrived), len(some))


def test_a_claim_that_comes_again_changed_replaces_itself(tell: Tell) -> None:
    one = tell("d1", "call", "DNK + IRN", "2016-03-16", words="the first call")
    other = tell("d2", "call", "DNK + IRN", "2016-03-16", words="the first call")
    changed = tell("d2", "call", "DNK + IRN", "2016-03-19", words="another call")
    index = Index()
    index.add([one, other])
    assert [event.documents for event in index.linking().events] == [2]
    index.add([changed])
    assert index.linking() == link([one, changed])
    assert [event.documents for event in index.linking().events] == [1, 1]


def test_what_people_judged_holds(tell: Tell) -> None:
    one = tell("d1", "call", "DNK + IRN", "2016-03-16", words="the first call")
    other = tell("d2", "visit", "DNK > IRN", "2016-05-16")
    pair = (one.key, other.key)
    index = Index(together=[pair])
    index.add([other])
    index.add([one])
    assert index.linking() == link([one, other], together=[pair])
    assert [event.claims for event in index.linking().events] == [pair]
