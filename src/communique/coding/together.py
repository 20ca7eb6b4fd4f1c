"""Whom several stand for together: "the two countries", "both sides", "the three allies", "each other"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, combinations
from math import log

from spacy.tokens import Token

from communique.coding.parse import Parse
from communique.coding.people import People
from communique.coding.referents import MEMORY, Named
from communique.knowledge.entries import ACTOR_KINDS

_LISTED = 4  # sentences that an expression for three or more looks back
# Of a pair named in the sentence of the expression, by then from the one before, from two before.
_NEARNESS = (1.6, 0.8, 0.4)
_APART = 6  # words at most from one name to the other in "Russia and Iran"
_BESIDE = 0.8  # "Russia and Iran" in one of these
_OFTEN = 1.5  # for the log of how often a pair is named together
_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_TOWARDS = frozenset({"to", "on", "upon", "with"})
_BROKERING = frozenset({"broker", "mediate"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Together:
    """The actors of one document, to find those that an expression for several means."""

    def __init__(self, parse: Parse, people: People) -> None:
        self._parse, self._people = parse, people
        self._no_states = frozenset(
            m.entry.code for m in parse.mentions if m.entry.kind in ACTOR_KINDS and m.entry.kind != "state"
        )

    def two(
        self, noun: Token, named: Sequence[Named], sentence: int, *, states: bool = False
    ) -> tuple[str, ...]:
        """The codes of the pair that `noun` of a sentence stands for, in the order named, or none.

        Of the actors named lately the two that are named nearest to each other and most often together in the document.
        Whoever does something to both is neither: "Qatar visited both capitals". With `states` both are states.
        """
        named = named[-MEMORY:]
        never = _doers(noun, named, sentence) | (self._no_states if states else frozenset())
        last: dict[str, int] = {}
        beside: dict[tuple[str, str], int] = {}
        for k, one in enumerate(named):
            codes = tuple(code for code in one.codes if code not in never)
            for code in codes:
                last[code] = one.sentence
            if k and len(codes) == len(named[k - 1].codes) == 1 and self._are_joined(named[k - 1], one):
                beside[named[k - 1].codes[0], codes[0]] = one.sentence

        def closeness(pair: tuple[str, str]) -> float:
            return (
                _nearness(sentence - min(last[code] for code in pair))
                + _BESIDE * (sentence - beside.get(pair, -len(_NEARNESS)) < len(_NEARNESS))
                + _OFTEN * log(1 + self._joint[frozenset(pair)])
            )

        return max(combinations(last, 2), key=closeness, default=())

    def all(self, count: int, named: Sequence[Named], sentence: int) -> tuple[str, ...]:
        """The states of the last sentence, or the title, that names so many of them, or none."""
        lately: dict[int, dict[str, None]] = {}
        for one in named[-MEMORY:]:
            if sentence - one.sentence <= _LISTED or one.sentence == 0:
                states = (c for c in one.codes if c not in self._no_states)
                lately.setdefault(one.sentence, {}).update(dict.fromkeys(states))
        found = (tuple(lately[k]) for k in sorted(lately, reverse=True) if len(lately[k]) == count)
        return next(found, ())

    def _are_joined(self, one: Named, other: Named) -> bool:
        """True of two named with nothing but "and" and what belongs to their names between them."""
        before = self._parse.doc[max(other.token - 2, 0) : other.token]
        return 0 < other.token - one.token <= _APART and any(w.lower_ == "and" for w in before)

    @cached_property
    def _joint(self) -> Counter[frozenset[str]]:
        """The sentences in which two actors are both named, by themselves or by somebody of theirs."""
        columns = self._people.columns
        number = list(accumulate(columns.begins))
        found: dict[int, set[str]] = {}
        spans = [(m.start, m.entry.code) for m in self._parse.mentions if m.entry.kind in ACTOR_KINDS]
        persons = self._people.persons
        spans += [(m.start, code) for m in self._people.mentions if (code := persons[m.person].code)]
        for start, code in spans:
            found.setdefault(number[columns.word_at(start)], set()).add(code)
        return Counter(frozenset(pair) for codes in found.values() for pair in combinations(codes, 2))


def _nearness(sentences: int) -> float:
    return _NEARNESS[sentences] if sentences < len(_NEARNESS) else 0.0


def _doers(noun: Token, named: Sequence[Named], sentence: int) -> frozenset[str]:
    """Who does what is done to those that a noun stands for: "Oman urged both sides", "called on both to wait"."""
    verb = None if noun.lower_ == "other" else _verb_over(noun)  # "they threatened each other"
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None) if verb is not None else None
    if subject is None:
        return frozenset()
    words = range(subject.left_edge.i, subject.right_edge.i + 1)
    codes = [one.codes for one in named if one.sentence == sentence and one.token in words]
    return frozenset(codes[0]) if len(set(codes)) == 1 else frozenset()


def _verb_over(noun: Token) -> Token | None:
    """The verb whose object a noun is, straight, after "to" or "on", or as who shall do something."""
    head = noun.head
    if noun.dep_ in _OBJECTS:
        if head.dep_ == "prep" and head.lower_ in _TOWARDS:
            head = head.head
        elif head.lower_ == "between" and head.head.head.lemma_ in _BROKERING:
            head = head.head.head  # "brokered a truce between the two"
        return head if head.pos_ == "VERB" else None
    if noun.dep_ == "nsubj" and any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children):
        return head.head if head.dep_ in ("xcomp", "ccomp") else None
    return None
