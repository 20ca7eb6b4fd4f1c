"""Scores what surrounds the records: documents, quotations, people.

body        the kept text begins and ends as the gold body does (title, dateline, standfirst allowed before)
published   exact: the same interval; covers: contains the gold's and is under five years; wrong: excludes
            the gold's; invented: an undated document given an interval under 40 days
statements  recall of gold direct quotations of three words or more (`found`), with the speaker right, with
            the code right; `precision`: exported direct statements of 3 to 120 words that hold a gold one
people      precision, recall, F1 of name with code; and of name with code and office
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from communique.scoring.figures import prf, share
from communique.scoring.gold import by_document
from communique.scoring.names import office_key, same_or_no_name, squash_quotes

Row = dict[str, Any]
_FIVE_YEARS = 5 * 366
_UNDATED = 40  # an undated document given an interval shorter than so many days is a guess


class PartsScore:
    """Counts over the documents added, with a line for each error."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.errors: list[str] = []

    def add(self, gold: Row, document: Row | None, statements: list[Row], people: list[Row]) -> None:
        """Count one gold document against what was exported of it."""
        self.count["documents"] += 1
        if document is not None:
            self._add_body(gold, squash_quotes(document["text"]))
            self._add_published(gold, document.get("published"))
        self._add_statements(gold, statements)
        self._add_people(gold, people)

    def figures(self) -> Row:
        """The figures of what was added."""
        n = self.count
        return {
            "documents": n["documents"],
            "body": f"{n['body']}/{n['documents']}",
            "published": {key: n[name] for key, name in _PUBLISHED.items()},
            "statements": {
                "of": n["statements"],
                "found": share(n["found"], n["statements"]),
                "speaker": share(n["speaker"], n["statements"]),
                "code": share(n["code"], n["statements"]),
                "precision": share(min(n["found"], n["said"]), n["said"]),
            },
            "people": {
                "name+code": prf(n["person"], n["people_said"], n["people"]),
                "name+code+office": prf(n["office"], n["people_said"], n["people"]),
            },
        }

    def _add_body(self, gold: Row, text: str) -> None:
        head, tail = squash_quotes(gold["body"]["first"]), squash_quotes(gold["body"]["last"])
        right = head in text[: len(head) + 400] and tail in text[-len(tail) - 60 :]
        self.count["body"] += right
        if not right:
            self.errors.append(f"body {gold['doc_id']}: begins {text[:60]!r} ends {text[-60:]!r}")

    def _add_published(self, gold: Row, found: Row | None) -> None:
        got = _span(found)
        if not gold["published"]:
            self.count["invented"] += bool(got and (got[1] - got[0]).days < _UNDATED)
            return
        self.count["dated"] += 1
        if got is None:
            return
        a, b = (dt.date.fromisoformat(gold["published"][end][:10]) for end in ("from", "to"))
        x, y = got
        self.count["exact"] += (a, b) == got
        self.count["covers"] += x <= a and b <= y and (y - x).days < _FIVE_YEARS
        if b < x or y < a:
            self.count["wrong"] += 1
            self.errors.append(
                f"published {gold['doc_id']}: gold {a}..{b}, got {x}..{y} ({(found or {}).get('found')})"
            )

    def _add_statements(self, gold: Row, statements: list[Row]) -> None:
        said = [s for s in statements if s.get("direct", True) and 3 <= _words(s.get("text")) <= 120]
        self.count["said"] += len(said)
        for wanted in gold["statements"]:
            if len(wanted["quote"].split()) < 3:
                continue
            quote = squash_quotes(wanted["quote"])
            found = [s for s in said if quote in squash_quotes(s.get("text"))]
            right = any(same_or_no_name(s.get("speaker"), wanted["speaker"]) for s in found)
            self.count["statements"] += 1
            self.count["found"] += bool(found)
            self.count["speaker"] += right
            self.count["code"] += any((s.get("code") or None) == (wanted.get("code") or None) for s in found)
            if not right:
                self.errors.append(
                    f"statement {gold['doc_id']}: {wanted['quote']!r} by {wanted['speaker']}; "
                    f"got {[s.get('speaker') for s in found]}"
                )

    def _add_people(self, gold: Row, people: list[Row]) -> None:
        left = list(people)
        self.count["people"] += len(gold["people"])
        self.count["people_said"] += len(left)
        for wanted in gold["people"]:
            match = next((p for p in left if _same_person(p, wanted)), None)
            if match is None:
                self.errors.append(f"person missed {gold['doc_id']}: {wanted['name']} ({wanted.get('code')})")
                continue
            left.remove(match)
            self.count["person"] += 1
            got, office = match.get("office"), wanted.get("office")
            self.count["office"] += office_key(got) == office_key(office)
            if office_key(got) != office_key(office):
                self.errors.append(f"office {gold['doc_id']}: {wanted['name']}: gold {office!r}, got {got!r}")
        self.errors += [f"person extra {gold['doc_id']}: {p.get('name')} ({p.get('code')})" for p in left]


_PUBLISHED = {"of": "dated", "exact": "exact", "covers": "covers", "wrong": "wrong", "invented": "invented"}


def score_parts(
    gold: Mapping[str, Row], documents: list[Row], statements: list[Row], people: list[Row]
) -> PartsScore:
    """Score the exported rows of the documents that have gold."""
    texts = {row["doc_id"]: row for row in documents}
    said, named = by_document(statements), by_document(people)
    score = PartsScore()
    for doc_id, document in gold.items():
        score.add(document, texts.get(doc_id), said.get(doc_id, []), named.get(doc_id, []))
    return score


def _span(found: Row | None) -> tuple[dt.date, dt.date] | None:
    if not found or not found.get("from") or not found.get("to"):
        return None
    return dt.date.fromisoformat(found["from"][:10]), dt.date.fromisoformat(found["to"][:10])


def _words(text: Any) -> int:
    return len(squash_quotes(text).split())


def _same_person(exported: Row, gold: Row) -> bool:
    return exported.get("code") == gold.get("code") and same_or_no_name(exported.get("name"), gold["name"])
