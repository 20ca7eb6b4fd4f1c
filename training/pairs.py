"""Learn to read pairs of an event's word and an actor's mention (`coding/pairs.py`) from a tagger's vectors.

The tagger stays as it is: the network learns from what it gives, in 8 bits as it ships, for the sentences that it has
learnt from itself.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rows import UNKNOWN, Row
from torch import nn
from torch.nn.functional import cross_entropy, relu

from communique.coding.pairs import EDGES, FORMS, Mentioned
from communique.coding.tagger import KINDS, PARTS, MiniLMTagger, reading

WIDTH = 128
BATCH, EPOCHS, RATE = 64, 8, 1e-3
VECTOR = 384  # numbers of the tagger's vectors


@dataclass(frozen=True)
class Example:
    """A word that tells a record, and for each actor that was read its mentions and part."""

    word: np.ndarray
    kind: int
    actors: tuple[tuple[list[Mentioned], int], ...]
    weight: float


class PairNetwork(nn.Module):
    """Log odds of each role against none for each mention."""

    def __init__(self) -> None:
        super().__init__()
        roles = len(PARTS) - 1
        self.word = nn.Linear(VECTOR, WIDTH)
        self.actor = nn.Linear(VECTOR, WIDTH, bias=False)
        self.tables = nn.ModuleDict(
            {
                "kind": nn.Embedding(len(KINDS), WIDTH),
                "distance": nn.Embedding(len(EDGES) + 1, WIDTH),
                "naming": nn.Embedding(len(FORMS), WIDTH),
                "here": nn.Embedding(2, WIDTH),
            }
        )
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.1)
        self.middle = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, roles)
        self.kind_out = nn.Embedding(len(KINDS), roles)
        nn.init.zeros_(self.kind_out.weight)
        self.drop = nn.Dropout(0.2)

    def forward(self, examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """For each actor the log odds of each part, 0 for none; its part; and what it weighs."""
        rows = [
            (n, m, actor)
            for actor, (n, mentions) in enumerate(
                (n, mentions) for n, one in enumerate(examples) for mentions, _ in one.actors
            )
            for m in mentions
        ]
        of_word = torch.tensor([n for n, _, _ in rows])
        kinds = torch.tensor([one.kind for one in examples])
        words = self.word(self.drop(torch.from_numpy(np.array([one.word for one in examples]))))
        shared = words + self.tables["kind"](kinds)
        found = self.actor(self.drop(torch.from_numpy(np.array([m.vector for _, m, _ in rows]))))
        found = found + shared[of_word]
        for name, numbers in (
            ("distance", [m.distance for _, m, _ in rows]),
            ("naming", [m.naming for _, m, _ in rows]),
            ("here", [int(m.here) for _, m, _ in rows]),
        ):
            found = found + self.tables[name](torch.tensor(numbers))
        found = relu(found)
        found = relu(self.middle(self.drop(found))) + found
        found = self.out(self.drop(found)) + self.kind_out(kinds)[of_word]
        labels = torch.tensor([part for one in examples for _, part in one.actors])
        weights = torch.tensor([one.weight for one in examples for _ in one.actors])
        return _over_mentions(found, torch.tensor([a for _, _, a in rows]), len(labels)), labels, weights

    def arrays(self) -> dict[str, np.ndarray]:
        """The tables that `PairReader` reads, vectors times matrices."""
        found = {
            "word": self.word.weight.T,
            "word_bias": self.word.bias,
            "actor": self.actor.weight.T,
            "middle": self.middle.weight.T,
            "middle_bias": self.middle.bias,
            "out": self.out.weight.T,
            "out_bias": self.out.bias,
            "kind_out": self.kind_out.weight,
            **{name: table.weight for name, table in self.tables.items()},
        }
        return {name: np.ascontiguousarray(table.detach().numpy()) for name, table in found.items()}


def _over_mentions(odds: torch.Tensor, actor: torch.Tensor, actors: int) -> torch.Tensor:
    """The log of the sum over the mentions of each actor, with 0 for none before the roles."""
    at = actor[:, None].expand_as(odds)
    most = torch.full((actors, odds.shape[1]), -torch.inf).scatter_reduce(0, at, odds.detach(), "amax")
    total = torch.zeros_like(most).index_add(0, actor, torch.exp(odds - most[actor])).log() + most
    return torch.cat([torch.zeros(actors, 1), total], 1)


def examples_of(rows: Sequence[Row], tagger: MiniLMTagger) -> Iterator[Example]:
    """The tellings of rows with a tagger's vectors of their words and mentions."""
    telling = [row for row in rows if row.tellings]
    for _, own in groupby(telling, key=lambda row: row.doc_id):
        known = {row.number: row for row in own}
        for number, kinds, scores, vectors in tagger.read({n: row.pieces for n, row in known.items()}):
            row = known[number]
            read = reading(kinds, row.pieces.spans, scores, vectors)
            for one in row.tellings:
                beside = [read.beside(one.start, one.end, a.mentions, here=a.here) for a in one.actors]
                actors = [(b, a.part) for b, a in zip(beside, one.actors, strict=True) if b and b[1]]
                if actors:
                    word = actors[0][0][0]
                    yield Example(word, one.kind, tuple((b[1], part) for b, part in actors), one.weight)


def learn_pairs(rows: Sequence[Row], tagger: MiniLMTagger) -> PairNetwork:
    """The network learnt from the tellings of rows; the rate falls from the first step to the last."""
    torch.manual_seed(0)
    shuffler, network = random.Random(0), PairNetwork()
    examples = list(examples_of(rows, tagger))
    steps = EPOCHS * -(-len(examples) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: max(0.02, 1 - s / steps))
    network.train()
    for epoch in range(EPOCHS):
        shuffler.shuffle(examples)
        total = 0.0
        for first in range(0, len(examples), BATCH):
            odds, labels, weights = network(examples[first : first + BATCH])
            known = labels != UNKNOWN
            if not bool(known.any()):
                continue
            losses = cross_entropy(odds[known], labels[known], reduction="none")
            loss = (losses * weights[known]).sum() / weights[known].sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"pairs, epoch {epoch + 1}: {total * BATCH / len(examples):.3f}", flush=True)
    return network.eval()


def write_pairs(network: PairNetwork, folder: Path) -> None:
    """Write the network beside its tagger."""
    arrays: Any = network.arrays()
    np.savez(folder / "pairs.npz", **arrays)
