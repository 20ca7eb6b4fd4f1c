"""Occupancies learnt from text: who is named in an office by which documents, beside the table's word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from communique.knowledge.names import essential, sound_of, words_of
from communique.knowledge.occupancies import Occupancies, Occupancy
from communique.records import Interval

NEAR = timedelta(days=365)
"""A sighting on either side of the asked days speaks for them only within this time."""

VACANT = timedelta(days=90)
"""A post that someone held within this time of the asked days is vacant, not abolished."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A document, published in that interval, names the person as holding the office."""

    person: str
    doc_id: str
    published: Interval


@dataclass(frozen=True, slots=True)
class Learnt:
    """One person as the documents name them in an office: the first and last day, and the documents."""

    person: str
    first: date
    last: date
    documents: tuple[str, ...]

    @property
    def days(self) -> Interval:
        """From the first to the last day, also where one document alone was published within some days."""
        return Interval(start=min(self.first, self.last), end=max(self.first, self.last))

    def may_hold(self, on: Interval) -> bool:
        """True when the days lie between the first and last sighting, or within a year of one."""
        return self.first - NEAR <= on.end and on.start <= self.last + NEAR


@dataclass(frozen=True, slots=True)
class WhoAnswer:
    """Who held an office on some days: by the table, by the documents, and how the two agree.

    `agrees` is True or False where both speak for the days, else None.
    """

    office: str
    country: str
    on: Interval
    holders: tuple[Occupancy, ...]
    learnt: tuple[Learnt, ...]

    @property
    def strangers(self) -> tuple[Learnt, ...]:
        """Those whom the documents name for those days and whom the table does not know in the office."""
        return tuple(one for one in self.learnt if not any(same_person(one.person, h) for h in self.holders))

    @property
    def agrees(self) -> bool | None:
        """True when everyone learnt for those days is a holder of the table; None where one is silent."""
        if not self.holders or not self.learnt:
            return None
        return not self.strangers


def who_held(
    office: str, country: str, on: Interval, *, table: Occupancies, sightings: Iterable[Sighting] = ()
) -> WhoAnswer:
    """The table's holders of those days, and those whom the documents name in the office about then."""
    near = tuple(one for one in learn(sightings) if one.may_hold(on))
    return WhoAnswer(office, country, on, table.holders(office, country, on), near)


def who_headed(
    words: str,
    groups: Iterable[tuple[str, ...]],
    country: str,
    on: Interval,
    *,
    table: Occupancies,
    sightings: Iterable[tuple[str, Sighting]] = (),
) -> WhoAnswer:
    """Who held one of the offices of a class ("head of state": a king before a president).

    `groups` are the class's offices as `positions.offices_by_rank` gives them; a later group counts only
    where nobody held an office of an earlier one on those days or within three months of them.
    `sightings` come with the office that they name.
    """
    around = Interval(start=on.start - VACANT, end=on.end + VACANT)
    offices: tuple[str, ...] = ()
    for offices in groups:
        if any(table.holders(office, country, around) for office in offices):
            break
    holders = tuple(holder for office in offices for holder in table.holders(office, country, on))
    seen = (one for office, one in sightings if office in offices)
    near = tuple(one for one in learn(seen) if one.may_hold(on))
    return WhoAnswer(words, country, on, holders, near)


def learn(sightings: Iterable[Sighting]) -> tuple[Learnt, ...]:
    """One row for each person sighted (under any spelling), the earliest first; the fullest name is kept."""
    groups: list[tuple[set[frozenset[str]], list[Sighting]]] = []  # each with how its names sound
    for one in sorted(sightings, key=lambda s: (s.published.start, s.doc_id, s.person)):
        sounds = _sounds(one.person)
        group = next((g for g in groups if any(_agree(sounds, other) for other in g[0])), None)
        if group is None:
            groups.append(({sounds}, [one]))
        else:
            group[0].add(sounds)
            group[1].append(one)
    return tuple(_learnt(group) for _, group in groups)


def same_person(name: str, holder: Occupancy) -> bool:
    """True when the name is one of the holder's, whole or in part, in any spelling."""
    return any(alike(name, form) for form in (holder.person, *holder.aliases))


def alike(one: str, other: str) -> bool:
    """True when the words of one name, by sound, are all in the other."""
    return _agree(_sounds(one), _sounds(other))


@lru_cache(maxsize=4096)
def _sounds(name: str) -> frozenset[str]:
    return frozenset(sound_of(w) for w in essential(words_of(name)))


def _agree(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and (a <= b or b <= a)


def _learnt(group: list[Sighting]) -> Learnt:
    return Learnt(
        person=max((s.person for s in group), key=lambda name: (len(words_of(name)), name)),
        first=min(s.published.end for s in group),
        last=max(s.published.start for s in group),
        documents=tuple(dict.fromkeys(s.doc_id for s in group)),
    )
