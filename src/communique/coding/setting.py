"""Where an event happened, under which instrument, and the passage that tells it: from its own clause only."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.coding.drafts import Part
from communique.coding.parse import Parse
from communique.coding.propose import Candidate
from communique.coding.sayings import SPEECH_KINDS
from communique.knowledge.gazetteer import Mention
from communique.records import Evidence, Place

_WHERE = frozenset(
    {"in", "at", "near", "off", "outside", "over", "on", "across", "along", "from", "to", "into"}
)
_GOALS = frozenset({"to", "into", "from"})
_GOALS_OF = {
    "visit": _GOALS,
    "mobilize": frozenset({"to", "into"}),
    "retreat": frozenset({"from"}),
    "assault": frozenset({"into"}),
}
_JOURNEYS = frozenset(
    {"visit", "trip", "tour", "travel", "arrive", "fly", "journey", "stay", "arrival", "stop", "come"}
)
_ON_JOURNEYS = frozenset({"meeting", "agreement"})
_KINDS_OF_PLACE = frozenset(
    """city capital port town village province region district area base airport island coast border waters
    territory part north south east west northwest northeast southwest southeast resort suburb""".split()  # noqa: SIM905
)
_MOST_WORDS = 78
_WITH_INSTRUMENT = frozenset(
    {"agreement", "exercise", "sanction", "concede", "reject", "cooperation", "mobilize", "arms_program"}
)


def place_of(candidate: Candidate, parts: tuple[Part, ...], parse: Parse) -> tuple[Place | None, str]:
    """The place told with the event, or for a visit its host; and why.

    First comes a place that hangs on the event's own words, then one in its clause, then where the journey goes on
    which a meeting or a signing takes place.
    """
    found = [(rank, m, reason) for m, rank, reason in _places(candidate, parse)]
    if found:
        _, mention, reason = min(
            found, key=lambda f: (f[0], abs(f[1].start - candidate.word.idx), f[1].start)
        )
        return _as_place(mention), reason
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


def _places(candidate: Candidate, parse: Parse) -> Iterator[tuple[Mention, int, str]]:
    """The places of the sentence that may be the event's: how far they are from it (0 to 2), and why."""
    sentence = candidate.sentence
    for mention in parse.mentions_in(sentence.start_char, sentence.end_char):
        entry = mention.entry
        if entry.kind != "place" and (
            entry.kind != "state" or entry.form not in ("name", "short", "capital")
        ):
            continue
        span = parse.tokens_of(mention)
        if span is None:
            continue
        goal = _journey_to(span.root)
        if goal is not None and candidate.kind in _ON_JOURNEYS:
            yield mention, 2, f"where “{goal.text}” goes, in the event's sentence"
        preposition = _preposition_of(span.root)
        if preposition is not None and preposition.lower_ == "on" and entry.kind == "state":
            continue  # sanctions on Iran, calls on Ukraine
        rank = _nearness(preposition, candidate) if preposition is not None else None
        if preposition is not None and rank is not None:
            yield mention, rank, f"“{preposition.text} {mention.text}” in the event's clause"


def _preposition_of(name: Token) -> Token | None:
    """The "in" of "in Baku", "in the city of Baku", "in Brussels, Belgium"."""
    holder = name.head if name.dep_ in ("appos", "npadvmod") and name.head.pos_ == "PROPN" else name
    if (
        holder.dep_ == "pobj"
        and holder.head.lower_ == "of"
        and holder.head.head.lemma_.lower() in _KINDS_OF_PLACE
    ):
        holder = holder.head.head
    if holder.dep_ in ("compound", "nmod", "poss") and holder.head.lemma_.lower() in _KINDS_OF_PLACE:
        holder = holder.head
    return holder.head if holder.dep_ == "pobj" and holder.head.lower_ in _WHERE else None


def _nearness(preposition: Token, candidate: Candidate) -> int | None:
    """0 where the place hangs on the event's words, 1 where it stands in their clause, else None."""
    if preposition.lower_ in _GOALS and preposition.lower_ not in _GOALS_OF.get(candidate.kind, ()):
        return None
    own = (candidate.word.i, candidate.clause.i)
    pobj = next((c.i for c in preposition.children if c.dep_ == "pobj"), None)
    slot = candidate.arguments.slots.get(pobj) if pobj is not None else None
    if preposition.head.i in own or (slot is not None and slot[0] == preposition.lower_):
        return 0
    if candidate.kind in SPEECH_KINDS or preposition.lower_ in _GOALS:
        return None
    holder = preposition.head
    while holder.pos_ not in ("VERB", "AUX") and holder.head.i != holder.i and holder.i not in own:
        holder = holder.head
    return 1 if holder.i in own else None


def _journey_to(name: Token) -> Token | None:
    """The word of travel whose goal a name is: "visited Muscat", "a trip to Baku", "while in Tehran"."""
    if name.dep_ == "dobj" and name.head.lemma_.lower() in _JOURNEYS:
        return name.head
    preposition = _preposition_of(name)
    if preposition is None or preposition.lower_ not in ("to", "in", "into"):
        return None
    holder = preposition.head
    return holder if holder.lemma_.lower() in _JOURNEYS or holder.lower_ == "while" else None


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
