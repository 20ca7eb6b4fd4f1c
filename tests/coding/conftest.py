"""One real parse of a text of our own, in the shipped model and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from communique.coding.parse import Parse
from communique.coding.parser import parse_documents
from communique.coding.tagger import KINDS, WIDTH, Reading
from communique.knowledge.knowledge import default_knowledge
from communique.records import Document, Interval, Published, sha256


@pytest.fixture(scope="session")
def parse_text() -> Callable[..., Parse]:
    """Parses a text: `parse_text(text, outlet="Tehran Times", day="2020-08-22")`."""

    def parse(text: str, outlet: str | None = None, day: str | None = None) -> Parse:
        interval = Interval(start=date.fromisoformat(day), end=date.fromisoformat(day)) if day else None
        published = Published(interval=interval, found="given" if day else "unknown")
        document = Document(
            id="d", text=text, outlet=outlet, published=published, origin="-",
            raw_sha256=sha256(text), text_sha256=sha256(text),
        )  # fmt: skip
        return next(iter(parse_documents([document], default_knowledge().gazetteer)))

    return parse


@dataclass(frozen=True)
class ByHand:
    """A tagger that reads what a test says: the likely kinds of a sentence, by number, and some scores of a word."""

    kinds: Callable[[int], Mapping[str, float]]
    scores: Callable[[str], Mapping[int, float]]
    other: float
    """All other scores."""

    def tags(self, parse: Parse, numbers: object) -> dict[int, Reading]:
        return {n: self._reading(parse, n) for n in range(len(parse.sentences))}

    def _reading(self, parse: Parse, number: int) -> Reading:
        words = list(parse.sentences[number])
        scores = np.full((len(words), WIDTH), self.other, dtype=np.float32)
        for row, word in zip(scores, words, strict=True):
            for column, score in self.scores(word.text).items():
                row[column] = score
        spans = [(t.idx, t.idx + len(t)) for t in words]
        return Reading(dict.fromkeys(KINDS, 0.01) | dict(self.kinds(number)), spans, scores)
