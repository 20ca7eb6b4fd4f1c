"""Judged documents as gold: one JSON file a document, in the form that `communique score` reads.

Of a document with a judgement all claims are written, as judged: a wrong one is left out, a corrected one has
the corrected values. What nobody judged right or corrected is `optional`: it counts neither as missed nor
as invented. Statements and people are as coded; where a claim judged right or corrected names a person, the
office and the code that it gives that person stand, in the list of people and for what the person said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communique.archive import Archive, ClaimFilter, StoredDocument
from communique.export.jsonlines import claim_fields
from communique.linking.records import ClaimKey, Told
from communique.records import Actor, Person, Statement

_FIELDS = (
    "kind", "status", "actors", "date", "place", "stage", "materiel", "instrument", "attribution",
)  # fmt: skip
_UNSAFE = re.compile(r"[^\w.~-]")
_WORDS = 6
_FEWEST = 3
"""Words of a quotation, at least: shorter fragments are no statements."""


def gold(archive: Archive) -> Iterator[tuple[str, str]]:
    """For each judged document a file name and the file's text, by document id."""
    confirmed: dict[str, set[ClaimKey]] = {}
    for found in archive.resolved_judgements():
        if found.claim is None or found.judgement.withdrawn:
            continue
        for key in (found.claim, found.other):
            if key is not None:
                confirmed.setdefault(key.doc_id, set())
        if found.judgement.verdict in ("right", "corrected"):
            confirmed[found.claim.doc_id].add(found.claim)
    for doc_id in sorted(confirmed):
        stored = archive.document(doc_id)
        if stored is not None:
            row = _document(archive, stored, confirmed[doc_id])
            text = json.dumps(row, ensure_ascii=False, indent=1)
            yield f"{_UNSAFE.sub('_', doc_id)}.json", text + "\n"


def _document(archive: Archive, stored: StoredDocument, confirmed: set[ClaimKey]) -> dict[str, Any]:
    document = stored.document
    days = document.published.interval
    keys = [ClaimKey.of(claim) for claim in archive.claims(ClaimFilter(document=document.id))]
    events = archive.events_of(keys)
    told = {one.key: one for one in archive.told(keys)}
    persons = _persons(told[key] for key in keys if key in confirmed and key in told)
    words = document.text.split(" ")
    return {
        "doc_id": document.id,
        "title": document.title,
        "published": days and days.model_dump(mode="json", by_alias=True),
        "body": {"first": " ".join(words[:_WORDS]), "last": " ".join(words[-_WORDS:])},
        "people": _people(archive.people(document.id), persons),
        "statements": list(_statements(archive.statements(document.id), persons)),
        "records": [_record(told[k], events.get(k), k in confirmed) for k in keys if k in told],
    }


def _persons(told: Iterable[Told]) -> dict[str, Actor]:
    """The persons of claims by name, each as the first claim that gives an office has it."""
    found: dict[str, Actor] = {}
    for actor in (actor for one in told for actor in one.claim.actors if actor.person):
        name = actor.person or ""
        if name not in found or (actor.office and not found[name].office):
            found[name] = actor
    return found


def _people(coded: Iterable[Person], persons: Mapping[str, Actor]) -> list[dict[str, str | None]]:
    """The people as coded, then those whom only a judged claim names."""
    listed: dict[str, tuple[str | None, str | None]] = {}
    for person in coded:
        judged = persons.get(person.name)
        mine = (judged.office or person.office, judged.code) if judged else (person.office, person.code)
        listed.setdefault(person.name, mine)
    for name, actor in persons.items():
        listed.setdefault(name, (actor.office, actor.code))
    return [{"name": name, "office": office, "code": code} for name, (office, code) in listed.items()]


def _statements(coded: Iterable[Statement], persons: Mapping[str, Actor]) -> Iterator[dict[str, str | None]]:
    """The direct quotations by their first words."""
    for statement in coded:
        words = statement.text.split()
        if statement.direct and len(words) >= _FEWEST:
            speaker = persons.get(statement.speaker or "")
            code = speaker.code if speaker else statement.code
            yield {"quote": " ".join(words[:_WORDS]), "speaker": statement.speaker, "code": code}


def _record(one: Told, event: str | None, confirmed: bool) -> dict[str, Any]:
    fields = claim_fields(one.claim)
    record = {name: fields[name] for name in _FIELDS}
    record |= {"evidence": [e.text for e in one.claim.evidence], "event": event}
    return record if confirmed else record | {"optional": True}
