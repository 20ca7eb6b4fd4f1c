"""An annotated document: its parse, people, references, quotations and dates, all by offsets."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

from communique.coding.dates import DateExpression, resolve
from communique.coding.parse import Parse
from communique.coding.people import People
from communique.coding.references import References
from communique.knowledge.context import Standing
from communique.records import Interval, Statement


@dataclass(frozen=True)
class Annotation:
    """All that is known of a document before events are looked for."""

    parse: Parse
    people: People
    references: References
    statements: tuple[Statement, ...]
    dates: tuple[DateExpression, ...]
    outlet_code: str | None
    standing: tuple[Standing, ...] = ()
    """The names that stand for several states, or for one by what the text is about."""

    @cached_property
    def _date_starts(self) -> list[int]:
        return [d.start for d in self.dates]

    @cached_property
    def _quoted(self) -> tuple[tuple[int, int], ...]:
        return tuple((s.start, s.end) for s in self.statements if s.direct)

    def is_quoted(self, offset: int) -> bool:
        """True when the offset lies inside a direct quotation."""
        return any(start <= offset < end for start, end in self._quoted)

    def dates_in(self, start: int, end: int) -> tuple[DateExpression, ...]:
        """The date expressions between two offsets."""
        return self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]

    def dates_before(self, sentence: Span) -> tuple[DateExpression, ...]:
        """The date expressions of the sentence before, on the same line of the text."""
        if sentence.start == 0:
            return ()
        before = sentence.doc[sentence.start - 1].sent
        if "\n" in self.parse.document.text[before.start_char : before.end_char]:
            return ()
        return self.dates_in(before.start_char, before.end_char)

    def date_context(self, offset: int) -> Interval | None:
        """The last date told before an offset that is known without another: what "two days later" counts from."""
        return self._contexts[bisect_left(self._date_starts, offset)]

    @cached_property
    def _contexts(self) -> tuple[Interval | None, ...]:
        """The last date known without another among the first n, for n from none to all."""
        published = self.parse.document.published.interval
        known: list[Interval | None] = [None]
        for expression in self.dates:
            interval = None
            if expression.is_explicit or expression.shape in ("date", "weekday"):
                interval = resolve(expression, anchor=published, tense="past", context=None).interval
            known.append(interval or known[-1])
        return tuple(known)
