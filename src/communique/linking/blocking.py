"""Which claims are compared at all: two claims are candidates when they share a block key.

A key is made from one claim alone, so what is compared depends on the two claims and never on the order of
arrival or on what else there is. That is the law on which order independence rests, and the reason why no
block is capped by its size. What keeps blocks small instead is that each key names things that seldom come
together:

- kind, stage, both parties and the period of the act: the month for the frequent kinds between two hubs
  (`kinds.toml`), the year otherwise. An act without a date may lie in the periods before its publication
  (or after, where it is to come);
- kind, stage, both parties and a rare thing (a word of the evidence, a piece of materiel, an instrument):
  whatever the dates, so that a contract told years later without a day still finds the one that was signed;
- kind, stage, one party, and the exact day, or the period and a rare thing: for claims that name one party only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import Final

from communique.linking.profile import Profile, Window, crowded, profile
from communique.linking.records import Told

_PAD: Final = 4
"""Days by which a date is widened, so that neighbours over the end of a month or year meet."""
_LONGEST: Final = {"month": 366, "year": 1500}
"""Days of the longest interval that has periods as keys."""
_BACK: Final = {"month": 30, "year": 730}
"""Days before its publication in which an act without a date may lie."""
_RARE_WORDS: Final = 8
_RARE: Final = 0.6
"""The least weight of a word that may be a key."""
_MOST_PARTIES: Final = 6


def keys(told: Told) -> tuple[str, ...]:
    """The block keys of a claim, sorted; every claim with an actor has at least one."""
    return keys_of(profile(told))


def keys_of(claim: Profile) -> tuple[str, ...]:
    """The block keys of a claim from its profile, sorted."""
    act = f"{claim.kind}:{claim.stage or ''}"
    codes = sorted(claim.codes)[:_MOST_PARTIES]
    pairs: list[tuple[str, ...]] = [*combinations(codes, 2)] or [(code,) for code in codes]
    rare = _rare(claim)
    found = {f"{act}|{'+'.join(pair)}|{period}" for pair in pairs for period in _periods(claim, pair)}
    found |= {f"{act}|{'+'.join(pair)}|{thing}" for pair in pairs for thing in rare}
    found |= {
        f"{act}|{code}|{period}|{thing}"
        for code in codes
        for period in _periods(claim, (code,))
        for thing in rare
    }
    found |= {f"{act}|{code}|{day}" for code in codes for day in _days(claim)}
    return tuple(sorted(found)) or tuple(f"{act}|{'+'.join(pair)}|" for pair in pairs)


def _periods(claim: Profile, parties: Iterable[str]) -> list[str]:
    """The months or years in which the act may lie; none where it is too vague or nothing bounds it."""
    unit = "month" if crowded(claim.kind, parties) else "year"
    window = claim.date or _told_window(claim, _BACK[unit])
    if window is None or window[1] - window[0] > _LONGEST[unit]:
        return []
    first, last = (date.fromordinal(max(1, day)) for day in (window[0] - _PAD, window[1] + _PAD))
    if unit == "year":
        return [f"{year:04}" for year in range(first.year, last.year + 1)]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]


def _days(claim: Profile) -> list[str]:
    """The days of an exact date."""
    if claim.date is None or not claim.exact:
        return []
    return [date.fromordinal(day).isoformat() for day in range(claim.date[0], claim.date[1] + 1)]


def _told_window(claim: Profile, back: int) -> Window | None:
    """When an act without a date may lie, for the looking up."""
    if claim.told is None:
        return None
    start, end = claim.told
    return (start, end + 30) if claim.status in ("planned", "possible") else (start - back, end)


def _rare(claim: Profile) -> list[str]:
    """The rarest words of the evidence, the materiel and the instrument."""
    ranked = sorted(claim.words.items(), key=lambda item: (-item[1], item[0]))
    words = [word for word, weight in ranked[:_RARE_WORDS] if weight >= _RARE]
    return sorted({*words, *claim.things, *claim.instrument})
