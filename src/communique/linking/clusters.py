"""From pairs to events: connected components of the accepted links, and constrained agglomeration in each.

Both depend on the claims and links alone, not on their order, so an archive that grew document by document
holds the same clusters as one that was linked at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from communique.linking.likeness import likelihood
from communique.linking.profile import Profile, profile
from communique.linking.records import ClaimKey, Link, Told

Pair = tuple[ClaimKey, ClaimKey]
Place = tuple[str, str]

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

    Pairs `together` (a person judged them the same) are joined first, whatever speaks against it. Then the
    links from the strongest on: two groups are joined where no pair of their claims cannot be one event or
    is `apart`, and the average score over their pairs is at least `AVERAGE`. `profiles` are those of the claims,
    where they are at hand.
    """
    known = {one.key: profiles[one.key] if profiles else profile(one) for one in told}
    groups = _Groups(known, apart)
    for a, b in sorted(map(_ordered, together), key=_places):
        groups.join(a, b)
    for edge in sorted(edges, key=lambda edge: (-edge.score, place(edge.a), place(edge.b))):
        if groups.may_join(edge.a, edge.b):
            groups.join(edge.a, edge.b)
    return groups.sorted()


class _Groups:
    """Claims in groups that grow together; scores of pairs are worked out once."""

    def __init__(self, profiles: Mapping[ClaimKey, Profile], apart: Collection[Pair]) -> None:
        self._profiles = profiles
        self._group = {key: [key] for key in sorted(profiles, key=place)}
        self._scores: dict[Pair, float | None] = {_ordered(pair): None for pair in apart}

    def may_join(self, a: ClaimKey, b: ClaimKey) -> bool:
        """True where the groups of two claims are two, and nothing keeps them apart."""
        if a not in self._group or b not in self._group or self._group[a] is self._group[b]:
            return False
        total, pairs = 0.0, 0
        for x in self._group[a]:
            for y in self._group[b]:
                score = self._score(x, y)
                if score is None:
                    return False
                total, pairs = total + score, pairs + 1
        return total >= AVERAGE * pairs

    def join(self, a: ClaimKey, b: ClaimKey) -> None:
        """Make one group of the groups of two claims; nothing where one is unknown or they are one already."""
        if a not in self._group or b not in self._group or self._group[a] is self._group[b]:
            return
        joined = sorted([*self._group[a], *self._group[b]], key=place)
        for key in joined:
            self._group[key] = joined

    def sorted(self) -> list[tuple[ClaimKey, ...]]:
        """The groups, by their first keys."""
        return [tuple(group) for key, group in self._group.items() if group[0] == key]

    def _score(self, a: ClaimKey, b: ClaimKey) -> float | None:
        pair = _ordered((a, b))
        if pair not in self._scores:
            self._scores[pair] = likelihood(self._profiles[pair[0]], self._profiles[pair[1]])
        return self._scores[pair]


def place(key: ClaimKey) -> Place:
    """What keys are sorted by: document id, then claim id."""
    return key.doc_id, key.id


def _ordered(pair: Pair) -> Pair:
    a, b = pair
    return (a, b) if place(a) <= place(b) else (b, a)


def _places(pair: Pair) -> tuple[Place, Place]:
    return place(pair[0]), place(pair[1])
