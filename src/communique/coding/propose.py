"""Propose: find every word that may tell an event, by the frames over the parse. High recall is the aim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Span, Token

from communique.coding.arguments import Arguments, arguments_of
from communique.coding.columns import Columns
from communique.coding.frames import Frame, FrameSet, WordClass, load_frames
from communique.coding.parse import Parse
from communique.coding.tagger import Reading
from communique.records import Kind

LONGEST = 500  # words of a sentence
_TELLING = frozenset({"VERB", "NOUN"})
TAGGED = 0.3
"""A kind that the sentence tagger gives at least this probability is proposed without a frame."""


@dataclass(frozen=True)
class Candidate:
    """A word that may tell an event of a kind: its frame (the most specific that fits) and its arguments."""

    kind: Kind
    word: Token
    sentence: Span
    sentence_number: int
    frame: Frame
    arguments: Arguments

    @property
    def is_tagged(self) -> bool:
        """True when the sentence tagger, and no frame, proposed it."""
        return self.frame.name.endswith("/tagged")

    @property
    def clause(self) -> Token:
        """The verb that carries tense, mood and negation (the event word itself where there is none)."""
        return self.arguments.clause


def propose(parse: Parse) -> Iterator[Candidate]:
    """The candidates of a document in the order of their words; one for each word and kind.

    What runs on for more than `LONGEST` words is no sentence of prose (a list, a table, broken text): it gives none.
    """
    frames = load_frames()
    materiel = _materiel_tokens(parse)
    for number, sentence in enumerate(parse.sentences):
        if len(sentence) > LONGEST:
            continue
        for i in range(sentence.start, sentence.end):
            listed = _frames_at(parse.columns, i, frames)
            matched = [f for f in listed if _has_rest(parse.doc[i], f)]
            if not matched:
                continue
            word = parse.doc[i]
            arguments = arguments_of(word, frames)
            best: dict[Kind, Frame] = {}
            for frame in matched:
                if _fits(frame, word, arguments, materiel) and _is_better(frame, best.get(frame.kind)):
                    best[frame.kind] = frame
            for kind, frame in best.items():
                yield Candidate(kind, word, sentence, number, frame, arguments)


def propose_tagged(
    parse: Parse, tags: Mapping[int, Reading], proposed: Iterable[Candidate]
) -> Iterator[Candidate]:
    """A candidate in each sentence that the tagger gives a kind which no frame has found there.

    It stands at the verb or noun at which the kind is told most strongly.
    """
    frames = load_frames()
    known = {(c.sentence_number, c.kind) for c in proposed}
    for number in sorted(tags):
        sentence = parse.sentences[number]
        for kind, frame in frames.plain.items():
            if tags[number].kinds[kind] >= TAGGED and (number, kind) not in known:
                word = _told_at(sentence, kind, tags[number])
                yield Candidate(kind, word, sentence, number, frame, arguments_of(word, frames))


def _told_at(sentence: Span, kind: Kind, reading: Reading) -> Token:
    """The verb or noun at which a kind is told most strongly; the main verb where none was read."""
    told = [(reading.told(t.idx, t.idx + len(t)), t) for t in sentence if t.pos_ in _TELLING]
    read = [(odds[kind], -t.i, t) for odds, t in told if odds]
    return max(read)[2] if read else sentence.root


def _frames_at(columns: Columns, i: int, frames: FrameSet) -> tuple[Frame, ...]:
    part, lemma = columns.pos[i], columns.lemma[i]
    if part in ("VERB", "AUX"):
        return frames.by_head.get(("verb", lemma), ())
    if part in ("NOUN", "PROPN", "ADJ"):
        return frames.by_head.get(("noun", lemma), ()) or frames.by_head.get(("noun", columns.lower[i]), ())
    return ()


def _has_rest(word: Token, frame: Frame) -> bool:
    if not frame.rest:
        return True
    if not frame.is_led:
        near = {t.lower_ for t in word.children} | {word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""}
        return all(w in near for w in frame.rest)
    before = [t.lower_ for t in word.doc[max(0, word.i - len(frame.rest)) : word.i]]
    return before == list(frame.rest)


def _materiel_tokens(parse: Parse) -> frozenset[int]:
    found: set[int] = set()
    for mention in parse.mentions:
        if mention.entry.kind == "materiel":
            span = parse.tokens_of(mention)
            found.update(t.i for t in span or ())
    return frozenset(found)


def _fits(frame: Frame, word: Token, arguments: Arguments, materiel: frozenset[int]) -> bool:
    for slot, words in (("object", frame.object), ("subject", frame.subject)):
        if words and not _heads_slot(slot, words, arguments, materiel):
            return False
    if frame.near and not any(_holds(frame.near, t, materiel) for t in _nearby(word, arguments)):
        return False
    return all(
        any(frame.roles.get(slot) == role for slot, _ in arguments.slots.values()) for role in frame.needs
    )


def _heads_slot(slot: str, words: WordClass, arguments: Arguments, materiel: frozenset[int]) -> bool:
    """True where a word of the class heads the argument in a slot, or stands just under its head."""
    doc = arguments.clause.doc
    return any(
        found == slot and depth <= 1 and _holds(words, doc[i], materiel)
        for i, (found, depth) in arguments.slots.items()
    )


def _nearby(word: Token, arguments: Arguments) -> Iterator[Token]:
    seen = set(arguments.slots)
    yield from (
        word.doc[i] for i in arguments.slots if arguments.slots[i][0] not in ("subject", "subject_above")
    )
    yield from (t for t in word.subtree if t.i not in seen and t.i != word.i)
    if word.head.i != word.i and word.dep_ in ("compound", "pobj", "dobj"):
        yield word.head


def _holds(words: WordClass, token: Token, materiel: frozenset[int]) -> bool:
    return (
        token.lemma_.lower() in words.words
        or token.lower_ in words.words
        or (words.materiel and token.i in materiel)
    )


def _is_better(frame: Frame, other: Frame | None) -> bool:
    return other is None or _specificity(frame) > _specificity(other)


def _specificity(frame: Frame) -> tuple[int, int]:
    return (len(frame.rest), 2 * bool(frame.object or frame.subject) + bool(frame.near))
