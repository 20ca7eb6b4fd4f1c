"""The network: who appears together in the same events, as states and organisations or as people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from communique.archive import Archive, between
from communique.archive.between import Pair
from communique.archive.records import EventFilter
from communique.web import counted
from communique.web.asking import EventsAsked, in_words
from communique.web.layout import layout
from communique.web.memory import remembered
from communique.web.page import Page, Row, Shown, Table

WIDTH, HEIGHT = 960, 620
_EVERY = 20_000  # pairs in the CSV twin


class NetworkAsked(EventsAsked):
    """Which events, between whom, and how many nodes at most."""

    of: Literal["actors", "people"] = Field("actors", description="States and organisations, or people.")
    nodes: int = Field(40, ge=2, le=120, description="How many nodes at most: those with the most events.")


class Node(Shown):
    """One node: a code or a person's name, how often it appears with another, with how many others, and where it stands
    on the page.
    """

    name: str
    events: int
    others: int
    x: float
    y: float


class Edge(Shown):
    """Two that appear together, and in how many events."""

    a: str
    b: str
    events: int


class Network(Shown):
    """The nodes that appear together most often, their edges, and the filter in words."""

    filter: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def network(archive: Archive, asked: NetworkAsked) -> Network:
    """The network of the events that were asked for."""
    wanted, people = asked.wanted(), asked.of == "people"
    found = _pairs(archive, wanted, people=people)
    together: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for pair in found:
        for name in (pair.a, pair.b):
            together[name] += pair.events
            others[name] += 1
    shown = sorted(together, key=lambda name: (-together[name], name))[: asked.nodes]
    number = {name: n for n, name in enumerate(shown)}
    edges = [pair for pair in found if pair.a in number and pair.b in number]
    weights = [(number[p.a], number[p.b], float(p.events)) for p in edges]
    places = layout(len(shown), weights, width=WIDTH, height=HEIGHT)
    return Network(
        filter=in_words(asked),
        nodes=tuple(
            Node(name=n, events=together[n], others=others[n], x=x, y=y)
            for n, (x, y) in zip(shown, places, strict=True)
        ),
        edges=tuple(Edge(a=p.a, b=p.b, events=p.events) for p in edges),
        left_out=len(together) - len(shown),
    )


def _pairs(archive: Archive, wanted: EventFilter, *, people: bool) -> list[Pair]:
    """Who appear together; of codes the columns know it, of people the archive is asked."""
    if not people:
        return counted.chosen(archive, wanted).pairs(limit=_EVERY)
    question = ("people together", wanted)
    return remembered(archive, question, lambda: between.pairs(archive, wanted, people=True, limit=_EVERY))


def rows(archive: Archive, asked: NetworkAsked) -> Iterator[Row]:
    """All pairs, those of the most events first."""
    for pair in between.pairs(archive, asked.wanted(), people=asked.of == "people", limit=_EVERY):
        yield pair.a, pair.b, pair.events


PAGES = (
    Page(
        name="network",
        path="/network",
        title="Network",
        about="Who appears together in events, as states and organisations or as people.",
        template="network.html",
        data=network,
        gives=Network,
        asked=NetworkAsked,
        table=Table(("a", "b", "events"), rows),
        place="network",
    ),
)
