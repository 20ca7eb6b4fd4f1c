"""Contradictions: where two claims cannot both stand, with both passages and a sentence that says why.

- denial: one source tells an act or talks, another denies it; or a party denies what it is accused of;
- date, quantity, source: documents that tell one event give it two days, two numbers, or two doers;
- occupancy: a claim gives an office to someone whom the table of holders does not have in it then (both claims
  of the finding are that claim).

Each rests on a ground (grounds.py) and on the claims near it alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from communique.linking.denials import answer_of, denials_of, telling
from communique.linking.dissent import within
from communique.linking.findings import Found, codes, document, said, same_things
from communique.linking.grounds import (
    BLAME,
    CHARGE,
    CLASH,
    DENIAL,
    Book,
    Entry,
    entries,
    sort_of,
)
from communique.linking.records import ClaimKey, Contradiction, Event, Told

_AT_ONCE: Final = 200
"""Grounds whose claims are asked for at a time."""

Ask = Callable[[Iterable[ClaimKey]], Mapping[ClaimKey, Told]]
"""Gives the claims of some keys, as many as there are."""


def contradictions(events: Iterable[Event], told: Mapping[ClaimKey, Told]) -> tuple[Contradiction, ...]:
    """The contradictions among the claims of the events, by finding and claims."""
    book = Book()
    found: list[Contradiction] = []
    for event in events:
        claims = [told[key] for key in event.claims if key in told]
        found += of_event(event, claims)
        book.add(entry for one in claims for entry in entries(one, event.id))
    beside = ((ground, around(ground, book)) for ground in book.grounds())
    for _, some in of_grounds(beside, lambda keys: {key: told[key] for key in keys}):
        found += some
    return tuple(sorted(found, key=place_of))


def around(ground: str, *books: Book) -> list[Entry]:
    """The entries of a ground with those that concern it."""
    own = [entry for book in books for entry in book.own(ground)]
    return [*own, *(other for entry in own for book in books for other in book.beside(entry))]


def place_of(one: Contradiction) -> tuple[str, ...]:
    """What contradictions are ordered by: finding, then claims."""
    return one.finding, *_place(one.a), *_place(one.b)


def of_event(event: Event, claims: Sequence[Told]) -> list[Contradiction]:
    """What the documents of an event differ in."""
    event_of = dict.fromkeys(event.claims, event.id)
    return _made(within(event, claims), event_of)


def of_grounds(
    beside: Iterable[tuple[str, Sequence[Entry]]], ask: Ask
) -> Iterator[tuple[str, list[Contradiction]]]:
    """What is found on each ground, of which the entries around it are given."""
    portion: list[tuple[str, Sequence[Entry]]] = []
    for one in beside:
        portion.append(one)
        if len(portion) == _AT_ONCE:
            yield from _of_portion(portion, ask)
            portion = []
    yield from _of_portion(portion, ask)


def _of_portion(
    portion: Sequence[tuple[str, Sequence[Entry]]], ask: Ask
) -> Iterator[tuple[str, list[Contradiction]]]:
    told = ask({entry.claim for _, found in portion for entry in found})
    for ground, found in portion:
        event_of = {entry.claim: entry.event for entry in found}
        claims = sorted((told[key] for key in event_of), key=lambda one: _place(one.key))
        own = next((told[entry.claim] for entry in found if entry.ground == ground), None)
        yield ground, _made(_found(ground, own, claims, event_of), event_of) if own else []


def _found(
    ground: str, own: Told, claims: Sequence[Told], event_of: Mapping[ClaimKey, str]
) -> Iterator[Found]:
    """What is found on a ground; `own` is the claim that it is named by, or one of them."""
    sort = sort_of(ground)
    if sort == DENIAL:
        yield from denials_of(own, claims, event_of)
    elif sort == CHARGE:
        yield from answer_of(own, claims)
    elif sort == BLAME:
        yield from _blame(claims, event_of, ground.rpartition("|")[2])
    elif sort == CLASH:
        yield from _clashes(claims)


def _made(found: Iterable[Found], event_of: Mapping[ClaimKey, str]) -> list[Contradiction]:
    made = (_contradiction(one, event_of) for one in found)
    return sorted({one.id: one for one in made}.values(), key=place_of)


def _place(key: ClaimKey) -> tuple[str, str]:
    return key.doc_id, key.id


def _contradiction(found: Found, event_of: Mapping[ClaimKey, str]) -> Contradiction:
    a, b = sorted((found.a, found.b), key=telling)
    named = "\0".join((found.finding, *_place(a.key), *_place(b.key)))
    return Contradiction(
        id="x" + hashlib.sha256(named.encode()).hexdigest()[:15],
        finding=found.finding,
        text=found.text,
        a=a.key,
        b=b.key,
        event=event_of.get(found.a.key),
    )


def _clashes(claims: Sequence[Told]) -> Iterator[Found]:
    """Claims of a document whose coder found that the table of holders has somebody else in the office, each once."""
    known: set[str] = set()
    for told in claims:
        for noted in told.claim.derivations:
            clash = (
                noted.field == "office" and noted.start is None and noted.reason.startswith("by the table ")
            )
            if clash and noted.value not in known:
                known.add(noted.value)
                text = f"{document(told)} has {noted.value.replace(': ', ' as ', 1)}; {noted.reason}"
                yield Found("occupancy", told, told, text)


def _blame(claims: Sequence[Told], event_of: Mapping[ClaimKey, str], day: str) -> Iterator[Found]:
    """Two attacks of a day that each of two parties lays on the other: the first pair, on its first common day.

    Pairs of one event are left out: what its documents differ in is told of the event.
    """
    least = min(code for one in claims for code in codes(one.claim, "source") | codes(one.claim, "target"))
    one_side = [one for one in claims if least in codes(one.claim, "source")]
    other_side = [one for one in claims if least not in codes(one.claim, "source")]
    pairs = ((a, b) for a in one_side for b in other_side if event_of[a.key] != event_of[b.key])
    a, b = next(((a, b) for a, b in pairs if _lay_it_on_each_other(a, b)), (None, None))
    if a and b and day == str(max(one.claim.date.start for one in (a, b) if one.claim.date)):
        first, second = sorted((a, b), key=telling)
        yield Found("source", first, second, f"{said(first)}; {said(second)}")


def _lay_it_on_each_other(a: Told, b: Told) -> bool:
    return a.key.doc_id != b.key.doc_id and same_things(a.claim, b.claim)
