"""What a teacher (`teacher.py`) reads in sentences, and how the tagger learns from that beside the labels.

The losses are those of the labels with the teacher's probabilities in their place (distillation: Hinton, Vinyals and
Dean 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from rows import UNKNOWN, Row
from torch.nn.functional import binary_cross_entropy_with_logits, kl_div, log_softmax, softmax

from communique.coding.tagger import KINDS, PARTS, STATUSES

LIKELY = 0.05  # the parts in a kind are learnt where the teacher gives it more than this
TELLING = 0.3  # status and dating of a piece are learnt where it gives some kind more than this


@dataclass(frozen=True)
class Taught:
    """A teacher's log odds of the kinds of a sentence, and its scores of each piece (pieces x scores)."""

    kinds: np.ndarray
    scores: np.ndarray


Lessons = dict[tuple[str, int], Taught]
"""What a teacher reads, by the id of the document and the number of the sentence."""


def write_lessons(lessons: Lessons, path: Path) -> None:
    """Write lessons as a numpy archive."""
    np.savez(
        path,
        names=np.array([name for name, _ in lessons]),
        numbers=np.array([number for _, number in lessons]),
        kinds=np.array([one.kinds for one in lessons.values()]),
        lengths=np.array([len(one.scores) for one in lessons.values()]),
        scores=np.concatenate([one.scores for one in lessons.values()]),
    )


def read_lessons(path: Path) -> Lessons:
    """The lessons of an archive. Raises OSError where there is none."""
    with np.load(path) as kept:
        names, numbers, kinds = kept["names"].tolist(), kept["numbers"].tolist(), kept["kinds"]
        scores = np.split(kept["scores"], np.cumsum(kept["lengths"])[:-1])
    keys = zip(names, numbers, strict=True)
    return {key: Taught(k, s) for key, k, s in zip(keys, kinds, scores, strict=True)}


def losses_of_lessons(
    kinds: torch.Tensor, scores: torch.Tensor, rows: Sequence[Row], lessons: Sequence[Taught]
) -> dict[str, torch.Tensor]:
    """The losses of a batch against a teacher, each the mean over what it is asked of, named as those of the labels."""
    odds = torch.tensor(np.stack([one.kinds for one in lessons])).float()
    own, taught, parts, statuses = [], [], _Classes(), _Classes()
    for i, (row, lesson) in enumerate(zip(rows, lessons, strict=True)):
        found, wanted = scores[i, list(row.pieces.at)], torch.from_numpy(lesson.scores).float()
        inside = torch.from_numpy((row.told != UNKNOWN).any(1))
        own.append(found[inside, : len(KINDS)])
        taught.append(wanted[inside, : len(KINDS)])
        named = [row.pieces.at.index(place) for place in sorted(set(chain.from_iterable(row.mentions)))]
        for kind in torch.nonzero(odds[i].sigmoid() > LIKELY).flatten().tolist() if named else ():
            first = len(KINDS) + kind * len(PARTS)
            columns = slice(first, first + len(PARTS))
            parts.add(found[named, columns], wanted[named, columns], odds[i, kind].sigmoid())
        telling = inside & (wanted[:, : len(KINDS)].max(1).values.sigmoid() > TELLING)
        rest = slice(len(KINDS) * (1 + len(PARTS)), None)
        statuses.add(found[telling, rest], wanted[telling, rest], torch.tensor(1.0))
    return {
        "kinds": _divergence(kinds, odds),
        "told": _divergence(torch.cat(own), torch.cat(taught)),
        "parts": parts.loss(slice(None)),
        "status": statuses.loss(slice(None, len(STATUSES))),
        "dating": statuses.loss(slice(len(STATUSES), None)),
    }


@dataclass
class _Classes:
    """Scores of classes to learn, those that are wanted, and what each weighs."""

    found: list[torch.Tensor] = field(default_factory=list)
    wanted: list[torch.Tensor] = field(default_factory=list)
    weights: list[torch.Tensor] = field(default_factory=list)

    def add(self, found: torch.Tensor, wanted: torch.Tensor, weight: torch.Tensor) -> None:
        """Rows of scores of the same weight."""
        self.found.append(found)
        self.wanted.append(wanted)
        self.weights.append(weight.repeat(len(found)))

    def loss(self, columns: slice) -> torch.Tensor:
        """The mean divergence over these columns, weighed; 0 of nothing."""
        weights = torch.cat([torch.zeros(0), *self.weights])
        if not len(weights):
            return torch.tensor(0.0)
        found = log_softmax(torch.cat(self.found)[:, columns], 1)
        wanted = softmax(torch.cat(self.wanted)[:, columns], 1)
        return (kl_div(found, wanted, reduction="none").sum(1) * weights).sum() / weights.sum()


def _divergence(found: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """The mean over rows of what the cross entropy of yes or no is more than it must be, summed over columns."""
    likely = wanted.sigmoid()
    least = binary_cross_entropy_with_logits(wanted, likely, reduction="none")
    return (binary_cross_entropy_with_logits(found, likely, reduction="none") - least).sum(1).mean()
