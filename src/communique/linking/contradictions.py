"""Contradictions: where two claims cannot both stand, with both passages and a sentence that says why.

- denial: one source tells an act or talks, another denies it; or a party denies what it is accused of;
- date, quantity, source: documents that tell one event give it two days, two numbers, or two doers;
- occupancy: a claim gives an office to someone whom the table of holders does not have in it then (both claims
  of the finding are that claim).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from communique.linking.dissent import within
from communique.linking.findings import (
    Found,
    codes,
    dated,
    denied_by,
    document,
    gap,
    names,
    parties_of,
    rules,
    said,
    same_things,
)
from communique.linking.names import name_words
from communique.linking.phrases import happening
from communique.linking.records import ClaimKey, Contradiction, Event, Told
from communique.records import Claim, Interval

NEAR_TELLING: Final = 120
"""Days between the publications of a claim and its denial, at most, where not both are dated."""

NEAR_DATE: Final = 14
"""Days between the dates of a claim and its denial, or of a charge and its denial, at most."""

CLOSE_BY: Final = 400
"""Characters between a charge and a denial that names no accuser, at most."""

BLAME_DAYS: Final = 3
"""Days of the longest date that can be the same attack's in two tellings."""

MOST: Final = 2
"""So many of the claims that one denial is set against are told: the best ones, each of another event."""


def contradictions(events: Iterable[Event], told: Mapping[ClaimKey, Told]) -> tuple[Contradiction, ...]:
    """The contradictions among the claims of the events, by finding and claims.

    Claims are asked for event by event, and only few are kept, so that `told` may read them from a store.
    """
    every = sorted(events, key=lambda event: event.id)
    event_of = {key: event.id for event in every for key in event.claims}
    found: list[Found] = []
    kept: list[Told] = []
    for event in every:
        claims = [told[key] for key in event.claims if key in told]
        found += within(event, claims)
        kept += filter(_is_of_use, claims)
    kept.sort(key=lambda one: _place(one.key))
    denials = [one for one in kept if one.claim.status == "denied"]
    found += [*_denials(denials, _denied(denials, every, told), event_of), *_charges(kept)]
    found += [*_blame(kept), *_clashes(kept)]
    made = {one.id: one for one in (_contradiction(one, event_of) for one in found)}
    return tuple(sorted(made.values(), key=lambda c: (c.finding, _place(c.a), _place(c.b))))


def _is_of_use(told: Told) -> bool:
    """True for a claim that denies, charges, blames, or clashes with the table of holders."""
    claim, kinds = told.claim, ("accuse", "reject", *rules()["blame"]["kinds"])
    return (
        claim.status == "denied" or claim.kind in kinds or any(d.field == "office" for d in claim.derivations)
    )


def _denied(denials: Sequence[Told], every: Sequence[Event], told: Mapping[ClaimKey, Told]) -> list[Told]:
    """The claims of the kinds, stages and parties that are denied anywhere, by key."""
    acts = {(d.claim.kind, d.claim.stage, actor.code) for d in denials for actor in d.claim.actors}
    near = (e for e in every if any((e.kind, e.stage, actor.code) in acts for actor in e.actors))
    claims = (told[key] for event in near for key in event.claims if key in told)
    return sorted(claims, key=lambda one: _place(one.key))


def _place(key: ClaimKey) -> tuple[str, str]:
    return key.doc_id, key.id


def _contradiction(found: Found, event_of: Mapping[ClaimKey, str]) -> Contradiction:
    a, b = sorted((found.a, found.b), key=_telling)
    named = "\0".join((found.finding, *_place(a.key), *_place(b.key)))
    return Contradiction(
        id="x" + hashlib.sha256(named.encode()).hexdigest()[:15],
        finding=found.finding,
        text=found.text,
        a=a.key,
        b=b.key,
        event=event_of.get(found.a.key),
    )


def _telling(told: Told) -> tuple[str, str, str]:
    """By publication, undated documents last, then by key."""
    return str(told.published.start) if told.published else "9", *_place(told.key)


def _denials(
    denials: Sequence[Told], claims: Sequence[Told], event_of: Mapping[ClaimKey, str]
) -> Iterator[Found]:
    """Claims that an act is not so, each with those that tell it."""
    by_act: dict[tuple[str, str | None, str], list[Told]] = defaultdict(list)
    for told in claims:
        for code in parties_of(told.claim):
            by_act[told.claim.kind, told.claim.stage, code].append(told)
    for denial in denials:
        claim, against = denial.claim, _against(denial.claim)
        acts = {o.key: o for code in parties_of(claim) for o in by_act[claim.kind, claim.stage, code]}
        told_so = [o for o in acts.values() if o.claim.status in against and _speaks_of(denial, o)]
        for other in _best(denial, told_so, event_of):
            yield Found("denial", other, denial, f"{said(other)}; {denied_by(denial)}")


def _best(denial: Told, others: Sequence[Told], event_of: Mapping[ClaimKey, str]) -> list[Told]:
    """The claims that a denial is most surely of, each of another event."""
    ranked = sorted(others, key=lambda o: (-_fit(denial, o, event_of), *_place(o.key)))
    by_event: dict[str, Told] = {}
    for other in ranked:
        by_event.setdefault(event_of[other.key], other)
    return list(by_event.values())[:MOST]


def _against(claim: Claim) -> Sequence[str]:
    table: Mapping[str, list[str]] = rules()["denied"]
    return table.get(f"{claim.kind}.{claim.stage}", table.get(claim.kind, table["other"]))


def _speaks_of(denial: Told, other: Told) -> bool:
    """True where the denial may be of what the other tells: parties, things and time agree, the speakers differ."""
    a, b = denial.claim, other.claim
    if denial.key.doc_id == other.key.doc_id and a.attribution == b.attribution:
        return False
    if not (_same_parties(a, b) and _same_people(a, b) and same_things(a, b)):
        return False
    return _near(denial, other, NEAR_TELLING) and not _is_later(other, denial)


def _same_parties(a: Claim, b: Claim) -> bool:
    """True where both name the same two parties at least, or the only one that is named, and the same doers.

    Supplier and recipient are often told the other way round, so for transfers the direction does not count.
    """
    mine, theirs = ({actor.code for actor in claim.actors} for claim in (a, b))
    if a.kind != "arms_transfer":
        does, did = codes(a, "source"), codes(b, "source")
        if does and did and not does & did:
            return False
    return len(mine & theirs) >= min(2, max(len(mine), len(theirs)))


def _same_people(a: Claim, b: Claim) -> bool:
    """False where a party is represented by two different persons."""
    for code in {actor.code for actor in a.actors}:
        mine, theirs = (
            [words for x in claim.actors if x.code == code and x.person and (words := name_words(x.person))]
            for claim in (a, b)
        )
        if mine and theirs and not any(x & y for x in mine for y in theirs):
            return False
    return True


def _is_later(other: Told, denial: Told) -> bool:
    """True for an act after the day on which the denial was told: that it had happened could not be denied then."""
    if other.claim.status != "actual" or other.claim.date is None or denial.published is None:
        return False
    return other.claim.date.start > denial.published.end


def _near(a: Told, b: Told, days: int) -> bool:
    """True where the dates, or else the publications, are near; claims of one document without dates are."""
    x, y = a.claim.date, b.claim.date
    if x and y:
        return gap(x, y) <= NEAR_DATE
    if a.key.doc_id == b.key.doc_id:
        return True
    when, other = x or a.published, y or b.published
    return bool(when and other) and _gap_of(when, other) <= days


def _gap_of(a: Interval | None, b: Interval | None) -> int:
    return gap(a, b) if a and b else 0


def _fit(denial: Told, other: Told, event_of: Mapping[ClaimKey, str]) -> float:
    """How surely the denial is of this claim."""
    score = 4.0 * (event_of[denial.key] == event_of[other.key]) + 2 * (denial.key.doc_id == other.key.doc_id)
    score += denial.claim.attribution != other.claim.attribution
    return score + bool(other.claim.materiel or other.claim.instrument) + other.claim.confidence


def _charges(claims: Sequence[Told]) -> Iterator[Found]:
    """A party's denial of what it is accused of."""
    charges: dict[str, list[Told]] = defaultdict(list)
    for told in claims:
        if told.claim.kind == "accuse" and told.claim.status == "actual":
            for code in codes(told.claim, "target"):
                charges[code].append(told)
    for denial in claims:
        if denial.claim.kind != "reject" or denial.claim.status != "actual" or not _is_denial(denial.claim):
            continue
        against = {c.key: c for code in codes(denial.claim, "source") for c in charges[code]}
        near = [c for c in against.values() if _answers(denial, c) and _near(denial, c, NEAR_DATE)]
        if near:
            charge = min(near, key=lambda c: _distance(denial, c))
            who = names(denial.claim, "source")
            text = f"{happening(charge.claim)}{dated(charge.claim)}, and the charge is denied by {who}"
            yield Found("denial", charge, denial, text)


def _is_denial(claim: Claim) -> bool:
    words = {word.strip(".,;:\"'”“’").lower() for e in claim.evidence for word in e.text.split()}
    charge = rules()["charge"]
    return not words.isdisjoint(charge["words"]) and words.isdisjoint(charge["no_charge"])


def _answers(denial: Told, charge: Told) -> bool:
    """True where whoever is accused denies, later than the charge: the accuser's claim, or, close by, nobody's."""
    accusers, accused = codes(charge.claim, "source"), codes(charge.claim, "target")
    if not codes(denial.claim, "source") & accused or _telling(charge)[0] > _telling(denial)[0]:
        return False
    if codes(denial.claim, "target"):
        return bool(codes(denial.claim, "target") & accusers)
    return denial.key.doc_id == charge.key.doc_id and _distance(denial, charge)[1] <= CLOSE_BY


def _distance(denial: Told, charge: Told) -> tuple[bool, int, tuple[str, str]]:
    """The same document first, there the nearest words; elsewhere the nearest publication."""
    same = denial.key.doc_id == charge.key.doc_id
    words = abs(denial.claim.evidence[0].start - charge.claim.evidence[0].start) if same else 0
    return not same, words or _gap_of(denial.published, charge.published), _place(charge.key)


def _clashes(claims: Sequence[Told]) -> Iterator[Found]:
    """Claims whose coder found that the table of holders has somebody else in the office: once a document."""
    known: set[tuple[str, str]] = set()
    for told in claims:
        for noted in told.claim.derivations:
            clash = (
                noted.field == "office" and noted.start is None and noted.reason.startswith("by the table ")
            )
            if clash and (told.key.doc_id, noted.value) not in known:
                known.add((told.key.doc_id, noted.value))
                text = f"{document(told)} has {noted.value.replace(': ', ' as ', 1)}; {noted.reason}"
                yield Found("occupancy", told, told, text)


def _blame(claims: Sequence[Told]) -> Iterator[Found]:
    """Attacks on the same days that each of two parties lays on the other: once a day and pair."""
    by_day: dict[tuple[str, str, str, date], list[Told]] = defaultdict(list)
    for told in claims:
        if _is_blame(told.claim):
            for day in _days(told.claim):
                (does,), (suffers,) = codes(told.claim, "source"), codes(told.claim, "target")
                by_day[told.claim.kind, does, suffers, day].append(told)
    told_of: set[tuple[ClaimKey, ClaimKey]] = set()
    for kind, does, suffers, day in sorted(by_day):
        others = by_day.get((kind, suffers, does, day), [])
        pairs = ((a, b) for a in by_day[kind, does, suffers, day] for b in others if does < suffers)
        a, b = next(((a, b) for a, b in pairs if _lay_it_on_each_other(a, b)), (None, None))
        if a and b and (a.key, b.key) not in told_of:
            told_of.add((a.key, b.key))
            first, second = sorted((a, b), key=_telling)
            yield Found("source", first, second, f"{said(first)}; {said(second)}")


def _is_blame(claim: Claim) -> bool:
    """True for an attack that took place, on a few known days, by one party on one other."""
    parties = [codes(claim, role) for role in ("source", "target")]
    sure = claim.status == "actual" and claim.date is not None and claim.date.days <= BLAME_DAYS
    return claim.kind in rules()["blame"]["kinds"] and sure and [len(p) for p in parties] == [1, 1]


def _days(claim: Claim) -> Iterator[date]:
    if claim.date:
        yield from (claim.date.start + timedelta(days=n) for n in range(claim.date.days))


def _lay_it_on_each_other(a: Told, b: Told) -> bool:
    return a.key.doc_id != b.key.doc_id and same_things(a.claim, b.claim)
