"""Linking that grows document by document, in memory: what the archive does with tables.

New claims are compared with those that share a block key, and only the components that new or removed
claims touch are clustered again. Because keys come from one claim, links from two and clusters from a
component, the events are those of `link` on the same claims, whatever came first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from communique.linking.blocking import keys_of
from communique.linking.clusters import Pair, cluster, components, place
from communique.linking.consolidate import consolidate
from communique.linking.link import Linking, accepted
from communique.linking.profile import Profile, profile
from communique.linking.records import ClaimKey, Event, Link, Told


class Index:
    """Claims with their block keys, links and events; holds what `link` would make of the claims in it."""

    def __init__(self, *, apart: Collection[Pair] = (), together: Collection[Pair] = ()) -> None:
        self._told: dict[ClaimKey, Told] = {}
        self._profiles: dict[ClaimKey, Profile] = {}
        self._blocks: dict[str, set[ClaimKey]] = {}
        self._links: dict[ClaimKey, dict[ClaimKey, Link]] = {}
        self._events: dict[ClaimKey, Event] = {}
        self._apart, self._together = frozenset(apart), frozenset(together)

    def add(self, told: Iterable[Told]) -> int:
        """Put in claims (replacing those with their keys) and link them; gives how many pairs were compared."""
        new = list(told)
        touched = self._take_out(one.key for one in new)
        compared = 0
        for one in new:
            compared += self._put_in(one)
        fresh = {one.key for one in new}
        self._settle(touched | fresh, fresh)
        return compared

    def remove(self, keys: Iterable[ClaimKey]) -> None:
        """Take claims out; the events that they were of are made again."""
        self._settle(self._take_out(keys), set())

    def linking(self) -> Linking:
        """The events and the links that hold them together, as `link` gives them."""
        events = tuple(self._events[key] for key in sorted(self._events, key=place))
        event_of = {key: event.id for event in events for key in event.claims}
        held = {
            (link.a, link.b): link
            for links in self._links.values()
            for link in links.values()
            if event_of[link.a] == event_of[link.b]
        }
        return Linking(events, tuple(held[p] for p in sorted(held, key=lambda p: (place(p[0]), place(p[1])))))

    def _put_in(self, one: Told) -> int:
        mine = profile(one)
        keys = keys_of(mine)
        others = {other for key in keys for other in self._blocks.get(key, ())}
        for edge in accepted((mine, self._profiles[other]) for other in others):
            self._links.setdefault(edge.a, {})[edge.b] = edge
            self._links.setdefault(edge.b, {})[edge.a] = edge
        for key in keys:
            self._blocks.setdefault(key, set()).add(one.key)
        self._told[one.key], self._profiles[one.key] = one, mine
        return len(others)

    def _take_out(self, keys: Iterable[ClaimKey]) -> set[ClaimKey]:
        """Drop claims with their keys and links; gives the claims that were of one component with them."""
        gone = {key for key in keys if key in self._told}
        touched = self._reached(gone)
        for key in gone:
            for block in keys_of(self._profiles.pop(key)):
                self._blocks[block].discard(key)
            for other in self._links.pop(key, {}):
                self._links.get(other, {}).pop(key, None)
            self._told.pop(key)
        for key in touched:
            event = self._events.get(key)
            if event is not None and not gone.isdisjoint(event.claims):
                self._events.pop(key)
        return touched - gone

    def _settle(self, touched: set[ClaimKey], fresh: set[ClaimKey]) -> None:
        """Cluster anew the components of the touched claims; events of the same claims, none fresh, stay."""
        reached = self._reached(touched)
        before = [event for key in reached if (event := self._events.pop(key, None))]
        known = {event.claims: event for event in before if fresh.isdisjoint(event.claims)}
        edges = [edge for key in reached for edge in self._links_from(key)]
        for component in components(reached, [*edges, *self._forced(reached)]):
            for group in self._groups(component):
                self._events[group[0]] = known.get(group) or consolidate([self._told[key] for key in group])

    def _links_from(self, key: ClaimKey) -> list[Link]:
        """The links of which the claim is the first."""
        return [edge for edge in self._links.get(key, {}).values() if edge.a == key]

    def _groups(self, component: Sequence[ClaimKey]) -> list[tuple[ClaimKey, ...]]:
        """The claims of each event of a component."""
        if len(component) == 1:
            return [(component[0],)]
        edges = [edge for key in component for edge in self._links_from(key)]
        told = [self._told[key] for key in component]
        forced = self._forced(set(component))
        return cluster(told, edges, apart=self._apart, together=forced, profiles=self._profiles)

    def _forced(self, keys: set[ClaimKey]) -> list[Pair]:
        return [pair for pair in self._together if pair[0] in keys and pair[1] in keys]

    def _reached(self, keys: set[ClaimKey]) -> set[ClaimKey]:
        """The known claims that hang together with these by links or judgements, with themselves."""
        reached: set[ClaimKey] = set()
        frontier = [key for key in keys if key in self._told]
        while frontier:
            reached.update(frontier)
            beside = {other for key in frontier for other in self._links.get(key, ())}
            beside |= {b for pair in self._together for a, b in (pair, pair[::-1]) if a in frontier}
            frontier = [key for key in beside - reached if key in self._told]
        return reached
