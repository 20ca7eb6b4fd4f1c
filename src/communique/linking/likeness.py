"""How likely two claims tell one event: what forbids it, and a logistic regression over named features.

`cannot` says what keeps two claims apart for good; `features` says what speaks for and against, each from 0
to 1 by a name that a reader understands; `weights.json` (trained by `training/link.py`) weighs them. A score
depends on the two claims alone.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp, sqrt
from typing import Final

from communique.linking.profile import EXACT, Profile, Window, cosine, crowded, kinds, profile
from communique.linking.records import Link, Told

Features = dict[str, float]

THRESHOLD: Final = 0.4
"""The score from which a pair counts as telling one event (docs/linking.md says how it was chosen)."""

_SLACK: Final = 3
"""Days by which a date may pass the publication that told it (time zones, datelines)."""
_UNKNOWN_GAP: Final = 182
"""Days between two tellings of which one has no known day."""
_FAR: Final = 60
"""Days between the tellings of an act without a date from which they are seldom news of one."""
_MONTH: Final = 28
"""Days. Spans as long as this name months or years: a gap between two such is no slip of a day."""
_INFERRED: Final = 10
"""Days by which a date may be off that coding took from the document's own."""
_NEWS: Final = 10.0
"""Days over which two publications stop being news of the same time."""
_ALIKE: Final = 0.5
"""How alike the words are of two tellings of one text, whose parties may have been misread."""
_RARE: Final = 0.7
"""The least weight of a rare word."""
_SHARED: Final = ("words: rare shared", "person: same", "place: same", "materiel: same", "instrument: same")
_SOME: Final = 0.25
"""How much of rare words or things two tellings share that have something to go by."""
_HORIZON: Final = 60
"""Days ahead for which acts without a date are told, beside those by which a plan may be moved."""
_DESIGNATION: Final = 0.9
_UNSURE: Final = ("planned", "possible")


def score(a: Told, b: Told) -> Link | None:
    """The link of two claims, or None where they cannot tell one event. The order of the two does not matter."""
    return compare(profile(a), profile(b))


def compare(a: Profile, b: Profile) -> Link | None:
    """As `score`, from profiles."""
    if _order(b) < _order(a):
        a, b = b, a
    if cannot(a, b) is not None:
        return None
    found = features(a, b)
    return Link(a=a.key, b=b.key, score=round(probability(found), 4), reasons=reasons(found))


def likelihood(a: Profile, b: Profile) -> float | None:
    """The score alone, or None where they cannot tell one event."""
    return None if cannot(a, b) is not None else round(probability(features(a, b)), 4)


def in_group(a: Profile, b: Profile) -> float | None:
    """The score by which two claims stand in one group, or None where they cannot.

    As `likelihood`, but two claims of one document may stand in it where others join them and nothing tells
    them apart: coding may have found an act twice, in a headline and in the story.
    """
    if not one_document(a, b):
        return likelihood(a, b)
    return round(probability(features(a, b)), 4) if _told_twice(a, b) else None


def one_document(a: Profile, b: Profile) -> bool:
    """True for two claims of one document of which not one denies what the other tells."""
    return a.key.doc_id == b.key.doc_id and (a.status == "denied") == (b.status == "denied")


def _told_twice(a: Profile, b: Profile) -> bool:
    """True for two claims of one document that may be one act: parties of one in the other, and one day."""
    if a.kind != b.kind or a.stage != b.stage or clash(a, b):
        return False
    if not (a.codes <= b.codes or b.codes <= a.codes) or (_turned(a, b) and a.codes != b.codes):
        return False
    if not (a.date and b.date):
        return False
    loose = not (a.sure and b.sure) or a.own or b.own
    return a.date == b.date or (loose and _gap(a.date, b.date) <= _SLACK)


def cannot(a: Profile, b: Profile) -> str | None:
    """Why two claims cannot tell one event, in words; None where they may."""
    if a.kind != b.kind or (a.stage and b.stage and a.stage != b.stage):
        return "different kinds or stages"
    if one_document(a, b):
        return "one document tells them apart"
    return clash(a, b)


def clash(a: Profile, b: Profile) -> str | None:
    """What of parties, days, persons and instruments keeps two claims of one kind and stage apart, in words."""
    if _parties_clash(a, b):
        return "different parties"
    if _dates_clash(a, b):
        return "different days"
    if a.kind in kinds()["named"] and _people_clash(a, b):
        return "different persons"
    if _disjoint(a.numbers, b.numbers):
        return "instruments of different numbers"
    return None


def _parties_clash(a: Profile, b: Profile) -> bool:
    if not a.codes & b.codes:
        return True
    if a.symmetric:
        clash = len(a.codes & b.codes) < min(2, len(a.codes), len(b.codes))
    else:
        clash = _turned(a, b) and a.kind not in kinds()["reversible"]
    return clash and not (_may_be_misread(a, b) and _one_text(a, b))


def _may_be_misread(a: Profile, b: Profile) -> bool:
    """True where parties that clash may be one set, misread: turned round (not of charges), or two of three each."""
    return a.symmetric or (a.codes == b.codes and _group(a.kind) != "speech")


def _one_text(a: Profile, b: Profile) -> bool:
    """True for two tellings of so much in common, with rare words, that they are of one text."""
    return _rare_shared(a.words, b.words) >= 2 and _bags(a.words, b.words, a.norm, b.norm) >= _ALIKE


def _turned(a: Profile, b: Profile) -> bool:
    return _disjoint(a.sources, b.sources) or _disjoint(a.targets, b.targets)


def _disjoint(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and not a & b


def _people_clash(a: Profile, b: Profile) -> bool:
    """True where some party's persons are named on both sides and none is the same."""
    return any(_disjoint(a.doers.get(code, frozenset()), names) for code, names in b.doers.items())


def _dates_clash(a: Profile, b: Profile) -> bool:
    first, second = _dates(a, b)
    if first and second:
        return _gap(first, second) > _room(a, b)
    if first or second:
        return _too_late(a, b, second) if second else _too_late(b, a, first)
    return _plans_apart(a, b)


def _dates(a: Profile, b: Profile) -> tuple[Window | None, Window | None]:
    """The dates by which two claims are compared; one that rests on no words is none long after the other's.

    An article that looks back dates acts by its own day, which only bounds them. Where both do so, both tell news.
    """
    if not (a.date and b.date) or _gap(a.date, b.date) <= _INFERRED:
        return a.date, b.date
    later, other = (a, b) if a.date > b.date else (b, a)
    if later.sure or other.own or not other.sure or "planned" in (a.status, b.status):
        return a.date, b.date
    return (None, b.date) if later is a else (a.date, None)


def _room(a: Profile, b: Profile) -> int:
    """The days that two dates may lie apart."""
    if a.status in _UNSURE or b.status in _UNSURE:
        return int(kinds()["moved"][a.kind])
    if not (a.sure and b.sure):
        return _INFERRED if a.sure or b.sure else 2 * _SLACK
    if a.date and b.date and min(_days(a.date), _days(b.date)) >= _MONTH:
        return 0
    days = int(kinds()["days"][a.kind]) if a.exact and b.exact else _SLACK
    return max(days, _SLACK) if a.own or b.own else days


def _too_late(undated: Profile, other: Profile, date: Window | None) -> bool:
    """True where an undated act was told before the other's date, or is to come and that is past."""
    if not undated.told or not date:
        return False
    if undated.status in _UNSURE:
        return date[1] < undated.told[0] - 2 * _SLACK or date[0] > undated.told[1] + _ahead(undated.kind)
    return "denied" not in (undated.status, other.status) and date[0] > undated.told[1] + _SLACK


def _plans_apart(a: Profile, b: Profile) -> bool:
    """True for two plans without a day that are told too far from each other to be of one act."""
    if not (a.told and b.told) or a.status not in _UNSURE or b.status not in _UNSURE:
        return False
    return _gap(a.told, b.told) > _ahead(a.kind)


def _ahead(kind: str) -> int:
    """Days ahead for which a plan without a day is told, with those by which it may be moved."""
    return _HORIZON + 2 * int(kinds()["moved"][kind])


def _days(window: Window) -> int:
    """The days of a window, with the first and the last."""
    return window[1] - window[0] + 1


def _gap(a: Window, b: Window) -> int:
    """The days between two windows, 0 where they meet."""
    return max(0, a[0] - b[1], b[0] - a[1])


def features(a: Profile, b: Profile) -> Features:
    """What speaks for and against two claims telling one event, each from 0 to 1."""
    found: Features = {f"group: {_group(a.kind)}": 1.0}
    _compare_dates(a, b, found)
    _compare_parties(a, b, found)
    _compare_words(a, b, found)
    _compare_things(a, b, found)
    if a.status != b.status:
        found["status: denied by one" if "denied" in (a.status, b.status) else "status: moved"] = 1.0
    if crowded(a.kind, a.codes & b.codes):
        _compare_crowded(found)
        _compare_bare(found)
    return {name: value for name, value in found.items() if value}


@cache
def _group(kind: str) -> str:
    groups: dict[str, list[str]] = kinds()["groups"]
    return next(name for name in sorted(groups) if kind in groups[name])


def _compare_dates(a: Profile, b: Profile, found: Features) -> None:
    one, other = _dates(a, b)
    if one and other:
        _compare_windows(one, other, a.sure and b.sure, found)
        return
    found["date: none" if not (one or other) else "date: one open"] = 1.0
    found["date: one inferred long after"] = float(bool(a.date and b.date))
    first, second = one or a.told, other or b.told
    gap = _gap(first, second) if first and second else _UNKNOWN_GAP
    found["date: open, told near it"] = exp(-gap / _NEWS)
    found["date: open, told in that year"] = exp(-gap / 365)
    if a.kind in kinds()["repeated"]:
        found["repeated: without a date"] = 1.0
    found["date: open, told far apart"] = float(gap > _FAR)


def _compare_windows(a: Window, b: Window, sure: bool, found: Features) -> None:
    lengths = sorted(window[1] - window[0] + 1 for window in (a, b))
    gap = _gap(a, b)
    if gap:
        found["date: near"] = 1 / (1 + gap / 7)
        found["date: apart"] = 1.0
        found["date: apart, one inferred"] = float(not sure)
    elif lengths[1] <= EXACT:
        found["date: same day"] = 1.0
    else:
        found["date: one in the other"] = 1 / (1 + lengths[1] / 31)
        found["date: alike"] = sqrt(lengths[0] / lengths[1])
        found["date: overlap"] = 1.0


def _compare_bare(found: Features) -> None:
    """Between hubs an act without an exact day that shares nothing rare is joined on parties and kind alone."""
    if "crowded" in found and max(found.get(name, 0.0) for name in _SHARED) < _SOME:
        vague = (found["crowded: without a date"], found["crowded: vague date"])
        found["crowded: nothing rare shared"] = max(vague)


def _compare_parties(a: Profile, b: Profile, found: Features) -> None:
    shared, every = len(a.codes & b.codes), len(a.codes | b.codes)
    found["parties: same"] = float(shared == every > 1)
    found["parties: one alone"] = float(every == 1)
    found["parties: one of them shared"] = float(shared == 1 and every > 1)
    found["parties: differ"] = 1 - shared / every
    found["parties: the other way round"] = float(_turned(a, b))
    found["parties: others beside"] = float(
        shared == 1 and every > 1 and bool(a.codes - b.codes) and bool(b.codes - a.codes)
    )
    same, differ = _persons(a, b)
    found["person: same"] = float(same)
    found["person: differs"] = float(differ and not same)
    found["office: differs"] = float(not same and _offices_differ(a, b))


def _compare_crowded(found: Features) -> None:
    """Between parties that do such acts every week something is often shared by chance."""
    found["crowded"] = 1.0
    found["crowded: without a date"] = max(found.get("date: none", 0.0), found.get("date: one open", 0.0))
    found["crowded: vague date"] = found.get("date: overlap", 0.0)
    found["crowded: words alike"] = found["words: alike"]


def _persons(a: Profile, b: Profile) -> tuple[bool, bool]:
    both = [(names, b.people[code]) for code, names in a.people.items() if code in b.people]
    return any(x & y for x, y in both), any(not x & y for x, y in both)


def _offices_differ(a: Profile, b: Profile) -> bool:
    return any(_disjoint(a.offices.get(code, frozenset()), theirs) for code, theirs in b.offices.items())


def _compare_words(a: Profile, b: Profile, found: Features) -> None:
    likeness = _bags(a.words, b.words, a.norm, b.norm)
    found["words: alike"] = likeness
    counted = _disjoint_ints(a.ordinals, b.ordinals)
    found["count: differs"] = float(counted)
    found["words: the same"] = float(likeness > 0.8 and not counted)
    found["words: rare shared"] = min(1.0, _rare_shared(a.words, b.words) / 3)
    found["words: none shared"] = float(likeness == 0)
    found["title: alike"] = cosine(a.title, b.title) if a.title and b.title else 0.0
    if "date: none" in found or "date: one open" in found:
        found["date open, no words shared"] = float(not likeness)
        found["date open, words alike"] = likeness
        found["date open, rare words shared"] = found["words: rare shared"]
    if _group(a.kind) == "speech":
        found["speech: words alike"] = likeness


def _bags(a: dict[str, float], b: dict[str, float], norm_a: float, norm_b: float) -> float:
    if len(b) < len(a):
        a, b = b, a
    shared = sum(weight * weight for stem, weight in a.items() if stem in b)
    return shared / sqrt(norm_a * norm_b) if shared else 0.0


def _rare_shared(a: dict[str, float], b: dict[str, float]) -> float:
    return sum(weight for stem, weight in a.items() if weight >= _RARE and stem in b)


def _disjoint_ints(a: frozenset[int], b: frozenset[int]) -> bool:
    return bool(a) and bool(b) and not a & b


def _compare_things(a: Profile, b: Profile, found: Features) -> None:
    found["place: same"] = float(bool(a.place & b.place))
    found["place: differs"] = float(_disjoint(a.place, b.place) and a.country == b.country)
    found["place: other country"] = float(bool(a.country and b.country) and a.country != b.country)
    found["materiel: same"] = max(
        (a.things[thing] for thing in a.things.keys() & b.things.keys()), default=0.0
    )
    found["materiel: differs"] = float(_disjoint(_designations(a), _designations(b)))
    found["instrument: same"] = float(bool(a.instrument & b.instrument))
    found["instrument: differs"] = float(_disjoint(a.instrument, b.instrument))


def _designations(claim: Profile) -> frozenset[str]:
    """The words of the materiel that are no common nouns ("ships", "missiles")."""
    return frozenset(thing for thing, weight in claim.things.items() if weight >= _DESIGNATION)


def probability(found: Features) -> float:
    """The probability that claims with these features tell one event."""
    table = weights()
    total = table["bias"] + sum(table.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + exp(-total))


def reasons(found: Features, most: int = 4) -> tuple[str, ...]:
    """The features that weigh most, strongest first, with "+" for those that speak for one event."""
    table = weights()
    weighed = sorted(((table.get(name, 0.0) * value, name) for name, value in found.items()), key=_strongest)
    return tuple(
        f"{'+' if weight > 0 else '-'} {name}" for weight, name in weighed[:most] if abs(weight) >= 0.1
    )


def _strongest(item: tuple[float, str]) -> tuple[float, str]:
    return -abs(item[0]), item[1]


def _order(claim: Profile) -> tuple[str, str]:
    return claim.key.doc_id, claim.key.id


@cache
def weights() -> dict[str, float]:
    """The weight of each feature, and `bias`."""
    text = files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in json.loads(text).items()}
