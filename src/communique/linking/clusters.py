"""From pairs to events: connected components of the accepted links, and constrained agglomeration in each.

Both depend on the claims and links alone, not on their order, so an archive that grew document by document
holds the same clusters as one that was linked at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Final

from communique.linking.likeness import in_group
from communique.linking.profile import Profile, profile
from communique.linking.records import ClaimKey, Link, Told

Pair = tuple[ClaimKey, ClaimKey]
Place = tuple[str, str]
Candidate = tuple[float, Place, Place, ClaimKey, ClaimKey, int]

AVERAGE: Final = 0.35
"""The least average score over all pairs of two clusters that are joined."""


def components(keys: Iterable[ClaimKey], edges: Iterable[Link | Pair]) -> list[tuple[ClaimKey, ...]]:
    """The claims that hang together by edges, each component sorted, the components by their first key."""
    least: dict[ClaimKey, ClaimKey] = {key: key for key in keys}

    def root(key: ClaimKey) -> ClaimKey:
        while least[key] != key:
            least[key] = least[least[key]]
            key = least[key]
        return key

    for edge in edges:
        a, b = sorted(map(root, (edge.a, edge.b) if isinstance(edge, Link) else edge), key=place)
        least[b] = a
    groups: dict[ClaimKey, list[ClaimKey]] = {}
    for key in sorted(least, key=place):
        groups.setdefault(root(key), []).append(key)
    return [tuple(groups[first]) for first in sorted(groups, key=place)]


def cluster(
    told: Sequence[Told],
    edges: Sequence[Link],
    *,
    apart: Collection[Pair] = (),
    together: Collection[Pair] = (),
    profiles: Mapping[ClaimKey, Profile] | None = None,
) -> list[tuple[ClaimKey, ...]]:
    """The events among claims: groups of keys, each sorted, the groups by their first key.

    Pairs `together` (a person judged them the same) are joined first, whatever speaks against it. Then, of all
    groups that a link joins, always the two whose pairs have the highest average score, as long as it is at
    least `AVERAGE`; two groups are never joined where a pair of their claims cannot be one event or is `apart`.
    `profiles` are those of the claims, where they are at hand. Linked pairs have their links' scores.
    """
    groups = _Groups({one.key: one for one in told}, profiles or {}, edges, apart)
    for a, b in sorted(map(_ordered, together), key=_places):
        groups.join(a, b)
    groups.grow()
    return groups.sorted()


class _Groups:
    """Claims in groups that grow together, each named by its least claim; scores of pairs are worked out once.

    Those of linked pairs are their links', the others are worked out when two groups have to be weighed.
    """

    def __init__(
        self,
        told: Mapping[ClaimKey, Told],
        profiles: Mapping[ClaimKey, Profile],
        edges: Sequence[Link],
        apart: Collection[Pair],
    ) -> None:
        self._told, self._known = told, profiles
        self._made: dict[ClaimKey, Profile] = {}
        self._members = {key: [key] for key in sorted(told, key=place)}
        self._group = {key: key for key in told}
        self._beside: dict[ClaimKey, set[ClaimKey]] = {key: set() for key in told}
        self._scores: dict[Pair, float | None] = {}
        for edge in edges:
            if edge.a in told and edge.b in told:
                self._beside[edge.a].add(edge.b)
                self._beside[edge.b].add(edge.a)
                self._scores[edge.a, edge.b] = edge.score
        self._scores |= {_ordered(pair): None for pair in apart}

    def join(self, a: ClaimKey, b: ClaimKey) -> ClaimKey | None:
        """Make one group of those of two claims and give its name; None where one is unknown or they are one."""
        if a not in self._group or b not in self._group or self._group[a] == self._group[b]:
            return None
        first, second = _ordered((self._group[a], self._group[b]))
        for key in self._members[second]:
            self._group[key] = first
        self._members[first] = sorted([*self._members[first], *self._members.pop(second)], key=place)
        for other in self._beside.pop(second) - {first}:
            self._beside[other].discard(second)
            self._beside[other].add(first)
            self._beside[first].add(other)
        self._beside[first].discard(second)
        return first

    def grow(self) -> None:
        """Join the groups that are most alike, until no two that a link joins are alike enough."""
        waiting = [candidate for group in self._beside for candidate in self._candidates(group, once=True)]
        heapify(waiting)
        while waiting:
            _, _, _, a, b, size = heappop(waiting)
            if size != self._size(a, b):
                continue
            joined = self.join(a, b)
            if joined is not None:
                for candidate in self._candidates(joined, once=False):
                    heappush(waiting, candidate)

    def sorted(self) -> list[tuple[ClaimKey, ...]]:
        """The groups, by their first keys."""
        return [tuple(self._members[group]) for group in sorted(self._members, key=place)]

    def _size(self, a: ClaimKey, b: ClaimKey) -> int:
        """The claims of both groups, 0 where one is no more."""
        members = self._members
        return len(members[a]) + len(members[b]) if a in members and b in members else 0

    def _candidates(self, group: ClaimKey, *, once: bool) -> Iterator[Candidate]:
        """The groups that links join with one, where they are alike enough; `once` leaves out the earlier ones."""
        for other in self._beside[group]:
            if once and place(other) < place(group):
                continue
            average = self._average(group, other)
            if average is not None and average >= AVERAGE:
                a, b = _ordered((group, other))
                yield -average, place(a), place(b), a, b, self._size(a, b)

    def _average(self, a: ClaimKey, b: ClaimKey) -> float | None:
        """The average score over the pairs of two groups, rounded; None where a pair cannot be one event."""
        total, pairs = 0.0, 0
        for x in self._members[a]:
            for y in self._members[b]:
                score = self._score(x, y)
                if score is None:
                    return None
                total, pairs = total + score, pairs + 1
        return round(total / pairs, 6)

    def _score(self, a: ClaimKey, b: ClaimKey) -> float | None:
        pair = _ordered((a, b))
        if pair not in self._scores:
            self._scores[pair] = in_group(self._profile(pair[0]), self._profile(pair[1]))
        return self._scores[pair]

    def _profile(self, key: ClaimKey) -> Profile:
        found = self._known.get(key) or self._made.get(key)
        if found is None:
            found = self._made[key] = profile(self._told[key])
        return found


def place(key: ClaimKey) -> Place:
    """What keys are sorted by: document id, then claim id."""
    return key.doc_id, key.id


def _ordered(pair: Pair) -> Pair:
    a, b = pair
    return (a, b) if place(a) <= place(b) else (b, a)


def _places(pair: Pair) -> tuple[Place, Place]:
    return place(pair[0]), place(pair[1])
