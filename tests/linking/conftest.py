"""Claims in a few words, and the gold threads as claims with the keys of their events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from communique.linking.lines import told_of
from communique.linking.records import ClaimKey, Told
from communique.records import Actor, Claim, Evidence, Interval, Materiel, Place, Role
from communique.sample import threads
from communique.scoring import load_gold

Tell = Callable[..., Told]
Thread = tuple[list[Told], dict[ClaimKey, str]]


def days(text: str | None) -> Interval | None:
    """An interval from "2015-04-10", "2015-04", "2015" or "2015-04-01..2015-04-03"."""
    if text is None:
        return None
    first, _, last = text.partition("..")
    if last:
        return Interval(start=date.fromisoformat(first), end=date.fromisoformat(last))
    parts = [int(part) for part in first.split("-")]
    start = date(*[*parts, 1, 1][:3])
    ends = {3: start, 2: date(parts[0] + parts[-1] // 12, parts[-1] % 12 + 1, 1) - timedelta(1)}
    return Interval(start=start, end=ends.get(len(parts), date(parts[0], 12, 31)))


def actors(text: str) -> tuple[Actor, ...]:
    """Parties from "FRA/Jean Dupont > IND" (source and target) or "USA + KOR" (participants)."""
    roles: list[tuple[Role, str]] = []
    if ">" in text:
        source, target = text.split(">")
        roles = [("source", each) for each in source.split("+")] + [
            ("target", each) for each in target.split("+")
        ]
    else:
        roles = [("participant", each) for each in text.split("+")]
    named = ((role, *each.strip().partition("/")) for role, each in roles if each.strip())
    return tuple(Actor(role=role, code=code, person=person or None) for role, code, _, person in named)


@pytest.fixture(scope="session")
def tell() -> Tell:
    """Makes a claim: `tell("d1", "visit", "FRA/Jean Dupont > IND", "2015-04-10", words="...", told="2015-04-11")`."""

    def make(doc: str, kind: str, parties: str, when: str | None = None, **more: object) -> Told:
        words = str(more.pop("words", f"{kind} {parties}"))
        goods, place = more.pop("goods", None), more.pop("place", None)
        told, copies, title = (more.pop(name, None) for name in ("told", "copies", "title"))
        fields = {
            "id": str(more.pop("id", "c1")),
            "doc_id": doc,
            "kind": kind,
            "status": more.pop("status", "actual"),
            "actors": actors(parties),
            "date": days(when),
            "place": Place(name=str(place).partition("/")[0], country=str(place).partition("/")[2] or None)
            if place
            else None,
            "materiel": (Materiel(name=str(goods), quantity=more.pop("quantity", None)),) if goods else (),
            "evidence": (Evidence(start=0, end=len(words), text=words),),
            "confidence": more.pop("confidence", 0.8),
        }
        return Told(
            claim=Claim.model_validate(fields | more),
            published=days(str(told)) if told else None,
            title=str(title) if title else None,
            copies=str(copies or doc),
        )

    return make


@pytest.fixture(scope="session")
def stories() -> dict[str, Thread]:
    """The shipped threads by name: the claims of their gold, and the event that each tells."""
    found = {}
    for folder in threads():
        told: list[Told] = []
        event: dict[ClaimKey, str] = {}
        for document in load_gold(folder / "gold").values():
            rows = [row | {"doc_id": document["doc_id"]} for row in document["records"]]
            claims = told_of(rows, [document])
            told += claims
            event |= {one.key: row["event"] for one, row in zip(claims, rows, strict=True)}
        found[folder.name] = (told, event)
    return found
