"""What the judge weighs of the tagger's reading of a sentence: numbers beside the named features of the parse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

from communique.coding.actors import ActorMention, Cast
from communique.coding.propose import Candidate
from communique.coding.roles import Casting
from communique.coding.tagger import PARTS, Reading, Spans

Parts = Mapping[str, float]
"""The probability of each part that an actor may play."""

_MOST = 4.0  # log odds beyond this say no more
_BIN = 5  # probabilities are also told in fifths


def logit(p: float) -> float:
    """The log odds of a probability, within plus or minus 4."""
    return _cut(log(max(p, 1e-6) / max(1 - p, 1e-6)))


def kind_reading(candidate: Candidate, reading: Reading | None) -> dict[str, float]:
    """What the reading says of the candidate's kind, for its sentence and its word, against the other kinds."""
    if reading is None:
        return {}
    kind, tags = candidate.kind, reading.kinds
    own = logit(tags[kind])
    other = logit(max(p for k, p in tags.items() if k != kind))
    features = {
        "tag": own,
        f"{kind}|tag": own / 2,
        "tag_other": other,
        "tag_margin": max(-3.0, min(3.0, own - other)),
        f"tag:{int(tags[kind] * _BIN)}": 1.0,
    }
    told = reading.told(candidate.word.idx, candidate.word.idx + len(candidate.word))
    if told:
        here = _cut(told[kind])
        beside = _cut(max(odds for k, odds in told.items() if k != kind))
        features["told"] = here
        features[f"{kind}|told"] = here / 2
        features["told_other"] = beside
        features["told_margin"] = max(-3.0, min(3.0, here - beside))
    return features


def read_parts(
    candidate: Candidate, found: Iterable[Casting], reading: Reading | None, cast: Cast
) -> list[Parts]:
    """For each casting the probability of each part; nothing for one that is not named in what was read."""
    if reading is None or not reading.spans:
        return [{} for _ in found]
    named = named_in(found, reading.spans, cast)
    return [_most_telling(candidate.kind, mentions, reading) for _, mentions in named]


def paired_parts(
    candidate: Candidate, found: Iterable[Casting], reading: Reading | None, cast: Cast
) -> list[Parts]:
    """The same, read from the candidate's word and the mentions together (`coding/pairs.py`)."""
    if reading is None or not reading.spans:
        return [{} for _ in found]
    start = candidate.word.idx
    end = start + len(candidate.word)
    return [
        reading.paired(
            candidate.kind, start, end, ((m.start, m.end, m.form) for m in mentions), here=bool(c.mentions)
        )
        for c, mentions in named_in(found, reading.spans, cast)
    ]


def named_in(
    found: Iterable[Casting], spans: Spans, cast: Cast
) -> list[tuple[Casting, Sequence[ActorMention]]]:
    """Each casting with its mentions in the sentence, or else in all that was read (between these offsets)."""
    window = min(s for s, _ in spans), max(e for _, e in spans)
    around: dict[str, list[ActorMention]] = {}
    for mention in cast.between(*window):
        around.setdefault(mention.code, []).append(mention)
    return [(c, c.mentions or around.get(c.code, ())) for c in found]


def likeliest(parts: Parts) -> str:
    """The likeliest part, or "none"."""
    return max(PARTS, key=lambda part: parts[part]) if parts else "none"


def _most_telling(kind: str, mentions: Iterable[ActorMention], reading: Reading) -> Parts:
    """The parts by the mention that most surely plays one."""
    rows = (reading.parts(kind, m.start, m.end) for m in mentions)
    return min((r for r in rows if r), key=lambda r: r["none"], default={})


def part_reading(candidate: Candidate, casting: Casting, parts: Parts, read: list[Parts]) -> dict[str, float]:
    """What one casting's parts, of those read for all castings, say: by themselves and against the others."""
    if not parts:
        return {"unread": 1.0, f"{candidate.kind}|unread": 1.0}
    where = "here" if casting.mentions else "before"
    features: dict[str, float] = {}
    for part in PARTS:
        odds = logit(parts[part])
        rivals = [logit(r[part]) for r in read if r and r is not parts]
        features[f"read_{part}|{where}"] = odds
        features[f"{candidate.kind}|read_{part}|{where}"] = odds / 2
        if rivals and part != "none":
            features[f"read_margin_{part}|{where}"] = max(-3.0, min(3.0, odds - max(rivals)))
    best = likeliest(parts)
    features[f"read:{best}:{int(parts[best] * _BIN)}|{where}"] = 1.0
    features[f"read:{best}:{casting.rule}:{casting.slot}"] = 1.0
    return features


def status_reading(candidate: Candidate, reading: Reading | None) -> dict[str, float]:
    """What the reading says of the status at the candidate's word."""
    return _at_word("status", reading.status if reading else None, candidate)


def dating_reading(candidate: Candidate, reading: Reading | None) -> dict[str, float]:
    """What the reading says of how an event at the candidate's word is dated."""
    return _at_word("dating", reading.dating if reading else None, candidate)


def _at_word(name: str, read: object, candidate: Candidate) -> dict[str, float]:
    if not callable(read):
        return {}
    found: Mapping[str, float] = read(candidate.word.idx, candidate.word.idx + len(candidate.word))
    return {f"read_{name}:{which}": logit(p) for which, p in found.items()}


def _cut(odds: float) -> float:
    return max(-_MOST, min(_MOST, odds))
