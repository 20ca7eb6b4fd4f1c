"""What the judge can weigh about one possible date of an event: named features of both and of how they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from communique.coding.annotation import Annotation
from communique.coding.dates import DateExpression
from communique.coding.propose import Candidate
from communique.coding.speech import SPEECH_KINDS, speech_words
from communique.records import Interval, Status

if TYPE_CHECKING:
    from communique.coding.times import DateOption

_MODAL = frozenset({"would", "could", "might", "may", "can", "should", "must"})
_WILL = frozenset({"will", "shall", "'ll", "wo"})
_HAVE = frozenset({"has", "have", "'ve", "having"})
_PAST = frozenset({"was", "were", "did"})
_PRESENT = frozenset({"is", "are", "am", "do", "does", "'re", "'m"})
_BY_TAG = {"VBG": "gerund", "VBN": "participle", "VB": "bare"}
_AGES = (("week", 7), ("month", 31), ("year", 400))
_WIDTHS = (("day", 1), ("week", 7), ("month", 31), ("year", 366))
_FAR = 9  # steps in the parse that count as far


def date_features(
    option: DateOption,
    candidate: Candidate,
    options: tuple[DateOption, ...],
    status: Status,
    annotation: Annotation,
) -> dict[str, float]:
    """What the judge weighs about one option."""
    plain = list(_plain(option, candidate, options, status))
    lead = min(candidate.sentence_number, 3)
    plain.append(f"press:{option.place}:{annotation.outlet_code is not None}:{lead}")
    plain.append(f"quoted:{option.place}:{annotation.is_quoted(candidate.word.idx)}:{min(lead, 1)}")
    plain.extend(_of_speech(option, candidate, annotation))
    plain.extend(_of_story(option, candidate, annotation))
    plain.extend(_of_clause(option, candidate, annotation))
    plain.extend(_of_days(option, candidate, options, status, annotation))
    if option.expression is not None:
        plain.extend(_of_expression(option, option.expression, candidate, options))
        plain.extend(_of_standing(option, option.expression, candidate))
    features = dict.fromkeys(plain, 1.0)
    features.update((f"{candidate.kind}|{name}", 1.0) for name in plain[:6])
    return features


def _plain(
    option: DateOption, candidate: Candidate, options: tuple[DateOption, ...], status: Status
) -> Iterator[str]:
    place, lead = option.place, min(candidate.sentence_number, 3)
    yield f"place:{place}"
    yield f"known:{place}:{option.interval is not None}"
    yield f"lead:{place}:{lead}"
    yield f"status:{place}:{status}"
    yield f"lead:{place}:{lead}:{status}"
    places = {o.place for o in options if o.interval is not None}
    own = bool(places & {"clause", "noun", "below"})
    yield f"own:{place}:{own}:{bool(places & {'saying', 'sentence', 'above', 'argument'})}"
    yield f"tense:{place}:{candidate.clause.tag_}:{min(lead, 2)}"
    yield f"word:{place}:{candidate.word.pos_}:{min(lead, 2)}"
    for child in candidate.clause.children:
        if child.dep_ in ("aux", "auxpass"):
            yield f"aux:{place}:{child.lower_}"
    for child in candidate.word.children:
        if child.dep_ == "amod":
            yield f"modifier:{place}:{child.lower_}"


def _of_speech(option: DateOption, candidate: Candidate, annotation: Annotation) -> Iterator[str]:
    """Whether the act is one of speech, done where it is quoted or told by its own verb."""
    place, speech = option.place, candidate.kind in SPEECH_KINDS
    quoted = annotation.is_quoted(candidate.word.idx)
    yield f"speech:{place}:{speech}:{quoted}"
    yield f"speech:{place}:{speech}:{candidate.clause.tag_}:{candidate.clause.dep_}"
    yield f"speech:{place}:{speech}:{annotation.outlet_code is not None}"
    said = candidate.clause.dep_ == "ccomp" and candidate.clause.head.lemma_.lower() in speech_words().plain
    yield f"said:{place}:{said}:{candidate.clause.tag_}"
    determiner = next((c.lower_ for c in candidate.word.children if c.dep_ == "det"), "-")
    yield f"det:{place}:{candidate.word.pos_}:{determiner}"


def _of_story(option: DateOption, candidate: Candidate, annotation: Annotation) -> Iterator[str]:
    """Where the story stands: how long ago the last date told before lies, and how far on the sentence is."""
    place = option.place
    published = annotation.parse.document.published.interval
    context = annotation.date_context(candidate.sentence.start_char)
    if published is None or context is None:
        yield f"story:{place}:{context is not None}"
    else:
        yield f"story:{place}:{_ago((published.start - context.end).days)}"
    yield f"far:{place}:{min(candidate.sentence_number, 40).bit_length()}"
    after = annotation.dates_in(candidate.sentence.start_char, candidate.sentence.end_char)
    yield f"told:{place}:{min(len(after), 3)}"


def _ago(days: int) -> str:
    return next(
        (name for name, most in (("ahead", -1), ("now", 3), ("month", 31), ("year", 400)) if days <= most),
        "old",
    )


def _of_expression(
    option: DateOption, expression: DateExpression, candidate: Candidate, options: tuple[DateOption, ...]
) -> Iterator[str]:
    yield f"shape:{option.place}:{expression.shape}"
    after = expression.start > candidate.word.idx
    near = abs(expression.start - candidate.word.idx)
    yield f"near:{after}:{min(near.bit_length(), 9)}"
    same = [o for o in options if o.expression is not None and o.place == option.place]
    yield f"rivals:{option.place}:{min(len(same), 3)}"


def _of_clause(option: DateOption, candidate: Candidate, annotation: Annotation) -> Iterator[str]:
    """Tense and aspect of the clause, what the event's word hangs on, its adverbs, and the title's words."""
    place, word, clause = option.place, candidate.word, candidate.clause
    lead = min(candidate.sentence_number, 2)
    form = form_of(clause)
    sort = "verb" if word.i == clause.i else "noun"
    yield f"form:{place}:{form}:{sort}"
    yield f"form:{place}:{form}:{lead}"
    yield f"form:{place}:{form}:{candidate.kind in SPEECH_KINDS}"
    yield f"hang:{place}:{_hanging(word)}"
    yield f"clause:{place}:{_hanging(clause)}:{lead}"
    yield f"number:{place}:{word.tag_}"
    for token in (word, clause) if word.i != clause.i else (word,):
        for child in token.children:
            if child.dep_ == "advmod":
                yield f"adverb:{place}:{child.lower_}"
    title = (annotation.parse.document.title or "").lower()
    named = word.lemma_.lower()[:5] in title
    yield f"titled:{place}:{named}:{lead}"


def form_of(verb: Token) -> str:
    """Tense, aspect and mood of a clause by its verb: "past", "perfect", "pluperfect", "will", "infinitive"."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & _WILL:
        return "will"
    if auxiliaries & _MODAL:
        return "modal"
    if "had" in auxiliaries:
        return "pluperfect"
    if auxiliaries & _HAVE or (verb.tag_ == "VBN" and "'s" in auxiliaries):
        return "perfect"
    if verb.tag_ == "VBD" or auxiliaries & _PAST:
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or auxiliaries & _PRESENT:
        return "progressive" if verb.tag_ == "VBG" else "present"
    return "infinitive" if "to" in auxiliaries else _BY_TAG.get(verb.tag_, verb.pos_)


def _hanging(word: Token) -> str:
    """How a word hangs on the rest: its relation, and the preposition or conjunction before it."""
    if word.dep_ in ("pobj", "pcomp"):
        return f"{word.dep_}:{word.head.lower_}"
    mark = next((c.lower_ for c in word.children if c.dep_ in ("mark", "prep") and c.i < word.i), "")
    return f"{word.dep_}:{mark}" if mark and word.dep_ in ("advcl", "ccomp", "pcomp") else word.dep_


def _of_days(
    option: DateOption,
    candidate: Candidate,
    options: tuple[DateOption, ...],
    status: Status,
    annotation: Annotation,
) -> Iterator[str]:
    """How the days stand to the document's own, how many they are, and whether another option means them too."""
    place, published = option.place, annotation.parse.document.published.interval
    when = "none" if option.interval is None else _since(option.interval, published)
    yield f"when:{place}:{when}"
    yield f"when:{when}:{status}"
    yield f"when:{when}:{form_of(candidate.clause)}"
    yield f"{candidate.kind}|when:{when}"
    if option.interval is None:
        known = any(o.interval is not None and o.place not in ("document", "before") for o in options)
        yield f"published:{place}:{published is not None}:{known}"
        return
    days = option.interval.days
    width = next((name for name, most in _WIDTHS if days <= most), "long")
    yield f"wide:{place}:{width}"
    yield f"wide:{width}:{status}"
    yield f"{candidate.kind}|wide:{width}"
    twins = sum(o.interval == option.interval for o in options)
    yield f"twins:{place}:{min(twins, 2)}"


def _since(days: Interval, published: Interval | None) -> str:
    """How long before or after the document's date: "now" for days that it lies in."""
    if published is None:
        return "unknown"
    if days.meet(published) is not None:
        return "now" if days.days <= published.days + 1 else "round"
    ahead = days.start > published.end
    gap = (days.start - published.end).days if ahead else (published.start - days.end).days
    age = next((name for name, most in _AGES if gap <= most), "old")
    return f"ahead_{age}" if ahead else age


def _of_standing(option: DateOption, expression: DateExpression, candidate: Candidate) -> Iterator[str]:
    """Where the expression stands in the sentence: its preposition, steps in the parse, verbs and commas between."""
    place, word = option.place, candidate.word
    span = word.doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if span is None or place == "before":
        return
    before = word.doc[span.start - 1].lower_ if span.start > candidate.sentence.start else "-"
    yield f"prep:{place}:{before if before.isalpha() else '-'}"
    first = span.start - candidate.sentence.start < 4
    yield f"first:{place}:{first}"
    yield f"steps:{place}:{steps_between(span.root, word)}"
    low, high = sorted((span.root.i, word.i))
    between = word.doc[low + 1 : high]
    verbs = sum(t.pos_ == "VERB" for t in between)
    commas = sum(t.lower_ in (",", ";", ":") for t in between)
    yield f"verbs:{place}:{min(verbs, 3)}"
    yield f"between:{min(verbs, 2)}:{min(commas, 2)}:{first}"


def steps_between(a: Token, b: Token) -> int:
    """The steps from one word to another over the parse, `_FAR` where there are more or no way."""
    up: dict[int, int] = {}
    for count, token in enumerate((a, *a.ancestors)):
        up[token.i] = count
    for count, token in enumerate((b, *b.ancestors)):
        if token.i in up:
            return min(up[token.i] + count, _FAR)
    return _FAR
