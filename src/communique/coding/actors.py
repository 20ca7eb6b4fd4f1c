"""Who is there to act: every mention of a state, organisation, group, person or place that may stand for an actor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from communique.coding.annotation import Annotation
from communique.knowledge.entries import ACTOR_KINDS

_FOCUS = 3


@dataclass(frozen=True)
class ActorMention:
    """Words that name, or refer to, an actor.

    `form` is the gazetteer's form ("name", "adjective", "capital", ...), or "person", "office" (a holder told by
    the office alone), "several" (one of those that "the Baltic states" stands for), "reference" (a pronoun or
    "the two countries") or "place" (a city or region of a state).
    `root` is the word by which the mention hangs in its sentence.
    """

    start: int
    end: int
    root: Token
    code: str
    form: str
    person: str | None = None
    office: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Cast:
    """All actor mentions of a document, in order, and how prominent each code is."""

    mentions: tuple[ActorMention, ...]
    title_end: int
    outlet_code: str | None

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The codes by number of mentions, 0 for the most frequent (places and references left out)."""
        counts = Counter(m.code for m in self.mentions if m.form not in ("place", "reference"))
        return {
            code: rank for rank, (code, _) in enumerate(sorted(counts.items(), key=lambda c: (-c[1], c[0])))
        }

    @cached_property
    def focus(self) -> tuple[str, ...]:
        """The codes named most often, at most three, the most frequent first."""
        return tuple(sorted(self.ranks, key=lambda code: self.ranks[code])[:_FOCUS])

    @cached_property
    def title_codes(self) -> frozenset[str]:
        """The codes that the title names."""
        return frozenset(m.code for m in self.mentions if m.end <= self.title_end and m.form != "place")

    def between(self, start: int, end: int) -> tuple[ActorMention, ...]:
        """The mentions that lie wholly between two offsets."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return tuple(m for m in self.mentions[first:last] if m.end <= end)

    def backwards(self, end: int) -> Iterator[ActorMention]:
        """The mentions that lie wholly before an offset, the last first."""
        for i in range(bisect_right(self._starts, end) - 1, -1, -1):
            if self.mentions[i].end <= end:
                yield self.mentions[i]

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.mentions]


def find_cast(annotation: Annotation) -> Cast:
    """The actors of a document."""
    standing = list(_standing(annotation))
    spans = {(m.start, m.end) for m in standing}
    named = (m for m in _named(annotation) if not any(s <= m.start and m.end <= e for s, e in spans))
    found = [*standing, *named, *_persons(annotation), *_referred(annotation)]
    found.sort(key=lambda m: (m.start, m.end, m.code, m.form))
    title = annotation.parse.document.title or ""
    return Cast(tuple(found), len(title), annotation.outlet_code)


def _named(annotation: Annotation) -> Iterator[ActorMention]:
    parse = annotation.parse
    for mention in parse.mentions:
        entry = mention.entry
        span = parse.tokens_of(mention)
        if span is None or not entry.code:
            continue
        if entry.kind in ACTOR_KINDS:
            form = "place" if entry.form == "capital" and _is_location(span.root) else entry.form
            yield ActorMention(mention.start, mention.end, span.root, entry.code, form, reason="named")
        elif entry.kind == "place":
            yield ActorMention(
                mention.start, mention.end, span.root, entry.code, "place", reason=f"place in {entry.code}"
            )


def _standing(annotation: Annotation) -> Iterator[ActorMention]:
    for standing in annotation.standing:
        span = annotation.parse.doc.char_span(standing.start, standing.end, alignment_mode="expand")
        if span is None:
            continue
        form = "several" if len(standing.codes) > 1 else "name"
        reason = f"“{standing.text}” stands for it here"
        for code in standing.codes:
            yield ActorMention(standing.start, standing.end, span.root, code, form, reason=reason)


def _is_location(root: Token) -> bool:
    return root.dep_ == "pobj" and root.head.lower_ in ("in", "at", "near", "outside", "around")


def _persons(annotation: Annotation) -> Iterator[ActorMention]:
    for mention in annotation.people.mentions:
        person = annotation.people.persons[mention.person]
        span = annotation.parse.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None and person.code:
            yield ActorMention(
                mention.start,
                mention.end,
                span.root,
                person.code,
                "person",
                person.name,
                person.office,
                "person named",
            )


def _referred(annotation: Annotation) -> Iterator[ActorMention]:
    for reference in annotation.references:
        span = annotation.parse.doc.char_span(reference.start, reference.end, alignment_mode="expand")
        if span is None:
            continue
        told = {p.code: p for p in reference.referent.persons if p.code}
        for code in reference.referent.codes:
            person = told.get(code)
            yield ActorMention(
                reference.start,
                reference.end,
                span.root,
                code,
                "reference",
                person.name if person else None,
                person.office if person else None,
                reference.referent.reason,
            )
