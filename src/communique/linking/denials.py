"""Denials: who says that an act is not so, and what it is set against; and answers to charges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from communique.linking.findings import Found, codes, dated, denied_by, gap, names, rules, said, same_things
from communique.linking.grounds import NEAR_DATE, NEAR_TELLING
from communique.linking.names import name_words
from communique.linking.phrases import happening
from communique.linking.records import ClaimKey, Told
from communique.records import Claim, Interval

CLOSE_BY: Final = 400
"""Characters between a charge and a denial that names no accuser, at most."""

MOST: Final = 2
"""So many of the claims that one denial is set against are told: the best ones, each of another event."""


def denials_of(denial: Told, claims: Sequence[Told], event_of: Mapping[ClaimKey, str]) -> Iterator[Found]:
    """A claim that an act is not so, with those that tell it, of claims that may."""
    mine, against = denial.claim, _against(denial.claim)
    acts = (o for o in claims if (o.claim.kind, o.claim.stage) == (mine.kind, mine.stage))
    told_so = [o for o in acts if o.claim.status in against and _speaks_of(denial, o)]
    for other in _best(denial, told_so, event_of):
        yield Found("denial", other, denial, f"{said(other)}; {denied_by(denial)}")


def answer_of(denial: Told, claims: Sequence[Told]) -> Iterator[Found]:
    """A party's denial of what it is accused of, with the charge, of claims that may be it."""
    charges = (o for o in claims if o.claim.kind == "accuse" and o.claim.status == "actual")
    near = [c for c in charges if _answers(denial, c) and _near(denial, c, NEAR_DATE)]
    if near:
        charge = min(near, key=lambda c: _distance(denial, c))
        who = names(denial.claim, "source")
        text = f"{happening(charge.claim)}{dated(charge.claim)}, and the charge is denied by {who}"
        yield Found("denial", charge, denial, text)


def telling(told: Told) -> tuple[str, str, str]:
    """By publication, undated documents last, then by key."""
    return str(told.published.start) if told.published else "9", *_place(told.key)


def _place(key: ClaimKey) -> tuple[str, str]:
    return key.doc_id, key.id


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


def _answers(denial: Told, charge: Told) -> bool:
    """True where whoever is accused denies, later than the charge: the accuser's claim, or, close by, nobody's."""
    accusers, accused = codes(charge.claim, "source"), codes(charge.claim, "target")
    if not codes(denial.claim, "source") & accused or telling(charge)[0] > telling(denial)[0]:
        return False
    if codes(denial.claim, "target"):
        return bool(codes(denial.claim, "target") & accusers)
    return denial.key.doc_id == charge.key.doc_id and _distance(denial, charge)[1] <= CLOSE_BY


def _distance(denial: Told, charge: Told) -> tuple[bool, int, tuple[str, str]]:
    """The same document first, there the nearest words; elsewhere the nearest publication."""
    same = denial.key.doc_id == charge.key.doc_id
    words = abs(denial.claim.evidence[0].start - charge.claim.evidence[0].start) if same else 0
    return not same, words or _gap_of(denial.published, charge.published), _place(charge.key)
