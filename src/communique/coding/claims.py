"""From merged drafts to claims: the best value of each field, all evidence, and how each field was derived."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from communique.coding.clashes import FACTOR, clashes
from communique.coding.drafts import Draft, Part, best_cast
from communique.coding.placing import UNPLACED, Placing
from communique.knowledge.occupancies import Occupancies
from communique.records import Actor, Claim, Derivation, Document, Evidence, Interval, Materiel

_WELL_DATED = 0.6  # a date told in words that is as likely comes before the document's or none
_NOT_OWN = ("document", "none")


def claim_of(document: Document, group: list[Draft], confidence: float, placing: Placing = UNPLACED) -> Claim:
    """The claim that a group of drafts of one event makes; the surest draft leads, the best cast gives the parties."""
    lead, cast = group[0], best_cast(group)
    dated = best_dated(group)
    said = _said(group)
    staged = staged_draft(group)
    evidence = _evidence(group)
    return Claim(
        id=_claim_id(document, lead, cast, evidence),
        doc_id=document.id,
        kind=lead.candidate.kind,
        status=staged.status,
        actors=_actors(cast, group),
        date=dated.date.interval,
        place=placing.place,
        stage=lead.stage,
        materiel=_materiel(group),
        instrument=next((d.instrument for d in group if d.instrument), None),
        attribution=next(iter(said.attribution_chain), None),
        attribution_chain=said.attribution_chain,
        evidence=evidence,
        confidence=round(confidence, 3),
        derivations=(*_derivations(lead, cast, staged, dated, placing, said), *_named(group)),
    )


def _said(group: list[Draft]) -> Draft:
    """The telling whose source stands for the claim: the surest, but one in the text before the title."""
    return next((d for d in group if d.candidate.sentence_number > 0), group[0])


def staged_draft(group: list[Draft]) -> Draft:
    """The telling whose status stands for the claim: the surest, but that of the word which gives it its stage.

    The status is that of the stage (the coding guide, rule 4): "buying S-400 is going to be discussed" is a
    negotiation to come, whatever "buying" says.
    """
    lead = group[0]
    return next((d for d in group if d.candidate.word.i == lead.stage_word), lead)


def best_dated(group: list[Draft]) -> Draft:
    """The telling whose date stands for the claim: the one of whose date the judge is surest.

    Where that is no date, or only the document's, one that is well dated by words comes before it: a
    telling without a date is no reason against that of another. Among those as sure: dated by its own words, by the
    document's date, not at all; the shorter the better.
    """
    surest = max(group, key=_dating)
    if surest.date.place not in _NOT_OWN:
        return surest
    own = [d for d in group if d.date.place not in _NOT_OWN and d.date.sure >= _WELL_DATED]
    return max((d for d in own if d.date.interval is not None), key=_dating, default=surest)


def _dating(draft: Draft) -> tuple[float, int, int]:
    interval = draft.date.interval
    if interval is None:
        return (draft.date.sure, 0, 0)
    return (draft.date.sure, 1 if draft.date.place == "document" else 2, -interval.days)


def with_clashes(claim: Claim, published: Interval | None, occupancies: Occupancies) -> Claim:
    """The claim, less sure and saying why where an actor's office clashes with the table of holders."""
    found = clashes(claim.actors, published, occupancies, happened=claim.date)
    if not found:
        return claim
    told = (
        Derivation(field="office", value=f"{clash.actor.person}: {clash.actor.office}", reason=clash.reason)
        for clash in found
    )
    confidence = round(claim.confidence * FACTOR, 3)
    return claim.model_copy(update={"confidence": confidence, "derivations": (*claim.derivations, *told)})


def _claim_id(document: Document, lead: Draft, cast: Draft, evidence: tuple[Evidence, ...]) -> str:
    """Stable: made from the text's hash, the kind, the word that tells it and the parties' roles."""
    word = lead.candidate.word
    parties = ",".join(sorted(f"{p.role}:{p.code}" for p in cast.parts))
    key = (
        f"{document.id}|{document.text_sha256}|{lead.candidate.kind}|{word.idx}|{parties}|{evidence[0].start}"
    )
    return "c" + hashlib.sha256(key.encode()).hexdigest()[:15]


def _actors(cast: Draft, group: list[Draft]) -> tuple[Actor, ...]:
    """The parties of the telling that is best cast; persons and offices also from the others."""
    made: dict[tuple[str, str, str | None], Actor] = {}
    for part in cast.parts:
        tellings = (p for d in (cast, *group) for p in d.parts if (p.role, p.code) == (part.role, part.code))
        named = next((rows for p in tellings if (rows := list(_persons(p)))), [(None, None)])
        for name, office in named:
            actor = Actor(role=part.role, code=part.code, person=name, office=office)
            made.setdefault((part.role, part.code, name), actor)
    return tuple(made.values())


def _persons(part: Part) -> Iterator[tuple[str | None, str | None]]:
    for mention in part.mentions:
        if mention.person:
            yield mention.person, mention.office


def _materiel(group: list[Draft]) -> tuple[Materiel, ...]:
    """Each piece of equipment once, with the quantity and value that any telling gives."""
    made: dict[str, Materiel] = {}
    for item in (m for d in group for m in d.materiel):
        known = made.get(item.name)
        made[item.name] = (
            item
            if known is None
            else Materiel(
                name=item.name,
                quantity=known.quantity if known.quantity is not None else item.quantity,
                value_usd=known.value_usd if known.value_usd is not None else item.value_usd,
            )
        )
    return tuple(made.values())


def _evidence(group: list[Draft]) -> tuple[Evidence, ...]:
    unique = {(d.evidence.start, d.evidence.end): d.evidence for d in group}
    return tuple(unique[key] for key in sorted(unique))


def _named(group: list[Draft]) -> Iterator[Derivation]:
    """For equipment and instrument: where in the passage the name stands."""
    for draft in group:
        names = [("materiel", m.name) for m in draft.materiel]
        names += [("instrument", draft.instrument)] if draft.instrument else []
        for field, name in names:
            at = draft.evidence.text.lower().find(name.lower())
            start = draft.evidence.start + at if at >= 0 else None
            end = start + len(name) if start is not None else None
            reason = (
                "named in the event's sentence"
                if at >= 0
                else "named by other words, or where it was told before"
            )
            yield Derivation(field=field, value=name, reason=reason, start=start, end=end)


def _derivations(
    lead: Draft, cast: Draft, staged: Draft, dated: Draft, placing: Placing, said: Draft
) -> Iterator[Derivation]:
    word = lead.candidate.word
    yield Derivation(
        field="kind",
        value=lead.candidate.kind,
        reason=f"“{word.text}” (frame {lead.candidate.frame.name}); {lead.kind_reason()}",
        start=word.idx,
        end=word.idx + len(word),
    )
    for part in cast.parts:
        span = part.mentions[0] if part.mentions else None
        yield Derivation(
            field="actors",
            value=f"{part.role} {part.code}",
            reason=f"{part.reason}{f', {span.form}: {span.reason}' if span else ''} ({part.sure:.2f})",
            start=span.start if span else None,
            end=span.end if span else None,
        )
    yield Derivation(field="status", value=staged.status, reason=staged.status_reason)
    expression = dated.date.expression
    yield Derivation(
        field="date",
        value=f"{dated.date.interval.start}..{dated.date.interval.end}" if dated.date.interval else "unknown",
        reason=dated.date.reason,
        start=expression.start if expression else None,
        end=expression.end if expression else None,
    )
    yield Derivation(
        field="place",
        value=placing.place.name if placing.place else "unknown",
        reason=placing.reason,
        start=placing.start,
        end=placing.end,
    )
    if lead.stage:
        yield Derivation(field="stage", value=lead.stage, reason=f"“{word.text}” and its clause")
    sources = "; ".join(said.attribution_chain)
    yield Derivation(field="attribution", value=sources or "none", reason=said.attribution_reason)
