"""What of a claim is compared with others, worked out once a claim."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, get_args

from communique.linking.equipment import equipment_of
from communique.linking.names import name_words, named
from communique.linking.records import ClaimKey, Told
from communique.linking.words import cosine, squared, stems, weighed
from communique.records import SYMMETRIC_KINDS, Actor, Claim, Interval, Role

__all__ = ["Profile", "Window", "cosine", "crowded", "kinds", "profile"]

Window = tuple[int, int]
"""First and last day, as proleptic ordinals."""

EXACT: Final = 3
"""An interval of at most so many days is an exact date."""

COUNTED_ON: Final = "counted from the date told before"
"""How coding gives the reason for such a date (`coding.dates.resolve`)."""

_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip
_ORDINAL: Final = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b")
_WORDS: Final = re.compile(r"[a-z]+")
_NUMBER: Final = re.compile(r"\d{3,}")


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A claim as linking compares it. Days are ordinals; words are weighed stems (linking.words).

    `sure` is False where the date rests on no words of the text (coding took the document's own) or on those of
    another sentence ("two years later"). `own` is True where it is the day of the telling. `numbers` are those in
    the instrument's name ("Resolution 2231").
    """

    key: ClaimKey
    copies: str
    kind: str
    status: str
    stage: str | None
    sources: frozenset[str]
    targets: frozenset[str]
    codes: frozenset[str]
    people: dict[str, frozenset[str]]
    doers: dict[str, frozenset[str]]
    offices: dict[str, frozenset[str]]
    date: Window | None
    sure: bool
    own: bool
    told: Window | None
    words: dict[str, float]
    norm: float
    title: dict[str, float]
    place: frozenset[str]
    country: str | None
    things: dict[str, float]
    instrument: frozenset[str]
    numbers: frozenset[str]
    ordinals: frozenset[int]

    @property
    def symmetric(self) -> bool:
        """True for kinds whose parties have no direction."""
        return self.kind in SYMMETRIC_KINDS

    @property
    def exact(self) -> bool:
        """True where the date is an exact day (or a few)."""
        return self.date is not None and self.date[1] - self.date[0] < EXACT


@cache
def kinds() -> dict[str, Any]:
    """The table `kinds.toml`."""
    with files(__package__).joinpath("kinds.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _crowds() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(kinds()["hubs"]), frozenset(kinds()["frequent"])


def crowded(kind: str, parties: Iterable[str]) -> bool:
    """True for parties that are all hubs and a kind of act that is told of them every week."""
    hubs, frequent = _crowds()
    return kind in frequent and hubs.issuperset(parties)


def profile(told: Told) -> Profile:
    """The profile of a claim."""
    claim = told.claim
    text = " ".join(e.text for e in claim.evidence)
    own = frozenset(stem for actor in claim.actors for stem in named(actor.code))
    words = {stem: weight for stem, weight in weighed(text).items() if stem not in own}
    symmetric = claim.kind in SYMMETRIC_KINDS
    return Profile(
        key=told.key,
        copies=told.copies,
        kind=claim.kind,
        status=claim.status,
        stage=claim.stage,
        sources=frozenset() if symmetric else _codes(claim.actors, ("source", "participant")),
        targets=frozenset() if symmetric else _codes(claim.actors, ("target",)),
        codes=_codes(claim.actors, get_args(Role)),
        people=_surnames(claim.actors),
        doers=_surnames(actor for actor in claim.actors if actor.role != "target"),
        offices=_offices(claim.actors),
        date=_window(claim.date),
        sure=dated_in_words(claim) and not _counted_on(claim),
        own=claim.date is not None and claim.date == told.published,
        told=_window(told.published),
        words=words,
        norm=squared(words),
        title=weighed(told.title or ""),
        place=frozenset(stems(claim.place.name)) if claim.place else frozenset(),
        country=claim.place.country if claim.place else None,
        things=weighed(" ".join(equipment_of(item.name).family or item.name for item in claim.materiel)),
        instrument=frozenset(weighed(claim.instrument or "")),
        numbers=frozenset(_NUMBER.findall(claim.instrument or "")),
        ordinals=_ordinals(text.lower()),
    )


def _ordinals(text: str) -> frozenset[int]:
    """The numbers of counted acts and batches: "its second test" is 2, "for the first time" none."""
    counted = frozenset(kinds()["counted"])
    found = set()
    for word in _ORDINAL.finditer(text):
        after = _WORDS.findall(text, word.end(), word.end() + 40)[:3]
        if counted.intersection(after):
            found.add(_ORDINALS[word[0]])
    return frozenset(found)


def dated_in_words(claim: Claim) -> bool:
    """True unless the claim's derivations say that its date rests on no words of the text."""
    derived = [one for one in claim.derivations if one.field == "date"]
    return not derived or any(one.start is not None for one in derived)


def _counted_on(claim: Claim) -> bool:
    """True where the date was counted from one that another sentence tells."""
    return any(one.field == "date" and COUNTED_ON in one.reason for one in claim.derivations)


def _codes(actors: Iterable[Actor], roles: tuple[str, ...]) -> frozenset[str]:
    """The codes in these roles; an organ stands under its whole."""
    bodies = kinds()["bodies"]
    return frozenset(bodies.get(actor.code, actor.code) for actor in actors if actor.role in roles)


def _surnames(actors: Iterable[Actor]) -> dict[str, frozenset[str]]:
    """For each code the words of four letters or more of its persons' names (all words of shorter names)."""
    found: dict[str, frozenset[str]] = {}
    for actor in actors:
        if actor.person:
            found[actor.code] = found.get(actor.code, frozenset()) | name_words(actor.person)
    return found


def _offices(actors: Iterable[Actor]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for actor in actors:
        if actor.office:
            found[actor.code] = found.get(actor.code, frozenset()) | {actor.office}
    return found


def _window(days: Interval | None) -> Window | None:
    return (days.start.toordinal(), days.end.toordinal()) if days else None
