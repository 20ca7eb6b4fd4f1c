"""What is wrong with a gold document of the sample: its vocabulary, its codes, and its words in the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final, get_args

from communique.records import AGREEMENT_STAGES, SYMMETRIC_KINDS, TRANSFER_STAGES, Kind, Role, Status

Row = dict[str, Any]

NAMED_BY_NOUN: Final = frozenset({"SERBS", "HUMANRIGHTSGROUPS"})
"""Groups without a code of their own: the text's noun in capitals, as the guide has it."""

STAGES: Final = {"arms_transfer": TRANSFER_STAGES, "agreement": AGREEMENT_STAGES}
KINDS: Final = frozenset(get_args(Kind))
STATUSES: Final = frozenset(get_args(Status))
ROLES: Final = frozenset(get_args(Role))
EVIDENCE_WORDS: Final = range(3, 81)
RECORD_FIELDS: Final = frozenset(
    {
        "kind",
        "status",
        "actors",
        "date",
        "place",
        "stage",
        "materiel",
        "instrument",
        "attribution",
        "evidence",
    }
    | {"optional", "alt_kinds", "alt_status", "alt_dates", "any_stage", "source_optional", "partial_targets"}
    | {"event"}
)


def squashed(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def faults(document: Row, text: str, codes: Collection[str]) -> list[str]:
    """Everything that is wrong with a gold document, given the text that it codes and the known codes."""
    plain = squashed(text)
    found = [*_faults_of_quotations(document, plain), *_faults_of_people(document, plain, codes)]
    for number, record in enumerate(document["records"]):
        found += [f"record {number}: {fault}" for fault in _faults_of_record(record, plain, codes)]
    return found


def unquoted(document: Row, text: str) -> list[str]:
    """The quotations of three words and more in the text that no gold statement begins."""
    quoted = re.findall(r"“([^”]{3,}?)”|\"([^\"\n]{3,}?)\"|«([^»]{3,}?)»", text)
    begun = [s["quote"] for s in document["statements"]]
    words = ["".join(q) for q in quoted]
    return [q for q in words if len(q.split()) > 2 and not any(b in q for b in begun)]


def _faults_of_quotations(document: Row, text: str) -> Iterator[str]:
    for statement in document["statements"]:
        if len(statement["quote"].split()) < 3:
            yield f"statement too short: {statement['quote']!r}"
        if statement["quote"] not in text:
            yield f"statement not in the text: {statement['quote']!r}"


def _faults_of_people(document: Row, text: str, codes: Collection[str]) -> Iterator[str]:
    for person in document["people"]:
        if person["name"].split()[-1] not in text:
            yield f"person not in the text: {person['name']!r}"
        if person["code"] not in codes:
            yield f"unknown code of a person: {person['code']}"


def _faults_of_record(record: Row, text: str, codes: Collection[str]) -> Iterator[str]:
    yield from (f"unknown field {name}" for name in sorted(record.keys() - RECORD_FIELDS))
    yield from _faults_of_vocabulary(record)
    yield from _faults_of_actors(record, codes)
    yield from _faults_of_evidence(record, text)
    for interval in [record["date"], *record.get("alt_dates", ())]:
        if interval and date.fromisoformat(interval["from"]) > date.fromisoformat(interval["to"]):
            yield f"date ends before it starts: {interval}"


def _faults_of_vocabulary(record: Row) -> Iterator[str]:
    for kind in {record["kind"], *record.get("alt_kinds", ())} - KINDS:
        yield f"unknown kind {kind}"
    for status in {record["status"], *record.get("alt_status", ())} - STATUSES:
        yield f"unknown status {status}"
    if record["stage"] not in STAGES.get(record["kind"], (None,)):
        yield f"stage {record['stage']} of {record['kind']}"


def _faults_of_actors(record: Row, codes: Collection[str]) -> Iterator[str]:
    if not record["actors"]:
        yield "no actor"
    for actor in record["actors"]:
        if actor["role"] not in ROLES:
            yield f"unknown role {actor['role']}"
        if record["kind"] in SYMMETRIC_KINDS and actor["role"] != "participant":
            yield f"{actor['role']} of a {record['kind']}"
        if actor["code"] not in codes and actor["code"] not in NAMED_BY_NOUN:
            yield f"unknown code {actor['code']}"


def _faults_of_evidence(record: Row, text: str) -> Iterator[str]:
    if not record["evidence"]:
        yield "no evidence"
    for piece in record["evidence"]:
        if len(piece.split()) not in EVIDENCE_WORDS:
            yield f"evidence of {len(piece.split())} words: {piece!r}"
        if piece not in text:
            yield f"evidence not in the text: {piece!r}"
