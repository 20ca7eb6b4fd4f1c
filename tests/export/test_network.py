"""GraphML and GEXF, read back with networkx and as XML."""

import io
from collections.abc import Callable, Iterator
from typing import Any, get_args

import networkx
import pytest
from lxml import etree

from communique.archive import Archive
from communique.export import codebook
from communique.export.network import gexf, graphml, network
from communique.linking.records import Event
from communique.records import Actor, Kind, Status

READERS: dict[str, tuple[Callable[[Archive], Iterator[str]], Callable[[Any], networkx.Graph]]] = {
    "graphml": (graphml, networkx.read_graphml),
    "gexf": (gexf, networkx.read_gexf),
}


def read(name: str, archive: Archive) -> networkx.Graph:
    write, reader = READERS[name]
    return reader(io.BytesIO("".join(write(archive)).encode("utf-8")))


@pytest.fixture(params=READERS)
def graph(request: pytest.FixtureRequest, archive: Archive) -> networkx.Graph:
    return read(request.param, archive)


def test_the_nodes_are_the_actors(graph: networkx.Graph, archive: Archive) -> None:
    codes = {actor.code for event in archive.events() for actor in event.actors}
    assert set(graph.nodes) == codes and not graph.is_directed()
    node = {name: graph.nodes["RUS"][name] for name in codebook.names("node")}
    assert node == {"name": "Russia", "sort": "state", "events": 3}
    assert (graph.nodes["XMEN"]["sort"], graph.nodes["XMEN"]["name"]) == ("actor", "XMEN")


def test_an_edge_counts_what_passed_between_two(graph: networkx.Graph) -> None:
    edge = {name: graph.edges["FRA", "IND"][name] for name in codebook.names("edge")}
    others = dict.fromkeys((*get_args(Status), *get_args(Kind)), 0)
    passed = {"weight": 2, "forth": 2, "back": 0, "actual": 2, "arms_transfer": 2}
    assert edge == others | passed | {"first": "2016-09-23", "last": "2020-07-31"}


def test_what_did_not_happen_gives_no_days(graph: networkx.Graph) -> None:
    edge = graph.edges["IRN", "RUS"]
    assert (edge["weight"], edge["denied"], edge["back"], edge["forth"]) == (1, 1, 1, 0)
    assert "first" not in edge and "last" not in edge


def test_every_pair_of_an_event_has_an_edge(graph: networkx.Graph) -> None:
    pairs = {tuple(sorted(pair)) for pair in graph.edges}
    assert pairs == {
        ("ARM", "IRN"), ("CHN", "IND"), ("CHN", "RUS"), ("FRA", "IND"), ("IND", "RUS"), ("IRN", "RUS"),
        ("PRK", "XMEN"), ("RUS", "TUR"),
    }  # fmt: skip


def test_both_formats_tell_the_same(archive: Archive) -> None:
    one, other = (read(name, archive) for name in READERS)
    for a, b in one.edges:
        same = {n: other.edges[a, b].get(n) for n in codebook.names("edge")}
        assert {n: one.edges[a, b].get(n) for n in codebook.names("edge")} == same


def test_an_actor_named_in_markup_is_text() -> None:
    hostile = '<X"&>\x0b'
    actors = (Actor(role="source", code=hostile), Actor(role="target", code="IRN"))
    event = Event(
        id="e", kind="visit", status="actual", actors=actors, confidence=1, claims=(), independent=1, documents=1
    )  # fmt: skip

    class One:
        def events(self) -> list[Event]:
            return [event]

    for write, _ in READERS.values():
        root = etree.fromstring("".join(write(One())).encode("utf-8"))  # type: ignore[arg-type]
        names = [node.get("id") for node in root.iter("{*}node")]
        assert names == ['<X"&>\ufffd', "IRN"]
    nodes, dyads = network([event])
    assert (list(nodes), [(d.a, d.b) for d in dyads]) == ([hostile, "IRN"], [(hostile, "IRN")])
