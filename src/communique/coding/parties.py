"""Parties: the roles of all actors of a candidate, decided together.

Each actor's role is weighed by itself; how many sources, targets and participants such an event has (its shape) is
weighed from the kind and the sentence. The assignment in which both fit best is chosen, so that "Iran
supports Iraq" does not get two sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import exp, log

from spacy.tokens import Token

from communique.coding.propose import Candidate
from communique.coding.roles import Casting
from communique.coding.weigh_reading import Parts, likeliest
from communique.records import SYMMETRIC_KINDS, Kind, Role

Probabilities = Mapping[str, float]
_SHAPE_WEIGHT = 1.0
_DISCORD = 3.0  # what is taken off, in log odds, where "Mali and Burkina Faso" would play different roles
_ALONE = 1.0  # and where only one of them would play any
_MOST = (0, 9, 7, 6)  # actors that are considered, the likeliest first, by how many roles the kind knows
_LEAST = 0.06  # an actor less likely than this to play any part is not considered
_TINY = 1e-6


def roles_of(kind: Kind) -> tuple[Role, ...]:
    """The roles that a kind knows."""
    if kind in SYMMETRIC_KINDS:
        return ("participant",)
    if kind in ("arms_program", "appointment"):
        return ("source",)
    return ("source", "target", "participant") if kind == "assault" else ("source", "target")


def shape_of(roles: Iterable[str]) -> str:
    """How many sources, targets (to 2) and participants (to 3): "110" is one source and one target."""
    count = Counter(roles)
    return f"{min(count['source'], 2)}{min(count['target'], 2)}{min(count['participant'], 3)}"


@lru_cache(maxsize=8192)
def _shape_of_all(combo: tuple[str, ...]) -> str:
    """The shape of an assignment, kept: the same few combinations are weighed for every candidate."""
    return shape_of(role for role in combo if role != "none")


def shape_features(
    candidate: Candidate, found: tuple[Casting, ...], read: Iterable[Parts]
) -> dict[str, float]:
    """What the shape is weighed by: kind, word, what the frame's slots and the sentence hold, the parts read."""
    kind = candidate.kind
    read = list(read)
    here = [c for c in found if c.mentions]
    plain = [
        "kind",
        f"rule:{shape_of(c.rule for c in found if c.rule)}",
        f"lemma:{candidate.word.lemma_.lower()}",
        f"here:{min(len(here), 5)}",
        f"named:{min(sum(c.best is not None and c.best.form != 'place' for c in here), 4)}",
    ]
    parts = [likeliest(p) for p in read]
    plain.append(f"read:{shape_of(parts)}")
    plain.append(f"unread:{min(parts.count('none'), 3)}")
    together = _read_together(found, read)
    plain.extend(together)
    return {**{f"{kind}|{name}": 1.0 for name in plain}, **dict.fromkeys(together, 1.0)}


def _read_together(found: Iterable[Casting], read: Iterable[Parts]) -> list[str]:
    """The likeliest parts of two actors that are joined by "and": one name where they are the same."""
    likely = [(c, likeliest(p)) for c, p in zip(found, read, strict=True) if c.mentions]
    pairs = {frozenset((a, b)) for (one, a), (other, b) in combinations(likely, 2) if joined(one, other)}
    return sorted(f"joined:{'+'.join(sorted(pair))}" for pair in pairs)


@dataclass(frozen=True)
class Assignment:
    """Who plays a part: each casting with its role and how likely it plays any.

    `sure` is how likely the whole is beside all other assignments of the same actors, 0 to 1 (0 where nobody plays).
    """

    parts: tuple[tuple[Casting, Role, float], ...]
    sure: float


def assign(kind: Kind, weighed: Sequence[tuple[Casting, Probabilities]], shapes: Probabilities) -> Assignment:
    """The best assignment of an event's roles."""
    likely = sorted(weighed, key=lambda w: w[1]["none"])[: _MOST[len(roles_of(kind))]]
    likely = [w for w in likely if 1 - w[1]["none"] >= _LEAST] or likely[:1]
    logs = [dict(_log_roles(kind, p)) for _, p in likely]
    prior = {shape: _SHAPE_WEIGHT * log(p + _TINY) for shape, p in shapes.items()}
    unheard = _SHAPE_WEIGHT * log(_TINY)
    pairs = [(i, k) for i, k in combinations(range(len(likely)), 2) if joined(likely[i][0], likely[k][0])]
    found = _assignments(logs)[1:]  # the first gives nobody a part
    if not found:
        return Assignment((), 0.0)
    scores = [
        total + prior.get(_shape_of_all(roles), unheard) - sum(_discord(roles[i], roles[k]) for i, k in pairs)
        for roles, total in found
    ]
    top = max(scores)
    best, _ = found[scores.index(top)]
    parts = zip(likely, best, strict=True)
    played = tuple(
        (casting, role, 1 - p["none"])
        for (casting, p), chosen in parts
        for role in roles_of(kind)
        if role == chosen
    )
    return Assignment(played, 1 / sum(exp(score - top) for score in scores))


def _assignments(logs: Sequence[Mapping[str, float]]) -> list[tuple[tuple[str, ...], float]]:
    """Every way of giving each actor one of its roles, "none" first, with the sum of their log odds."""
    found: list[tuple[tuple[str, ...], float]] = [((), 0.0)]
    for row in logs:
        found = [((*roles, role), total + odds) for roles, total in found for role, odds in row.items()]
    return found


def joined(one: Casting, other: Casting) -> bool:
    """True when both head the same argument, side by side, or stand joined by "and": "Mali and Burkina Faso said"."""
    same = one.slot == other.slot and one.depth == other.depth == 0
    if same and one.slot not in ("outside", "absent", "modifier"):
        return True
    return any(_is_conjunct(m.root, other.roots) for m in one.mentions) or any(
        _is_conjunct(m.root, one.roots) for m in other.mentions
    )


def _is_conjunct(word: Token, firsts: Set[int]) -> bool:
    """True for "Chad" of "Mali, Niger and Chad" after either."""
    while word.dep_ == "conj" and word.head.i != word.i:
        word = word.head
        if word.i in firsts:
            return True
    return False


def _discord(one: str, other: str) -> float:
    """What speaks against these parts of two that are joined."""
    if one == other:
        return 0.0
    return _ALONE if "none" in (one, other) else _DISCORD


def _log_roles(kind: Kind, p: Probabilities) -> Iterator[tuple[str, float]]:
    yield "none", log(p["none"] + _TINY)
    roles = roles_of(kind)
    for role in roles:
        part = p.get(role, 0.0) if len(roles) > 1 else 1 - p["none"]
        yield role, log(part + _TINY)
