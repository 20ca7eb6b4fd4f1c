"""Stages: which word gives an arms transfer or an agreement its stage, and with what status.

"Banned the delivery" tells a block, "a contract for the sale" a contract: the stage is that of the word farthest out
which governs the event's word within its clause, and the status is the status of that word's clause. The words are
in `stages.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Token

from communique.coding.annotation import Annotation
from communique.coding.arguments import Arguments, arguments_of
from communique.coding.frames import load_frames
from communique.coding.propose import Candidate
from communique.coding.status import rule_status
from communique.coding.status_cues import status_cues

_MAX_CLIMB = 6
_BORDERS = frozenset({"ccomp", "relcl", "parataxis", "advcl", "nsubj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_COUNTED = frozenset({"VERB", "AUX", "NOUN", "ADJ", "PROPN"})


@dataclass(frozen=True)
class Telling:
    """The word that gives the stage, the stage, and the status of that word by rule."""

    word: Token
    stage: str
    status: str

    @property
    def names(self) -> Iterator[str]:
        """The telling as names of features."""
        yield f"told:{self.stage}"
        yield f"told:{self.stage}:{self.status}"
        yield f"told_status:{self.status}"


@lru_cache(maxsize=1)
def stage_words() -> Mapping[str, Mapping[str, str]]:
    """For each kind with stages, the stage that each listed word gives; under `aside`, the words of asides."""
    data = tomllib.loads((files("communique.coding") / "stages.toml").read_text(encoding="utf-8"))
    return {
        kind: {word: stage for stage, words in table.items() for word in words.split()}
        for kind, table in data.items()
    }


def telling(candidate: Candidate, annotation: Annotation) -> Telling | None:
    """What gives the candidate its stage; None for a kind without stages."""
    words = stage_words().get(candidate.kind)
    if words is None:
        return None
    known = [(t, words[t.lemma_.lower()]) for t in _line(candidate.word) if t.lemma_.lower() in words]
    word, stage = known[-1] if known else (candidate.word, candidate.frame.stage or "none")
    if word.i != candidate.word.i:
        candidate = replace(candidate, word=word, arguments=_arguments(word))
    return Telling(word, stage, rule_status(candidate, status_cues(candidate, annotation))[0])


def _arguments(word: Token) -> Arguments:
    return arguments_of(word, load_frames())


def _line(word: Token) -> Iterator[Token]:
    """The word and what governs it, outwards, to the border of its clause."""
    for _ in range(_MAX_CLIMB):
        if word.pos_ in _COUNTED:
            yield word
        head = word.head
        if head.i == word.i or _is_border(word):
            return
        if word.dep_ in _SUBJECTS:
            yield from _coming(head)
        word = head


def _coming(verb: Token) -> Iterator[Token]:
    """What the subject of "is going to be discussed" does, beside "going"."""
    for child in verb.children:
        if child.dep_ == "xcomp" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
            yield child


def _is_border(word: Token) -> bool:
    if word.lower_ in stage_words()["aside"]:
        return True
    if word.dep_ == "nsubj":
        return word.head.pos_ not in ("VERB", "AUX")
    return word.dep_ in _BORDERS or (word.dep_ == "conj" and word.pos_ in ("VERB", "AUX"))
