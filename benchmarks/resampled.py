"""Writes a large archive made from a coded one, to try linking, queries and pages at size.

    python benchmarks/resampled.py CODED.db OUT.db [--events 100000] [--seed 1]

Stories are drawn from the documents of CODED.db. Each is moved to another time (1987-2025) and to other
parties (drawn as often as the coded archive names them), and told by one to four documents of different
outlets: what they tell keeps its kinds, words and spread, but no two stories are one. A telling has its own
fingerprint, one in six has that of another telling (a copy). Printed are the seconds and the counts, and
what it takes to link sixteen documents more.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

from communique.archive import Archive, Coded, Signature, open_archive, writing
from communique.archive.duplicates import mark_duplicate
from communique.reading.duplicates import NEAR, fingerprint
from communique.records import Claim, Coding, Document, Interval, Person, Published, Statement, sha256
from communique.relinking import catch_up, likeness_of, link_waiting, rebuild_lives

FIRST, LAST = date(1987, 1, 1), date(2025, 12, 31)
TELLINGS = (1, 1, 1, 1, 1, 2, 2, 3, 4)
COPIES = 6
TOGETHER = 16
AT_ONCE = 500


@dataclass(frozen=True)
class Source:
    """A document of the coded archive with all that was coded from it."""

    document: Document
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    people: tuple[Person, ...]


def sources(archive: Archive) -> list[Source]:
    """The documents that tell something."""
    claims: dict[str, list[Claim]] = {}
    statements: dict[str, list[Statement]] = {}
    people: dict[str, list[Person]] = {}
    for claim in archive.claims():
        claims.setdefault(claim.doc_id, []).append(claim)
    for statement in archive.statements():
        statements.setdefault(statement.doc_id, []).append(statement)
    for person in archive.people():
        people.setdefault(person.doc_id, []).append(person)
    return [
        Source(
            stored.document,
            tuple(claims[stored.document.id]),
            tuple(statements.get(stored.document.id, ())),
            tuple(people.get(stored.document.id, ())),
        )
        for stored in archive.documents()
        if stored.document.id in claims
    ]


def retold(found: list[Source], random: Random) -> Iterator[Coded]:
    """Stories told by documents, without end."""
    codes = [actor.code for source in found for claim in source.claims for actor in claim.actors]
    outlets = sorted({s.document.outlet for s in found if s.document.outlet})
    number = 0
    while True:
        source = random.choice(found)
        moved = _move(source, codes, random)
        print_ = _fingerprint(random)
        for nth in range(random.choice(TELLINGS)):
            if nth and random.randrange(COPIES):
                print_ = _fingerprint(random)
            number += 1
            yield _telling(moved, f"d{number:06}", random.choice(outlets), print_)


def _move(source: Source, codes: list[str], random: Random) -> Source:
    """The same story at another time, of other parties."""
    start = source.document.published.interval or Interval(start=date(2010, 1, 1), end=date(2010, 1, 1))
    day = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
    others: dict[str, str] = {}
    for code in sorted({actor.code for claim in source.claims for actor in claim.actors}):
        others[code] = next(c for c in iter(lambda: random.choice(codes), None) if c not in others.values())
    shift = (day - start.start).days
    document = source.document.model_copy(
        update={"published": Published(interval=_on(start, shift), found="given")}
    )
    claims = tuple(
        claim.model_copy(
            update={
                "date": claim.date and _on(claim.date, shift),
                "actors": tuple(a.model_copy(update={"code": others[a.code]}) for a in claim.actors),
            }
        )
        for claim in source.claims
    )
    return Source(document, claims, source.statements, source.people)


def _on(days: Interval, shift: int) -> Interval:
    return Interval(start=days.start + timedelta(days=shift), end=days.end + timedelta(days=shift))


def _fingerprint(random: Random) -> Signature:
    """The fingerprint of a short text of random words."""
    made = fingerprint(" ".join(str(random.getrandbits(40)) for _ in range(40)))
    return Signature(bands=made.bands, signature=made.signature)


def _telling(source: Source, doc_id: str, outlet: str, print_: Signature) -> Coded:
    text = f"{source.document.text}\n\n{doc_id}"
    named = {"doc_id": doc_id}
    document = source.document.model_copy(
        update={"id": doc_id, "outlet": outlet, "text": text, "text_sha256": sha256(text), "origin": doc_id}
    )
    claims = (c.model_copy(update=named | {"id": f"c{sha256(doc_id + c.id)[:15]}"}) for c in source.claims)
    coding = Coding(
        doc_id=doc_id,
        claims=tuple(claims),
        statements=tuple(s.model_copy(update=named) for s in source.statements),
        people=tuple(p.model_copy(update=named) for p in source.people),
    )
    return Coded(document=document, coding=coding, page_key=doc_id, fingerprint=print_)


def keep(archive: Archive, documents: list[Coded], *, link: bool) -> None:
    """Keep documents in one transaction."""
    with archive.writing() as connection:
        for coded in documents:
            writing.keep(connection, coded, run=1, coder="resampled")
            doc_id = coded.document.id
            mark_duplicate(connection, doc_id, coded.fingerprint, likeness=likeness_of, near=NEAR)
        if link:
            link_waiting(connection)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("coded", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.out.exists():
        parser.error(f"{given.out} is there already")
    random = Random(given.seed)
    with open_archive(given.coded) as coded:
        stories = retold(sources(coded), random)
    with open_archive(given.out, write=True) as archive:
        with archive.writing() as connection:
            writing.begin_run(
                connection, version="0", coder="resampled", settings={}, inputs=[str(given.coded)]
            )
        catch_up(archive)
        print(json.dumps(_fill(archive, stories, given.events)))
        with archive.writing() as connection:
            writing.end_run(connection, 1, "finished")


def _fill(archive: Archive, stories: Iterator[Coded], events: int) -> dict[str, float]:
    """Keep and link stories until there are so many events; gives seconds and counts."""
    spent = {"keep": 0.0, "link": 0.0, "lives": 0.0, "sixteen_more": 0.0}
    while archive.count_events() < events:
        lacking = events - archive.count_events()
        for _ in range(max(1, lacking // (AT_ONCE * 8))):
            portion = [next(stories) for _ in range(AT_ONCE)]
            spent["keep"] += _timed(partial(keep, archive, portion, link=False))
        spent["link"] += _timed(partial(_link, archive))
    more = [next(stories) for _ in range(TOGETHER)]
    spent["sixteen_more"] = _timed(partial(keep, archive, more, link=True))
    spent["lives"] = _timed(partial(rebuild_lives, archive))
    found = archive.overview()
    counts = {
        "documents": found.documents,
        "claims": found.claims,
        "events": found.events,
        "deals": found.deals,
    }
    return {name: round(seconds, 2) for name, seconds in spent.items()} | counts


def _link(archive: Archive) -> None:
    with archive.writing() as connection:
        link_waiting(connection)


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
