"""Pairs: which part an actor plays in the event that one word tells, read from the tagger's vectors of both.

The tagger's own parts hang on the kind of event alone: where a sentence tells two events of a kind, or an actor stands
in one and not in the other, the word that tells it decides. A small network weighs the vectors of that word and of the
actor's mention, the kind, how far apart they stand and how the actor is named (`training/pairs.py`; the vectors are
those of the last layer of the tagger, which stays as it is).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np

Vector = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

EDGES = (-40, -20, -12, -7, -4, -2, 0, 2, 4, 7, 12, 20, 40)
"""Steps in word pieces from the event's word to the mention, by which the distance is told."""
FORMS = ("name", "adjective", "capital", "person", "office", "several", "reference", "place", "other")


@dataclass(frozen=True)
class Mentioned:
    """A mention of an actor beside an event's word: its vector, how far off it stands and how it is named."""

    vector: Vector
    steps: int
    form: str
    here: bool
    """In the sentence of the word, not in the end of the one before."""

    @property
    def distance(self) -> int:
        """The number of the stretch between `EDGES` in which the steps lie."""
        return bisect_right(EDGES, self.steps)

    @property
    def naming(self) -> int:
        """The number of the form."""
        return FORMS.index(self.form if self.form in FORMS else "other")


@dataclass(frozen=True)
class PairReader:
    """The tables of the network, as `training/pairs.py` writes them."""

    tables: Mapping[str, Vector]

    @classmethod
    def from_bytes(cls, content: bytes) -> PairReader:
        """The network of an `.npz` file."""
        with np.load(BytesIO(content), allow_pickle=False) as stored:
            return cls({name: stored[name] for name in stored.files})

    def odds(self, kind: int, word: Vector, mentions: Sequence[Mentioned]) -> Vector:
        """The log odds of each role against none, over all mentions of one actor; `kind` by number."""
        t = self.tables
        own = word @ t["word"] + t["word_bias"] + t["kind"][kind]
        rows = np.stack([m.vector for m in mentions]) @ t["actor"] + own
        rows += t["distance"][[m.distance for m in mentions]]
        rows += t["naming"][[m.naming for m in mentions]]
        rows += t["here"][[int(m.here) for m in mentions]]
        rows = np.maximum(rows, 0)
        rows = np.maximum(rows @ t["middle"] + t["middle_bias"], 0) + rows
        found = rows @ t["out"] + t["out_bias"] + t["kind_out"][kind]
        most = found.max(axis=0)
        odds: Vector = most + np.log(np.exp(found - most).sum(axis=0))
        return odds
