"""Scores exported records against gold records.

A predicted and a gold record are compatible when they have the same kind (or one of the gold's
`alt_kinds`) and share an actor code. Compatible pairs are matched one to one so that the total similarity
is the largest; a required gold record goes before an optional one, which absorbs one prediction without
counting. Each level is then given as precision, recall and F1:

  event    kind right, and the actor codes overlap by half or more (Jaccard)
  actors   event, and the same codes, with the roles right for directed kinds
  dated    event, and the date right
  status   event, and the status right
  full     all of these, the stage where the gold has one, and the evidence touches gold evidence

Of the records matched, `fields` is the share right where the gold has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from communique.errors import InputError
from communique.scoring.figures import PRF, prf, share
from communique.scoring.gold import by_document
from communique.scoring.matching import best_matching
from communique.scoring.pairs import (
    LEVELS,
    codes,
    described,
    evidence_texts,
    interval,
    levels,
    roles,
    similarity,
)

Row = dict[str, Any]
_SOMETIMES = ("place", "attribution")
_REQUIRED = 50.0  # more than any similarity: a required record goes before an optional one


@dataclass(slots=True)
class DocumentMatch:
    """One document: pairs that count with their levels, gold records missed, predictions invented."""

    doc_id: str
    got: list[tuple[Row, Row, dict[str, bool]]]
    missed: list[Row]
    invented: list[Row]


@dataclass(slots=True)
class EventFigures:
    """The figures as they are printed, and the documents that they come from."""

    figures: Row
    documents: list[DocumentMatch]
    strangers: list[str] = field(default_factory=list)


def score_events(gold: Mapping[str, Row], records: list[Row]) -> EventFigures:
    """Score the records of the documents that have gold; `strangers` are the ids of the others.

    Raises InputError where a record is not of the form that is scored.
    """
    predicted = by_document(records)
    for record in records:
        _check(record)
    matches = [match_document(name, doc["records"], predicted.get(name, [])) for name, doc in gold.items()]
    return EventFigures(_figures(matches), matches, sorted(set(predicted) - set(gold)))


def _check(record: Row) -> None:
    try:
        codes(record), interval(record.get("date")), evidence_texts(record)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        reason = f"not a record: {type(error).__name__}: {error}"
        raise InputError(f"record of {record.get('doc_id')}", reason) from error


def match_document(doc_id: str, gold: list[Row], predicted: list[Row]) -> DocumentMatch:
    """Pair the records of one document."""
    weights = [[_weight(g, p) for p in predicted] for g in gold]
    pairs = best_matching(weights) if gold and predicted else []
    matched_gold, matched_predicted = {i for i, _ in pairs}, {j for _, j in pairs}
    required = [(gold[i], predicted[j]) for i, j in pairs if not gold[i].get("optional")]
    return DocumentMatch(
        doc_id,
        got=[(g, p, levels(g, p)) for g, p in required],
        missed=[g for i, g in enumerate(gold) if i not in matched_gold and not g.get("optional")],
        invented=[p for j, p in enumerate(predicted) if j not in matched_predicted],
    )


def _weight(gold: Row, predicted: Row) -> float:
    value = similarity(gold, predicted)
    return value + _REQUIRED if value and not gold.get("optional") else value


def _figures(matches: list[DocumentMatch]) -> Row:
    got = [pair for match in matches for pair in match.got]
    gold = len(got) + sum(len(m.missed) for m in matches)
    predicted = len(got) + sum(len(m.invented) for m in matches)
    out: Row = {"documents": len(matches), "gold": gold, "predicted": predicted}
    for level in LEVELS:
        out[level] = prf(sum(bool(right.get(level)) for _, _, right in got), predicted, gold)
    out["not_actual"] = _not_actual(matches)
    dated = [right["dated"] for g, _, right in got if g.get("date")]
    out["date_given"] = share(sum(dated), len(dated))
    out["fields"] = _fields(got)
    return out


def _not_actual(matches: list[DocumentMatch]) -> PRF:
    """The figures of statuses other than `actual`, over required records and inventions."""
    hits = said = told = 0
    for match in matches:
        for g, p, _ in match.got:
            status, fair = p.get("status"), {g["status"], *g.get("alt_status", ())}
            hits += g["status"] != "actual" and status != "actual" and status in fair
            said += status != "actual" and (g["status"] != "actual" or status not in fair)
            told += g["status"] != "actual"
        said += sum(p.get("status") != "actual" for p in match.invented)
        told += sum(g["status"] != "actual" for g in match.missed)
    return prf(hits, said, told)


def _fields(got: list[tuple[Row, Row, dict[str, bool]]]) -> dict[str, float]:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for g, p, _ in got:
        for name, good in described(g, p):
            right[name] += good
            of[name] += 1
    return {name: share(right[name], of[name]) for name in sorted(of)}


def sometimes_told(matches: list[DocumentMatch]) -> dict[str, PRF]:
    """Of place and attribution, which many records do not have: the figures over the records matched.

    Where the gold has none, what is given is wrong.
    """
    return {name: _of_field(name, [(g, p) for m in matches for g, p, _ in m.got]) for name in _SOMETIMES}


def _of_field(name: str, pairs: list[tuple[Row, Row]]) -> PRF:
    given = [(g, p) for g, p in pairs if p.get(name)]
    hits = sum(good for g, p in given for field_name, good in described(g, p) if field_name == name)
    return prf(hits, len(given), sum(bool(g.get(name)) for g, _ in pairs))


def kinds(matches: list[DocumentMatch]) -> dict[str, tuple[int, int, int]]:
    """For each kind how many were matched, missed and invented."""
    matched = Counter(g["kind"] for m in matches for g, _, _ in m.got)
    missed = Counter(g["kind"] for m in matches for g in m.missed)
    invented = Counter(p["kind"] for m in matches for p in m.invented)
    return {
        kind: (matched[kind], missed[kind], invented[kind]) for kind in sorted(matched | missed | invented)
    }


def errors(match: DocumentMatch) -> list[str]:
    """A document's errors in lines: ~ partly wrong, - missed, + invented."""
    counts = f"{len(match.got)} matched, {len(match.missed)} missed, {len(match.invented)} invented"
    wrong = [_partly_wrong(g, p, right) for g, p, right in match.got if not all(right.values())]
    missed = [f"  - {_told(g)}" for g in match.missed]
    invented = [f"  + {_told(p)}" for p in match.invented]
    return [f"== {match.doc_id}: {counts}", *wrong, *missed, *invented]


def _partly_wrong(gold: Row, pred: Row, right: Mapping[str, bool]) -> str:
    wrong = ", ".join(level for level in LEVELS if not right[level])
    wanted, got = (f"{r.get('date')} {r.get('status')} {r.get('stage')}" for r in (gold, pred))
    return f"  ~ {gold['kind']} {sorted(codes(gold))} wrong: {wrong}; gold {wanted}, got {got} {_roles(pred)}"


def _told(record: Row) -> str:
    words = "; ".join(evidence_texts(record))[:140]
    return f"{record['kind']} {record.get('status')} {_roles(record)} | {words}"


def _roles(record: Row) -> list[str]:
    return sorted(f"{role} {code}" for role, code in roles(record))
