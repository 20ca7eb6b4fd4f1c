"""Linking: from claims of many documents to events. See docs/linking.md."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from communique.linking.blocking import keys_of
from communique.linking.clusters import Pair, cluster, components, place
from communique.linking.consolidate import consolidate
from communique.linking.likeness import THRESHOLD, compare, likelihood
from communique.linking.profile import Profile, profile
from communique.linking.records import ClaimKey, Event, Link, Told


@dataclass(frozen=True)
class Linking:
    """What linking makes of claims: the events by their first claims, and the links that hold them together."""

    events: tuple[Event, ...]
    links: tuple[Link, ...]


def link(told: Iterable[Told], *, apart: Collection[Pair] = (), together: Collection[Pair] = ()) -> Linking:
    """The events that claims tell. The same set of claims gives the same result in any order.

    `apart` and `together` are pairs of claims that a person judged not to be, or to be, one event.
    """
    known = {one.key: one for one in told}
    edges = edges_among(list(known.values()))
    forced = [pair for pair in together if pair[0] in known and pair[1] in known]
    inside = _edges_inside(edges)
    groups = [
        group
        for component in components(known, [*edges, *forced])
        for group in _clustered(component, known, inside, (apart, forced))
    ]
    groups.sort(key=lambda group: place(group[0]))
    events = tuple(consolidate([known[key] for key in group]) for group in groups)
    event_of = {key: n for n, group in enumerate(groups) for key in group}
    held = (edge for edge in edges if event_of[edge.a] == event_of[edge.b])
    return Linking(events, tuple(sorted(held, key=_pair_place)))


def edges_among(told: Sequence[Told]) -> tuple[Link, ...]:
    """The accepted links among claims, sorted."""
    return edges_between(told, ())


def edges_between(new: Sequence[Told], known: Iterable[Told]) -> tuple[Link, ...]:
    """The accepted links among new claims and between them and known ones, sorted; none among the known.

    Only pairs that share a block key are compared, so `known` may be just the claims that share a key with
    a new one.
    """
    fresh = [profile(one) for one in new]
    found = accepted(_candidates(fresh, [profile(one) for one in known]))
    return tuple(sorted(found, key=_pair_place))


def _edges_inside(edges: Iterable[Link]) -> dict[ClaimKey, list[Link]]:
    """The links by their first claim."""
    found: dict[ClaimKey, list[Link]] = {}
    for edge in edges:
        found.setdefault(edge.a, []).append(edge)
    return found


def _candidates(fresh: list[Profile], known: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Each pair that shares a key, once: new with new, and new with known."""
    blocks: dict[str, tuple[list[int], list[int]]] = {}
    for side, claims in enumerate((fresh, known)):
        for n, claim in enumerate(claims):
            for key in keys_of(claim):
                blocks.setdefault(key, ([], []))[side].append(n)
    seen: set[tuple[int, int]] = set()
    for ours, theirs in blocks.values():
        pairs = [*combinations(ours, 2), *((x, y + len(fresh)) for x in ours for y in theirs)]
        seen.update(pairs)
    every = fresh + known
    return ((every[x], every[y]) for x, y in sorted(seen))


def accepted(pairs: Iterable[tuple[Profile, Profile]]) -> Iterator[Link]:
    """The links of those pairs that are likely enough to tell one event."""
    for a, b in pairs:
        likely = likelihood(a, b)
        if likely is not None and likely >= THRESHOLD:
            edge = compare(a, b)
            if edge is not None:
                yield edge


def _clustered(
    component: tuple[ClaimKey, ...],
    known: dict[ClaimKey, Told],
    edges: dict[ClaimKey, list[Link]],
    judged: tuple[Collection[Pair], Collection[Pair]],
) -> list[tuple[ClaimKey, ...]]:
    if len(component) == 1:
        return [component]
    apart, together = judged
    mine = [edge for key in component for edge in edges.get(key, ())]
    return cluster([known[key] for key in component], mine, apart=apart, together=together)


def _pair_place(edge: Link) -> tuple[tuple[str, str], tuple[str, str]]:
    return place(edge.a), place(edge.b)
