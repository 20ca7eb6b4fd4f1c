"""Contradictions: where two claims cannot both stand, with both passages and a sentence that says why.

- denial: one source tells an act or talks, another denies it; or a party denies what it is accused of;
- date, quantity, source: documents that tell one event give it two days, two numbers, or two doers;
- occupancy: a claim gives an office to someone whom the table of holders does not have in it then (both claims
  of the finding are that claim).
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any, Final

from communique.linking.equipment import equipment_of, may_be_same
from communique.linking.lives import short
from communique.linking.names import name_words
from communique.linking.phrases import happening, name_of
from communique.linking.records import ClaimKey, Contradiction, Event, Finding, Told
from communique.records import Claim, Interval

NEAR_TELLING: Final = 120
"""Days between the publications of a claim and its denial, at most, where not both are dated."""

NEAR_DATE: Final = 14
"""Days between the dates of a claim and its denial, or of a charge and its denial, at most."""

EXACT: Final = 31
"""Days of the longest date that can be at odds with another one."""

CLOSE_BY: Final = 400
"""Characters between a charge and a denial that names no accuser, at most."""

BLAME_DAYS: Final = 3
"""Days of the longest date that can be the same attack's in two tellings."""

MOST: Final = 2
"""So many of the claims that one denial is set against are told: the best ones, each of another event."""


@dataclass(frozen=True, slots=True)
class _Found:
    finding: Finding
    a: Told
    b: Told
    text: str


def contradictions(events: Iterable[Event], told: Mapping[ClaimKey, Told]) -> tuple[Contradiction, ...]:
    """The contradictions among the claims of the events, by finding and claims.

    Claims are asked for event by event, and only few are kept, so that `told` may read them from a store.
    """
    every = sorted(events, key=lambda event: event.id)
    event_of = {key: event.id for event in every for key in event.claims}
    found: list[_Found] = []
    kept: list[Told] = []
    for event in every:
        claims = [told[key] for key in event.claims if key in told]
        found += _within(event, claims)
        kept += filter(_is_of_use, claims)
    kept.sort(key=lambda one: _place(one.key))
    denials = [one for one in kept if one.claim.status == "denied"]
    found += [*_denials(denials, _denied(denials, every, told), event_of), *_charges(kept)]
    found += [*_blame(kept), *_clashes(kept)]
    made = {one.id: one for one in (_contradiction(one, event_of) for one in found)}
    return tuple(sorted(made.values(), key=lambda c: (c.finding, _place(c.a), _place(c.b))))


def _is_of_use(told: Told) -> bool:
    """True for a claim that denies, charges, blames, or clashes with the table of holders."""
    claim, kinds = told.claim, ("accuse", "reject", *_rules()["blame"]["kinds"])
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


def _contradiction(found: _Found, event_of: Mapping[ClaimKey, str]) -> Contradiction:
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
) -> Iterator[_Found]:
    """Claims that an act is not so, each with those that tell it."""
    by_act: dict[tuple[str, str | None], list[Told]] = defaultdict(list)
    for told in claims:
        by_act[told.claim.kind, told.claim.stage].append(told)
    for denial in denials:
        against = _against(denial.claim)
        acts = by_act[denial.claim.kind, denial.claim.stage]
        told_so = [o for o in acts if o.claim.status in against and _speaks_of(denial, o)]
        for other in _best(denial, told_so, event_of):
            text = f"{_said(other)}; {_denied_by(denial)}"
            yield _Found("denial", other, denial, text)


def _best(denial: Told, others: Sequence[Told], event_of: Mapping[ClaimKey, str]) -> list[Told]:
    """The claims that a denial is most surely of, each of another event."""
    ranked = sorted(others, key=lambda o: (-_fit(denial, o, event_of), *_place(o.key)))
    by_event: dict[str, Told] = {}
    for other in ranked:
        by_event.setdefault(event_of[other.key], other)
    return list(by_event.values())[:MOST]


def _against(claim: Claim) -> Sequence[str]:
    table: Mapping[str, list[str]] = _rules()["denied"]
    return table.get(f"{claim.kind}.{claim.stage}", table.get(claim.kind, table["other"]))


def _speaks_of(denial: Told, other: Told) -> bool:
    """True where the denial may be of what the other tells: parties, things and time agree, the speakers differ."""
    a, b = denial.claim, other.claim
    if denial.key.doc_id == other.key.doc_id and a.attribution == b.attribution:
        return False
    if not (_same_parties(a, b) and _same_people(a, b) and _same_things(a, b)):
        return False
    return _near(denial, other, NEAR_TELLING) and not _is_later(other, denial)


def _same_parties(a: Claim, b: Claim) -> bool:
    """True where both name the same two parties at least, or the only one that is named, and the same doers.

    Supplier and recipient are often told the other way round, so for transfers the direction does not count.
    """
    mine, theirs = ({actor.code for actor in claim.actors} for claim in (a, b))
    if a.kind != "arms_transfer":
        does, did = _codes(a, "source"), _codes(b, "source")
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


def _same_things(a: Claim, b: Claim) -> bool:
    """False where they name other equipment, instruments or places."""
    if a.materiel and b.materiel:
        pairs = ((equipment_of(x.name), equipment_of(y.name)) for x in a.materiel for y in b.materiel)
        if not any(may_be_same(x, y) for x, y in pairs):
            return False
    if a.instrument and b.instrument and a.instrument.lower() != b.instrument.lower():
        return False
    return not (a.place and b.place and a.place.country != b.place.country)


def _near(a: Told, b: Told, days: int) -> bool:
    """True where the dates, or else the publications, are near; claims of one document without dates are."""
    x, y = a.claim.date, b.claim.date
    if x and y:
        return _gap(x, y) <= NEAR_DATE
    if a.key.doc_id == b.key.doc_id:
        return True
    when, other = x or a.published, y or b.published
    return bool(when and other) and _gap_of(when, other) <= days


def _gap_of(a: Interval | None, b: Interval | None) -> int:
    return _gap(a, b) if a and b else 0


def _gap(a: Interval, b: Interval) -> int:
    """Days between two intervals; 0 where they meet."""
    return max(0, (b.start - a.end).days, (a.start - b.end).days)


def _fit(denial: Told, other: Told, event_of: Mapping[ClaimKey, str]) -> float:
    """How surely the denial is of this claim."""
    score = 4.0 * (event_of[denial.key] == event_of[other.key]) + 2 * (denial.key.doc_id == other.key.doc_id)
    score += denial.claim.attribution != other.claim.attribution
    return score + bool(other.claim.materiel or other.claim.instrument) + other.claim.confidence


def _charges(claims: Sequence[Told]) -> Iterator[_Found]:
    """A party's denial of what it is accused of."""
    charges = [told for told in claims if told.claim.kind == "accuse" and told.claim.status == "actual"]
    for denial in claims:
        if denial.claim.kind != "reject" or denial.claim.status != "actual" or not _is_denial(denial.claim):
            continue
        near = [charge for charge in charges if _answers(denial, charge) and _near(denial, charge, NEAR_DATE)]
        if near:
            charge = min(near, key=lambda c: _distance(denial, c))
            who = _names(denial.claim, "source")
            text = f"{happening(charge.claim)}{_dated(charge.claim)}, and the charge is denied by {who}"
            yield _Found("denial", charge, denial, text)


def _is_denial(claim: Claim) -> bool:
    words = {word.strip(".,;:\"'”“’").lower() for e in claim.evidence for word in e.text.split()}
    charge = _rules()["charge"]
    return not words.isdisjoint(charge["words"]) and words.isdisjoint(charge["no_charge"])


def _answers(denial: Told, charge: Told) -> bool:
    """True where whoever is accused denies, later than the charge: the accuser's claim, or, close by, nobody's."""
    accusers, accused = _codes(charge.claim, "source"), _codes(charge.claim, "target")
    if not _codes(denial.claim, "source") & accused or _telling(charge)[0] > _telling(denial)[0]:
        return False
    if _codes(denial.claim, "target"):
        return bool(_codes(denial.claim, "target") & accusers)
    return denial.key.doc_id == charge.key.doc_id and _distance(denial, charge)[1] <= CLOSE_BY


def _distance(denial: Told, charge: Told) -> tuple[bool, int, tuple[str, str]]:
    """The same document first, there the nearest words; elsewhere the nearest publication."""
    same = denial.key.doc_id == charge.key.doc_id
    words = abs(denial.claim.evidence[0].start - charge.claim.evidence[0].start) if same else 0
    return not same, words or _gap_of(denial.published, charge.published), _place(charge.key)


def _clashes(claims: Sequence[Told]) -> Iterator[_Found]:
    """Claims whose coder found that the table of holders has somebody else in the office: once a document."""
    said: set[tuple[str, str]] = set()
    for told in claims:
        for noted in told.claim.derivations:
            clash = (
                noted.field == "office" and noted.start is None and noted.reason.startswith("by the table ")
            )
            if clash and (told.key.doc_id, noted.value) not in said:
                said.add((told.key.doc_id, noted.value))
                text = f"{_document(told)} has {noted.value.replace(': ', ' as ', 1)}; {noted.reason}"
                yield _Found("occupancy", told, told, text)


def _blame(claims: Sequence[Told]) -> Iterator[_Found]:
    """Attacks on the same days that each of two parties lays on the other."""
    by_pair: dict[tuple[str, frozenset[str]], list[Told]] = defaultdict(list)
    for told in claims:
        claim, does, suffers = told.claim, _codes(told.claim, "source"), _codes(told.claim, "target")
        sure = claim.status == "actual" and claim.date and claim.date.days <= BLAME_DAYS
        if (
            claim.kind in _rules()["blame"]["kinds"]
            and sure
            and len(does) == len(suffers) == 1
            and does != suffers
        ):
            by_pair[claim.kind, does | suffers].append(told)
    for _, group in sorted(by_pair.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
        said: set[Interval | None] = set()
        for a, b in combinations(group, 2):
            swapped = _codes(a.claim, "source") == _codes(b.claim, "target")
            days = a.claim.date and b.claim.date and a.claim.date.meet(b.claim.date)
            others = a.key.doc_id != b.key.doc_id
            if swapped and others and days and days not in said and _same_things(a.claim, b.claim):
                said.add(days)
                yield _Found("source", a, b, f"{_said(a)}; {_said(b)}")


def _within(event: Event, claims: Sequence[Told]) -> Iterator[_Found]:
    """What the documents of one event differ in."""
    actual = [told for told in claims if told.claim.status == "actual"]
    pairs = [(a, b) for a, b in combinations(actual, 2) if a.copies != b.copies]
    yield from _first(_two_dates(event, a, b) for a, b in pairs)
    yield from _first(_two_quantities(event, a, b) for a, b in pairs)
    yield from _first(_two_sources(event, a, b) for a, b in pairs)


def _first(found: Iterable[_Found | None]) -> Iterator[_Found]:
    """The first that is one, if any: an event's documents differ in a field once."""
    one = next((f for f in found if f is not None), None)
    if one is not None:
        yield one


def _two_dates(event: Event, a: Told, b: Told) -> _Found | None:
    x, y = a.claim.date, b.claim.date
    if (
        x is None
        or y is None
        or max(x.days, y.days) > EXACT
        or _gap(x, y) <= _rules()["lasting"].get(event.kind, 0)
    ):
        return None
    return _Found(
        "date", a, b, f"{happening(event)}: on {short(x)} by {_document(a)}, on {short(y)} by {_document(b)}"
    )


def _two_quantities(event: Event, a: Told, b: Told) -> _Found | None:
    for x in a.claim.materiel:
        for y in b.claim.materiel:
            same = may_be_same(equipment_of(x.name), equipment_of(y.name))
            if same and x.quantity and y.quantity and x.quantity != y.quantity:
                numbers = (
                    f"{x.quantity:,} {x.name} by {_document(a)}, {y.quantity:,} {y.name} by {_document(b)}"
                )
                return _Found("quantity", a, b, f"{happening(event)}: {numbers}")
    return None


def _two_sources(event: Event, a: Told, b: Told) -> _Found | None:
    mine, theirs = _codes(a.claim, "source"), _codes(b.claim, "source")
    if event.kind not in _rules()["blame"]["kinds"] or not mine or not theirs or mine & theirs:
        return None
    return _Found("source", a, b, f"{_said(a)}; {_said(b)}")


def _codes(claim: Claim, role: str) -> frozenset[str]:
    return frozenset(actor.code for actor in claim.actors if actor.role == role)


def _names(claim: Claim, role: str) -> str:
    return " and ".join(name_of(code) for code in sorted(_codes(claim, role)))


def _said(told: Told) -> str:
    """ "Sputnik says that Russia may negotiate ..." with the date of the act where it has one."""
    return f"{_speaker(told)} says that {happening(told.claim)}{_dated(told.claim)}"


def _denied_by(denial: Told) -> str:
    said = denial.claim.attribution
    return f"this is denied by {said}" if said else f"{_document(denial)} has a denial"


def _dated(claim: Claim) -> str:
    return f" ({short(claim.date)})" if claim.date else ""


def _speaker(told: Told) -> str:
    """Whom the claim goes back to: its attribution, else the outlet, else the document."""
    return told.claim.attribution or _document(told)


def _document(told: Told) -> str:
    return told.outlet or (f"“{told.title}”" if told.title else told.key.doc_id)


@cache
def _rules() -> Mapping[str, Any]:
    text = files("communique.linking").joinpath("contradictions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
