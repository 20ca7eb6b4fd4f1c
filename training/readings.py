"""Readings kept in a file: what a tagger said of documents that it had not seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from communique.coding.parse import Parse
from communique.coding.tagger import Reading, Tagger, reading

Key = tuple[str, int]


def write_readings(
    path: Path, rows: Iterable[tuple[Key, np.ndarray, tuple[tuple[int, int], ...], np.ndarray]]
) -> None:
    """Write rows of document and sentence, log odds of the kinds, offsets and scores of the pieces."""
    keys, kinds, spans, scores = zip(*rows, strict=True)
    np.savez(
        path,
        keys=json.dumps(keys),
        kinds=np.array(kinds, dtype=np.float32),
        lengths=np.array([len(s) for s in spans]),
        spans=np.concatenate([np.array(s, dtype=np.int32).reshape(-1, 2) for s in spans]),
        scores=np.concatenate(scores).astype(np.float16),
    )


def read_readings(path: Path) -> Iterator[tuple[Key, Reading]]:
    """The readings of a file."""
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    ends = np.cumsum(arrays["lengths"])
    for i, (doc_id, number) in enumerate(json.loads(str(arrays["keys"]))):
        part = slice(ends[i] - arrays["lengths"][i], ends[i])
        spans = tuple((int(s), int(e)) for s, e in arrays["spans"][part])
        yield (doc_id, number), reading(arrays["kinds"][i], spans, arrays["scores"][part].astype(np.float32))


class KeptReadings:
    """Readings that `training/tagger.py` kept in `readings-*.npz`, by document and sentence.

    With `rest`, documents without such readings are read by it: right only where it was not trained on them.
    """

    def __init__(self, folder: Path, rest: Tagger | None = None) -> None:
        self._rest = rest
        self._kept: dict[str, dict[int, Reading]] = {}
        for path in sorted(folder.glob("readings-*.npz")):
            for (doc_id, number), found in read_readings(path):
                self._kept.setdefault(doc_id, {})[number] = found

    def __contains__(self, doc_id: str) -> bool:
        return doc_id in self._kept or self._rest is not None

    def tags(self, parse: Parse, numbers: Iterable[int]) -> dict[int, Reading]:
        """The kept readings of the sentences of those numbers, but of none in which nothing was proposed then."""
        kept = self._kept.get(parse.document.id)
        if kept is None:
            if self._rest is None:
                raise KeyError(parse.document.id)
            return self._rest.tags(parse, numbers)
        return {n: kept[n] for n in numbers if n in kept}
