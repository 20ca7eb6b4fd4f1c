"""Where an event may have happened: places that its sentence names, the one before, and the head of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Span, Token

from communique.coding.parse import Parse
from communique.coding.propose import Candidate
from communique.coding.speech import SPEECH_KINDS
from communique.knowledge.gazetteer import Mention
from communique.records import Place

Where = Literal["here", "before", "title", "lead"]
"""In the event's sentence, the one before, the title, or the first sentences of the document."""

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
ON_JOURNEYS = frozenset({"meeting", "agreement"})
_KINDS_OF_PLACE = frozenset(
    """city capital port town village province region district area base airport island coast border waters
    territory part north south east west northwest northeast southwest southeast resort suburb""".split()  # noqa: SIM905
)
_NAMES = frozenset({"name", "short", "capital"})
"""The forms by which a state is named as a place: not "South Korean", not "Iran's navy"."""
_LEAD = 3  # sentences at the head of a document, its title among them


@dataclass(frozen=True)
class PlaceOption:
    """A place or state that may be where an event happened, as it is named beside one telling of it.

    `preposition` is the "in" of "in Baku"; `rank` how near it is by rule to the event's words (0 hangs on them, 1
    stands in their clause, 2 is where a journey goes), None where no rule takes it.
    """

    mention: Mention
    root: Token
    where: Where
    preposition: Token | None = None
    rank: int | None = None
    reason: str = ""

    @property
    def code(self) -> str:
        """The code of its country, "" where it is open."""
        return self.mention.entry.code

    @property
    def form(self) -> str:
        """How it is named: "place", or the form of a state's name."""
        return self.mention.entry.form if self.mention.entry.kind == "state" else "place"

    @property
    def place(self) -> Place:
        """The place as it is told: a state by its name."""
        named = self.form == "place" or self.form in _NAMES
        return Place(name=self.mention.text if named else self.mention.entry.name, country=self.code or None)


def place_options(candidate: Candidate, parse: Parse) -> tuple[PlaceOption, ...]:
    """The places and states named in a candidate's sentence, the one before and at the head of the document."""
    own, number = candidate.sentence, candidate.sentence_number
    found = [_option_here(mention, root, candidate) for mention, root in _named_in(own, parse)]
    if number > 0:
        before = _named_in(parse.sentences[number - 1], parse)
        found.extend(_option_told(m, root, "before") for m, root in before)
    known = {o.mention.start for o in found}
    title_end = len(parse.document.title or "")
    for sentence in parse.sentences[:_LEAD]:
        for m, root in _named_in(sentence, parse):
            if m.start not in known:
                found.append(_option_told(m, root, "title" if m.end <= title_end else "lead"))
    return tuple(found)


def ruled_option(candidate: Candidate, parse: Parse) -> PlaceOption | None:
    """The place that hangs on a candidate's own words, or stands in its clause, or is where a journey goes; or None."""
    word = candidate.word
    ranked = [(o.rank, o) for o in place_options(candidate, parse) if o.rank is not None]
    near = ((rank, abs(o.mention.start - word.idx), o.mention.start, o) for rank, o in ranked)
    return min(near, key=lambda row: row[:3])[3] if ranked else None


_TOLD = {"before": "in the sentence before", "title": "in the title", "lead": "at the head of the text"}


def _option_told(mention: Mention, root: Token, where: Where) -> PlaceOption:
    return PlaceOption(mention, root, where, _preposition_of(root), reason=f"“{mention.text}” {_TOLD[where]}")


def _named_in(sentence: Span, parse: Parse) -> Iterator[tuple[Mention, Token]]:
    """The places and states named in a sentence, each with the word by which it hangs there."""
    for mention in parse.mentions_in(sentence.start_char, sentence.end_char):
        if mention.entry.kind in ("place", "state"):
            span = parse.tokens_of(mention)
            if span is not None:
                yield mention, span.root


def _option_here(mention: Mention, root: Token, candidate: Candidate) -> PlaceOption:
    """A place of the candidate's own sentence, with how near it is by rule."""
    preposition = _preposition_of(root)
    plain = PlaceOption(
        mention, root, "here", preposition, reason=f"“{mention.text}” in the event's sentence"
    )
    if plain.form != "place" and plain.form not in _NAMES:
        return plain
    aimed = preposition is not None and preposition.lower_ == "on" and mention.entry.kind == "state"
    rank = None if preposition is None or aimed else _nearness(preposition, candidate)
    if preposition is not None and rank is not None:
        reason = f"“{preposition.text} {mention.text}” in the event's clause"
        return PlaceOption(mention, root, "here", preposition, rank, reason)
    goal = journey_to(root)
    if goal is not None and candidate.kind in ON_JOURNEYS:
        reason = f"where “{goal.text}” goes, in the event's sentence"
        return PlaceOption(mention, root, "here", preposition, 2, reason)
    return plain


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


def journey_to(name: Token) -> Token | None:
    """The word of travel whose goal a name is: "visited Muscat", "a trip to Baku", "while in Tehran"."""
    if name.dep_ == "dobj" and name.head.lemma_.lower() in _JOURNEYS:
        return name.head
    preposition = _preposition_of(name)
    if preposition is None or preposition.lower_ not in ("to", "in", "into"):
        return None
    holder = preposition.head
    return holder if holder.lemma_.lower() in _JOURNEYS or holder.lower_ == "while" else None
