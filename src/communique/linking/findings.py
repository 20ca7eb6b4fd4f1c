"""A finding that two claims are at odds, and the words in which findings are told."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from communique.linking.equipment import equipment_of, may_be_same
from communique.linking.lives import short
from communique.linking.phrases import happening, name_of
from communique.linking.records import Finding, Told
from communique.records import Claim, Interval


@dataclass(frozen=True, slots=True)
class Found:
    """What is at odds in two claims, and the sentence that says so."""

    finding: Finding
    a: Told
    b: Told
    text: str


def parties_of(claim: Claim) -> frozenset[str]:
    """The codes of all who take part."""
    return frozenset(actor.code for actor in claim.actors)


def codes(claim: Claim, role: str) -> frozenset[str]:
    """The codes of those in a role."""
    return frozenset(actor.code for actor in claim.actors if actor.role == role)


def names(claim: Claim, role: str) -> str:
    """The names of those in a role."""
    return " and ".join(name_of(code) for code in sorted(codes(claim, role)))


def said(told: Told) -> str:
    """ "Sputnik says that Russia may negotiate ..." with the date of the act where it has one."""
    return f"{speaker(told)} says that {happening(told.claim)}{dated(told.claim)}"


def denied_by(denial: Told) -> str:
    """Whose denial it is, as a clause."""
    said = denial.claim.attribution
    return f"this is denied by {said}" if said else f"{document(denial)} has a denial"


def dated(claim: Claim) -> str:
    """The date of the act in brackets, " (2016-02)"; nothing where it has none."""
    return f" ({short(claim.date)})" if claim.date else ""


def speaker(told: Told) -> str:
    """Whom the claim goes back to: its attribution, else the outlet, else the document."""
    return told.claim.attribution or document(told)


def document(told: Told) -> str:
    """What a document is called: its outlet, else its title, else its id."""
    return told.outlet or (f"“{told.title}”" if told.title else told.key.doc_id)


@cache
def rules() -> Mapping[str, Any]:
    """The table `contradictions.toml`."""
    text = files("communique.linking").joinpath("contradictions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def same_things(a: Claim, b: Claim) -> bool:
    """False where they name other equipment, instruments or places."""
    if a.materiel and b.materiel:
        pairs = ((equipment_of(x.name), equipment_of(y.name)) for x in a.materiel for y in b.materiel)
        if not any(may_be_same(x, y) for x, y in pairs):
            return False
    if a.instrument and b.instrument and a.instrument.lower() != b.instrument.lower():
        return False
    return not (a.place and b.place and a.place.country != b.place.country)


def gap(a: Interval, b: Interval) -> int:
    """Days between two intervals; 0 where they meet."""
    return max(0, (b.start - a.end).days, (a.start - b.end).days)
