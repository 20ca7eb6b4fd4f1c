"""The drawings of the map and the network, from their data and what was asked: each thing leads to its events."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import Markup

from communique.web import atlas
from communique.web.names import names
from communique.web.plain import plural, short, shown

if TYPE_CHECKING:
    from communique.web.asking import EventsAsked
    from communique.web.views.map import Map
    from communique.web.views.network import Network, NetworkAsked, Node


def map_of(data: Map, asked: EventsAsked) -> Markup:
    """The map of the data."""
    name = names().of
    shaded = [
        atlas.Shaded(
            code=one.code,
            events=one.events,
            label=f"{name(one.code)}: {plural(one.events, 'event')}",
            href=events_between(asked, one.code),
        )
        for one in data.actors
    ]
    arcs = [
        atlas.Arc(
            guest=one.guest,
            host=one.host,
            events=one.events,
            label=f"{name(one.guest)} to {name(one.host)}: {plural(one.events, 'visit')}",
            href=visits_between(asked, one.guest, one.host),
        )
        for one in data.visits
    ]
    return atlas.world(shaded, arcs, label=f"Map: {data.filter}")


def visits_between(asked: EventsAsked, guest: str, host: str) -> str:
    """The address of the visits that one pays to the other, of the events that were asked for."""
    parties = list(dict.fromkeys([guest, host, *asked.actor]))
    return _events(asked, actor=parties, role="source", other_role="target", kind="visit")


def events_between(asked: EventsAsked, *codes: str) -> str:
    """The address of the events, of those that were asked for, in which all of these take part too."""
    return _events(asked, actor=_also(asked, *codes))


def shades_of(data: Map) -> list[tuple[int, int, int]]:
    """The legend of the map: each shade's number, its least and its largest number of events."""
    known = atlas.outlines()["states"]
    numbers = [one.events for one in data.actors if one.code in known]
    least = atlas.bounds(numbers)
    ends = [*(bound - 1 for bound in least[1:]), max(numbers, default=0)]
    return [(n, low, high) for n, (low, high) in enumerate(zip(least, ends, strict=True), start=1) if numbers]


def network_of(data: Network, asked: NetworkAsked, *, width: int = 960, height: int = 620) -> Markup:
    """The network of the data: edges below nodes, both with a label for readers of screens."""
    by_name = {node.name: node for node in data.nodes}
    heaviest = max((edge.events for edge in data.edges), default=1)
    lines = [
        _edge(by_name[e.a], by_name[e.b], e.events, heaviest=heaviest, asked=asked)
        for e in reversed(data.edges)
    ]
    most = max((node.events for node in data.nodes), default=1)
    nodes = [_node(node, most, asked) for node in data.nodes]
    frame = '<svg class="chart network" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>'
    joined = Markup("").join
    return Markup(frame).format(width, height, shown(f"Network: {data.filter}"), joined(lines), joined(nodes))


def _edge(one: Node, other: Node, events: int, *, heaviest: int, asked: NetworkAsked) -> Markup:
    label = f"{_told(one.name, asked)} and {_told(other.name, asked)}: {plural(events, 'event')}"
    if asked.of == "people":
        href = _events(asked, person=one.name, other_person=other.name)
    else:
        href = events_between(asked, one.name, other.name)
    width = 0.7 + 4.3 * (events / heaviest) ** 0.5
    line = '<line class="edge" x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="{:.1f}"/>'
    drawn = Markup(line).format(one.x, one.y, other.x, other.y, width)
    return _link(href, label, drawn)


def _node(node: Node, most: int, asked: NetworkAsked) -> Markup:
    told = _told(node.name, asked)
    radius = 4 + 9 * (node.events / most) ** 0.5
    shape = Markup('<circle class="node" cx="{}" cy="{}" r="{:.1f}"/>').format(node.x, node.y, radius)
    text = Markup('<text class="node-name" x="{}" y="{:.1f}" text-anchor="middle">{}</text>').format(
        node.x, node.y + radius + 11, shown(short(_label(node.name, asked), 28))
    )
    one = {"person": node.name} if asked.of == "people" else {"actor": _also(asked, node.name)}
    return _link(_events(asked, **one), f"{told}: with {plural(node.others, 'other')}", shape + text)


def _also(asked: EventsAsked, *codes: str) -> list[str]:
    """The actors that were asked for, and these."""
    return list(dict.fromkeys([*asked.actor, *codes]))


def _told(name: str, asked: NetworkAsked) -> str:
    return name if asked.of == "people" else names().of(name)


def _label(name: str, asked: NetworkAsked) -> str:
    """What stands below a node: states by name, all others by their code, which is shorter."""
    if asked.of == "people" or names().sort_of(name) != "state":
        return name
    return names().of(name)


def _link(href: str, label: str, body: Markup) -> Markup:
    frame = '<a href="{}" aria-label="{}"><title>{}</title>{}</a>'
    return Markup(frame).format(href, shown(label), shown(label), body)


def _events(asked: EventsAsked, **changed: object) -> str:
    """The address of the list of the events that were asked for, with some conditions changed."""
    without = {"page": None, "size": None, "of": None, "nodes": None}
    return f"/events?{urlencode(asked.query(**without | changed))}"
