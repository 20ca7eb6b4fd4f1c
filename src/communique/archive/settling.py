"""Makes events of claims: what hangs together by links and judgements is clustered, consolidated, written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Integer, Table, cast, delete, func, insert, select, update

from communique.archive import schema
from communique.archive.judgements import judged_pairs
from communique.archive.told import judged_claims, portions, told_as_judged
from communique.linking.clusters import Pair, cluster
from communique.linking.consolidate import consolidate
from communique.linking.judgements import pairs, settled
from communique.linking.records import ClaimKey, Event, Link, Told

_BATCH: Final = 400
"""Claims whose events are made at a time (a larger component is taken whole)."""

Edges = dict[int, set[int]]
Row = dict[str, Any]


def settle(connection: Connection) -> int:
    """Cluster again what hangs together with unsettled claims, and make its events; gives how many.

    Events that come out as they were, and have no unsettled claim, stay as they are.
    """
    seeds = list(connection.execute(select(schema.unsettled.c.claim)).scalars())
    if not seeds:
        return 0
    edges = _edges_around(connection, seeds)
    fresh = frozenset(seeds)
    made = sum(_make_events(connection, batch, edges, fresh) for batch in _batches(_components(edges)))
    connection.execute(delete(schema.unsettled))
    count_up(connection)
    return made


def count_up(connection: Connection) -> None:
    """Note that events or judgements have changed."""
    table = schema.linking
    connection.execute(
        update(table).where(table.c.name == "version").values(value=cast(table.c.value, Integer) + 1)
    )


def _edges_around(connection: Connection, seeds: Sequence[int]) -> Edges:
    """For each claim that hangs together with the seeds its neighbours, by links and by judgements."""
    edges: Edges = {}
    frontier = sorted(set(seeds))
    while frontier:
        edges |= {claim: set() for claim in frontier}
        for claim, other in _joined(connection, frontier):
            edges[claim].add(other)
        frontier = sorted({other for claim in frontier for other in edges[claim]} - edges.keys())
    return edges


def _joined(connection: Connection, claims: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The claims with their neighbours, both ways."""
    links = schema.links
    for portion in portions(claims):
        for one, other in ((links.c.a, links.c.b), (links.c.b, links.c.a)):
            for a, b in connection.execute(select(one, other).where(one.in_(portion))):
                yield a, b
        inside = set(portion)
        for _, a, b in judged_pairs(connection, portion):
            yield from ((x, y) for x, y in ((a, b), (b, a)) if x in inside)


def _components(edges: Edges) -> Iterator[list[int]]:
    """What hangs together, each component in order."""
    left = set(edges)
    for first in sorted(edges):
        if first not in left:
            continue
        component, frontier = {first}, [first]
        while frontier:
            frontier = sorted({other for claim in frontier for other in edges[claim]} - component)
            component.update(frontier)
        left -= component
        yield sorted(component)


def _batches(components: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    batch: list[list[int]] = []
    for component in components:
        batch.append(component)
        if sum(map(len, batch)) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _make_events(
    connection: Connection, components: Sequence[Sequence[int]], edges: Edges, fresh: frozenset[int]
) -> int:
    """Cluster some components and write the events that are new or have fresh claims; gives how many."""
    claims = [claim for component in components for claim in component]
    told = told_as_judged(connection, claims)
    seqs = {one.key: seq for seq, one in told.items()}
    groups = list(_groups(connection, components, told, edges))
    as_before = _drop_events(connection, claims, {frozenset(g) for g in groups if fresh.isdisjoint(g)})
    judged = judged_claims(connection, told)
    made: list[tuple[Event, list[Told]]] = []
    for group in groups:
        if frozenset(group) not in as_before:
            theirs = [told[seq] for seq in group]
            made.append((settled(theirs, judged, consolidate), theirs))
    write_events(connection, made, seqs)
    return len(made)


def _groups(
    connection: Connection, components: Iterable[Sequence[int]], told: Mapping[int, Told], edges: Edges
) -> Iterator[list[int]]:
    """The claims of each event of some components."""
    seqs = {one.key: seq for seq, one in told.items()}
    links = _links_among(connection, told, edges)
    decided = _decided(connection, told)
    for component in components:
        mine = [told[seq] for seq in component if seq in told]
        edges_here = [link for seq in component for link in links.get(seq, ())]
        keys = {one.key for one in mine}
        apart, together = ([pair for pair in found if keys & {*pair}] for found in decided)
        for group in cluster(mine, edges_here, apart=apart, together=together):
            yield [seqs[key] for key in group]


def _drop_events(
    connection: Connection, claims: Sequence[int], standing: set[frozenset[int]]
) -> set[frozenset[int]]:
    """Delete the events of claims but those that stand, of the same claims as before; gives the claims of these."""
    table = schema.event_claims
    before: dict[int, set[int]] = {}
    for portion in portions(claims):
        theirs = select(table.c.event).where(table.c.claim.in_(portion))
        rows = connection.execute(select(table.c.event, table.c.claim).where(table.c.event.in_(theirs)))
        for event, claim in rows:
            before.setdefault(event, set()).add(claim)
    stay = {event: frozenset(theirs) for event, theirs in before.items() if theirs in standing}
    for dropped in portions(sorted(before.keys() - stay.keys())):
        connection.execute(delete(schema.events).where(schema.events.c.seq.in_(dropped)))
    return set(stay.values())


def _links_among(connection: Connection, told: Mapping[int, Told], edges: Edges) -> dict[int, list[Link]]:
    """The links of claims, by the first claim of each."""
    table = schema.links
    found: dict[int, list[Link]] = {}
    linked = [seq for seq in sorted(told) if edges[seq]]
    for portion in portions(linked):
        query = select(table.c.a, table.c.b, table.c.score).where(table.c.a.in_(portion))
        for a, b, score in connection.execute(query.order_by(table.c.a, table.c.b)):
            found.setdefault(a, []).append(Link(a=told[a].key, b=told[b].key, score=score))
    return found


def _decided(connection: Connection, told: Mapping[int, Told]) -> tuple[list[Pair], list[Pair]]:
    """The pairs of these claims that people judged not to be, and to be, the same."""
    found = judged_pairs(connection, told)
    apart, together = pairs((j, told[a].key, told[b].key) for j, a, b in found if a in told and b in told)
    return sorted(apart, key=_place), sorted(together, key=_place)


def _place(pair: Pair) -> tuple[str, ...]:
    return tuple(part for key in pair for part in (key.doc_id, key.id))


def write_events(
    connection: Connection, made: Sequence[tuple[Event, Sequence[Told]]], seqs: Mapping[ClaimKey, int]
) -> None:
    """Write events with the claims that tell them, whose places in the table are `seqs`."""
    last = connection.execute(select(func.max(schema.events.c.seq))).scalar_one() or 0
    rows: dict[Table, list[Row]] = {}
    for seq, (event, told) in enumerate(made, last + 1):
        rows.setdefault(schema.events, []).append({"seq": seq} | _event_row(event, told))
        parts = ((schema.event_actors, event.actors), (schema.event_materiel, event.materiel))
        for table, values in parts:
            of_event = ({"event": seq, "ord": n} | v.model_dump() for n, v in enumerate(values))
            rows.setdefault(table, []).extend(of_event)
        outlets = sorted({one.outlet for one in told if one.outlet})
        rows.setdefault(schema.event_outlets, []).extend({"event": seq, "outlet": o} for o in outlets)
        claims = ({"event": seq, "claim": seqs[key]} for key in event.claims)
        rows.setdefault(schema.event_claims, []).extend(claims)
    for table, found in rows.items():
        if found:
            connection.execute(insert(table), found)


def _event_row(event: Event, told: Sequence[Told]) -> Row:
    days = [one.published.start for one in told if one.published]
    return {
        "id": event.id,
        "kind": event.kind,
        "status": event.status,
        "stage": event.stage,
        "date_from": event.date.start.isoformat() if event.date else None,
        "date_to": event.date.end.isoformat() if event.date else None,
        "place_name": event.place.name if event.place else None,
        "place_country": event.place.country if event.place else None,
        "instrument": event.instrument,
        "confidence": event.confidence,
        "independent": event.independent,
        "documents": event.documents,
        "told_from": min(days).isoformat() if days else None,
    }
