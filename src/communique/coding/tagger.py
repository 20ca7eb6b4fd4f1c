"""The sentence tagger: what a small language model reads in a sentence, on the CPU.

MiniLM-L6 (all-MiniLM-L6-v2, Apache-2.0) fine-tuned by `training/tagger.py`; exported to 8-bit ONNX. In one pass over a
sentence, with the end of the one before as context, it gives each kind of event a probability, and each word piece
log odds: that an event of a kind is told there, which role its actor plays in an event of a kind, the status and the
dating of what is told there. From the vectors of two pieces `coding/pairs.py` reads the part of one in what the other
tells. The judge weighs what it says. A document's sentences are read together and alone, so that
the same document always gets the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol, get_args

import numpy as np
import onnxruntime
from tokenizers import BertWordPieceTokenizer

from communique.coding.pairs import Mentioned, PairReader
from communique.coding.parse import Parse
from communique.records import Kind, Status

Tags = Mapping[str, float]
"""The probability of each kind for one sentence."""

Scores = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Spans = Sequence[tuple[int, int]]
Vectors = np.ndarray[tuple[int, ...], np.dtype[np.float16]]
Named = tuple[int, int, str]
"""The offsets of a mention of an actor, and its form."""
_Cut = tuple[list[int], list[tuple[int, int]]]
"""Word pieces and their offsets."""

LONGEST = 96  # word pieces of the sentence, with the marks at its ends
CONTEXT = 20  # word pieces of the end of the sentence before it
_SLOWER = "SkipLayerNormFusion"  # without this fusion the 8-bit model takes a tenth less time
_BATCH = 2  # the least processor time: more rows mean more padding
_SEPARATOR = 102

KINDS: tuple[str, ...] = get_args(Kind)
PARTS = ("none", "source", "target", "participant")
STATUSES: tuple[str, ...] = get_args(Status)
DATINGS = ("undated", "document", "other")
"""How an event is dated: not at all, to the day of the document, or otherwise."""

WIDTH = len(KINDS) * (1 + len(PARTS)) + len(STATUSES) + len(DATINGS)
"""The number of scores of a word piece: kinds told, then parts for each kind, statuses and datings."""

_ROLES_AT = len(KINDS)
_STATUS_AT = _ROLES_AT + len(KINDS) * len(PARTS)
_DATING_AT = _STATUS_AT + len(STATUSES)


@dataclass(frozen=True)
class Reading:
    """What the tagger reads in one sentence.

    `kinds` is the probability of each kind; `spans` are the offsets in the document of the word pieces of the sentence
    and of the end of the one before; `scores` has a row of `WIDTH` log odds for each, `vectors` one of the model's
    last layer, for `pairs`; without these two no pairs are read.
    """

    kinds: Tags
    spans: Spans
    scores: Scores
    vectors: Vectors | None = None
    pairs: PairReader | None = None

    def told(self, start: int, end: int) -> dict[str, float]:
        """The log odds of each kind to be told by the words between two offsets; nothing where they were not read."""
        row = self._mean(start, end)
        return {} if row is None else dict(zip(KINDS, row[:_ROLES_AT].tolist(), strict=True))

    def parts(self, kind: str, start: int, end: int) -> dict[str, float]:
        """The probability of each part that the actor between two offsets may play in an event of a kind."""
        at = _ROLES_AT + KINDS.index(kind) * len(PARTS)
        return self._among(PARTS, at, start, end)

    def paired(
        self, kind: str, start: int, end: int, mentions: Iterable[Named], *, here: bool
    ) -> dict[str, float]:
        """The probability of each part that an actor with these mentions plays in what the words between offsets tell.

        `here` where they stand in the sentence itself. Nothing where the words or all mentions were not read.
        """
        found = self.beside(start, end, mentions, here=here) if self.pairs is not None else None
        if self.pairs is None or found is None or not found[1]:
            return {}
        odds = self.pairs.odds(KINDS.index(kind), *found)
        return dict(zip(PARTS, _shares(np.concatenate([[0.0], odds])), strict=True))

    def beside(
        self, start: int, end: int, mentions: Iterable[Named], *, here: bool
    ) -> tuple[Scores, list[Mentioned]] | None:
        """The vector of the words between two offsets and those of mentions; None where the words were not read."""
        word = self._vector(start, end)
        if word is None:
            return None
        read = [(form, self._vector(first, last)) for first, last, form in mentions]
        return word[0], [Mentioned(at[0], at[1] - word[1], form, here) for form, at in read if at is not None]

    def _vector(self, start: int, end: int) -> tuple[Scores, int] | None:
        """The mean vector of the pieces between two offsets, and the number of the first."""
        if (start, end) not in self._vectors:
            rows = self._rows(start, end)
            self._vectors[start, end] = (
                (self.vectors[rows].mean(axis=0, dtype=np.float32), rows[0])
                if rows and self.vectors is not None
                else None
            )
        return self._vectors[start, end]

    @cached_property
    def _vectors(self) -> dict[tuple[int, int], tuple[Scores, int] | None]:
        """Mean vectors by offsets, kept as the probabilities are."""
        return {}

    def status(self, start: int, end: int) -> dict[str, float]:
        """The probability of each status of what the words between two offsets tell."""
        return self._among(STATUSES, _STATUS_AT, start, end)

    def dating(self, start: int, end: int) -> dict[str, float]:
        """The probability of each way of dating what the words between two offsets tell."""
        return self._among(DATINGS, _DATING_AT, start, end)

    def acts(self, start: int, end: int) -> float:
        """How likely the actor between two offsets plays any part in an event of the kind where that is likeliest.

        0 where it was not read.
        """
        known = self._acting.get((start, end))
        if known is None:
            row = self._mean(start, end)
            known = self._acting[start, end] = 0.0 if row is None else _any_part(row[_ROLES_AT:_STATUS_AT])
        return known

    @cached_property
    def _acting(self) -> dict[tuple[int, int], float]:
        """What `acts` gave by offsets, kept as the probabilities are."""
        return {}

    def _among(self, names: Sequence[str], at: int, start: int, end: int) -> dict[str, float]:
        known = self._shares.get((at, start, end))
        if known is None:
            row = self._mean(start, end)
            known = self._shares[at, start, end] = () if row is None else _shares(row[at : at + len(names)])
        return dict(zip(names, known, strict=True)) if known else {}

    @cached_property
    def _shares(self) -> dict[tuple[int, int, int], tuple[float, ...]]:
        """Probabilities by place in a row and offsets, kept: the same words are asked for by many candidates."""
        return {}

    def _mean(self, start: int, end: int) -> Scores | None:
        if (start, end) not in self._means:
            rows = self._rows(start, end)
            self._means[start, end] = self._mean_of(rows) if rows else None
        return self._means[start, end]

    def _rows(self, start: int, end: int) -> list[int]:
        return [i for i, (first, last) in enumerate(self.spans) if first < end and start < last]

    def _mean_of(self, rows: list[int]) -> Scores:
        mean: Scores = self.scores[rows].mean(axis=0).astype(np.float32, copy=False)
        return mean

    @cached_property
    def _means(self) -> dict[tuple[int, int], Scores | None]:
        """Mean scores by offsets, kept as the probabilities are."""
        return {}


def _shares(odds: Scores) -> tuple[float, ...]:
    """Probabilities that sum to 1."""
    powers = np.exp(odds - odds.max())
    return tuple((powers / powers.sum()).tolist())


def _any_part(odds: Scores) -> float:
    """The most that is left for a part, over the kinds, beside "none", which comes first of the parts."""
    rows = odds.reshape(-1, len(PARTS))
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return float(1 - (powers[:, 0] / powers.sum(axis=1)).min())


class Tagger(Protocol):
    """Reads sentences of a document, by number."""

    def tags(self, parse: Parse, numbers: Iterable[int]) -> dict[int, Reading]:
        """What it reads in the sentences of those numbers."""
        ...


@dataclass(frozen=True)
class Pieces:
    """The word pieces that the model is given, and of those that are words the offsets (`spans`) and places (`at`)."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    at: tuple[int, ...]


class PieceMaker:
    """Cuts sentences into the word pieces of a vocabulary."""

    def __init__(self, vocabulary: Path) -> None:
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)

    def pieces(self, parse: Parse, numbers: Iterable[int]) -> dict[int, Pieces]:
        """For each of those sentences its word pieces, and after a separator those of the end of the one before."""
        wanted = sorted(set(numbers))
        cuts = {n: self._cut(parse, n) for n in sorted({*wanted, *(n - 1 for n in wanted if n)})}
        nothing: _Cut = ([], [])
        return {n: self._joined(cuts[n], cuts.get(n - 1, nothing)) for n in wanted}

    def _joined(self, own: _Cut, before: _Cut) -> Pieces:
        own_ids, spans = own[0][: LONGEST - 2], own[1][: LONGEST - 2]
        ids, at = [self._first, *own_ids, _SEPARATOR], list(range(1, len(own_ids) + 1))
        context, told = before[0][-CONTEXT:], before[1][-CONTEXT:]
        if context:
            at.extend(range(len(ids), len(ids) + len(context)))
            ids.extend((*context, _SEPARATOR))
        return Pieces(tuple(ids), (*spans, *told), tuple(at))

    @cached_property
    def _first(self) -> int:
        return int(self._tokenizer.token_to_id("[CLS]"))

    def _cut(self, parse: Parse, number: int) -> _Cut:
        sentence = parse.sentences[number]
        start, end = sentence.start_char, sentence.end_char
        cut = self._tokenizer.encode(parse.document.text[start:end], add_special_tokens=False)
        return cut.ids, [(start + first, start + last) for first, last in cut.offsets]


class MiniLMTagger:
    """A model of a folder, by default the shipped one, loaded at first use.

    It runs in one thread, so that workers do not crowd each other.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder = folder or files("communique.coding") / "model"

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        content = (self._folder / "tagger.onnx").read_bytes()
        return onnxruntime.InferenceSession(
            content, options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOWER]
        )

    @cached_property
    def _maker(self) -> PieceMaker:
        with as_file(self._folder / "vocab.txt") as path:
            return PieceMaker(path)

    def tags(self, parse: Parse, numbers: Iterable[int]) -> dict[int, Reading]:
        """The readings of the sentences of those numbers."""
        rows = self._maker.pieces(parse, numbers)
        return {
            number: reading(kinds, rows[number].spans, scores, vectors, self._pairs)
            for number, kinds, scores, vectors in self.read(rows)
        }

    @cached_property
    def _pairs(self) -> PairReader:
        return PairReader.from_bytes((self._folder / "pairs.npz").read_bytes())

    def read(self, rows: Mapping[int, Pieces]) -> Iterator[tuple[int, Scores, Scores, Vectors]]:
        """Of the sentences of a document, by number, the log odds of the kinds, the pieces' scores and vectors.

        Batches are cut by length within the document. Vectors have half precision.
        """
        order = sorted(rows, key=lambda n: (len(rows[n].ids), n))
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            kinds, scores, vectors = self._run([rows[n] for n in batch])
            for i, number in enumerate(batch):
                at = list(rows[number].at)
                yield number, kinds[i], scores[i, at], vectors[i, at].astype(np.float16)

    def _run(self, rows: Sequence[Pieces]) -> tuple[Scores, Scores, Scores]:
        width = max(len(r.ids) for r in rows)
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for i, row in enumerate(rows):
            ids[i, : len(row.ids)] = row.ids
            mask[i, : len(row.ids)] = 1
        kinds, scores, vectors = self._session.run(["kinds", "scores", "vectors"], {"ids": ids, "mask": mask})
        return kinds, scores, vectors


def reading(
    kinds: Scores,
    spans: Spans,
    scores: Scores,
    vectors: Vectors | None = None,
    pairs: PairReader | None = None,
) -> Reading:
    """The reading that the model's log odds of kinds for a sentence, and scores and vectors of the pieces, give."""
    odds = 1 / (1 + np.exp(-np.asarray(kinds, dtype=np.float64)))
    return Reading(dict(zip(KINDS, map(float, odds), strict=True)), spans, scores, vectors, pairs)
