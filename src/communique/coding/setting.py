"""Where an event happened, under which instrument, and the passage that tells it: from its own clause only."""

from __future__ import annotations

from communique.coding.drafts import Part
from communique.coding.parse import Parse
from communique.coding.propose import Candidate
from communique.knowledge.gazetteer import Mention
from communique.records import Evidence, Place

_WHERE = frozenset(
    {"in", "at", "near", "off", "outside", "over", "on", "across", "along", "from", "to", "into"}
)
_MOST_WORDS = 78
_WITH_INSTRUMENT = frozenset(
    {"agreement", "exercise", "sanction", "concede", "reject", "cooperation", "mobilize", "arms_program"}
)


def place_of(candidate: Candidate, parts: tuple[Part, ...], parse: Parse) -> tuple[Place | None, str]:
    """The place told in the event's clause, or for a visit its host; and why."""
    sentence = candidate.sentence
    for mention in parse.mentions_in(sentence.start_char, sentence.end_char):
        entry = mention.entry
        located = entry.kind == "place" or (
            entry.kind == "state" and entry.form in ("name", "short", "capital")
        )
        if not located:
            continue
        span = parse.tokens_of(mention)
        if span is None or span.root.dep_ != "pobj" or span.root.head.lower_ not in _WHERE:
            continue
        preposition = span.root.head
        goal = preposition.lower_ in ("to", "into", "from")
        if goal and candidate.kind != "visit":
            continue
        slot = candidate.arguments.slots.get(span.root.i)
        if preposition.head.i in (candidate.word.i, candidate.clause.i) or (
            slot and slot[0] == preposition.lower_
        ):
            return _as_place(mention), f"“{preposition.text} {mention.text}” in the event's clause"
    if candidate.kind == "visit":
        hosts = [p for p in parts if p.role == "target" and p.mentions]
        if hosts:
            named = min(
                hosts[0].mentions,
                key=lambda m: (m.form not in ("place", "capital", "name", "short"), m.start),
            )
            return Place(
                name=parse.document.text[named.start : named.end], country=hosts[0].code
            ), "the host of the visit"
    return None, "no place in the event's clause"


def _as_place(mention: Mention) -> Place:
    country = mention.entry.code
    return Place(name=mention.text, country=country or None)


def instrument_of(candidate: Candidate, parse: Parse) -> str | None:
    """The named agreement, resolution or exercise of the event's sentence, nearest to its word, or None."""
    if candidate.kind not in _WITH_INSTRUMENT:
        return None
    sentence = candidate.sentence
    named = [
        m for m in parse.mentions_in(sentence.start_char, sentence.end_char) if m.entry.kind == "instrument"
    ]
    if not named:
        return None
    return min(named, key=lambda m: (abs(m.start - candidate.word.idx), m.start)).text


def evidence_of(candidate: Candidate, parse: Parse) -> Evidence:
    """The sentence that tells the event; of a very long one the words around the event's."""
    sentence = candidate.sentence
    words = [t for t in sentence if not t.is_space]
    if len(words) > _MOST_WORDS:
        at = next((n for n, t in enumerate(words) if t.i >= candidate.word.i), 0)
        first = max(0, min(at - _MOST_WORDS // 2, len(words) - _MOST_WORDS))
        words = words[first : first + _MOST_WORDS]
    start, end = words[0].idx, words[-1].idx + len(words[-1])
    return Evidence(start=start, end=end, text=parse.document.text[start:end])
