from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from communique.coding.parser import load_model
from communique.coding.word_forms import WordForms

TEXTS = (
    "Envoys meet\n\nThere's a chance that they ain't going to sign, and there were two drafts.",
    "Let's say they're gonna leave; he's gotta stay.  Y'all come on, c'm on!",
    "It did help them, but it has not done so. It helped it because you asked you.",
    "  \n\nThat which that state had said it said: “I have had it.” What does do is do.\n",
    "Ministers met. Ministers met again; their meetings' results were better and the best.",
    "",
)
COLUMNS: list[int | str] = [
    "ORTH",
    "TAG",
    "POS",
    "DEP",
    "HEAD",
    "LEMMA",
    "MORPH",
    "ENT_TYPE",
    "ENT_IOB",
    "SENT_START",
]


def rows(docs: list[Doc]) -> list[list[list[int]]]:
    return [doc.to_array(COLUMNS).tolist() for doc in docs]


@pytest.mark.parametrize("most", [40_000, 0])
def test_words_get_the_forms_that_the_whole_pipeline_gives(most: int) -> None:
    nlp = load_model()
    forms = WordForms(nlp, most=most)
    whole = rows(list(nlp.pipe(TEXTS)))
    assert forms.instead_of == ("attribute_ruler", "lemmatizer")
    for _ in range(2):  # asked for, then kept
        assert rows([forms.fill(d) for d in nlp.pipe(TEXTS, disable=forms.instead_of)]) == whole


def test_a_rule_for_two_words_is_followed() -> None:
    nlp = load_model()
    forms = WordForms(nlp)
    doc = forms.fill(nlp("There is hope. It is hope. Let's go.", disable=list(forms.instead_of)))
    assert [t.pos_ for t in doc if t.lower_ == "is"] == ["VERB", "AUX"]
    assert [t.lemma_ for t in doc if t.lower_ == "'s"] == ["us"]


def tagless() -> Language:
    return spacy.blank("en")


def with_a_part_of_its_own() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.add_pipe("sentencizer")
    return nlp


def with_rules_on_shapes() -> Language:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "dd"}]], {"POS": "NUM"})  # type: ignore[attr-defined]
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    return nlp


@pytest.mark.parametrize("make", [tagless, with_a_part_of_its_own, with_rules_on_shapes])
def test_another_pipeline_keeps_its_own_components(make: Callable[[], Language]) -> None:
    forms = WordForms(make())
    assert forms.instead_of == ()
    doc = Doc(make().vocab, words=["Envoys", "met"])
    assert forms.fill(doc) is doc
    assert [t.lemma_ for t in doc] == ["", ""]
