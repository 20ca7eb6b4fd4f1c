"""Whom a document names as the source of what it says at a place: the speaker, and who passed it on.

The layers over a span, from the inside out: the quotation or interview turn it lies in, the clauses of saying
verbs, "according to X", a sentence that says who stated the one before it. Where there is none, the
outlet says it in its own voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Token

from communique.coding.parse import Parse
from communique.coding.people import People
from communique.coding.references import References
from communique.coding.sayings import Saying, SayingFinder, find_issuers, giver
from communique.coding.speaking import SpeakerReader
from communique.coding.speech import speech_words
from communique.records import Statement

_STATED = re.compile(
    r"^\W*(?:This|It|That) (?:was|has been|is) (?:\w+ )?"
    r"(?:stated|said|announced|emphasi[sz]ed|reported|noted|told)\b"
)

_LONG = 400  # characters from which reported words are taken for a whole turn


@dataclass(frozen=True, slots=True)
class Attribution:
    """The sources of a span, the nearest first; empty where the outlet speaks in its own voice.

    `spans` are the offsets of the words on which each rests; `states` the code of each that is a state or an
    organisation itself ("Washington"), else None; `reason` says it in words.
    """

    chain: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    reason: str
    states: tuple[str | None, ...] = ()

    @property
    def nearest(self) -> str | None:
        """The nearest source, or None."""
        return self.chain[0] if self.chain else None

    def beyond(self, names: Iterable[str], codes: Iterable[str] = ()) -> tuple[str, ...]:
        """The sources that are none of `names` and no state or organisation of `codes`, the nearest first.

        An actor is no source of its own act: "Tehran announced plans" is in the outlet's own voice, and so is
        a threat that the article quotes from whoever utters it.
        """
        own, acting = set(names), set(codes)
        states = self.states or (None,) * len(self.chain)
        return tuple(
            name
            for name, state in zip(self.chain, states, strict=True)
            if name not in own and state not in acting
        )


@dataclass(frozen=True, slots=True)
class _Layer:
    """What one source covers: offsets of the words, the source's name, where it is named, and how."""

    start: int
    end: int
    name: str
    named: tuple[int, int] | None
    how: str
    state: str | None = None
    cue: int | None = None  # where its verb of saying stands


class Attributor:
    """Answers, for one document, whom it names as the source of a span."""

    def __init__(
        self, parse: Parse, people: People, references: References, statements: Sequence[Statement]
    ) -> None:
        self.parse = parse
        self.doc = parse.doc
        self.text = parse.document.text
        self.people = people
        self.reader = SpeakerReader(parse, people, references)
        self.sayings = SayingFinder(parse, self.reader).sayings()
        self.issuers = find_issuers(parse, self.reader)
        self.statements = statements

    def attribute(self, start: int, end: int, *, told: bool = False) -> Attribution:
        """The sources of the words between two offsets.

        With `told`, a verb of telling between them stands for what is told: of "announced" in "Kyiv announced that it
        had withdrawn" Kyiv is the source.
        """
        over = [
            layer
            for layer in self._layers
            if (_covers(layer, start, end) and not _names_itself(layer, start, end))
            or (told and layer.cue is not None and start <= layer.cue < end and self._tells(layer.cue))
        ]
        over.sort(key=lambda layer: (layer.end - layer.start, layer.start))
        chain: dict[str, _Layer] = {}
        for layer in over:
            chain.setdefault(layer.name, layer)
        if not chain:
            return Attribution((), (), "in the outlet's own voice")
        layers = tuple(chain.values())
        return Attribution(
            chain=tuple(chain),
            spans=tuple(layer.named or (layer.start, layer.end) for layer in layers),
            reason="; ".join(layer.how for layer in layers),
            states=tuple(layer.state for layer in layers),
        )

    def _tells(self, offset: int) -> bool:
        token = self.parse.token_at(offset)
        return token is not None and token.lemma_.lower() in speech_words().telling

    @cached_property
    def _layers(self) -> tuple[_Layer, ...]:
        return (*self._of_statements(), *self._of_sayings(), *self._of_stated())

    def _of_statements(self) -> Iterator[_Layer]:
        for statement in self.statements:
            turn = not statement.direct and ("\n" in statement.text or len(statement.text) > _LONG)
            if statement.speaker is not None and (statement.direct or turn):
                how = "said in a turn" if turn else "quoted"
                yield _Layer(statement.start, statement.end, statement.speaker, None, how)

    def _of_sayings(self) -> Iterator[_Layer]:
        for saying in self.sayings:
            scope = self._scope(saying)
            speaker = giver(saying.speaker, saying.start, self.sayings, self.issuers, self.doc)
            if scope is not None:
                how = f"{speaker.name}: {self.doc[saying.cue].lemma_.lower()}"
                state = speaker.code if speaker.state else None
                cue = self.doc[saying.cue].idx
                yield _Layer(*scope, speaker.name, (saying.start, saying.end), how, state, cue)

    def _scope(self, saying: Saying) -> tuple[int, int] | None:
        """The offsets for which a saying vouches; None where its verb introduces no content."""
        cue = self.doc[saying.cue]
        if cue.lower_ == "according":
            return saying.content
        if cue.lemma_.lower() not in speech_words().plain:
            return _subject_matter(cue)
        if saying.content is not None:
            return saying.content
        if saying.speaker.start >= cue.idx or not self._stands_last(saying):
            return cue.idx, cue.sent.end_char
        return cue.sent.start_char, saying.start

    def _stands_last(self, saying: Saying) -> bool:
        """True for ", the White House said Thursday", with what was said before it."""
        before = self.text[: saying.start].rstrip(" the")
        return before.endswith((",", ',"', ",”")) and saying.start > self.doc[saying.cue].sent.start_char + 20

    def _of_stated(self) -> Iterator[_Layer]:
        """Reads "This was stated by X": X is the source of the sentence before."""
        sentences = self.parse.sentences
        for before, sentence in pairwise(sentences):
            if not _STATED.match(sentence.text):
                continue
            agent = next((t for t in sentence if t.dep_ == "agent"), None)
            giver = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
            speaker = self.reader.of_token(giver) if giver is not None else None
            if speaker is not None:
                yield _Layer(
                    before.start_char,
                    before.end_char,
                    speaker.name,
                    (speaker.start, speaker.end),
                    "stated in the next sentence",
                )


def _subject_matter(cue: Token) -> tuple[int, int] | None:
    """The offsets of what somebody speaks about: "spoke about the withdrawal"."""
    words = speech_words().about.get(cue.lemma_.lower(), ())
    for child in cue.subtree:
        if child.dep_ == "prep" and child.lower_ in words and child.head.i in (cue.i, cue.i + 1):
            last = child.right_edge
            return child.idx, last.idx + len(last.text)
    return None


def _covers(layer: _Layer, start: int, end: int) -> bool:
    """True when the larger part of the span lies in the layer."""
    return 2 * (min(layer.end, end) - max(layer.start, start)) > end - start


def _names_itself(layer: _Layer, start: int, end: int) -> bool:
    """True when the span is the naming of the source itself."""
    return layer.named is not None and layer.named[0] <= start and end <= layer.named[1]


def attribute(
    parse: Parse,
    people: People,
    references: References,
    statements: Sequence[Statement],
    span: tuple[int, int],
) -> Attribution:
    """The sources of one span of a document; for many spans of one document make one `Attributor`."""
    return Attributor(parse, people, references, statements).attribute(*span)
