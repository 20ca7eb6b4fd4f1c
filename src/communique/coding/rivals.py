"""Rivals: what the first look says of all that competes with one candidate, actor or date, as numbers.

The first look judges each by itself. The second weighs its answer beside those for the other candidates of the sentence
and document, the other actors of the event, and the other dates that it may have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

Numbers = dict[str, float]

_MOST = 8.0
NOTHING = -9.0
"""The log odds of what is not there."""

_OWN = ("clause", "noun")
_LOOSE = ("saying", "sentence", "below", "argument", "above")
PLACES = (*_OWN, *_LOOSE, "before", "document", "none")
"""Where the date of an event may stand, as `coding/times.py` names it."""


@dataclass(frozen=True)
class Seat:
    """Where a candidate stands: the number of its sentence, its word, and its kind."""

    sentence: int
    word: int
    kind: str


def odds(p: float) -> float:
    """The log odds of a probability, within plus or minus 8."""
    return max(-_MOST, min(_MOST, log(max(p, 1e-6) / max(1 - p, 1e-6))))


def rivals_of_claims(seats: Sequence[Seat], firsts: Sequence[float]) -> list[Numbers]:
    """For each candidate of a document, in order of words: its own log odds and those of its rivals."""
    own = [odds(p) for p in firsts]
    by_sentence: dict[int, list[int]] = defaultdict(list)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for i, seat in enumerate(seats):
        by_sentence[seat.sentence].append(i)
        by_kind[seat.kind].append(i)
    return [_among(i, seats, own, by_sentence[s.sentence], by_kind[s.kind]) for i, s in enumerate(seats)]


def _among(
    i: int, seats: Sequence[Seat], own: Sequence[float], here: Sequence[int], alike: Sequence[int]
) -> Numbers:
    seat = seats[i]
    same = [own[k] for k in here if k != i and seats[k].kind == seat.kind]
    other = [own[k] for k in here if seats[k].kind != seat.kind]
    word = [own[k] for k in here if k != i and seats[k].word == seat.word]
    earlier = [own[k] for k in alike if seats[k].sentence < seat.sentence]
    later = [own[k] for k in alike if seats[k].sentence > seat.sentence]
    best_same, best_word = max(same, default=NOTHING), max(word, default=NOTHING)
    return {
        "first look": own[i],
        "first look: same kind in the sentence": best_same,
        "first look: others of the kind in the sentence": len(same),
        "first look: same word": best_word,
        "first look: other kinds in the sentence": max(other, default=NOTHING),
        "first look: others of other kinds": len(other),
        "first look: same kind before": max(earlier, default=NOTHING),
        "first look: others of the kind before": len(earlier),
        "first look: same kind after": max(later, default=NOTHING),
        "first look: all of the kind": sum(1 / (1 + exp(-own[k])) for k in alike),
        "first look: ahead of rivals": own[i] - max(best_same, best_word),
    }


def rivals_of_parts(firsts: Sequence[Mapping[str, float]]) -> list[Numbers]:
    """For each actor that a candidate may have, the logs of how likely each part is, and the same of the others."""
    logs = [{part: log(max(p, 1e-5)) for part, p in row.items()} for row in firsts]
    playing = sum(row["none"] < max(p for part, p in row.items() if part != "none") for row in firsts)
    made = []
    for i, row in enumerate(logs):
        others = [r for k, r in enumerate(logs) if k != i]
        numbers: Numbers = {"first look: others that play": playing}
        for part, own in row.items():
            numbers[f"first look: {part}"] = own
            numbers[f"first look: {part}, another"] = max((r[part] for r in others), default=NOTHING)
            numbers[f"first look: {part}, likelier"] = sum(r[part] > own for r in others)
            numbers[f"first look: {part}, all others"] = sum(exp(r[part]) for r in others)
        made.append(numbers)
    return made


def rivals_of_dates(places: Sequence[str], firsts: Sequence[float]) -> list[Numbers]:
    """For each date that a candidate may have, its log odds, and those of the others by where they stand."""
    own = [odds(p) for p in firsts]
    made = []
    for i, place in enumerate(places):
        others = [k for k in range(len(own)) if k != i]
        best = max(others, key=lambda k: own[k], default=None)
        ahead = own[best] if best is not None else NOTHING
        numbers = {
            "first look": own[i],
            "first look: another": ahead,
            "first look: ahead of rivals": own[i] - ahead,
            "first look: likelier": sum(own[k] > own[i] for k in others),
            "first look: dates": len(own),
            "first look: own clause": _best(own, places, _OWN),
            "first look: elsewhere in the sentence": _best(own, places, _LOOSE),
            "first look: document": _best(own, places, ("document",)),
            "first look: none": _best(own, places, ("none",)),
            f"stands: {place}": 1.0,
        }
        if best is not None:
            numbers[f"rival stands: {places[best]}"] = 1.0
        made.append(numbers)
    return made


def _best(own: Sequence[float], places: Sequence[str], wanted: Sequence[str]) -> float:
    return max((o for o, place in zip(own, places, strict=True) if place in wanted), default=NOTHING)
