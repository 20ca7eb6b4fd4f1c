"""Readings of documents by taggers that have not learnt from them: those of the folds of `training/tagger.py`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from communique.coding.parse import Parse
from communique.coding.tagger import MiniLMTagger, Reading, Tagger

UNSEEN = "unseen.txt"
"""In a fold's folder the ids of the documents that its tagger has not seen, one a line."""


class UnseenTagger:
    """Reads each document with the tagger of its fold, and keeps what it read.

    With `rest`, documents of no fold are read by it: right only where it was not trained on them. Where a fold's tagger
    is missing, or `rest`, its documents are not in here.
    """

    def __init__(self, folder: Path, rest: Tagger | None = None) -> None:
        self._rest = rest
        self._taggers: dict[str, Tagger] = {}
        for path in sorted(folder.glob(f"fold-*/{UNSEEN}")):
            tagger = MiniLMTagger(path.parent)
            self._taggers |= dict.fromkeys(path.read_text(encoding="utf-8").splitlines(), tagger)
        self._kept: dict[str, dict[int, Reading]] = {}

    def __contains__(self, doc_id: str) -> bool:
        return doc_id in self._taggers or self._rest is not None

    def tags(self, parse: Parse, numbers: Iterable[int]) -> dict[int, Reading]:
        """The readings of the sentences of those numbers. Raises `KeyError` for a document that is not in here."""
        name, wanted = parse.document.id, sorted(set(numbers))
        tagger = self._taggers.get(name, self._rest)
        if tagger is None:
            raise KeyError(name)
        kept = self._kept.setdefault(name, {})
        if missing := [n for n in wanted if n not in kept]:
            kept |= tagger.tags(parse, missing)
        return {n: kept[n] for n in wanted}
