"""Which claims are compared at all: two claims are candidates when they share a block key.

A key is made from one claim alone, so what is compared depends on the two claims and never on the order of
arrival or on what else there is. That is the law on which order independence rests, and the reason why no
block is capped by its size. What keeps blocks small instead is that each key names things that seldom come
together:

- kind, stage, both parties and the month (padded at its ends): claims with a date, or else told in that month;
- kind, stage, both parties and a rare thing (a word of the evidence, a piece of materiel, an instrument):
  whatever the dates, so that a contract told years later without a day still finds the one that was signed;
- kind, stage, one party, the month and a rare thing: for claims that name one party only.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Final

from communique.linking.profile import Profile, profile
from communique.linking.records import Told

_PAD: Final = 4
"""Days by which the month of a date is widened, so that neighbours over its end meet."""
_LONGEST: Final = 100
"""Days of the longest interval that has months as keys."""
_RARE_WORDS: Final = 8
_RARE: Final = 0.6
"""The least weight of a word that may be a key."""
_MOST_PARTIES: Final = 6
_ALONE: Final = 2
"""Parties up to which a claim also meets those that name one of them only."""


def keys(told: Told) -> tuple[str, ...]:
    """The block keys of a claim, sorted; every claim with an actor has at least one."""
    return keys_of(profile(told))


def keys_of(claim: Profile) -> tuple[str, ...]:
    """The block keys of a claim from its profile, sorted."""
    act = f"{claim.kind}:{claim.stage or ''}"
    pairs, months, rare = _pairs(claim), _months(claim), _rare(claim)
    found = {f"{act}|{pair}|{month}" for pair in pairs for month in months}
    found |= {f"{act}|{pair}|{thing}" for pair in pairs for thing in rare}
    found |= {
        f"{act}|{party}|{month}|{thing}" for party in _alone(claim) for month in months for thing in rare
    }
    return tuple(sorted(found))


def _pairs(claim: Profile) -> list[str]:
    """The pairs of parties, with the direction where the kind has one; a lone party stands for itself."""
    if claim.symmetric or not claim.sources or not claim.targets:
        codes = sorted(claim.codes)[:_MOST_PARTIES]
        return ["+".join(pair) for pair in combinations(codes, 2)] or codes
    sources, targets = sorted(claim.sources)[:_MOST_PARTIES], sorted(claim.targets)[:_MOST_PARTIES]
    return [f"{source}>{target}" for source in sources for target in targets]


def _alone(claim: Profile) -> list[str]:
    return sorted(claim.codes)[:_MOST_PARTIES]


def _months(claim: Profile) -> list[str]:
    """The months in which the act may lie: of its date, or else those up to (or from) its publication."""
    if claim.date:
        start, end = claim.date
        if end - start > _LONGEST:
            return []
    elif claim.told:
        start, end = claim.told
        start, end = (start, end + 30) if claim.status in ("planned", "possible") else (start - 30, end)
    else:
        return []
    return _months_between(start - _PAD, end + _PAD)


def _months_between(start: int, end: int) -> list[str]:
    first, last = date.fromordinal(max(start, 1)), date.fromordinal(max(end, 1))
    span = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in span]


def _rare(claim: Profile) -> list[str]:
    """The rarest words of the evidence, the materiel and the instrument."""
    ranked = sorted(claim.words.items(), key=lambda item: (-item[1], item[0]))
    words = [word for word, weight in ranked[:_RARE_WORDS] if weight >= _RARE]
    return sorted({*words, *claim.things, *claim.instrument}) or [""]
