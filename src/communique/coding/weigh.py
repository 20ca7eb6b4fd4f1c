"""What the judge can weigh about a candidate: named features of its word, clause, sentence and document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from communique.coding.annotation import Annotation
from communique.coding.propose import Candidate
from communique.coding.roles import Casting
from communique.coding.stages import Telling
from communique.records import Status

_WINDOW = 9
_TOLD = 2.0  # what the word that gives the stage weighs beside a mere neighbour
_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV", "AUX"})


@dataclass(frozen=True)
class Surroundings:
    """What the other candidates of the document say: kinds at the same word and in the same sentence."""

    at_word: dict[int, tuple[str, ...]]
    in_sentence: dict[int, tuple[str, ...]]
    kinds: Counter[str]


def surroundings(candidates: tuple[Candidate, ...]) -> Surroundings:
    """The surroundings of all candidates of a document."""
    at_word: dict[int, list[str]] = {}
    in_sentence: dict[int, list[str]] = {}
    for c in candidates:
        at_word.setdefault(c.word.i, []).append(c.kind)
        row = in_sentence.setdefault(c.sentence_number, [])
        if c.kind not in row:
            row.append(c.kind)
    return Surroundings(
        {i: tuple(k) for i, k in at_word.items()},
        {i: tuple(sorted(k)) for i, k in in_sentence.items()},
        Counter(c.kind for c in candidates),
    )


def claim_features(
    candidate: Candidate,
    found: tuple[Casting, ...],
    cues: tuple[str, ...],
    around: Surroundings,
    annotation: Annotation,
) -> dict[str, float]:
    """Features of "does this word tell an event of this kind?", alone and with the kind."""
    kind = candidate.kind
    lemma = candidate.word.lemma_.lower()
    plain = list(dict.fromkeys(_shape(candidate, found, around, annotation)))
    features = dict.fromkeys(plain, 1.0)
    features.update((f"{kind}|{name}", 1.0) for name in plain)
    features.update((f"{kind}|{name}", 1.0) for name in dict.fromkeys(_words(candidate)))
    features.update((f"{kind}|{cue}", 1.0) for cue in cues)
    features.update((cue, 1.0) for cue in cues if not cue.startswith(("governor", "modifier", "own_adverb")))
    features[f"frame:{candidate.frame.name}"] = 1.0
    features[f"{kind}|{lemma}"] = 1.0
    for name in _arguments(candidate):
        features[f"{kind}|{name}"] = 1.0
        features[f"{kind}|{lemma}|{name}"] = 1.0
    return features


def _shape(
    candidate: Candidate, found: tuple[Casting, ...], around: Surroundings, annotation: Annotation
) -> Iterator[str]:
    word, sentence = candidate.word, candidate.sentence
    yield f"pos:{word.pos_}"
    yield f"dep:{word.dep_}"
    yield f"clause_dep:{candidate.clause.dep_}"
    yield f"light:{word.i != candidate.clause.i}"
    yield f"number:{min(candidate.sentence_number, 4)}"
    title_end = len(annotation.parse.document.title or "")
    yield f"title:{sentence.start_char < title_end}"
    rules = Counter(c.rule for c in found if c.rule)
    yield f"roles:{min(rules['source'], 2)}{min(rules['target'], 2)}{min(rules['participant'], 3)}"
    here = [c for c in found if c.mentions]
    yield f"actors:{min(len(here), 4)}"
    yield f"forms:{','.join(sorted({c.best.form for c in here if c.best and c.rule}))}"
    yield f"quoted:{annotation.is_quoted(word.idx)}"
    yield f"rivals:{len(around.at_word[word.i])}"
    for other in around.at_word[word.i]:
        yield f"also:{other}"
    for other in around.in_sentence[candidate.sentence_number]:
        yield f"beside:{other}"
    yield f"many:{min(around.kinds[candidate.kind].bit_length(), 4)}"
    yield f"length:{min(len(sentence).bit_length(), 7)}"
    yield f"dated:{bool(annotation.dates_in(sentence.start_char, sentence.end_char))}"
    yield f"object:{bool(candidate.frame.object)}{bool(candidate.frame.near)}"


def _words(candidate: Candidate) -> Iterator[str]:
    word = candidate.word
    for token in candidate.sentence:
        if token.pos_ in _CONTENT and token.i != word.i and token.ent_type_ != "PERSON":
            lemma = token.lemma_.lower()
            if abs(token.i - word.i) <= _WINDOW:
                yield f"near:{lemma}"
            else:
                yield f"far:{lemma}"
    for offset in (-2, -1, 1, 2):
        at = word.i + offset
        if candidate.sentence.start <= at < candidate.sentence.end:
            yield f"at{offset}:{word.doc[at].lower_}"


def _arguments(candidate: Candidate) -> Iterator[str]:
    for i, (slot, depth) in candidate.arguments.slots.items():
        if depth == 0:
            token = candidate.word.doc[i]
            yield f"arg:{slot}:{_sort(token)}"
            yield f"arg:{slot}"


def _sort(token: Token) -> str:
    return token.ent_type_ or token.lemma_.lower()


def status_features(
    candidate: Candidate, cues: tuple[str, ...], rule: Status, told: Telling | None = None
) -> dict[str, float]:
    """Features of the status, alone and with the kind; the rule's answer is one of them."""
    plain = [f"rule:{rule}", *cues, f"lemma:{candidate.word.lemma_.lower()}", f"frame:{candidate.frame.name}"]
    plain.append(f"stage:{candidate.frame.stage}")
    plain.append(f"question:{'question' in cues}")
    if told is not None:
        plain.extend(told.names)
    features = dict.fromkeys(plain, 1.0)
    features.update((f"{candidate.kind}|{name}", 1.0) for name in plain)
    for token in candidate.sentence:
        if (
            token.pos_ in ("AUX", "VERB", "ADV", "SCONJ", "ADJ", "PART")
            and abs(token.i - candidate.word.i) <= _WINDOW
        ):
            side = "after" if token.i > candidate.word.i else "before"
            features[f"word:{token.lower_}:{side}"] = 1.0
    return features


def stage_features(
    candidate: Candidate, cues: tuple[str, ...], status: Status, told: Telling | None = None
) -> dict[str, float]:
    """Features of the stage of an arms transfer or agreement."""
    kind = candidate.kind
    features = {f"{kind}|frame:{candidate.frame.stage}": 1.0, f"{kind}|status:{status}": 1.0}
    features[f"{kind}|{candidate.word.lemma_.lower()}"] = 1.0
    features[f"{kind}|clause:{candidate.clause.lemma_.lower()}"] = 1.0
    for name in told.names if told is not None else ():
        features[f"{kind}|{name}"] = _TOLD
    for cue in cues:
        features[f"{kind}|{cue}"] = 1.0
    for name in _words(candidate):
        if name.startswith("near:"):
            features[f"{kind}|{name}"] = 1.0
    return features
