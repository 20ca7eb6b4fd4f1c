"""What is taken of a server's answer: records of the guide's form whose words and codes hold; the rest with reasons."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from pydantic import Field, ValidationError

from communique.records import (
    AGREEMENT_STAGES,
    SYMMETRIC_KINDS,
    TRANSFER_STAGES,
    Actor,
    Claim,
    Derivation,
    Document,
    Evidence,
    Interval,
    Kind,
    Materiel,
    Place,
    Record,
    Refusal,
    Stage,
    Status,
)

SURE = 0.5  # nothing is known of how often an unknown model is right
_SHOWN = 400
_STAGES = {"arms_transfer": TRANSFER_STAGES, "agreement": AGREEMENT_STAGES}
_ALIKE = ['"“”„«»', "'‘’`´", "-–—−‐‑"]


class Offered(Record):
    """A record as the server writes it."""

    kind: Kind
    status: Status
    actors: tuple[Actor, ...] = Field(min_length=1)
    date: Interval | None = None
    place: Place | None = None
    stage: Stage | None = None
    materiel: tuple[Materiel, ...] = ()
    instrument: str | None = None
    attribution: str | None = None
    attribution_chain: tuple[str, ...] = ()
    evidence: tuple[str, ...] = Field(min_length=1)


_AS_OFFERED = tuple(
    name for name in Offered.model_fields if name not in ("attribution", "attribution_chain", "evidence")
)


def accept(
    document: Document, content: str, *, codes: Collection[str], model: str
) -> tuple[list[Claim], list[Refusal]]:
    """The claims that the answer's records make, in their order, and the records that are not taken.

    A record is taken when it has the guide's form, each of its codes is one of `codes`, its stage is one of its
    kind, and each of its passages stands in the document's text (white space, quotation marks and dashes may
    differ; what is kept are the document's own words).
    """
    claims: list[Claim] = []
    refused: list[Refusal] = []
    for record in _records(content):
        if isinstance(record, Refusal):
            refused.append(record)
            continue
        try:
            offered = Offered.model_validate_json(json.dumps(record))
            claims.append(_claim(document, offered, codes, model))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            refused.append(_refusal(f"{where}: {first['msg']}" if where else first["msg"], record))
        except _NotTaken as error:
            refused.append(_refusal(str(error), record))
    return claims, refused


def passage(text: str, words: str) -> tuple[int, int] | None:
    """Where the words first stand in the text, or None; white space, quotation marks and dashes may differ."""
    parts = ["".join(map(_alike, part)) for part in words.split()]
    found = re.search(r"\s+".join(parts), text) if parts else None
    return found.span() if found else None


class _NotTaken(Exception):
    """The record has the form but does not hold."""


def _records(content: str) -> Iterator[Any]:
    """The objects of the list of records, wherever in the answer the JSON stands."""
    start, end = content.find("{"), content.rfind("}")
    try:
        found = json.loads(content[start : end + 1]) if start >= 0 else None
        records = found["records"] if isinstance(found, dict) else None
    except (ValueError, KeyError, RecursionError):
        records = None
    if isinstance(records, list):
        yield from records
    else:
        yield _refusal('the answer is not {"records": [...]}', content)


def _claim(document: Document, offered: Offered, codes: Collection[str], model: str) -> Claim:
    _check(offered, codes)
    evidence = tuple(_evidence(document.text, words) for words in dict.fromkeys(offered.evidence))
    chain = tuple(dict.fromkeys(name for name in (offered.attribution, *offered.attribution_chain) if name))
    return Claim(
        id=_id(document, offered, evidence),
        doc_id=document.id,
        **{name: getattr(offered, name) for name in _AS_OFFERED},
        attribution=chain[0] if chain else None,
        attribution_chain=chain,
        evidence=tuple(sorted(evidence, key=lambda e: (e.start, e.end))),
        confidence=SURE,
        derivations=(
            Derivation(field="kind", value=offered.kind, reason=f"given by the external coder {model}"),
        ),
    )


def _check(offered: Offered, codes: Collection[str]) -> None:
    unknown = [a.code for a in offered.actors if a.code not in codes]
    if unknown:
        raise _NotTaken(f"unknown code {unknown[0]!r}")
    if offered.stage not in _STAGES.get(offered.kind, (None,)):
        raise _NotTaken(f"{offered.stage!r} is no stage of {offered.kind}")
    directed = [a.role for a in offered.actors if a.role != "participant"]
    if offered.kind in SYMMETRIC_KINDS and directed:
        raise _NotTaken(f"{offered.kind} has participants, not a {directed[0]}")


def _evidence(text: str, words: str) -> Evidence:
    span = passage(text, words)
    if span is None:
        raise _NotTaken(f"not in the text: {words[:120]!r}")
    return Evidence(start=span[0], end=span[1], text=text[span[0] : span[1]])


def _alike(character: str) -> str:
    kind = next((alike for alike in _ALIKE if character in alike), None)
    return f"[{re.escape(kind)}]" if kind else re.escape(character)


def _id(document: Document, offered: Offered, evidence: tuple[Evidence, ...]) -> str:
    parties = ",".join(sorted(f"{a.role}:{a.code}" for a in offered.actors))
    first = min(e.start for e in evidence)
    key = f"{document.id}|{document.text_sha256}|{offered.kind}|{offered.status}|{parties}|{first}"
    return "c" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:15]


def _refusal(reason: str, record: Any) -> Refusal:
    shown = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
    return Refusal(reason=reason[:_SHOWN], record=shown[:_SHOWN])
