"""Statements: quotations with their speaker, and what is told of somebody's words without marks.

The cue that stands with a quotation decides: after it (", Zarif said"), before it (Zarif said: ), between its
halves. A quotation with no cue of its own goes on from the one before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Token

from communique.coding.interviews import find_turns
from communique.coding.parse import Parse
from communique.coding.people import People
from communique.coding.quotations import Quotation, find_quotations
from communique.coding.references import References
from communique.coding.sayings import Saying, SayingFinder, find_issuers, giver
from communique.coding.speaking import Speaker, SpeakerReader
from communique.coding.speech import speech_words
from communique.records import Statement

_LEAST = 3  # words of a statement; fewer are a scare quote
_NEAR = 14  # words after a quotation in which its cue stands
_ENDS = ".!?…\n"
_AT_ONCE = 40  # characters
_FAR = 1200  # characters over which a speaker goes on
_CLOSE = 200  # characters
_SAID = frozenset({"said", "says", "added", "noted", "stated", "wrote", "stressed", "asked"})


class StatementFinder:
    """Reads the statements of one document."""

    def __init__(self, parse: Parse, people: People, references: References) -> None:
        self.parse = parse
        self.doc = parse.doc
        self.text = parse.document.text
        self.people = people
        self.reader = SpeakerReader(parse, people, references)
        self.sayings = SayingFinder(parse, self.reader).sayings()
        self.issuers = find_issuers(parse, self.reader)
        self.quotations = find_quotations(self.text)

    @cached_property
    def _cues(self) -> list[int]:
        return [self.doc[s.cue].idx for s in self.sayings]

    @cached_property
    def _starts(self) -> list[int]:
        """Offsets at which sentences begin: the parser's, where the text before ends a sentence or a line."""
        starts = [0]
        columns = self.people.columns
        for offset, begins in zip(columns.offsets, columns.begins, strict=True):
            if begins and not self.text[offset].isspace():
                before = self.text[max(0, offset - 12) : offset].rstrip(" \t\"”’')\xa0")
                if not before or before[-1] in _ENDS:
                    starts.append(offset)
        return starts

    def statements(self) -> tuple[Statement, ...]:
        """Direct statements in order, then reported ones, sorted by offset."""
        found = [*self._direct(), *self._turns(), *self._reported()]
        return tuple(sorted(found, key=lambda s: (s.start, s.end, not s.direct)))

    def _direct(self) -> Iterator[Statement]:
        last: Speaker | None = None
        last_end = 0
        for k, quotation in enumerate(self.quotations):
            speaker = self._speaker_of(k, quotation, last, last_end)
            words = self.text[quotation.start : quotation.end]
            if len(words.split()) >= _LEAST:
                yield self._statement(quotation.start, quotation.end, speaker, direct=True)
            if speaker is not None:
                last, last_end = speaker, quotation.end

    def _statement(self, start: int, end: int, speaker: Speaker | None, *, direct: bool) -> Statement:
        return Statement(
            doc_id=self.parse.document.id,
            text=self.text[start:end],
            speaker=speaker.name if speaker else None,
            code=speaker.code if speaker else None,
            start=start,
            end=end,
            direct=direct,
        )

    def _speaker_of(
        self, k: int, quotation: Quotation, last: Speaker | None, last_end: int
    ) -> Speaker | None:
        if quotation.reopened and last is not None:
            return last
        floor = self._floor(quotation)
        leads = not self.text[floor : quotation.start].strip(" \t\n\"“”'‘’(—–-…")
        if leads:
            found = self._announced(quotation) or self._after(k, quotation)
        else:
            before = self._before(floor, quotation.start)
            if before is None or self._is_followed(k, quotation):
                before = self._after(k, quotation) or before
            found = before or self._subject(floor, quotation.start)
        found = found or self._continued(quotation, last, last_end) or self._just_spoke(quotation.start)
        return giver(found, quotation.start, self.sayings, self.issuers, self.doc) if found else None

    def _announced(self, quotation: Quotation) -> Speaker | None:
        """The speaker of a cue that ends in a colon before a quotation that leads its line or sentence."""
        if not self.text[: quotation.start].rstrip(" \t\n\"“”'‘").endswith(":"):
            return None
        colon = self.text.rfind(":", 0, quotation.start)
        return self._before(self._starts[bisect_right(self._starts, colon) - 1], quotation.start)

    def _is_followed(self, k: int, quotation: Quotation) -> bool:
        """True when a comma before the closing mark leads to a cue at once: it goes before a cue in front."""
        if self.text[quotation.end - 1] != ",":
            return False
        saying = self._saying_after(k, quotation)
        if saying is None or self.doc[saying.cue].idx - quotation.end > _AT_ONCE:
            return False
        return not (saying.speaker.medium and self.doc[saying.cue].lower_ == "according")

    def _just_spoke(self, start: int) -> Speaker | None:
        """Who is told to have spoken just before, else the last person named as a subject there."""
        for i in range(bisect_left(self._cues, start) - 1, -1, -1):
            if self._cues[i] < start - 2 * _CLOSE:
                break
            if not self.sayings[i].speaker.state and not self._is_weak(self.sayings[i]):
                return self.sayings[i].speaker
        named = self.people.mentions
        first, after = (bisect_left(self._named, offset) for offset in (start - _CLOSE, start))
        for mention in reversed(named[first:after]):
            token = self.doc[self.people.columns.word_at(mention.end - 1)]
            if token.dep_ in ("nsubj", "nsubjpass"):
                return self.reader.of_person(self.people.persons[mention.person], token)
        return None

    @cached_property
    def _named(self) -> list[int]:
        return [m.start for m in self.people.mentions]

    def _floor(self, quotation: Quotation) -> int:
        """Where the sentence of a quotation begins, or the quotation before it ends."""
        sentence = self._starts[bisect_right(self._starts, quotation.start) - 1]
        line = self.text.rfind("\n", 0, quotation.start) + 1
        return max(sentence, line)

    def _after(self, k: int, quotation: Quotation) -> Speaker | None:
        """The speaker that stands after a quotation in the same sentence."""
        if self._closes_sentence(quotation) and not self._is_tail(quotation):
            return None
        saying = self._saying_after(k, quotation)
        return saying.speaker if saying is not None else self._loose(quotation.end, self._stop(k, quotation))

    def _saying_after(self, k: int, quotation: Quotation) -> Saying | None:
        """The first cue after a quotation in the same sentence."""
        begin, stop = quotation.end, self._stop(k, quotation)
        for i in range(bisect_left(self._cues, begin), len(self.sayings)):
            saying = self.sayings[i]
            if self._cues[i] >= stop:
                break
            if self._is_weak(saying) and self._cues[i] - begin > _AT_ONCE:
                continue
            if saying.start >= begin or saying.speaker.person is not None:
                return saying
        return None

    def _stop(self, k: int, quotation: Quotation) -> int:
        end = self.quotations[k + 1].start - 1 if k + 1 < len(self.quotations) else len(self.text)
        return self._next_start(quotation.end, end)

    def _closes_sentence(self, quotation: Quotation) -> bool:
        return self.text[quotation.end - 1] in ".!?…"

    def _is_tail(self, quotation: Quotation) -> bool:
        """True when what follows a closing mark goes on in lower case, or is a short "X said."."""
        begin = quotation.end
        tail = self.text[begin : begin + 90].lstrip(" \t\"”'’,–—-\xa0")
        if tail[:1].islower():
            return True
        if self.text[begin - 1] in "!?":
            return any(w.lower() in _SAID for w in tail.split()[:6])
        words = [w.lower() for w in tail.split(". ")[0].rstrip(".").split()]
        return 2 <= len(words) <= 6 and words[-1] in _SAID

    def _next_start(self, begin: int, end: int) -> int:
        k = bisect_right(self._starts, begin + 2)
        stop = self._starts[k] if k < len(self._starts) else len(self.text)
        line = self.text.find("\n", begin)
        return min(stop, end, line if line >= 0 else end)

    def _loose(self, begin: int, stop: int) -> Speaker | None:
        """A cue whose subject the parser lost: the person or institution that stands beside it."""
        tokens = self._tokens(begin, stop)[:_NEAR]
        cue = next(
            (t for t in tokens if t.lemma_.lower() in speech_words().plain or t.lower_ in ("said", "says")),
            None,
        )
        if cue is None:
            return None
        for token in (*reversed([t for t in tokens if t.i < cue.i]), *[t for t in tokens if t.i > cue.i]):
            if self.reader.references.at_token(token) is not None:
                return self.reader.of_token(token)
        return None

    def _tokens(self, begin: int, stop: int) -> list[Token]:
        span = self.doc.char_span(begin, max(stop, begin + 1), alignment_mode="expand")
        return [t for t in span if begin <= t.idx < stop] if span is not None else []

    def _before(self, floor: int, start: int) -> Speaker | None:
        """The speaker of the last cue between the sentence's start and the quotation."""
        for i in range(bisect_left(self._cues, start) - 1, -1, -1):
            if self._cues[i] < floor:
                break
            weak = self._is_weak(self.sayings[i]) and any(c.isalpha() for c in self._between(i, start))
            if not weak and not self._inside_quotation(self._cues[i]):
                return self.sayings[self._first_of_cue(i)].speaker
        return None

    def _between(self, i: int, start: int) -> str:
        """What stands between a cue and a quotation after it."""
        return self.text[self._cues[i] + len(self.doc[self.sayings[i].cue].text) : start]

    def _first_of_cue(self, i: int) -> int:
        while i and self._cues[i - 1] == self._cues[i]:
            i -= 1
        return i

    def _is_weak(self, saying: Saying) -> bool:
        return self.doc[saying.cue].lemma_.lower() in speech_words().weak

    def _inside_quotation(self, offset: int) -> bool:
        k = bisect_right(self._quoted, offset) - 1
        return k >= 0 and offset < self.quotations[k].end

    @cached_property
    def _quoted(self) -> list[int]:
        return [q.start for q in self.quotations]

    def _subject(self, floor: int, start: int) -> Speaker | None:
        """The subject of a sentence that holds quoted words without a verb of saying."""
        for token in self._tokens(floor, start):
            if token.dep_ == "nsubj":
                referent = self.reader.references.at_token(token)
                if referent is not None and referent.persons:
                    return self.reader.of_token(token)
        return None

    def _continued(self, quotation: Quotation, last: Speaker | None, last_end: int) -> Speaker | None:
        """The speaker of the quotation before, unless somebody else took the floor between."""
        if last is None or quotation.start - last_end > _FAR:
            return None
        first, after = bisect_left(self._cues, last_end), bisect_left(self._cues, quotation.start)
        between = self.sayings[first:after]
        persons = [s.speaker for s in between if s.speaker.person is not None]
        return persons[-1] if persons else last

    def _reported(self) -> Iterator[Statement]:
        """What somebody is told to have said, without marks."""
        for saying in self.sayings:
            if saying.content is None or self.doc[saying.cue].lemma_.lower() not in speech_words().plain:
                continue
            start, end = saying.content
            if (
                end - start > 3
                and not self._inside_quotation(saying.start)
                and not self._holds_quotation(start, end)
            ):
                yield self._statement(
                    start,
                    end,
                    giver(saying.speaker, saying.start, self.sayings, self.issuers, self.doc),
                    direct=False,
                )

    def _holds_quotation(self, start: int, end: int) -> bool:
        k = bisect_left(self._quoted, end) - 1
        return k >= 0 and self.quotations[k].end > start

    def _turns(self) -> Iterator[Statement]:
        """What is said in the turns of an interview or a transcript."""
        for turn in find_turns(self.parse, self.people):
            person = turn.person
            yield Statement(
                doc_id=self.parse.document.id, text=self.text[turn.start : turn.end], speaker=person.name,
                code=person.code, start=turn.start, end=turn.end, direct=False,
            )  # fmt: skip


def find_statements(parse: Parse, people: People, references: References) -> tuple[Statement, ...]:
    """The statements of a document, sorted: quotations (direct), interview turns and reported speech."""
    return StatementFinder(parse, people, references).statements()
