"""Train the decision whether two claims tell one event, and say how it does on threads that it has not seen.

    python training/link.py THREADS... [--write]

A thread is a folder of gold documents whose records carry `event`; `NAME=FOLDER` reads its documents with ids
that start with different letters as threads of their own (the sample's are named so). Figures are out of
thread: each thread is linked with weights trained on the others (or with the shipped ones: `--shipped`).
`--write` trains on all and writes `src/communique/linking/weights.json`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sklearn.linear_model import LogisticRegression

from communique.linking import likeness
from communique.linking.blocking import keys_of
from communique.linking.lines import told_of
from communique.linking.link import link
from communique.linking.profile import Profile, profile
from communique.linking.records import ClaimKey, Told
from communique.scoring import load_gold

Weights = dict[str, float]
Example = tuple[likeness.Features, bool]
C = 1.0
SENSE = {
    "date: near": 1, "date: same day": 1, "date: one in the other": 1, "date: alike": 1, "date: apart": -1,
    "date: open, told near it": 1, "date: open, told in that year": 1, "told: same time": 1,
    "parties: same": 1, "parties: one of them shared": -1, "parties: differ": -1, "parties: one alone": -1,
    "person: same": 1, "person: differs": -1, "office: differs": -1,
    "words: alike": 1, "words: rare shared": 1, "words: the same": 1, "words: none shared": -1,
    "title: alike": 1, "count: differs": -1, "place: same": 1, "place: differs": -1, "place: other country": -1,
    "materiel: same": 1, "materiel: differs": -1, "instrument: same": 1, "instrument: differs": -1,
    "status: moved": -1, "status: denied by one": -1, "speech: without a date": -1,
    "hubs": -1, "hubs: without a date": -1, "hubs: words alike": 1, "date open, no words shared": -1,
}  # fmt: skip
"""The sign that a feature's weight must have to make sense to a reader."""
SAME_THREAD = {"x01": "i", "x02": "g"}
"""Copies of a document of another thread."""


@dataclass
class Thread:
    """The claims of one story with the keys of their events (claims without a key are left out)."""

    told: list[Told] = field(default_factory=list)
    event: dict[ClaimKey, str] = field(default_factory=dict)


@dataclass
class Counts:
    """Pairs of claims of different documents: rightly joined, joined, and of one event."""

    both: int = 0
    joined: int = 0
    same: int = 0

    def add(self, other: Counts) -> None:
        """Add another thread's."""
        self.both, self.joined, self.same = (
            self.both + other.both,
            self.joined + other.joined,
            self.same + other.same,
        )

    def __str__(self) -> str:
        precision = self.both / self.joined if self.joined else 0.0
        recall = self.both / self.same if self.same else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.both else 0.0
        return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({self.both}/{self.joined} joined, {self.same} same)"


def threads_of(folders: Sequence[str]) -> dict[str, Thread]:
    """The threads by name."""
    found: dict[str, Thread] = defaultdict(Thread)
    for named in folders:
        split, _, folder = named.rpartition("=")
        for document in load_gold(Path(folder)).values():
            doc_id = document["doc_id"]
            name = SAME_THREAD.get(doc_id[:3], doc_id[0]) if split else Path(folder).parent.name
            rows = [row | {"doc_id": doc_id} for row in document["records"] if row.get("event")]
            told = told_of(rows, [document])
            found[name].told += told
            found[name].event |= {one.key: row["event"] for one, row in zip(told, rows, strict=True)}
    return {name: thread for name, thread in sorted(found.items()) if thread.told}


def examples(thread: Thread) -> Iterator[Example]:
    """The pairs of claims that may be one event, with whether they are."""
    profiles = [profile(one) for one in thread.told]
    for a, b in combinations(profiles, 2):
        if likeness.cannot(a, b) is None and set(keys_of(a)) & set(keys_of(b)):
            yield likeness.features(*_ordered(a, b)), thread.event[a.key] == thread.event[b.key]


def _ordered(a: Profile, b: Profile) -> tuple[Profile, Profile]:
    return (a, b) if (a.key.doc_id, a.key.id) <= (b.key.doc_id, b.key.id) else (b, a)


def train(found: Sequence[Example], c: float = C) -> Weights:
    """The weights of a logistic regression on examples, rounded.

    A feature whose weight comes out against its sense (`SENSE`) is left out and the rest trained anew.
    """
    names = sorted({name for features, _ in found for name in features})
    while True:
        weights = _fit(found, names, c)
        wrong = [name for name in names if weights[name] * SENSE.get(name, 0) < 0]
        if not wrong:
            return weights
        names = [name for name in names if name not in wrong]


def _fit(found: Sequence[Example], names: Sequence[str], c: float) -> Weights:
    matrix = np.array([[features.get(name, 0.0) for name in names] for features, _ in found])
    model = LogisticRegression(C=c, max_iter=5000)
    model.fit(matrix, np.array([same for _, same in found]))
    weights = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 3)} | weights


def measure(thread: Thread, weights: Weights, *, verbose: bool = False) -> Counts:
    """The pairs that linking joins in a thread with these weights."""
    with patch.object(likeness, "weights", lambda: weights):
        events = link(thread.told).events
        event_of = {key: event.id for event in events for key in event.claims}
        counts = Counts()
        for a, b in combinations(thread.told, 2):
            if a.claim.doc_id == b.claim.doc_id:
                continue
            same = thread.event[a.key] == thread.event[b.key]
            joined = event_of[a.key] == event_of[b.key]
            counts.add(Counts(same and joined, joined, same))
            if verbose and same != joined:
                print(_error(a, b, "missed" if same else "wrongly joined"))
    return counts


def _error(a: Told, b: Told, what: str) -> str:
    x, y = _ordered(profile(a), profile(b))
    why = likeness.cannot(x, y)
    found = likeness.features(x, y)
    shares = bool(set(keys_of(x)) & set(keys_of(y)))
    return (
        f"  {what} {'' if shares else '(no key) '}{why or round(likeness.probability(found), 3)} {likeness.reasons(found, 9)}\n"
        f"      {_line(a)}\n      {_line(b)}"
    )


def _line(told: Told) -> str:
    claim = told.claim
    who = " ".join(f"{a.role[0]}:{a.code}{'/' + a.person if a.person else ''}" for a in claim.actors)
    days = f"{claim.date.start}..{claim.date.end}" if claim.date else "-"
    return (
        f"{claim.doc_id[:6]} {claim.kind} {claim.stage or ''} {claim.status} {who} {days} "
        f"| {' / '.join(e.text for e in claim.evidence)[:150]}"
    )


def main() -> None:
    """Measure out of thread, and write where wanted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("threads", nargs="+")
    parser.add_argument("--shipped", action="store_true", help="measure the shipped weights instead")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--c", type=float, default=C)
    args = parser.parse_args()
    threads = threads_of(args.threads)
    found = {name: list(examples(thread)) for name, thread in threads.items()}
    total = Counts()
    for name, thread in threads.items():
        others = [example for other in threads if other != name for example in found[other]]
        counts = measure(
            thread, likeness.weights() if args.shipped else train(others, args.c), verbose=args.verbose
        )
        total.add(counts)
        print(f"{name:10} {len(thread.told):4} claims, {len(found[name]):4} pairs: {counts}")
    print(f"{'all':10} {total}")
    if args.write:
        weights = train([example for name in threads for example in found[name]], args.c)
        path = Path(likeness.__file__).with_name("weights.json")
        path.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
