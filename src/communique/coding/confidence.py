"""Confidence: how sure a merged claim is, beside all else that the document's other claims say.

A second logistic regression looks at what the first one could not see: how sure the tellings are, who plays the
parts and how sure that is, and which other claims compete for the same passage.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique.coding.drafts import Draft
from communique.coding.weigh_reading import logit


def confidence_features(group: list[Draft], groups: list[list[Draft]]) -> dict[str, float]:
    """Features of one merged claim among all of its document."""
    lead = group[0]
    kind = lead.candidate.kind
    own = logit(lead.probability)
    features = {"p": own, f"{kind}|p": own / 2}
    plain = list(_plain(group))
    features.update(dict.fromkeys(plain, 1.0))
    features.update((f"{kind}|{name}", 1.0) for name in plain)
    rivals = [g[0] for g in groups if g is not group]
    here = [r for r in rivals if r.candidate.sentence_number == lead.candidate.sentence_number]
    others = [r for r in here if r.candidate.kind != kind]
    twins = [r for r in rivals if r.candidate.kind == kind]
    features.update(_against("other", others, own))
    features.update(_against("same_here", [r for r in here if r.candidate.kind == kind], own))
    features.update(_against("same_parties", [t for t in twins if t.codes & lead.codes], own))
    features[f"twins:{min(len(twins), 6)}"] = 1.0
    if others:
        strongest = max(others, key=lambda r: (r.probability, r.candidate.kind))
        features[f"{kind}|rival:{strongest.candidate.kind}:{strongest.probability > lead.probability}"] = 1.0
    return features


def _plain(group: list[Draft]) -> Iterator[str]:
    lead = group[0]
    yield f"p:{int(lead.probability * 10)}"
    yield f"tellings:{min(len(group), 4)}"
    yield f"sentences:{min(len({d.candidate.sentence_number for d in group}), 3)}"
    sure = [p.sure for p in lead.parts]
    yield f"surest:{int(max(sure) * 5)}"
    yield f"least_sure:{int(min(sure) * 5)}"
    roles = [p.role for p in lead.parts]
    yield f"roles:{min(roles.count('source'), 2)}{min(roles.count('target'), 2)}{min(roles.count('participant'), 3)}"
    yield f"named:{sum(bool(p.mentions) for p in lead.parts) > 0}:{all(p.mentions for p in lead.parts)}"
    yield f"status:{lead.status}"
    yield f"dated:{lead.date.place}"
    yield f"number:{min(lead.candidate.sentence_number, 5)}"


def _against(name: str, rivals: list[Draft], own: float) -> Iterator[tuple[str, float]]:
    yield f"{name}:{min(len(rivals), 3)}", 1.0
    if rivals:
        yield f"{name}_margin", own - max(logit(r.probability) for r in rivals)
