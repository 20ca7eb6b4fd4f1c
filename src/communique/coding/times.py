"""When: the dates that may belong to an event, each with how it stands to the event's words.

A date in the event's own clause is the event's; one beside a verb of saying dates the saying; a lead in the
past or perfect without a day takes the document's date (docs/codebook.md, "Dates"). `rule_option` decides by
these rules; the judge weighs the same options with learned weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from communique.coding.annotation import Annotation
from communique.coding.dates import DateExpression, Resolution, Tense, calendars, resolve
from communique.coding.propose import Candidate
from communique.coding.speech import speech_words
from communique.records import Interval, Status

_OF_IT = re.compile(r"\s+(?:it|that|this)\s*(?:[.,;:)]|$)")  # "the visit eleven days before it"
_DOCUMENT_DAYS = 2  # a document's date that is less precise dates no event by itself
_COMING = frozenset({"may", "might", "could", "can", "should", "must", "to"})
_TO_COME = frozenset({"will", "would", "shall", "'ll", "wo"})
_GONE = frozenset({"was", "were", "had", "did"})
_LEAD = 2  # sentences after the title that count as the lead


@dataclass(frozen=True)
class DateOption:
    """One possible date of an event: the interval (None is unknown), where it stands, and why.

    `place` is "clause" (in the event's own clause), "noun" (on the event noun), "saying" (beside a verb of
    saying), "sentence", "before" (the sentence before), "document" (the document's own date) or "none".
    `sure` is how sure the judge is of it (0 to 1); the rules are always sure.
    """

    interval: Interval | None
    place: str
    reason: str
    expression: DateExpression | None = None
    sure: float = 1.0


def date_options(candidate: Candidate, annotation: Annotation, status: Status) -> tuple[DateOption, ...]:
    """The options in the order of the text, then the document's date, then none."""
    return tuple(_options(candidate, annotation, status))


def _options(candidate: Candidate, annotation: Annotation, status: Status) -> Iterator[DateOption]:
    sentence = candidate.sentence
    published = annotation.parse.document.published.interval
    told = [
        _told(e, candidate, status, annotation)
        for e in annotation.dates_in(sentence.start_char, sentence.end_char)
    ]
    for one in told:
        place = _place_of(one.holder, candidate)
        if one.found.interval is None and place in ("clause", "noun"):
            one = _counted_back(one, told, candidate) or one
        reason = f"“{one.expression.text}”: {one.found.reason}"
        yield DateOption(one.found.interval, place, reason, one.expression)
    for expression in annotation.dates_before(sentence):
        found = resolve(expression, anchor=published, tense="past", context=None)
        if found.interval is not None:
            yield DateOption(
                found.interval, "before", f"“{expression.text}” just before: {found.reason}", expression
            )
    if published is not None and published.days <= _DOCUMENT_DAYS:
        yield DateOption(
            published, "document", f"the document's date ({annotation.parse.document.published.found})"
        )
    yield DateOption(None, "none", "no date in the text bounds it")


@dataclass(frozen=True)
class _Told:
    """A date expression of a sentence, the verb or noun on which it hangs, and the days that it means."""

    expression: DateExpression
    holder: Token | None
    found: Resolution


def _told(expression: DateExpression, candidate: Candidate, status: Status, annotation: Annotation) -> _Told:
    document = annotation.parse.document
    published, context = document.published.interval, annotation.date_context(expression.start)
    if expression.reference == "event" and _OF_IT.match(document.text, expression.end):
        expression = _from_context(expression)
    holder = _holder_of(expression, candidate)
    tense = _tense_of(holder, status)
    found = resolve(expression, anchor=published, tense=tense, context=context)
    if tense == "future" and holder is not None and _was_to_be(holder):
        past = resolve(expression, anchor=published, tense="past", context=context)
        found = _nearer(found, past, published)
    return _Told(expression, holder, found)


def _counted_back(one: _Told, told: Sequence[_Told], candidate: Candidate) -> _Told | None:
    """When an event was from which another is counted: "sailed on Sunday, nine days after Iran had captured it"."""
    expression, verb = one.expression, candidate.clause
    if expression.reference != "event" or expression.count is None:
        return None
    words = verb.doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if words is None or words[-1].dep_ != "mark" or words[-1].head != verb:
        return None
    dated = [t for t in told if t.found.interval is not None and t.holder is not None]
    own, unsaid = (t for t in dated if t.holder == verb.head), (t for t in dated if not _is_saying(t.holder))
    dated = list(own) or list(unsaid) or dated
    base = dated[0].found.interval if len(dated) == 1 else None
    if base is None:
        return None
    count = -expression.direction * expression.count
    ends = (calendars.shifted(day, expression.unit or "day", count) for day in (base.start, base.end))
    found = Resolution(calendars.span(*ends), f"counted back from “{dated[0].expression.text}”")
    return replace(one, expression=_from_context(expression), found=found)


def _from_context(expression: DateExpression) -> DateExpression:
    """The expression as one that counts from a date which is known."""
    return replace(expression, reference="context", reason=None)


def _is_saying(holder: Token | None) -> bool:
    return holder is not None and holder.lemma_.lower() in speech_words().verbs


def _holder_of(expression: DateExpression, candidate: Candidate) -> Token | None:
    span = candidate.sentence.doc.char_span(expression.start, expression.end, alignment_mode="expand")
    return None if span is None else _holder(span.root)


def _tense_of(holder: Token | None, status: Status) -> Tense:
    """The tense of the verb on which a date hangs ("announced on Monday that it will"), else that of the act."""
    if holder is not None and holder.pos_ in ("VERB", "AUX"):
        auxiliaries = {c.lower_ for c in holder.children if c.dep_ in ("aux", "auxpass")}
        if auxiliaries & _TO_COME and "have" not in auxiliaries:
            return "future"
        if not auxiliaries & _COMING and (holder.tag_ == "VBD" or auxiliaries & _GONE):
            return "past"
    return "future" if status == "planned" else "past"


def _was_to_be(holder: Token) -> bool:
    """True for an act that a past plan names: "was to sail", "had been expected to sail"."""
    head = holder.head
    if holder.dep_ != "xcomp" or head.tag_ not in ("VBN", "VBD", "JJ"):
        return False
    verbs = (head, head.head) if head.dep_ == "acomp" else (head,)
    return any(v.lower_ in _GONE for v in verbs) or any(c.lower_ in _GONE for c in head.children)


def _nearer(coming: Resolution, gone: Resolution, published: Interval | None) -> Resolution:
    """Of two readings the one that begins nearer to the document's date: such a day may lie behind or ahead."""
    if published is None or coming.interval is None or gone.interval is None:
        return coming
    ahead = abs((coming.interval.start - published.start).days)
    return gone if abs((gone.interval.start - published.start).days) < ahead else coming


def _place_of(holder: Token | None, candidate: Candidate) -> str:
    if holder is None:
        return "sentence"
    if holder.i == candidate.word.i:
        return "noun" if candidate.word.pos_ == "NOUN" else "clause"
    if holder.i == candidate.clause.i:
        return "clause"
    if _is_saying(holder):
        return "saying"
    if candidate.word.is_ancestor(holder):
        return "below"
    if holder.i in candidate.arguments.slots:
        return "argument"
    return "above" if holder.is_ancestor(candidate.word) else "sentence"


def _holder(token: Token) -> Token:
    """The verb or noun on which a date hangs: up through its preposition and the date's own words."""
    head = token.head
    while head.i != token.i and (head.pos_ == "ADP" or head.ent_type_ == "DATE" or head.like_num):
        token, head = head, head.head
    return head


def rule_option(candidate: Candidate, options: tuple[DateOption, ...], status: Status) -> DateOption:
    """The option by rule: own clause first, then the sentence's only date, then the lead's document date."""
    for places in (("clause", "noun"), ("below", "argument"), ("above",)):
        chosen = [o for o in options if o.place in places]
        if chosen:
            return min(chosen, key=lambda o: o.interval is None)
    loose = [o for o in options if o.place == "sentence" and o.interval is not None]
    if len(loose) == 1:
        return loose[0]
    lead = candidate.sentence_number <= _LEAD and status == "actual"
    if lead:
        for option in options:
            if option.place in ("saying", "document"):
                return option
    return options[-1]
