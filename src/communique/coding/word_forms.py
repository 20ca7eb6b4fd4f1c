"""Coarse tags, morphology and lemmas as the model's own rules give them, kept by word.

spaCy's attribute ruler and lemmatizer take a fifth of a parse, most of it for words that they have seen before. What
they say hangs on a word, its tag, its relation where a rule names that one, and for a few rules on the word beside it;
so they are asked once for each such word and the answer is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, MorphAnalysis, Token

_RULED = ("attribute_ruler", "lemmatizer")
_BESIDE = frozenset(
    {"tok2vec", "tagger", "parser", "ner"}
)  # components that do not read what those two write
_MOST = 40_000  # words kept, some 20 MB
_APART = "\n"  # stands between words that are asked for together: no rule for two words knows it
_OTHER = "other"  # stands for the relations that no rule names
_KNOWN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})

Seen = tuple[int, int, int]
"""A word as the rules see it: its text, its tag, and its relation where a rule names that one."""
Unit = tuple[Seen, ...]
"""A word alone, or those that a rule for several words fits."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the rules say of one word; `tag` and `dep` are None where they stay as they are."""

    pos: int
    lemma: int
    morph: MorphAnalysis
    tag: int | None
    dep: int | None


class WordForms:
    """Gives words their forms in documents that a pipeline has tagged and parsed without the components `instead_of`.

    Those are none, and documents stay as they are, where the pipeline is not of the make that is known here.
    """

    def __init__(self, nlp: Language, *, most: int = _MOST) -> None:
        self._vocab, self._most = nlp.vocab, most
        self._ruled = [component for name, component in nlp.pipeline if name in _RULED]
        self._forms: dict[Unit, tuple[Form, ...]] = {}
        rules = [rule for c in self._ruled if isinstance(c, AttributeRuler) for rule in c.patterns]
        patterns = [list(_patterns(rule["patterns"])) for rule in rules]
        words = [word for rule in patterns for pattern in rule for word in pattern]
        ours = all(set(word) <= _KNOWN for word in words) and _is_known(nlp)
        self.instead_of = _RULED if ours else ()
        self._relations = frozenset(nlp.vocab.strings[r] for w in words for r in _named(w.get("DEP")))
        self._other = nlp.vocab.strings.add(_OTHER)
        self._together = AttributeRuler(nlp.vocab)
        several = (any(len(pattern) > 1 for pattern in rule) for rule in patterns)
        self._together.add_patterns(compress(rules, several))

    def fill(self, doc: Doc) -> Doc:
        """The document, its words with their forms."""
        if not self.instead_of:
            return doc
        if len(self._forms) > self._most:
            self._forms.clear()
        units = list(self._units(doc))
        self._ask([unit for unit in dict.fromkeys(units) if unit not in self._forms])
        forms = (form for unit in units for form in self._forms[unit])
        for token, form in zip(doc, forms, strict=True):
            token.pos, token.lemma = form.pos, form.lemma
            token.morph = form.morph
            if form.tag is not None:
                token.tag = form.tag
            if form.dep is not None:
                token.dep = form.dep
        return doc

    def _units(self, doc: Doc) -> Iterator[Unit]:
        """The words in order."""
        joined = {i for *_, start, end in self._together.match(doc) for i in range(start + 1, end)}
        named, other = self._relations, self._other
        unit: list[Seen] = []
        for i, (orth, tag, dep) in enumerate(doc.to_array(["ORTH", "TAG", "DEP"]).tolist()):
            if unit and i not in joined:
                yield tuple(unit)
                unit.clear()
            unit.append((orth, tag, dep if dep in named else other))
        if unit:
            yield tuple(unit)

    def _ask(self, units: Sequence[Unit]) -> None:
        """Let the rules say the forms of these."""
        strings = self._vocab.strings
        words = [word for unit in units for word in (*(strings[orth] for orth, _, _ in unit), _APART)]
        doc, start = Doc(self._vocab, words=words), 0
        for unit in units:
            for token, (_, tag, dep) in zip(doc[start : start + len(unit)], unit, strict=True):
                token.tag, token.dep = tag, dep
            start += len(unit) + 1
        for component in self._ruled:
            doc = component(doc)
        tokens = iter(doc)
        for unit in units:
            self._forms[unit] = tuple(_form(next(tokens), seen) for seen in unit)
            next(tokens)


def _is_known(nlp: Language) -> bool:
    ruled = [component for name, component in nlp.pipeline if name in _RULED]
    sorts = zip(ruled, (AttributeRuler, Lemmatizer), strict=False)
    return (
        len(ruled) == len(_RULED)
        and all(isinstance(component, sort) for component, sort in sorts)
        and _BESIDE.issuperset(set(nlp.pipe_names) - set(_RULED))
    )


def _form(token: Token, seen: Seen) -> Form:
    _, tag, dep = seen
    tag_now, dep_now = token.tag, token.dep
    return Form(
        token.pos,
        token.lemma,
        token.morph,
        None if tag_now == tag else tag_now,
        None if dep_now == dep else dep_now,
    )


def _patterns(patterns: object) -> Iterator[list[dict[str, object]]]:
    """The patterns of a rule: for each of their words what it must be."""
    for pattern in patterns if isinstance(patterns, list) else ():
        yield [{str(name): value for name, value in word.items()} for word in pattern]


def _named(rule: object) -> Iterator[str]:
    """The values that a rule names."""
    if isinstance(rule, str):
        yield rule
    elif isinstance(rule, dict):
        for values in rule.values():
            yield from values
