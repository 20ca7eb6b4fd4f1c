"""People: who a name means in the record, what posts they held, where they went, whom they met, what they said.

Names are compared by their words without accents and particles, else by their sound ("Dehqan", "Dehghan"), and
by the other spellings that the table of office-holders has of a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from communique.knowledge.names import essential, sound_of, words_of
from communique.knowledge.occupancies import Occupancies
from communique.linking.dyads import placed
from communique.linking.records import ClaimKey, Event, Told
from communique.records import Person, Record, Statement

TRAVEL: Final = frozenset({"visit", "meeting", "call"})
"""Kinds of events that make an itinerary."""

SHORTEST_SOUND: Final = 3
NO_CLAIMS: Final[Mapping[ClaimKey, Told]] = MappingProxyType({})


class Post(Record):
    """An office that a person held: from the table (`source`, `start`, `end` as it has them) or from documents.

    For documents `start` and `end` are the days of the first and last that gives the person the office.
    """

    office: str
    code: str | None
    start: str | None = None
    end: str | None = None
    source: str | None = None
    documents: int = 0


class Stay(Record):
    """An event in which a person took part, with the day by which it is placed."""

    event: Event
    day: date | None


class Counterpart(Record):
    """Someone (or, without a name, a party) that a person met, called or visited, and in how many events."""

    code: str
    person: str | None
    events: int


class Life(Record):
    """What the record has of a person. `names` are the spellings that it has; all else is in order of time."""

    name: str
    names: tuple[str, ...]
    posts: tuple[Post, ...]
    itinerary: tuple[Stay, ...]
    acts: tuple[Stay, ...]
    counterparts: tuple[Counterpart, ...]
    statements: tuple[Statement, ...]


def same_person(a: str, b: str) -> bool:
    """True where the words of the shorter name are all in the longer, by spelling or by sound.

    >>> same_person("Hossein Dehqan", "Hossein Dehghan"), same_person("Hatami", "Amir Hatami")
    (True, True)
    >>> same_person("Serzh Sargsyan", "Vigen Sargsyan")
    False
    """
    short, long = sorted((_words(a), _words(b)), key=len)
    if not short:
        return False
    if len(short) == 1 and short[0] not in (long[-1], long[0]):
        return _by_sound(short, long[-1:])
    return set(short) <= set(long) or _by_sound(short, long)


def spellings(name: str, known: Iterable[str], table: Occupancies) -> tuple[tuple[str, ...], ...]:
    """The persons of the record whom a name may mean, each with the spellings that the record has of them.

    Several persons are several tuples; a spelling of one word goes with each person that it may mean.
    """
    forms = _forms(name, table)
    found = sorted({other for other in known if any(same_person(form, other) for form in forms)})
    persons: list[list[str]] = []
    for other in sorted(found, key=lambda n: (-len(_words(n)), n)):
        near = [p for p in persons if any(_is_one(other, form, table) for form in p)]
        if near:
            for person in near:
                person.append(other)
        else:
            persons.append([other])
    return tuple(tuple(sorted(person)) for person in persons)


def life(
    names: Sequence[str],
    events: Iterable[Event],
    *,
    told: Mapping[ClaimKey, Told] = NO_CLAIMS,
    named: Iterable[tuple[Person, date | None]] = (),
    statements: Iterable[Statement] = (),
    table: Occupancies,
) -> Life:
    """What the record has of the person of these spellings.

    `named` are mentions of officials with the day of their document.
    """
    mine = set(names)
    here = [event for event in events if any(actor.person in mine for actor in event.actors)]
    stays = [Stay(event=event, day=placed(event, told)) for event in here]
    stays.sort(key=lambda stay: (stay.day is None, stay.day or date.max, stay.event.id))
    name = max(names, key=lambda n: (len(_words(n)), len(n), n))
    return Life(
        name=name,
        names=tuple(sorted(mine)),
        posts=(*_held(name, table), *_told_posts(named, mine)),
        itinerary=tuple(stay for stay in stays if stay.event.kind in TRAVEL),
        acts=tuple(stay for stay in stays if stay.event.kind not in TRAVEL),
        counterparts=_counterparts(stays, mine),
        statements=tuple(s for s in statements if s.speaker in mine),
    )


def _words(name: str) -> tuple[str, ...]:
    """The words of a name that tell it: no particles, and no initials where two longer words are."""
    words = essential(words_of(name))
    longer = tuple(word for word in words if len(word) > 1)
    return longer if len(longer) > 1 else words


def _by_sound(short: Sequence[str], long: Sequence[str]) -> bool:
    sounds = [sound_of(word) for word in short]
    return min(map(len, sounds)) >= SHORTEST_SOUND - (len(sounds) > 1) and set(sounds) <= {
        sound_of(word) for word in long
    }


def _forms(name: str, table: Occupancies) -> tuple[str, ...]:
    """The name and, where the table has one person of it, that person's other names."""
    rows = table.of_person(name)
    if len({row.person for row in rows}) != 1:
        return (name,)
    return tuple(dict.fromkeys((name, *(form for row in rows for form in (row.person, *row.aliases)))))


def _is_one(a: str, b: str, table: Occupancies) -> bool:
    """True where two spellings are one person's: alike, or both the names of one person of the table."""
    return same_person(a, b) or any(same_person(form, b) for form in _forms(a, table) if len(_words(a)) > 1)


def _held(name: str, table: Occupancies) -> list[Post]:
    """The person's tenures by the table, where it has one person of that name."""
    rows = table.of_person(name)
    if len({row.person for row in rows}) != 1:
        return []
    return [
        Post(office=r.office, code=r.country, start=r.start or None, end=r.end, source=r.source) for r in rows
    ]


def _told_posts(named: Iterable[tuple[Person, date | None]], mine: set[str]) -> list[Post]:
    """The offices that documents give the person, in order of the first that does."""
    days: dict[tuple[str, str | None], list[date | None]] = defaultdict(list)
    for person, day in named:
        if person.name in mine and person.office:
            days[person.office, person.code].append(day)
    posts = []
    for (office, code), seen in days.items():
        known = sorted(day for day in seen if day)
        first, last = (str(known[0]), str(known[-1])) if known else (None, None)
        posts.append(Post(office=office, code=code, start=first, end=last, documents=len(seen)))
    return sorted(posts, key=lambda p: (p.start or "9", p.office, p.code or ""))


def _counterparts(stays: Iterable[Stay], mine: set[str]) -> tuple[Counterpart, ...]:
    """Those on the other side of meetings, calls and visits that took place, the most frequent first."""
    found: Counter[tuple[str, str | None]] = Counter()
    for stay in stays:
        event = stay.event
        if event.kind in TRAVEL and event.status == "actual":
            own = {actor.code for actor in event.actors if actor.person in mine}
            found.update({(a.code, a.person) for a in event.actors if a.code not in own})
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
    return tuple(Counterpart(code=code, person=person, events=n) for (code, person), n in ordered)
