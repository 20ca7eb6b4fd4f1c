"""One event of several claims: for each field the value chosen, who says so, who differs, and why.

The rules, in this order: what is told of the act itself over earlier plans; the majority of independent
sources (copies of one text count once; a vaguer value backs a more exact one inside it); what the text says
over what coding inferred; the nearer source (the outlet's own voice, or a party) over a third party's word;
the fuller or more exact value; the later told; and last the order of the values' texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from math import prod
from typing import TypeVar

from communique.linking.actors import consolidated_actors
from communique.linking.profile import dated_in_words
from communique.linking.records import Choice, ClaimKey, Event, Step, Told
from communique.linking.things import consolidated_materiel
from communique.linking.voting import Ballot, Vote, decide, families, in_order, told_day
from communique.records import Interval, Place, Stage, Status

Value = TypeVar("Value")


def consolidate(told: Sequence[Told]) -> Event:
    """The event that claims of one kind tell together. There is at least one; their order does not matter."""
    claims = in_order(told)
    status, status_choice = _status(claims)
    kind, kind_choice = decide(_PLAIN_KIND, [Vote(one, one.claim.kind) for one in claims], status)
    actors, actors_choice = consolidated_actors(claims, status)
    days, days_choice = _date(claims, status)
    place, place_choice = _place(claims, status)
    stage, stage_choice = _stage(claims, status)
    materiel, materiel_choice = consolidated_materiel(claims, status)
    instrument, instrument_choice = _instrument(claims, status)
    choices = (kind_choice, status_choice, stage_choice, actors_choice, days_choice)
    others = (place_choice, materiel_choice, instrument_choice)
    return Event(
        id=event_id(claims[0].key),
        kind=kind,
        status=status,
        actors=actors,
        date=days,
        place=place,
        stage=stage,
        materiel=materiel,
        instrument=instrument,
        confidence=_confidence(claims),
        claims=tuple(one.key for one in claims),
        independent=families(claims),
        documents=len({one.claim.doc_id for one in claims}),
        choices=tuple(one for one in choices + others if one),
        history=_history(claims),
    )


def event_id(least: ClaimKey) -> str:
    """The id of the event whose least claim key this is: "e" and 15 hexadecimal digits."""
    return "e" + hashlib.sha256(f"{least.doc_id}\0{least.id}".encode()).hexdigest()[:15]


def _one(
    ballot: Ballot[Value], votes: Sequence[Vote[Value]], status: str
) -> tuple[Value | None, Choice | None]:
    if not votes:
        return None, None
    chosen, choice = decide(ballot, votes, status)
    return chosen, choice


def _plain(field: str) -> Ballot[object]:
    return Ballot(field, str, lambda x, y: float(x == y), lambda x: 0.0)


_PLAIN_KIND = _plain("kind")
_STATUS = _plain("status")
_STAGE = _plain("stage")


def _stage(claims: Sequence[Told], status: str) -> tuple[Stage | None, Choice | None]:
    return _one(_STAGE, [Vote(one, one.claim.stage) for one in claims if one.claim.stage], status)


def _days(interval: Interval) -> str:
    return f"{interval.start}..{interval.end}"


_DATE = Ballot[Interval]("date", _days, lambda x, y: float(x.contains(y)), lambda x: -x.days)


def _date(claims: Sequence[Told], status: str) -> tuple[Interval | None, Choice | None]:
    votes = [Vote(one, one.claim.date, given=dated_in_words(one.claim)) for one in claims if one.claim.date]
    return _one(_DATE, votes, status)


def _place_text(place: Place) -> str:
    return f"{place.name} ({place.country})" if place.country else place.name


def _place_backs(x: Place, y: Place) -> float:
    """A claim backs its own place, and half another place in the same country."""
    if x.name.lower() == y.name.lower():
        return 1.0
    return 0.5 if x.country and x.country == y.country else 0.0


_PLACE = Ballot[Place]("place", _place_text, _place_backs, lambda x: float(x.country is not None))


def _place(claims: Sequence[Told], status: str) -> tuple[Place | None, Choice | None]:
    return _one(_PLACE, [Vote(one, one.claim.place) for one in claims if one.claim.place], status)


_INSTRUMENT = Ballot[str](
    "instrument", str, lambda x, y: float(x.lower() in y.lower()), lambda x: float(len(x.split()))
)


def _instrument(claims: Sequence[Told], status: str) -> tuple[str | None, Choice | None]:
    return _one(
        _INSTRUMENT, [Vote(one, one.claim.instrument) for one in claims if one.claim.instrument], status
    )


def _status(claims: Sequence[Told]) -> tuple[Status, Choice]:
    """The status that stands: that of the act where one tells it as done, unless more deny; else the last told."""
    votes = [Vote(one, one.claim.status) for one in claims]
    support = {s: families(v.told for v in votes if v.value == s) for s in ("actual", "denied")}
    if support["actual"] and support["actual"] >= support["denied"]:
        decided: Status = "actual"
        reason = "the act is told as done" if len({v.value for v in votes}) > 1 else "all agree"
    elif support["actual"]:
        decided, reason = "denied", "more independent sources deny it than tell it"
    else:
        decided = max(votes, key=lambda v: (told_day(v.told), v.value)).value
        reason = "told last" if len({v.value for v in votes}) > 1 else "all agree"
    choice = decide(_STATUS, votes, decided)[1]
    return decided, choice.model_copy(update={"reason": reason if len(claims) > 1 else choice.reason})


def _confidence(claims: Sequence[Told]) -> float:
    """The chance that at least one independent source is right: each counts with its surest claim."""
    best: dict[str, float] = {}
    for one in claims:
        best[one.copies] = max(best.get(one.copies, 0.0), one.claim.confidence)
    return round(1 - prod(1 - best[copies] for copies in sorted(best)), 4)


def _history(claims: Sequence[Told]) -> tuple[Step, ...]:
    """The steps of the status in the order in which they were told; claims of unknown day come last."""
    ordered = sorted(
        claims, key=lambda one: (told_day(one) or date.max.toordinal(), one.claim.doc_id, one.claim.id)
    )
    steps: list[list[Told]] = []
    for one in ordered:
        if steps and steps[-1][0].claim.status == one.claim.status:
            steps[-1].append(one)
        else:
            steps.append([one])
    return tuple(_step(step) for step in steps)


def _step(step: Sequence[Told]) -> Step:
    first = step[0]
    return Step(
        status=first.claim.status,
        told=first.published.start if first.published else None,
        claims=tuple(one.key for one in step),
    )
