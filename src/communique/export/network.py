"""Networks: actors as nodes, and an edge for each two that were in an event together (GraphML and GEXF).

GraphML: http://graphml.graphdrawing.org/specification.html; GEXF 1.2draft: https://gexf.net/schema.html. Both have the
same nodes, edges and attributes (`columns.csv`: node, edge).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, get_args
from xml.sax.saxutils import quoteattr

from communique.archive import Archive
from communique.export import codebook
from communique.export.wording import codes_of, name_of, plain, sort_of
from communique.linking.records import Event
from communique.records import Kind, Status

Value = str | int
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass
class Dyad:
    """Two actors, `a` before `b` by code, and what passed between them: numbers of events by what they are."""

    a: str
    b: str
    counts: Counter[str] = field(default_factory=Counter)
    first: str = ""
    last: str = ""

    def add(self, event: Event) -> None:
        """Count an event of the two."""
        sources, targets = codes_of(event.actors, "source"), codes_of(event.actors, "target")
        self.counts.update(["weight", event.kind, event.status])
        self.counts["forth"] += self.a in sources and self.b in targets
        self.counts["back"] += self.b in sources and self.a in targets
        if event.date and event.status == "actual":
            start, end = event.date.start.isoformat(), event.date.end.isoformat()
            self.first = min(self.first or start, start)
            self.last = max(self.last, end)

    def attributes(self) -> dict[str, Value]:
        """The edge's attributes by name."""
        numbers = {
            name: self.counts[name]
            for name in ("weight", "forth", "back", *get_args(Status), *get_args(Kind))
        }
        return {**numbers, "first": self.first, "last": self.last}


def graphml(archive: Archive) -> Iterator[str]:
    """The network of actors as GraphML."""
    nodes, dyads = network(archive.events())
    yield _XML
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for table in ("node", "edge"):
        for column in codebook.columns(table):
            kind = "int" if column.type == "integer" else "string"
            key = f'id="{table}.{column.name}" for="{table}" attr.name="{column.name}" attr.type="{kind}"'
            yield f"<key {key}/>\n"
    yield '<graph id="actors" edgedefault="undirected">\n'
    for code, attributes in nodes.items():
        yield f"<node id={_quoted(code)}>{_data('node', attributes)}</node>\n"
    for dyad in dyads:
        ends = f"source={_quoted(dyad.a)} target={_quoted(dyad.b)}"
        yield f"<edge {ends}>{_data('edge', dyad.attributes())}</edge>\n"
    yield "</graph>\n</graphml>\n"


def gexf(archive: Archive) -> Iterator[str]:
    """The network of actors as GEXF."""
    nodes, dyads = network(archive.events())
    yield _XML
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n<graph defaultedgetype="undirected">\n'
    for table in ("node", "edge"):
        yield f'<attributes class="{table}">\n'
        for column in codebook.columns(table):
            kind = "integer" if column.type == "integer" else "string"
            yield f'<attribute id="{column.name}" title="{column.name}" type="{kind}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for code, attributes in nodes.items():
        label = _quoted(str(attributes["name"]))
        yield f"<node id={_quoted(code)} label={label}>{_values(attributes)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, dyad in enumerate(dyads):
        ends = f"source={_quoted(dyad.a)} target={_quoted(dyad.b)}"
        values = dyad.attributes()
        yield f'<edge id="{number}" {ends} weight="{values["weight"]}">{_values(values)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def network(events: Iterable[Event]) -> tuple[dict[str, dict[str, Value]], list[Dyad]]:
    """The actors by code with their attributes, and their dyads, both in the order of the codes.

    Memory goes with the actors and the pairs of them, not with the events.
    """
    seen: Counter[str] = Counter()
    dyads: dict[tuple[str, str], Dyad] = {}
    for event in events:
        codes = sorted({actor.code for actor in event.actors})
        seen.update(codes)
        for a, b in combinations(codes, 2):
            dyads.setdefault((a, b), Dyad(a, b)).add(event)
    nodes = {code: _node(code, seen[code]) for code in sorted(seen)}
    return nodes, [dyads[pair] for pair in sorted(dyads)]


def _node(code: str, events: int) -> dict[str, Value]:
    return {"name": name_of(code), "sort": sort_of(code), "events": events}


def _data(table: str, attributes: dict[str, Value]) -> str:
    """The attributes as data of GraphML; empty ones are left out."""
    return "".join(
        f'<data key="{table}.{name}">{_text(value)}</data>'
        for name, value in attributes.items()
        if value != ""
    )


def _values(attributes: dict[str, Value]) -> str:
    found = "".join(
        f'<attvalue for="{name}" value={_quoted(str(value))}/>'
        for name, value in attributes.items()
        if value != ""
    )
    return f"<attvalues>{found}</attvalues>"


def _text(value: Value) -> str:
    return _quoted(str(value))[1:-1]


def _quoted(text: str) -> str:
    return quoteattr(plain(text).replace("\n", " "), {'"': "&quot;"})
