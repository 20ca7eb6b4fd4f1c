"""Finds who says what: saying verbs with their speaker, and "according to".

A saying is the verb, the words that name its speaker and, where the parser gives it, what is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.coding.parse import Parse
from communique.coding.speaking import Speaker, SpeakerReader
from communique.coding.speech import speech_words


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying (or "according") at token `cue`, its speaker, and the offsets of what is said."""

    cue: int
    start: int
    end: int
    speaker: Speaker
    content: tuple[int, int] | None


class SayingFinder:
    """Finds the sayings of one document."""

    def __init__(self, parse: Parse, reader: SpeakerReader) -> None:
        self.parse = parse
        self.doc = parse.doc
        self.reader = reader
        self.words = speech_words()
        self._last: Speaker | None = None

    def sayings(self) -> tuple[Saying, ...]:
        """All sayings, in the order of their cue; of one cue the nearest speaker first."""
        found: list[Saying] = []
        columns = self.reader.people.columns
        for k, (lower, lemma, pos) in enumerate(zip(columns.lower, columns.lemma, columns.pos, strict=True)):
            if lower == "according":
                saying = self._according(self.doc[k])
                found += [saying] if saying is not None else []
            elif pos == "VERB" and lemma in self.words.verbs:
                found += self._of_verb(self.doc[k])
            self._last = found[-1].speaker if found else None
        return tuple(found)

    def _of_verb(self, verb: Token) -> list[Saying]:
        """The saying of a verb; two of "IRNA quoted the minister as saying": the minister's, then IRNA's."""
        givers = [self._quoted_by(verb), self.subject_of(verb)]
        content = self._content(verb)
        if givers[1] is not None and givers[1].pos_ == "PRON" and not self._is_person(givers[1]):
            return self._goes_on(verb, givers[1], content)
        return [
            Saying(
                verb.i,
                min(speaker.start, verb.idx),
                max(speaker.end, verb.idx + len(verb.text)),
                speaker,
                content,
            )
            for giver in givers
            if giver is not None and (speaker := self.reader.of_token(giver)) is not None
        ]

    def _goes_on(self, verb: Token, pronoun: Token, content: tuple[int, int] | None) -> list[Saying]:
        """Reads "it said" as the body that spoke last, an open "he" as whoever spoke last."""
        last, word = self._last, pronoun.lower_
        if last is None or word not in ("he", "she", "it", "they"):
            return []
        if word in ("it", "they") and (
            last.person is not None or last.name.endswith("s") != (word == "they")
        ):
            return []
        return [Saying(verb.i, pronoun.idx, verb.idx + len(verb.text), last, content)]

    def _quoted_by(self, verb: Token) -> Token | None:
        """The object of "quoted X as saying"."""
        if verb.lemma_.lower() not in self.words.quoted:
            return None
        if not any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children):
            return None
        return next((c for c in verb.children if c.dep_ == "dobj"), None)

    def subject_of(self, verb: Token) -> Token | None:
        """The word that names who speaks: the verb's subject, or that of the verb it goes with."""
        own = self._own_subject(verb)
        if own is not None:
            return self._antecedent(own)
        if verb.tag_ == "VBG" and verb.i > verb.sent.start and self.doc[verb.i - 1].text == ",":
            main = self._own_subject(verb.sent.root)
            if main is not None and main.i < verb.i:
                return main
        for _ in range(4):
            if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
                quoted = next((c for c in verb.head.head.children if c.dep_ == "dobj"), None)
                if quoted is not None:
                    return quoted
            if verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN"):
                return verb.head
            if (
                verb.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "prep", "acl", "dep")
                or verb.head.i == verb.i
            ):
                return None
            verb = verb.head
            own = self._own_subject(verb)
            if own is not None:
                return self._antecedent(own)
        return None

    def _own_subject(self, verb: Token) -> Token | None:
        for child in verb.children:
            if child.dep_ == "nsubj" or (
                child.dep_ == "nsubjpass" and verb.lemma_.lower() in self.words.quoted
            ):
                return child
        return None

    def _antecedent(self, subject: Token) -> Token:
        """For "who", the noun that it explains; for a dateline, who is named before the verb."""
        if subject.text.isupper() and len(subject.text) > 4 and subject.i - subject.sent.start < 3:
            persons = [t for t in self.doc[subject.i + 1 : subject.head.i] if self._is_person(t)]
            return persons[-1] if persons else subject
        if subject.lower_ in ("who", "which", "that") and subject.head.dep_ == "relcl":
            return subject.head.head
        return subject

    def _is_person(self, token: Token) -> bool:
        referent = self.reader.references.at_token(token)
        return referent is not None and len(referent.persons) == 1

    def _content(self, verb: Token) -> tuple[int, int] | None:
        """The offsets of the verb's clause of content, or None."""
        for child in verb.children:
            if child.dep_ in ("ccomp", "parataxis"):
                last = child.right_edge
                return child.left_edge.idx, last.idx + len(last.text)
            if child.dep_ == "prep" and child.lower_ == "as" and verb.lemma_.lower() in self.words.quoted:
                saying = next((c for c in child.children if c.pos_ == "VERB"), None)
                if saying is not None and (content := self._content(saying)) is not None:
                    return content
        return None

    def _according(self, token: Token) -> Saying | None:
        """Reads "according to X": X vouches for the clause."""
        to = next((t for t in self.doc[token.i + 1 : token.i + 2] if t.lower_ == "to"), None)
        if to is None:
            return None
        giver = next((c for c in to.children if c.dep_ == "pobj"), None)
        if giver is None:
            return None
        speaker = self._beyond_medium(giver)
        if speaker is None:
            return None
        return Saying(token.i, token.idx, speaker.end, speaker, self._scope_of(token))

    def _scope_of(self, token: Token) -> tuple[int, int]:
        """The clause that "according to" belongs to: the sentence, or the subordinate clause that it ends."""
        head = token.head
        while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
            head = head.head
        if head.dep_ in ("relcl", "advcl", "acl") and token.i > head.i:
            last = head.right_edge
            return head.left_edge.idx, last.idx + len(last.text)
        return token.sent.start_char, token.sent.end_char

    def _beyond_medium(self, noun: Token) -> Speaker | None:
        """Reads "a statement from the ministry" as the ministry."""
        issuer = issuer_of(noun) if noun.lemma_.lower() in self.words.media else None
        speaker = self.reader.of_token(issuer) if issuer is not None else None
        return speaker or self.reader.of_token(noun)


def giver(
    speaker: Speaker, start: int, sayings: Sequence[Saying], issuers: Sequence[Speaker], doc: Doc
) -> Speaker:
    """For "the statement said", who issued it: the issuer named, else who spoke last before."""
    if not _is_paper(speaker):
        return speaker
    before = [s for s in issuers if s.start < start]
    before = before or [s.speaker for s in sayings if doc[s.cue].idx < start and not _is_paper(s.speaker)]
    return before[-1] if before else speaker


def find_issuers(parse: Parse, reader: SpeakerReader) -> tuple[Speaker, ...]:
    """Whoever is named as giving a statement: "a statement by the ministry", "Macron's letter"."""
    media = speech_words().media
    found = []
    columns = reader.people.columns
    for k, (lemma, pos) in enumerate(zip(columns.lemma, columns.pos, strict=True)):
        if pos == "NOUN" and lemma in media:
            named = issuer_of(parse.doc[k])
            speaker = reader.of_token(named) if named is not None else None
            if speaker is not None:
                found.append(speaker)
    return tuple(found)


def issuer_of(medium: Token) -> Token | None:
    """The word that names who gave a statement: "statement from X", "X's statement"."""
    for child in medium.children:
        if child.dep_ == "poss" and child.pos_ in ("PROPN", "NOUN"):
            return child
        if child.dep_ in ("prep", "agent") and child.lower_ in ("from", "by", "of"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None and inner.pos_ in ("PROPN", "NOUN"):
                return inner
    return None


def _is_paper(speaker: Speaker) -> bool:
    return speaker.medium and speaker.name.lower().split()[-1] in speech_words().media
