"""The first half of annotation: sentences, words, syntax and names of a document, all in its own offsets."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from communique.coding.columns import Columns, columns_of
from communique.knowledge.gazetteer import Mention
from communique.records import Document


@dataclass(frozen=True)
class Parse:
    """A parsed document.

    `doc` is the spaCy parse of the document's text with curly quotation marks, dashes and unusual spaces made
    plain and Title Case headlines put in sentence case, each character for one: doc.text has the length of
    document.text, so `token.idx` is an offset into the stored text. A sentence never spans two lines.
    `mentions` are the names of the knowledge tables found in the stored text.
    """

    document: Document
    doc: Doc
    mentions: tuple[Mention, ...]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences that hold at least one word."""
        return tuple(s for s in self.doc.sents if any(t.is_alpha for t in s))

    @cached_property
    def columns(self) -> Columns:
        """The words as plain lists."""
        return columns_of(self.doc)

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie wholly between two offsets."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return tuple(m for m in self.mentions[first:last] if m.end <= end)

    def mention_over(self, offset: int) -> Mention | None:
        """The mention that begins before an offset and ends after it, or None."""
        last = bisect_left(self._starts, offset) - 1
        return self.mentions[last] if last >= 0 and self.mentions[last].end > offset else None

    def token_at(self, offset: int) -> Token | None:
        """The word that covers an offset, or None in white space past the last word."""
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span[0] if span is not None and len(span) else None

    def tokens_of(self, mention: Mention) -> Span | None:
        """The words that a mention covers, or None where it covers none."""
        return self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
