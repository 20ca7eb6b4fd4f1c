"""The sentence tagger: which kinds of event a sentence tells, by a small language model on the CPU.

MiniLM-L6 (all-MiniLM-L6-v2, Apache-2.0) fine-tuned by `training/tagger.py` to give each kind a probability for
a sentence, with the sentence before it as context; exported to 8-bit ONNX. The judge weighs what it says.
A document's sentences are tagged together and alone, so that the same document always gets the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib.resources import as_file, files
from typing import Protocol, get_args

import numpy as np
import onnxruntime
from tokenizers import BertWordPieceTokenizer

from communique.coding.parse import Parse
from communique.records import Kind

Tags = Mapping[str, float]
"""The probability of each kind for one sentence."""

LONGEST = 72  # word pieces of the sentence, with the marks at its ends
WINDOW = 96  # word pieces of the sentence and the end of the one before it
_BATCH = 2  # the least processor time: more rows mean more padding
_SEPARATOR = 102


class Tagger(Protocol):
    """Gives sentences of a document their tags, by number."""

    def tags(self, parse: Parse, numbers: Iterable[int]) -> dict[int, Tags]:
        """The tags of the sentences of those numbers."""
        ...


class MiniLMTagger:
    """The shipped model, loaded at first use; one thread, so that workers do not crowd each other."""

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        content = (files("communique.coding") / "model" / "tagger.onnx").read_bytes()
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> BertWordPieceTokenizer:
        with as_file(files("communique.coding") / "model" / "vocab.txt") as path:
            return BertWordPieceTokenizer(str(path), lowercase=True)

    def tags(self, parse: Parse, numbers: Iterable[int]) -> dict[int, Tags]:
        """The tags of the sentences of those numbers; batches are cut by length within the document."""
        rows = {n: self._pieces(parse, n) for n in sorted(set(numbers))}
        order = sorted(rows, key=lambda n: (len(rows[n]), n))
        found: dict[int, Tags] = {}
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            for number, row in zip(batch, self._run([rows[n] for n in batch]), strict=True):
                found[number] = dict(zip(get_args(Kind), map(float, row), strict=True))
        return found

    def _pieces(self, parse: Parse, number: int) -> list[int]:
        own = self._tokenizer.encode(sentence_words(parse, number)).ids[: LONGEST - 1]
        own = own[:-1] if own[-1] == _SEPARATOR else own
        before = (
            self._tokenizer.encode(sentence_words(parse, number - 1), add_special_tokens=False).ids
            if number
            else []
        )
        room = WINDOW - len(own) - 2
        return [*own, _SEPARATOR, *before[-room:], _SEPARATOR] if before else [*own, _SEPARATOR]

    def _run(self, rows: Sequence[list[int]]) -> np.ndarray:
        width = max(map(len, rows))
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row
            mask[i, : len(row)] = 1
        (scores,) = self._session.run(None, {"ids": ids, "mask": mask})
        return 1 / (1 + np.exp(-np.asarray(scores, dtype=np.float64)))


def sentence_words(parse: Parse, number: int) -> str:
    """The stored words of a sentence with single spaces, as the tagger reads and is trained on them."""
    sentence = parse.sentences[number]
    return " ".join(parse.document.text[sentence.start_char : sentence.end_char].split())
