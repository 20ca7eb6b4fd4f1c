"""Status: did it happen, is it planned, only possible, or denied?

Cues are read from the clause that tells the event: auxiliaries, negation, the verbs and nouns that govern it,
conditional marks, modifiers of an event noun. `rule_status` decides by rules alone; the judge weighs the same
cues with learned weights.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Token

from communique.coding.propose import Candidate
from communique.coding.sayings import SPEECH_KINDS, speech_words
from communique.records import Status

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "advcl", "pcomp", "relcl", "conj", "csubj"})
_MAX_CLIMB = 4


@dataclass(frozen=True)
class StatusWords:
    """The vocabulary of status.toml, by status and place in the clause."""

    words: dict[str, dict[str, frozenset[str]]]

    def has(self, status: str, place: str, word: str) -> bool:
        """True when the word is listed for that status and place."""
        return word in self.words[status].get(place, ())


@lru_cache(maxsize=1)
def status_words() -> StatusWords:
    """The status vocabulary of the package."""
    data = tomllib.loads((files("communique.coding") / "status.toml").read_text(encoding="utf-8"))
    return StatusWords(
        {
            status: {
                place: frozenset(words.split() if isinstance(words, str) else words)
                for place, words in table.items()
            }
            for status, table in data.items()
        }
    )


def status_cues(candidate: Candidate) -> tuple[str, ...]:
    """The cues in the clause that tells the event, as "place:word", in a fixed order without repeats."""
    cues = dict.fromkeys(_noun_cues(candidate.word)) if candidate.word is not candidate.clause else {}
    if candidate.word.pos_ not in ("VERB", "AUX"):
        cues |= dict.fromkeys(_noun_cues(candidate.word))
    cues |= dict.fromkeys(_clause_cues(candidate.clause, "own"))
    cues |= dict.fromkeys(_governor_cues(candidate.clause))
    if candidate.sentence.text.rstrip().endswith("?"):
        cues["question"] = None
    return tuple(cues)


def _clause_cues(verb: Token, owner: str) -> Iterator[str]:
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass"):
            yield f"{owner}_aux:{child.lower_}"
        elif child.dep_ == "neg" or child.lower_ in ("never", "nor"):
            yield f"{owner}_neg"
        elif child.dep_ == "mark":
            yield f"{owner}_mark:{child.lower_}"
        elif child.dep_ == "advmod":
            yield f"{owner}_adverb:{child.lower_}"
        elif child.dep_ == "nsubj" and any(t.lower_ == "no" for t in child.children):
            yield f"{owner}_neg"
    yield f"{owner}_tag:{verb.tag_}"
    if owner == "own":
        yield f"own_dep:{verb.dep_}"


def _noun_cues(noun: Token) -> Iterator[str]:
    for child in noun.children:
        if child.dep_ in ("amod", "compound"):
            yield f"modifier:{child.lower_}"
        elif child.dep_ == "det":
            yield f"det:{child.lower_}"
        elif child.dep_ == "neg":
            yield "own_neg"


def _governor_cues(word: Token) -> Iterator[str]:
    for level in range(_MAX_CLIMB):
        head = word.head
        if head.i == word.i:
            return
        if head.pos_ in ("VERB", "AUX"):
            relation = word.dep_ if word.dep_ in _COMPLEMENTS else "other"
            yield f"governor{min(level, 1)}:{relation}:{head.lemma_.lower()}"
            if relation in ("xcomp", "ccomp", "acl", "pcomp", "other"):
                yield from (c for c in _clause_cues(head, "above") if not c.startswith("above_tag"))
                yield f"above_tag{min(level, 1)}:{head.tag_}"
            if relation in ("conj",):
                yield from (
                    c for c in _clause_cues(head, "shared") if c.startswith(("shared_aux", "shared_neg"))
                )
        elif head.pos_ in ("NOUN", "PROPN"):
            yield f"governor_noun:{head.lemma_.lower()}"
            yield from _noun_cues(head)
        word = head


def rule_status(candidate: Candidate, cues: tuple[str, ...]) -> tuple[Status, str]:
    """The status by rules, and the cue that decided ("stated as fact" where none did)."""
    words = status_words()
    speech = candidate.kind in SPEECH_KINDS
    for cue in cues:
        if cue == "own_neg" and candidate.kind not in ("reject", "threaten"):
            return "denied", "negated"
        if cue == "det:no":
            return "denied", "the noun has “no”"
    for status, where in (
        ("possible", "own"),
        ("planned", "own"),
        ("possible", "shared"),
        ("planned", "shared"),
    ):
        for cue in cues:
            place, _, word = cue.partition(":")
            if (
                place == f"{where}_aux"
                and words.has(status, "auxiliaries", word)
                and not (speech and word in ("can",))
            ):
                return _status(status), f"auxiliary “{word}”"
            if place == "own_mark" and words.has(status, "marks", word):
                return _status(status), f"“{word}”"
    return _governed_status(candidate, cues, words)


def _governed_status(candidate: Candidate, cues: tuple[str, ...], words: StatusWords) -> tuple[Status, str]:
    infinitive = bool({"own_aux:to", "own_tag:VBG"} & set(cues)) or candidate.word.pos_ not in ("VERB", "AUX")
    for cue in cues:
        place, _, rest = cue.partition(":")
        if place.startswith("governor") and place != "governor_noun":
            relation, _, verb = rest.partition(":")
            if verb in speech_words().plain:
                continue
            for status in ("denied", "possible", "planned"):
                listed = words.has(status, "governors", verb)
                if (
                    listed
                    and (infinitive or relation == "ccomp")
                    and relation in ("xcomp", "ccomp", "other", "acl")
                ):
                    return _status(status), f"under “{verb}”"
        for status in ("planned", "possible"):
            if place == "modifier" and words.has(status, "modifiers", rest):
                return _status(status), f"“{rest}”"
            if place == "governor_noun" and words.has(status, "nouns", rest):
                return _status(status), f"under “{rest}”"
    return "actual", "stated as fact"


def _status(name: str) -> Status:
    match name:
        case "planned" | "possible" | "denied":
            return name
    return "actual"
