"""Who speaks: the person, institution, outlet or state that a word names, and its code."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.coding.parse import Parse
from communique.coding.people import HomeStates, People, PersonRecord, outlet_state
from communique.coding.referents import References
from communique.coding.speech import speech_words
from communique.knowledge.entries import ACTOR_KINDS
from communique.knowledge.gazetteer import Mention

_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "both"}
)
_OUTLETS = frozenset({"outlet"})
_OF_SOMEWHERE = frozenset({"NORP", "LOC"})
_MEMORY = 400  # words that "the ministry" looks back


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: the name as the record gives it, the code, the offsets of the words that name them.

    `person` is set where the speaker is one of the document's persons; `medium` for "the statement" or
    "Press TV"; `state` where a state or an organisation itself speaks ("Washington", "NATO").
    """

    name: str
    code: str | None
    start: int
    end: int
    person: PersonRecord | None = None
    medium: bool = False
    state: bool = False


class SpeakerReader:
    """Reads the speakers that words of one document name."""

    def __init__(self, parse: Parse, people: People, references: References) -> None:
        self.parse = parse
        self.doc: Doc = parse.doc
        self.people = people
        self.references = references
        self.words = speech_words()
        self.home = HomeStates(parse, outlet_state(parse.document.outlet))

    def of_token(self, token: Token) -> Speaker | None:
        """The speaker whom a noun or pronoun names, or None where it can be nobody."""
        referent = self.references.at_token(token)
        if referent is not None and len(referent.persons) == 1:
            return self.of_person(referent.persons[0], token)
        if token.pos_ == "PRON":
            return None
        return self._of_noun(
            token, referent.codes[0] if referent is not None and len(referent.codes) == 1 else None
        )

    def of_person(self, person: PersonRecord, token: Token) -> Speaker:
        """A person as speaker, named at a token."""
        return Speaker(person.name, person.code, token.idx, token.idx + len(token.text), person)

    def _of_noun(self, token: Token, code: str | None) -> Speaker | None:
        """An institution, an outlet, "U.S. officials", a person without a record."""
        start, end = self._noun_phrase(token)
        mention = self._mention(start, end, token)
        medium = token.lemma_.lower() in self.words.media or (
            mention is not None and mention.entry.kind in _OUTLETS
        )
        if mention is not None and mention.entry.kind in ACTOR_KINDS:
            code = mention.entry.code
        itself = mention is not None and mention.start <= token.idx < mention.end
        if not (itself or medium or self._can_speak(token)):
            return None
        bare = itself and mention is not None and mention.entry.kind in ACTOR_KINDS
        bare = (
            bare
            and mention is not None
            and mention.entry.form not in ("ministry", "force", "seat", "adjective")
        )
        name = " ".join(self.parse.document.text[start:end].split())
        if code is None and not medium and token.lemma_.lower() in self.words.public:
            code = self._of_somebody(start, end) or self._named_before(token) or self._state_around(token)
        return Speaker(name, code, start, end, None, medium, bare) if name else None

    def _of_somebody(self, start: int, end: int) -> str | None:
        """The code of the person of "a spokesman for David Cameron"."""
        named = (m for m in self.people.mentions if start <= m.start < end)
        return next((code for m in named if (code := self.people.persons[m.person].code)), None)

    def _named_before(self, token: Token) -> str | None:
        """The code of "the ministry" after "Iran's Ministry of Defence": of the last such noun that has one."""
        if not any(c.lower_ in ("the", "this", "same") for c in token.lefts):
            return None
        lemmas, lemma = self.people.columns.lemma, token.lemma_.lower()
        for k in range(token.i - 1, max(0, token.i - _MEMORY) - 1, -1):
            if lemmas[k] == lemma:
                mention = self._mention(*self._noun_phrase(self.doc[k]), self.doc[k])
                if mention is not None and mention.entry.kind in ACTOR_KINDS:
                    return mention.entry.code
        return None

    def _state_around(self, token: Token) -> str | None:
        """The state that the sentence names before a word, else the dateline's, or the outlet's that the text names.

        None for "a European diplomat".
        """
        if any(c.ent_type_ in _OF_SOMEWHERE for c in token.lefts):
            return None
        found = self.home.near(token.idx, token.sent.start_char) or self.home.dateline
        return found or (self.home.outlet if self.home.outlet in self.home.named else None)

    def _can_speak(self, token: Token) -> bool:
        """A name, or a noun for persons and bodies."""
        if token.lemma_.lower() in self.words.givers or token.lower_ in self.words.givers:
            return True
        return token.pos_ == "PROPN" and token.ent_type_ not in (
            "DATE",
            "TIME",
            "GPE",
            "LOC",
            "EVENT",
            "PRODUCT",
        )

    def _noun_phrase(self, token: Token) -> tuple[int, int]:
        """The offsets of the noun phrase of a head noun, without determiner and relative clauses."""
        first = token.left_edge.i
        while first < token.i and (
            self.doc[first].lower_ in _DETERMINERS or self.doc[first].is_punct or self.doc[first].is_space
        ):
            first += 1
        last = token
        for child in token.rights:
            if (
                child.dep_ == "prep"
                and child.lower_ in ("of", "for", "at", "in")
                and child.right_edge.i - token.i <= 9
            ):
                if not any(t.pos_ == "VERB" or t.is_punct for t in child.subtree):
                    last = child.right_edge
            elif child.dep_ in ("compound", "flat") and child.i == last.i + 1:
                last = child
            else:
                break
        for j in range(first, token.i):
            if self.doc[j].text in ("-", "--") and self.doc[j].whitespace_:
                first = j + 1  # a dateline before it
        if token.i - first > 8:
            first = token.i
        return self.doc[first].idx, last.idx + len(last.text)

    def _mention(self, start: int, end: int, token: Token) -> Mention | None:
        found = self.parse.mentions_in(start, end)
        for mention in found:
            if mention.start <= token.idx < mention.end:
                return mention
        return found[0] if found else None
