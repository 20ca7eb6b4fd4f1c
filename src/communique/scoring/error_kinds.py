"""What kinds of error are left, each counted with an example: what to mend first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from communique.records import Record
from communique.scoring.events import DocumentMatch
from communique.scoring.names import squash
from communique.scoring.pairs import codes, evidence_texts, roles

Row = dict[str, Any]


class ErrorKind(Record):
    """One kind of error: how often it happens, in one example in which document and which words."""

    name: str
    count: int
    document: str
    example: str


def error_kinds(matches: Sequence[DocumentMatch]) -> list[ErrorKind]:
    """The kinds of error, the most frequent first. A record that is partly wrong may count under several."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for match in matches:
        for name, record in _errors(match):
            found[name].append((match.doc_id, _told(record)))
    made = [ErrorKind(name=n, count=len(e), document=e[0][0], example=e[0][1]) for n, e in found.items()]
    return sorted(made, key=lambda kind: (-kind.count, kind.name))


def _errors(match: DocumentMatch) -> Iterator[tuple[str, Row]]:
    told = [(g, p) for g, p, _ in match.got]
    for gold in match.missed:
        yield _why_missed(gold, [*(p for _, p in told), *match.invented]), gold
    for predicted in match.invented:
        yield _why_invented(predicted, [*(g for g, _ in told), *match.missed]), predicted
    for gold, predicted, right in match.got:
        if not right["actors"]:
            yield _how_parties(gold, predicted), predicted
        if right["event"] and not right["dated"]:
            yield _how_dated(gold, predicted), predicted
        if right["event"] and not right["status"]:
            yield f"status: {gold['status']} told as {predicted.get('status')}", predicted


def _why_missed(gold: Row, predicted: Sequence[Row]) -> str:
    there = [p for p in predicted if _touch(gold, p)]
    if any(p["kind"] == gold["kind"] for p in there):
        return "missed: told, with other parties or as part of another record"
    return "missed: told as another kind" if there else "missed: nothing coded from its words"


def _why_invented(predicted: Row, gold: Sequence[Row]) -> str:
    there = [g for g in gold if _touch(g, predicted)]
    if any(g["kind"] == predicted["kind"] for g in there):
        return "invented: the words of a record, with other parties or a second time"
    return "invented: the words tell another kind" if there else "invented: the words tell no required record"


def _how_parties(gold: Row, predicted: Row) -> str:
    wanted, got = codes(gold), codes(predicted)
    if wanted == got:
        return "parties: roles exchanged"
    if got < wanted:
        return "parties: one is missing"
    return "parties: one too many" if got > wanted else "parties: one for another"


def _how_dated(gold: Row, predicted: Row) -> str:
    if not gold.get("date"):
        return "date: given where none is known"
    return "date: wrong day or span" if predicted.get("date") else "date: missing"


def _touch(one: Row, other: Row) -> bool:
    """True when a passage of the one is in a passage of the other."""
    mine, theirs = ([squash(text) for text in evidence_texts(r)] for r in (one, other))
    return any(a in b or b in a for a in mine for b in theirs if a and b)


def _told(record: Row) -> str:
    parties = ", ".join(f"{role} {code}" for role, code in sorted(roles(record)))
    return f"{record['kind']} ({parties}): {'; '.join(evidence_texts(record))[:160]}"
