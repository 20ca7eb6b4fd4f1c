"""Whether a predicted record is the gold record, and at which levels."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Any

from communique.records import SYMMETRIC_KINDS
from communique.scoring.names import same_name, squash

Row = dict[str, Any]
Days = tuple[dt.date, dt.date]
LEVELS = ("event", "actors", "dated", "status", "full")


def codes(record: Row) -> set[str]:
    """The codes of a record's actors."""
    return {a["code"] for a in record.get("actors") or [] if a.get("code")}


def roles(record: Row) -> set[tuple[str, str]]:
    """The roles and codes of a record's actors."""
    return {(a.get("role"), a["code"]) for a in record.get("actors") or [] if a.get("code")}


def interval(date: Row | None) -> Days | None:
    """The first and last day of a date, in order; None where an end is missing."""
    if not date or not date.get("from") or not date.get("to"):
        return None
    a, b = _day(date["from"], last=False), _day(date["to"], last=True)
    return (a, b) if a <= b else (b, a)


def _day(text: Any, *, last: bool) -> dt.date:
    """A day from an ISO date or its prefix (2016, 2016-04), taken at its first or last day."""
    parts = [int(x) for x in str(text)[:10].split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    day = parts[2] if len(parts) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return dt.date(year, month, day)


def date_right(gold: Row | None, pred: Row | None) -> bool:
    """Both ends within 3 days; or overlapping and neither over 4 times as long; unknown only for unknown."""
    g, p = interval(gold), interval(pred)
    if g is None or p is None:
        return g is None and p is None
    if abs((g[0] - p[0]).days) <= 3 and abs((g[1] - p[1]).days) <= 3:
        return True
    if g[1] < p[0] or p[1] < g[0]:
        return False
    long_g, long_p = ((x[1] - x[0]).days + 1 for x in (g, p))
    return max(long_g, long_p) <= 4 * min(long_g, long_p)


def evidence_texts(record: Row) -> list[str]:
    """The passages of a record, squashed."""
    return [squash(e["text"] if isinstance(e, dict) else e) for e in record.get("evidence") or []]


def touches(gold: Row, pred: Row) -> bool:
    """Some passages share a run of five words or contain each other; 3 to 80 words prove something."""
    return any(
        _same_passage(g, p)
        for p in evidence_texts(pred)
        if 3 <= len(p.split()) <= 80
        for g in evidence_texts(gold)
    )


def _same_passage(g: str, p: str) -> bool:
    if p in g or g in p:
        return True
    words = g.split()
    return any(" ".join(words[i : i + 5]) in p for i in range(max(1, len(words) - 4)))


def levels(gold: Row, pred: Row) -> dict[str, bool]:
    """Whether the pair is right at each level; empty when it is not the same event."""
    g, p = _fair_codes(gold, pred), codes(pred)
    if pred.get("kind") not in {gold["kind"], *gold.get("alt_kinds", ())} or not codes(gold) & p:
        return {}
    if len(g & p) / len(g | p) < 0.5:
        return {}
    right = {
        "event": True,
        "actors": g == p and _same_roles(gold, pred, g),
        "dated": any(date_right(d, pred.get("date")) for d in [gold.get("date"), *gold.get("alt_dates", ())]),
        "status": pred.get("status") in {gold["status"], *gold.get("alt_status", ())},
    }
    right["full"] = all(right.values()) and _same_stage(gold, pred) and touches(gold, pred)
    return right


def _fair_codes(gold: Row, pred: Row) -> set[str]:
    """The gold's codes, less those that a coder may leave out and this prediction does."""
    g, p = codes(gold), codes(pred)
    if gold.get("source_optional"):
        sources = _codes_as(gold, "source")
        g = (g - sources) | (g & p)
    if gold.get("partial_targets"):
        targets = _codes_as(gold, "target")
        if targets & p:
            g = (g - targets) | (g & p)
    return g


def _codes_as(gold: Row, role: str) -> set[str]:
    return {a["code"] for a in gold["actors"] if a["role"] == role}


def _same_roles(gold: Row, pred: Row, counted: set[str]) -> bool:
    """Roles count for directed kinds only; gold that lists all as participants is right either way."""
    if pred["kind"] in SYMMETRIC_KINDS or gold["kind"] in SYMMETRIC_KINDS:
        return True
    wanted = {(role, code) for role, code in roles(gold) if code in counted}
    return wanted == roles(pred) or all(role == "participant" for role, _ in wanted)


def _same_stage(gold: Row, pred: Row) -> bool:
    return (
        bool(gold.get("any_stage"))
        or pred["kind"] != gold["kind"]
        or gold.get("stage") in (None, pred.get("stage"))
    )


def similarity(gold: Row, pred: Row) -> float:
    """How alike two records are: 0 when they are not the same event."""
    right = levels(gold, pred)
    if not right:
        return 0.0
    same_kind = bool(pred["kind"] == gold["kind"])
    return 1 + sum(right.values()) + 2.5 * touches(gold, pred) + same_kind


def described(gold: Row, pred: Row) -> Iterator[tuple[str, bool]]:
    """(field, right) for each descriptive field that the gold record has."""
    for actor in gold["actors"]:
        if actor.get("person"):
            named = [a["person"] for a in pred["actors"] if a.get("person")]
            yield "person", any(same_name(actor["person"], name) for name in named)
    if gold.get("place"):
        yield "place", (pred.get("place") or {}).get("country") == gold["place"]["country"]
    names = {squash(m["name"]) for m in gold.get("materiel") or []}
    if names:
        got = {squash(m["name"]) for m in pred.get("materiel") or []}
        yield "materiel", any(g in p or p in g for g in names for p in got)
    if gold.get("attribution"):
        yield (
            "attribution",
            bool(pred.get("attribution")) and same_name(gold["attribution"], pred["attribution"]),
        )
