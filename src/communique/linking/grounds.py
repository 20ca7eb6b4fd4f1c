"""Where a contradiction may lie: the keys under which claims are put down, so that few are ever looked through.

A *ground* is what a contradiction rests on: a denial, an answer to a charge, a day on which two parties may
blame each other, a document that names an office's holder (and an event, for what its own documents differ
in). What is found on a ground depends on the claims under its keys alone. So an archive in which some events
have changed looks again at the grounds that share a key with them, and at no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from communique.linking.findings import codes, rules
from communique.linking.records import ClaimKey, Told
from communique.records import Claim

NEAR_TELLING: Final = 120
"""Days between the publications of a claim and its denial, at most, where not both are dated."""

NEAR_DATE: Final = 14
"""Days between the dates of a claim and its denial, or of a charge and its denial, at most."""

BLAME_DAYS: Final = 3
"""Days of the longest date that can be the same attack's in two tellings."""

DENIAL, CHARGE, BLAME, CLASH, EVENT = "denial", "charge", "blame", "clash", "event"
"""The sorts of grounds, with which their names begin."""

_REACH: Final = {DENIAL: NEAR_TELLING, CHARGE: NEAR_DATE}


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim under a key: the event that it tells, the days of its act (else of its telling), its ground if any.

    Days are proleptic ordinals, first and last; None where neither is known.
    """

    key: str
    claim: ClaimKey
    event: str
    days: tuple[int, int] | None
    ground: str | None = None


def event_ground(event: str) -> str:
    """The ground of what the documents of an event differ in."""
    return f"{EVENT}|{event}"


def sort_of(ground: str) -> str:
    """Which sort of ground it is."""
    return ground.partition("|")[0]


def entries(told: Told, event: str) -> list[Entry]:
    """The keys of a claim of that event, each once."""
    when = told.claim.date or told.published
    days = (when.start.toordinal(), when.end.toordinal()) if when else None
    found = dict([*_of_denial(told), *_of_charge(told), *_of_blame(told.claim), *_of_clash(told)])
    return [Entry(key, told.key, event, days, ground) for key, ground in found.items()]


def _of_denial(told: Told) -> Iterator[tuple[str, str | None]]:
    """The act with each two of its parties, or with its only one: who tells and who denies it share that."""
    claim = told.claim
    parties = sorted({actor.code for actor in claim.actors})
    ground = _named(DENIAL, told) if claim.status == "denied" else None
    for pair in combinations(parties, 2) if len(parties) > 1 else [tuple(parties)] * len(parties):
        yield f"{DENIAL}|{claim.kind}|{claim.stage or ''}|{'+'.join(pair)}", ground


def _of_charge(told: Told) -> Iterator[tuple[str, str | None]]:
    """Accuser and accused; a denial that names no accuser is looked for in its document."""
    claim, doc = told.claim, told.key.doc_id
    sources, targets = sorted(codes(claim, "source")), sorted(codes(claim, "target"))
    if claim.kind == "accuse" and claim.status == "actual":
        for accused in targets:
            yield f"{CHARGE}|{doc}|{accused}", None
            yield from ((f"{CHARGE}|{accuser}>{accused}", None) for accuser in sources)
    elif is_answer(claim):
        for accused in sources:
            others = [f"{accuser}>{accused}" for accuser in targets] or [f"{doc}|{accused}"]
            yield from ((f"{CHARGE}|{other}", _named(CHARGE, told)) for other in others)


def _of_blame(claim: Claim) -> Iterator[tuple[str, str | None]]:
    """The day and the two parties, whoever of them did it."""
    if is_blame(claim):
        pair = "+".join(sorted(actor.code for actor in claim.actors if actor.role in ("source", "target")))
        for day in days_of(claim):
            yield (key := f"{BLAME}|{claim.kind}|{pair}|{day}"), key


def _of_clash(told: Told) -> Iterator[tuple[str, str | None]]:
    if any(noted.field == "office" for noted in told.claim.derivations):
        yield (key := f"{CLASH}|{told.key.doc_id}"), key


def _named(sort: str, told: Told) -> str:
    return f"{sort}|{told.key.doc_id}|{told.key.id}"


def is_answer(claim: Claim) -> bool:
    """True for a `reject` that denies a charge, by its words."""
    if claim.kind != "reject" or claim.status != "actual":
        return False
    words = {word.strip(".,;:\"'”“’").lower() for e in claim.evidence for word in e.text.split()}
    charge = rules()["charge"]
    return not words.isdisjoint(charge["words"]) and words.isdisjoint(charge["no_charge"])


def is_blame(claim: Claim) -> bool:
    """True for an attack that took place, on a few known days, by one party on one other."""
    parties = [codes(claim, role) for role in ("source", "target")]
    sure = claim.status == "actual" and claim.date is not None and claim.date.days <= BLAME_DAYS
    return claim.kind in rules()["blame"]["kinds"] and sure and [len(p) for p in parties] == [1, 1]


def days_of(claim: Claim) -> Iterator[date]:
    """The days of a claim's date."""
    if claim.date:
        yield from (claim.date.start + timedelta(days=n) for n in range(claim.date.days))


def span(entry: Entry) -> tuple[int, int] | None:
    """The days in which what is told must meet for a ground's claim; None where only its own document counts."""
    if entry.days is None or entry.ground is None:
        return None
    reach = _REACH.get(sort_of(entry.ground), 0)
    return entry.days[0] - reach, entry.days[1] + reach


def concerns(own: Entry, other: Entry) -> bool:
    """True where an entry lies near enough to that of a ground, under the same key, to be looked at."""
    if own.claim.doc_id == other.claim.doc_id:
        return True
    near = span(own)
    return (
        near is not None and other.days is not None and near[0] <= other.days[1] and other.days[0] <= near[1]
    )


class Book:
    """Entries by key and by ground, in memory."""

    def __init__(self, found: Iterable[Entry] = ()) -> None:
        self._by_key: dict[str, list[Entry]] = defaultdict(list)
        self._by_ground: dict[str, list[Entry]] = defaultdict(list)
        self.add(found)

    def add(self, found: Iterable[Entry]) -> None:
        """Put entries in."""
        for entry in found:
            self._by_key[entry.key].append(entry)
            if entry.ground:
                self._by_ground[entry.ground].append(entry)

    def grounds(self) -> list[str]:
        """The grounds, in order."""
        return sorted(self._by_ground)

    def own(self, ground: str) -> list[Entry]:
        """The entries of a ground."""
        return self._by_ground.get(ground, [])

    def beside(self, own: Entry) -> list[Entry]:
        """The entries under the key of a ground's entry that concern it."""
        return [other for other in self._by_key.get(own.key, ()) if concerns(own, other)]
