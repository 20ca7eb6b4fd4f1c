"""Confidence: how sure a merged claim is, beside all else that the document's other claims say.

Boosted trees weigh what the second look weighed of its surest telling, how sure all tellings and parties are, and the
other claims that compete for the same sentence, the same kind or the same parties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import prod

from communique.coding.drafts import Draft, best_cast
from communique.coding.rivals import NOTHING, Numbers, odds


def confidence_numbers(group: list[Draft], groups: Sequence[list[Draft]]) -> Numbers:
    """What is weighed of one merged claim among all of its document."""
    lead = group[0]
    leads = [g[0] for g in groups if g is not group]
    return {
        **lead.numbers,
        **_of_tellings(group),
        **_of_parties(group),
        **_of_fields(lead),
        **_of_others(lead, leads),
    }


def _of_tellings(group: list[Draft]) -> Numbers:
    sure = [odds(d.probability) for d in group]
    return {
        "sure": sure[0],
        "tellings": float(len(group)),
        "sentences told in": float(len({d.candidate.sentence_number for d in group})),
        "sure of all tellings": sum(sure) / len(sure),
        "sure of any telling": odds(1 - prod(1 - d.probability for d in group)),
    }


def _of_parties(group: list[Draft]) -> Numbers:
    cast = best_cast(group)
    sure = [p.sure for p in cast.parts]
    roles = Counter(p.role for p in cast.parts)
    return {
        "sure of the parties together": odds(cast.sure_of_parties),
        "parties agree": sum(d.codes == cast.codes for d in group) / len(group),
        "parties like the surest telling": float(cast.codes == group[0].codes),
        "surest party": max(sure),
        "least sure party": min(sure),
        "sure of parties": sum(sure) / len(sure),
        "sure of all parties": prod(sure),
        "named": float(sum(bool(p.mentions) for p in cast.parts)),
        "not named": float(sum(not p.mentions for p in cast.parts)),
        **{f"parties: {role}": float(count) for role, count in roles.items()},
    }


def _of_fields(lead: Draft) -> Numbers:
    return {
        f"status: {lead.status}": 1.0,
        f"stage: {lead.stage}": 1.0,
        f"dated: {lead.date.place}": 1.0,
        "sure of the date": lead.date.sure,
    }


def _of_others(lead: Draft, others: Sequence[Draft]) -> Numbers:
    """How sure the surest others are: of its kind or another, of its sentence or word, of the same parties or not."""
    candidate = lead.candidate
    alike = [o for o in others if o.candidate.kind == candidate.kind]
    unlike = [o for o in others if o.candidate.kind != candidate.kind]
    here = [o for o in others if o.candidate.sentence_number == candidate.sentence_number]
    twins = [o for o in alike if _overlap(o, lead) >= 0.5]
    rivals = [o for o in here if o.candidate.kind != candidate.kind]
    return {
        "others": float(len(others)),
        "others: all": sum(o.probability for o in others),
        "others: surer": float(sum(o.probability > lead.probability for o in others)),
        "others: of the kind": float(len(alike)),
        "others: kind and parties": _surest(twins),
        "others: kind and parties, how many": float(len(twins)),
        "others: kind and parties, all": sum(o.probability for o in twins),
        "others: kind and parties, before": _surest(
            o for o in twins if o.candidate.sentence_number < candidate.sentence_number
        ),
        "others: kind and a party": _surest(o for o in alike if o.codes & lead.codes),
        "others: other kind and parties": _surest(o for o in unlike if _overlap(o, lead) >= 0.5),
        "here": float(len(here)),
        "here: all": sum(o.probability for o in here),
        "here: kind": _surest(o for o in here if o.candidate.kind == candidate.kind),
        "here: other kind": _surest(rivals),
        "here: other kind and parties": _surest(o for o in rivals if _overlap(o, lead) >= 0.5),
        "here: same word": _surest(o for o in here if o.candidate.word.i == candidate.word.i),
    }


def _surest(others: Iterable[Draft]) -> float:
    return max((odds(o.probability) for o in others), default=NOTHING)


def _overlap(a: Draft, b: Draft) -> float:
    return len(a.codes & b.codes) / len(a.codes | b.codes)
