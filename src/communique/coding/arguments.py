"""The arguments of an event word: which words stand in which slot of a verb or an event noun.

Slots are "subject", "object" (also a passive's subject), "indirect", "agent" (passive "by"), "possessor",
"modifier" (adjectives and compounds before a noun), "clause_subject" (the subject of a complement clause)
and each preposition by its own name ("to", "with", "between"). What is left out on the surface is taken
from the governing clause: conjoined verbs, infinitives, participles, relative clauses and light verbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from communique.coding.frames import FrameSet, load_frames

_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "csubj", "parataxis"})
_MAX_CLIMB = 6


@dataclass(frozen=True)
class Arguments:
    """The arguments of one event word.

    `slots` maps each word of an argument (by its index) to the slot and its depth under the argument's head
    (0 is the head). `clause` is the verb that carries tense, mood and negation, or the event word itself.
    """

    slots: dict[int, tuple[str, int]]
    clause: Token


def arguments_of(word: Token, frames: FrameSet) -> Arguments:
    """The arguments of an event verb or event noun."""
    clause = word if word.pos_ in ("VERB", "AUX") else _light_verb(word, frames) or word
    slots: dict[int, tuple[str, int]] = {}
    for slot, head in _heads(word, clause):
        _spread(slot, head, word, slots)
    return Arguments(slots, clause)


def _heads(word: Token, clause: Token) -> Iterator[tuple[str, Token]]:
    """Slot and head of each argument, nearest source first (the first slot given to a word stays)."""
    if word.pos_ in ("VERB", "AUX"):
        yield from _verb_arguments(word)
        return
    yield from _noun_arguments(word)
    if clause is not word:
        for slot, head in _verb_arguments(clause):
            if head.i != word.i and word not in head.subtree:
                yield slot, head
    else:
        governor = _governing_verb(word)
        if governor is not None:
            yield from (("subject_above", t) for t in subjects(governor) if word not in t.subtree)


def _verb_arguments(verb: Token) -> Iterator[tuple[str, Token]]:
    yield from (("subject", t) for t in subjects(verb) if not _is_passive(verb))
    if _is_passive(verb):
        yield from (("object", t) for t in subjects(verb))
    for child in verb.children:
        if child.dep_ in ("dobj", "attr", "oprd"):
            yield "object", child
            yield from _prepositional(child)
        elif child.dep_ == "dative":
            yield ("indirect", child) if child.pos_ != "ADP" else ("to", _object_of(child) or child)
        elif child.dep_ == "agent":
            target = _object_of(child)
            if target is not None:
                yield "agent", target
        elif child.dep_ in ("ccomp", "xcomp"):
            yield from (("clause_subject", t) for t in child.children if t.dep_ in ("nsubj", "nsubjpass"))
    yield from _prepositional(verb)


def _noun_arguments(noun: Token) -> Iterator[tuple[str, Token]]:
    for child in noun.children:
        if child.dep_ == "poss":
            yield "possessor", child
        elif child.dep_ in ("amod", "compound", "nmod", "npadvmod"):
            yield "modifier", child
    yield from _prepositional(noun)
    for child in noun.children:
        if child.dep_ in ("acl", "relcl"):
            yield from ((slot, head) for slot, head in _verb_arguments(child) if head.i != noun.i)


def _prepositional(word: Token) -> Iterator[tuple[str, Token]]:
    for prep in word.children:
        if prep.dep_ == "prep":
            target = _object_of(prep)
            if target is not None:
                yield prep.lower_, target
            for inner in prep.children:
                if inner.dep_ == "prep":
                    deeper = _object_of(inner)
                    if deeper is not None:
                        yield inner.lower_, deeper


def _object_of(prep: Token) -> Token | None:
    return next((t for t in prep.children if t.dep_ in ("pobj", "pcomp")), None)


def _spread(slot: str, head: Token, word: Token, slots: dict[int, tuple[str, int]]) -> None:
    """Give the slot to all words under the head, except what lies in a clause of its own or is placed already."""
    stack = [(head, 0)]
    while stack:
        token, depth = stack.pop()
        if token.i == word.i or token.i in slots:
            continue
        slots[token.i] = (slot, depth)
        stack.extend((c, depth + (c.dep_ != "conj")) for c in token.children if c.dep_ not in _CLAUSES)


def subjects(verb: Token) -> list[Token]:
    """The subjects of a verb, its own or those that it shares with the clause that governs it."""
    for _ in range(_MAX_CLIMB):
        own = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass", "csubj")]
        if own:
            return [_antecedent(t, verb) for t in own]
        head = verb.head
        if head.i == verb.i:
            return []
        if verb.dep_ in ("xcomp", "advcl", "ccomp", "pcomp", "conj", "dep"):
            if verb.dep_ == "xcomp" and head.lemma_.lower() in load_frames().object_control:
                objects = [t for t in head.children if t.dep_ in ("dobj", "nsubjpass")]
                if objects:
                    return objects
            if verb.dep_ == "pcomp" and head.head.pos_ in ("VERB", "AUX"):
                head = head.head
            if head.pos_ not in ("VERB", "AUX"):
                return _noun_subjects(head)
            verb = head
        elif verb.dep_ == "acl":
            return [head] if verb.tag_ in ("VBG", "VBN") else _noun_subjects(head)
        elif verb.dep_ == "relcl":
            return [head] if verb.tag_ == "VBG" else []
        else:
            return []
    return []


def _antecedent(subject: Token, verb: Token) -> Token:
    if verb.dep_ == "relcl" and subject.lower_ in ("who", "which", "that"):
        return verb.head
    return subject


def _noun_subjects(noun: Token) -> list[Token]:
    """Who does what a noun names: "Iran's decision to send", or the subject of the verb above the noun."""
    owners = [t for t in noun.children if t.dep_ == "poss"]
    if owners:
        return owners
    governor = _governing_verb(noun)
    return [t for t in governor.children if t.dep_ == "nsubj"] if governor is not None else []


def _is_passive(verb: Token) -> bool:
    own = [t.dep_ for t in verb.children]
    return "nsubjpass" in own or "auxpass" in own or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def _light_verb(noun: Token, frames: FrameSet) -> Token | None:
    head = noun.head
    if noun.dep_ == "conj":
        noun, head = head, head.head
    if noun.dep_ in ("dobj", "nsubjpass", "attr") and head.lemma_.lower() in frames.light_verbs:
        return head
    if noun.dep_ == "pobj" and head.lower_ in frames.light_prepositions and head.dep_ == "prep":
        verb = head.head
        if verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in frames.light_verbs:
            return verb
    if noun.dep_ == "nsubj" and head.lemma_.lower() in (
        "begin",
        "start",
        "take",
        "end",
        "continue",
        "open",
        "be",
    ):
        return head
    return None


def _governing_verb(word: Token) -> Token | None:
    for _ in range(_MAX_CLIMB):
        head = word.head
        if head.i == word.i:
            return None
        if head.pos_ in ("VERB", "AUX"):
            return head
        word = head
    return None
