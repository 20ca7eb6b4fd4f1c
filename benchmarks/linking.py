"""How long linking takes at 1,000, 10,000 and 100,000 claims, and what it grows like.

    python benchmarks/linking.py RECORDS.jsonl [--documents DOCS.jsonl] [--sizes N N N]
    python benchmarks/linking.py RECORDS.jsonl --documents DOCS.jsonl --in-order

The claims are made by resampling the documents of RECORDS (what `communique export --format records` writes):
each new document is an old one whose days are moved by a random number of years and days within 1985-2025 and
of whose parties some are exchanged for others, drawn as often as they occur, so that hubs stay hubs. The span
stays the same, so ten times the claims are ten times as dense: the hardest way to grow. For each size, in one
run: processor seconds to link all at once, and for a document when it joins a full index, pairs compared a claim, the
largest event, and the exponent of growth from the size before (1 is linear, 2 quadratic).

With `--in-order` the documents join as they are, one by one in order of their dates, as an archive grows by time: for
each eighth of them what a document costs and how many pairs are compared a claim.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from math import log
from pathlib import Path

from communique.linking.index import Index
from communique.linking.lines import told_of
from communique.linking.records import Told
from communique.records import Interval

SEED = 20260722
YEARS = (1985, 2025)
EXCHANGED = 0.5
JOINING = 50
"""Documents whose joining is timed."""
PARTS = 8
"""Of the documents in order, each with a line of its own."""

Document = list[Told]


def documents_of(told: list[Told]) -> list[Document]:
    found: dict[str, Document] = {}
    for one in told:
        found.setdefault(one.claim.doc_id, []).append(one)
    return list(found.values())


def resampled(originals: list[Document], seed: int) -> Iterator[Document]:
    """Documents without end, each an old one moved in time with some parties exchanged."""
    chance = random.Random(seed)
    parties = [a.code for told in originals for one in told for a in one.claim.actors]
    number = 0
    while True:
        number += 1
        document = chance.choice(originals)
        yield moved(
            document, f"r{number:07}", shift_of(document, chance), exchange(document, parties, chance)
        )


def shift_of(document: Document, chance: random.Random) -> timedelta:
    day = next((i.start for one in document for i in (one.published, one.claim.date) if i), None)
    year = day.year if day else YEARS[0]
    return timedelta(days=365 * (chance.randint(*YEARS) - year) + chance.randint(-180, 180))


def exchange(document: Document, parties: list[str], chance: random.Random) -> dict[str, str]:
    codes = sorted({a.code for one in document for a in one.claim.actors})
    return {code: chance.choice(parties) for code in codes if chance.random() < EXCHANGED}


def moved(document: Document, name: str, shift: timedelta, other: dict[str, str]) -> Document:
    return [one.model_copy(update=changes(one, name, shift, other)) for one in document]


def changes(one: Told, name: str, shift: timedelta, other: dict[str, str]) -> dict[str, object]:
    actors = tuple(a.model_copy(update={"code": other.get(a.code, a.code)}) for a in one.claim.actors)
    fields = {"doc_id": name, "actors": actors, "date": later(one.claim.date, shift)}
    return {
        "claim": one.claim.model_copy(update=fields),
        "copies": name,
        "published": later(one.published, shift),
    }


def later(interval: Interval | None, shift: timedelta) -> Interval | None:
    return interval and Interval(start=interval.start + shift, end=interval.end + shift)


def measured(size: int, originals: list[Document]) -> dict[str, float]:
    source = resampled(originals, SEED)
    claims: list[Told] = []
    while len(claims) < size:
        claims += next(source)
    index = Index()
    start = time.process_time()
    index.add(claims)
    linking = index.linking()
    whole = time.process_time() - start
    newcomers = list(islice(source, JOINING))
    start = time.process_time()
    compared = sum(index.add(document) for document in newcomers)
    joining = time.process_time() - start
    return {
        "claims": len(claims),
        "events": len(linking.events),
        "largest": max(len(event.claims) for event in linking.events),
        "seconds": whole,
        "joining": joining / JOINING,
        "compared": compared / sum(map(len, newcomers)),
    }


def print_in_order(originals: list[Document]) -> None:
    dated = [(one[0].published.start, one) for one in originals if one[0].published]
    documents = [document for _, document in sorted(dated, key=lambda pair: pair[0])]
    if not documents:
        raise SystemExit("no document has a date: give --documents, with the dates that they were published")
    index, before, share = Index(), 0, -(-len(documents) // PARTS)
    print("from        claims before  a document  compared a claim")
    for first in range(0, len(documents), share):
        joining = documents[first : first + share]
        start = time.process_time()
        compared = sum(index.add(document) for document in joining)
        each = (time.process_time() - start) / len(joining)
        claims = sum(map(len, joining))
        day = joining[0][0].published
        print(f"{day and day.start} {before:14} {1000 * each:8.1f} ms {compared / claims:17.1f}", flush=True)
        before += claims


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("records", type=Path)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--in-order", action="store_true", help="let the documents join by date")
    args = parser.parse_args()
    rows, documents = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path else []
        for path in (args.records, args.documents)
    )
    originals = documents_of(told_of(rows, documents))
    if args.in_order:
        print_in_order(originals)
        return
    print("  claims   events largest  seconds  claims/s  a document  compared a claim  growth: all, document")
    before: dict[str, float] | None = None
    for size in args.sizes:
        now = measured(size, originals)
        print(line(now, before), flush=True)
        before = now


def line(now: dict[str, float], before: dict[str, float] | None) -> str:
    text = (
        f"{now['claims']:8.0f} {now['events']:8.0f} {now['largest']:7.0f} {now['seconds']:8.1f} "
        f"{now['claims'] / now['seconds']:9.0f} {1000 * now['joining']:8.1f} ms {now['compared']:17.1f}"
    )
    if before is None:
        return text
    ratio = log(now["claims"] / before["claims"])
    grown = [log(now[name] / before[name]) / ratio for name in ("seconds", "joining")]
    return f"{text}  {grown[0]:11.2f} {grown[1]:9.2f}"


if __name__ == "__main__":
    main()
