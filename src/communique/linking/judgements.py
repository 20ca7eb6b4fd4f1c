"""Judgements: what a person decided about claims, and what follows for linking.

A judgement names a claim by where it stands (`ClaimAnchor`), never by its id alone, so that it holds when
the document is coded again. Of two judgements on the same question the one made later stands (by `made`,
undated ones first; then by `turn`, then by id).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from pydantic import ValidationError

from communique.errors import SettingsError
from communique.linking.records import (
    Choice,
    ClaimAnchor,
    ClaimKey,
    Event,
    Judgement,
    Told,
    Verdict,
    Version,
)
from communique.records import Claim, sha256

CORRECTABLE: Final = (
    "kind", "status", "stage", "actors", "date", "place", "materiel", "instrument", "attribution",
)  # fmt: skip
"""The fields of a claim that can be corrected. All but `attribution` are fields of its event too."""

Pair = tuple[ClaimKey, ClaimKey]

_SPECIMEN: Final = Claim(
    id="", doc_id="", kind="visit", status="actual", actors=(), evidence=(), confidence=0.0
)  # what a value is tried on


def anchor(claim: Claim, text_sha256: str) -> ClaimAnchor:
    """Where a claim stands in its document, whose text has that hash."""
    first = claim.evidence[0]
    return ClaimAnchor(
        doc_id=claim.doc_id,
        text_sha256=text_sha256,
        kind=claim.kind,
        start=first.start,
        end=first.end,
        claim=claim.id,
        codes=tuple(sorted({actor.code for actor in claim.actors})),
        stage=claim.stage,
        status=claim.status,
    )


def standing_at(anchor: ClaimAnchor, text_sha256: str, claims: Iterable[Claim]) -> Claim | None:
    """The claim of a document (with that hash of its text) that the anchor names; None where none stands there.

    It is of the anchor's kind, and its first evidence overlaps the anchor's span. Where several do, the one
    with the judged claim's id, else the one that shares most of the span, then most of the parties, then stage
    and status.
    """
    if text_sha256 != anchor.text_sha256:
        return None
    near = [(_nearness(anchor, claim), claim) for claim in claims if claim.kind == anchor.kind]
    found = [(rank, claim) for rank, claim in near if rank[1] > 0]
    return max(found, key=lambda f: (f[0], f[1].id))[1] if found else None


def _nearness(anchor: ClaimAnchor, claim: Claim) -> tuple[bool, float, float, bool, bool]:
    """Is it by id, how much of both spans and sets of parties is shared (0 to 1), are stage and status the same."""
    first = claim.evidence[0]
    shared = min(anchor.end, first.end) - max(anchor.start, first.start)
    span = max(anchor.end, first.end) - min(anchor.start, first.start)
    codes, judged = {a.code for a in claim.actors}, set(anchor.codes)
    parties = len(codes & judged) / max(len(codes | judged), 1)
    same = (claim.stage == anchor.stage, claim.status == anchor.status)
    return claim.id == anchor.claim, max(shared, 0) / span, parties, *same


def judgement(
    verdict: Verdict,
    claim: ClaimAnchor,
    *,
    who: str,
    why: str,
    made: date | None = None,
    about: ClaimAnchor | tuple[str, str] | None = None,
) -> Judgement:
    """A judgement with its id. `about` is the other claim of (not) the same, or field and JSON of corrected.

    Raises SettingsError where the parts do not fit the verdict.
    """
    other = about if isinstance(about, ClaimAnchor) else None
    field, value = about if isinstance(about, tuple) else (None, None)
    if other is not None and (other.doc_id, other.start, other.claim or "") < (
        claim.doc_id, claim.start, claim.claim or "",
    ):  # fmt: skip
        claim, other = other, claim
    value = None if value is None else _plain_json(value)
    made_so = Judgement(
        id="",
        verdict=verdict,
        claim=claim,
        other=other,
        field=field,
        value=value,
        who=who,
        why=why,
        made=made,
    )
    _check_parts(made_so)
    return made_so.model_copy(update={"id": content_id(made_so)})


def content_id(judgement: Judgement) -> str:
    """The id that a judgement has by its content (whether it was withdrawn does not matter)."""
    first = set() if judgement.turn else {"turn"}
    content = judgement.model_dump(mode="json", exclude={"id", "withdrawn"} | first)
    return "j" + sha256(json.dumps(content, sort_keys=True, ensure_ascii=False))[:15]


def after(judgement: Judgement, held: Iterable[Judgement]) -> Judgement:
    """The judgement with a turn after all of that day on the same question, so that it stands (withdrawn or not)."""
    same = [j for j in held if question(j) == question(judgement) and j.made == judgement.made]
    turned = judgement.model_copy(update={"turn": max((j.turn for j in same), default=-1) + 1})
    return turned.model_copy(update={"id": content_id(turned)})


def question(judgement: Judgement) -> tuple[ClaimAnchor, ClaimAnchor | None, str | None]:
    """What a judgement answers: is the claim right, what is its field's value, are the two the same."""
    return judgement.claim, judgement.other, judgement.field


def read_judgement(text: str) -> Judgement:
    """The judgement that a line of JSON has. Raises SettingsError where it is none, or its parts do not fit."""
    try:
        read = Judgement.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"not a judgement: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    _check_parts(read)
    if read.id != content_id(read):
        raise SettingsError(f"the id {read.id} is not that of its content ({content_id(read)})")
    return read


def _check_parts(read: Judgement) -> None:
    """Raises SettingsError where the parts of a judgement do not fit its verdict."""
    if (read.verdict in ("same", "not_same")) != (read.other is not None):
        raise SettingsError(
            f"the judgement {read.verdict!r} is of {'one claim' if read.other else 'two claims'}"
        )
    if (read.verdict == "corrected") != (read.field is not None and read.value is not None):
        raise SettingsError(
            f"the judgement {read.verdict!r} goes {'without' if read.field else 'with'} a field"
        )
    if read.field is not None and read.value is not None:
        corrected(_SPECIMEN, read.field, read.value)


def _plain_json(value: str) -> str:
    try:
        return json.dumps(json.loads(value), sort_keys=True, ensure_ascii=False)
    except ValueError as error:
        raise SettingsError(f"{value!r} is not JSON ({error}); words stand in quotes: '\"visit\"'") from error


def corrected(claim: Claim, field: str, value: str) -> Claim:
    """The claim with the JSON value in that field.

    Raises SettingsError for a field that cannot be corrected, or a value that the record does not allow.
    """
    if field not in CORRECTABLE:
        raise SettingsError(f"{field!r} is not one of {', '.join(CORRECTABLE)}")
    content = claim.model_dump(mode="json", by_alias=True) | {field: json.loads(_plain_json(value))}
    try:
        return Claim.model_validate_json(json.dumps(content))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise SettingsError(f"{value} is not a value of {field}: {where}: {first['msg']}") from error


def last_words(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """The judgement that stands on each question about one claim: `claim` (wrong, right), or a corrected field."""
    standing = (j for j in judgements if not j.withdrawn and j.other is None)
    return {j.field or "claim": j for j in sorted(standing, key=_when)}


def _when(judgement: Judgement) -> tuple[date, int, str]:
    return judgement.made or date.min, judgement.turn, judgement.id


def apply(told: Iterable[Told], judged: Mapping[ClaimKey, Sequence[Judgement]]) -> list[Told]:
    """The claims as judged: wrong ones are left out, corrected values put in, a right one is sure (1.0)."""
    found = []
    for one in told:
        standing = last_words(judged.get(one.key, ()))
        whole = standing.pop("claim", None)
        if whole is not None and whole.verdict == "wrong":
            continue
        claim = one.claim.model_copy(update={"confidence": 1.0}) if whole is not None else one.claim
        for field, judgement in sorted(standing.items()):
            claim = corrected(claim, field, judgement.value or "null")
        found.append(one if claim is one.claim else one.model_copy(update={"claim": claim}))
    return found


def pairs(judged: Iterable[tuple[Judgement, ClaimKey, ClaimKey]]) -> tuple[set[Pair], set[Pair]]:
    """The pairs that must be told apart and those that must stand together, each with the lesser key first."""
    verdicts: dict[Pair, Verdict] = {}
    for judgement, one, other in sorted(judged, key=lambda j: _when(j[0])):
        if not judgement.withdrawn and one != other:
            verdicts[_ordered(one, other)] = judgement.verdict
    apart = {pair for pair, verdict in verdicts.items() if verdict == "not_same"}
    return apart, set(verdicts) - apart


def _ordered(one: ClaimKey, other: ClaimKey) -> Pair:
    return (one, other) if (one.doc_id, one.id) <= (other.doc_id, other.id) else (other, one)


def settled(
    told: Sequence[Told],
    judged: Mapping[ClaimKey, Sequence[Judgement]],
    consolidate: Callable[[Sequence[Told]], Event],
) -> Event:
    """The event of claims (as judged), where a person's correction outweighs what was coded.

    A corrected field's value is what the corrected claims alone give; its reason says who and why.
    """
    event = consolidate(told)
    corrections: dict[str, list[tuple[Told, Judgement]]] = {}
    for one in told:
        for field, judgement in last_words(judged.get(one.key, ())).items():
            if field in Event.model_fields:
                corrections.setdefault(field, []).append((one, judgement))
    for field, found in sorted(corrections.items()):
        event = _with_correction(event, field, found, consolidate)
    return event


def _with_correction(
    event: Event,
    field: str,
    found: Sequence[tuple[Told, Judgement]],
    consolidate: Callable[[Sequence[Told]], Event],
) -> Event:
    """The event with the value of a field that the corrected claims give, and who corrected it."""
    theirs = consolidate([one for one, _ in found])
    reason = "; ".join(dict.fromkeys(f"corrected by {j.who}: {j.why}" for _, j in found))
    chosen = next((c for c in theirs.choices if c.field == field), None)
    before = next((c for c in event.choices if c.field == field), None)
    value = chosen.value if chosen else "none"
    versions = before.versions if before else chosen.versions if chosen else ()
    choice = Choice(field=field, value=value, reason=reason, versions=_first(value, versions, chosen))
    others = [c for c in event.choices if c.field != field]
    at = event.choices.index(before) if before else len(others)
    return event.model_copy(
        update={field: getattr(theirs, field), "choices": (*others[:at], choice, *others[at:])}
    )


def _first(value: str, versions: Sequence[Version], chosen: Choice | None) -> tuple[Version, ...]:
    """The versions with the corrected value's first (as the corrected claims give it, where none else has it)."""
    same = [v for v in versions if v.value == value] or list(chosen.versions[:1] if chosen else ())
    return (*same, *(v for v in versions if v.value != value))
