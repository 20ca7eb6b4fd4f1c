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
from programs import run

from communique.archive import open_archive
from communique.export.jsonlines import claim_fields
from communique.linking import likeness
from communique.linking.blocking import keys_of
from communique.linking.lines import told_of
from communique.linking.link import link
from communique.linking.profile import Profile, profile
from communique.linking.records import ClaimKey, Told
from communique.scoring import load_gold, score_events

Weights = dict[str, float]
Example = tuple[likeness.Features, bool]
SPREAD = 0.5
PRIOR = Path(__file__).with_name("link_prior.json")
FREE = frozenset({"bias", "group: talks", "group: speech", "group: deals", "group: force", "crowded"})
"""Weights whose sign may come out either way."""
SAME_THREAD = {"x01": "i", "x02": "g"}
"""Copies of a document of another thread."""


@dataclass
class Thread:
    """The claims of one story with the keys of their events.

    All claims are linked; those without a key (coded ones that match no gold record) count for nothing.
    """

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


def coded_threads(named: Sequence[str]) -> dict[str, Thread]:
    """The threads as they were coded: of each `GOLD=ARCHIVE` all claims, keyed where they match a required record.

    A thread has the name of the gold folder's own folder and "coded".
    """
    found: dict[str, Thread] = {}
    for pair in named:
        folder, _, archive = pair.partition("=")
        gold = load_gold(Path(folder))
        with open_archive(archive) as opened:
            claims = {ClaimKey.of(claim): claim for claim in opened.claims()}
            told = {one.key: one for one in opened.told(claims)}
        rows = [claim_fields(claim) for claim in claims.values()]
        event = {
            ClaimKey(doc_id=row["doc_id"], id=row["id"]): wanted["event"]
            for match in score_events(gold, rows).documents
            for wanted, row, _ in match.got
        }
        found[f"{Path(folder).parent.name} coded"] = Thread(list(told.values()), event)
    return found


def examples(thread: Thread) -> Iterator[Example]:
    """The pairs of claims that may be one event, with whether they are."""
    profiles = [profile(one) for one in thread.told if one.key in thread.event]
    for a, b in combinations(profiles, 2):
        if likeness.cannot(a, b) is None and set(keys_of(a)) & set(keys_of(b)):
            yield likeness.features(*_ordered(a, b)), thread.event[a.key] == thread.event[b.key]


def judged(path: Path) -> list[Example]:
    """Pairs of a news corpus that were judged by eye, as features (the texts are other people's)."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(row["features"], row["same"]) for row in rows]


def story(name: str) -> str:
    """The story of a thread: its gold and its coded claims are of one."""
    return name.partition(" ")[0]


def _ordered(a: Profile, b: Profile) -> tuple[Profile, Profile]:
    return (a, b) if (a.key.doc_id, a.key.id) <= (b.key.doc_id, b.key.id) else (b, a)


def train(found: Sequence[Example], spread: float = SPREAD) -> Weights:
    """The weights of a logistic regression whose prior is the hand-set `link_prior.json`, rounded.

    A feature whose weight comes out against the sign of its prior is left out and the rest trained anew.
    """
    prior: Weights = json.loads(PRIOR.read_text(encoding="utf-8"))
    names = list(prior)
    while True:
        weights = _fit(found, {name: prior[name] for name in names}, spread)
        wrong = [name for name in names if weights[name] * prior[name] < 0 and name not in FREE]
        if not wrong:
            return {name: round(weights[name], 3) for name in names}
        names = [name for name in names if name not in wrong]


def _fit(found: Sequence[Example], prior: Weights, spread: float) -> Weights:
    """The most likely weights after the examples, by Newton's method; `spread` is the prior's deviation."""
    names = list(prior)
    matrix = np.array([[1.0 if name == "bias" else f.get(name, 0.0) for name in names] for f, _ in found])
    same = np.array([float(same) for _, same in found])
    centre = np.array([prior[name] for name in names])
    weights = centre.copy()
    for _ in range(100):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (chance - same) + (weights - centre) / spread**2
        bend = (matrix.T * (chance * (1 - chance))) @ matrix + np.eye(len(names)) / spread**2
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def measure(thread: Thread, weights: Weights, *, verbose: bool = False) -> Counts:
    """The pairs that linking joins in a thread with these weights."""
    with patch.object(likeness, "weights", lambda: weights):
        events = link(thread.told).events
        event_of = {key: event.id for event in events for key in event.claims}
        counts = Counts()
        keyed = [one for one in thread.told if one.key in thread.event]
        for a, b in combinations(keyed, 2):
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
        f"  {what}{'' if shares else ' (no key)'}: {why or round(likeness.probability(found), 3)} "
        f"{likeness.reasons(found, 9)}\n"
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
    parser.add_argument("--coded", nargs="*", default=[], metavar="GOLD=ARCHIVE", help="threads as coded")
    parser.add_argument("--judged", type=Path, metavar="FILE", help="pairs judged by eye, to train on too")
    parser.add_argument("--spread", type=float, default=SPREAD)
    args = parser.parse_args()
    threads = threads_of(args.threads) | coded_threads(args.coded)
    found = {name: list(examples(thread)) for name, thread in threads.items()}
    always = judged(args.judged) if args.judged else []
    total, total_coded = Counts(), Counts()
    for name, thread in threads.items():
        others = always + [
            example for other in threads if story(other) != story(name) for example in found[other]
        ]
        counts = measure(
            thread, likeness.weights() if args.shipped else train(others, args.spread), verbose=args.verbose
        )
        (total_coded if name.endswith(" coded") else total).add(counts)
        print(f"{name:16} {len(thread.event):4} claims, {len(found[name]):4} pairs: {counts}")
    print(f"{'all':16} {total}\n{'all coded':16} {total_coded}")
    if args.write:
        weights = train(always + [example for name in threads for example in found[name]], args.spread)
        path = Path(likeness.__file__).with_name("weights.json")
        path.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(main)
