"""Merge: one record for one event of a document, with all the passages that tell it."""

from __future__ import annotations

from communique.coding.drafts import Draft
from communique.coding.speech import SPEECH_KINDS
from communique.coding.times import DateOption
from communique.records import Interval

_NEAR_DAYS = 7


def merge(drafts: list[Draft]) -> list[list[Draft]]:
    """Groups of drafts that tell the same event, in the order of their first telling; surest draft first."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        home = next((g for g in groups if all(_same_event(other, draft) for other in g)), None)
        if home is None:
            groups.append([draft])
        else:
            home.append(draft)
    return [sorted(g, key=lambda d: (-d.probability, d.candidate.word.i)) for g in groups]


def _same_event(a: Draft, b: Draft) -> bool:
    if a.candidate.kind != b.candidate.kind or a.stage != b.stage:
        return False
    same_sentence = a.candidate.sentence_number == b.candidate.sentence_number
    if a.status != b.status and not same_sentence:
        return False
    if not _same_parties(a, b) or not _dates_fit(a.date, b.date):
        return False
    if a.candidate.kind in SPEECH_KINDS and not same_sentence:
        return a.candidate.word.lemma_ == b.candidate.word.lemma_ and a.candidate.kind == "threaten"
    return same_sentence or same_goods(_names(a), _names(b))


def _names(draft: Draft) -> frozenset[str]:
    return frozenset(m.name for m in draft.materiel)


def same_goods(a: frozenset[str], b: frozenset[str]) -> bool:
    """True unless both name goods and none in common; where both name designations, those are compared."""
    if not a or not b:
        return True
    exact_a, exact_b = (frozenset(n for n in names if any(c.isdigit() for c in n)) for names in (a, b))
    return bool(exact_a & exact_b) if exact_a and exact_b else bool(a & b)


def _same_parties(a: Draft, b: Draft) -> bool:
    if not a.codes or not b.codes:
        return True
    return a.codes <= b.codes or b.codes <= a.codes or len(a.codes & b.codes) / len(a.codes | b.codes) >= 0.5


def _dates_fit(a: DateOption, b: DateOption) -> bool:
    """True when the dates agree, or one is only the document's and the other lies within a week of it."""
    if dates_agree(a.interval, b.interval):
        return True
    if "document" not in (a.place, b.place) or a.interval is None or b.interval is None:
        return False
    gap = max(a.interval.start - b.interval.end, b.interval.start - a.interval.end)
    return gap.days <= _NEAR_DAYS


def dates_agree(a: Interval | None, b: Interval | None) -> bool:
    """True when one is unknown or they share a day."""
    return a is None or b is None or a.meet(b) is not None
