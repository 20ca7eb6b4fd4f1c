"""What is weighed of a place that may be where an event happened: named features of one mention beside one telling.

Then, for each country beside the others, numbers: what is said of its mentions, and what the country does in the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from communique.coding.annotation import Annotation
from communique.coding.drafts import Draft
from communique.coding.places import ON_JOURNEYS, PlaceOption, Where, journey_to
from communique.coding.propose import Candidate
from communique.coding.rivals import NOTHING, Numbers, odds
from communique.coding.speech import SPEECH_KINDS
from communique.coding.weigh_dates import form_of, steps_between
from communique.records import Kind

_WITH_KIND = frozenset(
    {"where", "form", "prep", "rank", "slot", "outlet", "steps", "dateline", "journey", "nearest"}
)
"""The features that are also told with the event's kind."""
_AFTER = frozenset({",", ".", "after", "on", "for", "during", "with", "and", "'s", "before", "to"})
_DATELINE = 30  # letters of a line within which the place of a dateline ends


@dataclass(frozen=True)
class Named:
    """A place as one telling names it, and how likely it is by itself where the event happened."""

    option: PlaceOption
    sure: float


def place_features(
    option: PlaceOption, candidate: Candidate, options: Sequence[PlaceOption], annotation: Annotation
) -> dict[str, float]:
    """What the judge weighs about one mention of a place beside one telling, `options` being all of them."""
    plain = dict.fromkeys(_plain(option, candidate, options, annotation), 1.0)
    if option.where == "here":
        plain.update(dict.fromkeys(_here(option, candidate, options), 1.0))
    else:
        first = all(o.mention.start >= option.mention.start for o in options if o.where == option.where)
        plain[f"first:{option.where}:{first}"] = 1.0
    by_kind = [name for name in plain if name.partition(":")[0] in _WITH_KIND]
    plain.update((f"{candidate.kind}|{name}", 1.0) for name in by_kind)
    return plain


def _plain(
    option: PlaceOption, candidate: Candidate, options: Sequence[PlaceOption], annotation: Annotation
) -> Iterator[str]:
    where, form = option.where, option.form
    lead, document = min(candidate.sentence_number, 3), annotation.parse.document
    yield f"where:{where}"
    yield f"form:{form}"
    yield f"where:{where}:{form}"
    preposition = _lower(option)
    yield f"prep:{preposition}:{where}"
    yield f"prep:{preposition}:{form}"
    yield f"dep:{option.root.dep_}:{where}"
    yield f"dep:{option.root.dep_}:{form}"
    opens = _opens_dateline(option, document.text)
    yield f"dateline:{opens}"
    yield f"dateline:{opens}:{lead}"
    here = [o for o in options if o.where == "here"]
    same = [o for o in options if o.code == option.code]
    yield f"codes:{min(len({o.code for o in here}), 4)}:{where}"
    yield f"same:{min(len(same), 4)}:{where}"
    nearer = any(o.form in ("place", "capital") for o in same if o is not option)
    yield f"better:{where}:{nearer}"
    rivals = sum(o.preposition is not None for o in here if o is not option)
    yield f"rivals:{where}:{min(rivals, 3)}"
    yield f"outlet:{annotation.outlet_code == option.code}:{where}"
    titled = annotation.parse.mentions_in(0, len(document.title or ""))
    yield f"titled:{any(m.entry.code == option.code for m in titled)}:{where}"
    yield f"lead:{lead}:{where}"
    yield f"lemma:{candidate.word.lemma_.lower()}"
    yield f"clause:{form_of(candidate.clause)}:{where}"


def _here(option: PlaceOption, candidate: Candidate, options: Sequence[PlaceOption]) -> Iterator[str]:
    """How a place of the event's own sentence stands to the event's words."""
    root, word, form = option.root, candidate.word, option.form
    yield f"rank:{option.rank}"
    yield f"rank:{option.rank}:{form}"
    yield f"rank:{option.rank}:{candidate.kind in SPEECH_KINDS}"
    goal = journey_to(root)
    yield f"journey:{goal.lemma_.lower() if goal is not None else '-'}"
    yield f"journey:{goal is not None}:{candidate.kind in ON_JOURNEYS}"
    slot, depth = candidate.arguments.slots.get(root.i, ("outside", 9))
    yield f"slot:{slot}:{min(depth, 3)}"
    yield f"slot:{slot}:{form}"
    steps = steps_between(root, word)
    yield f"steps:{steps}"
    yield f"steps:{steps}:{_lower(option)}"
    after, far = root.i > word.i, abs(root.i - word.i)
    yield f"after:{after}"
    yield f"near:{after}:{far.bit_length()}"
    yield f"head:{root.head.lemma_.lower()}"
    if option.preposition is not None:
        holder = option.preposition.head
        yield f"holder:{holder.lemma_.lower()}"
        yield f"holder:{holder.pos_}:{holder.i == word.i}:{holder.i == candidate.clause.i}:{_lower(option)}"
    low, high = sorted((root.i, word.i))
    yield f"verbs:{min(sum(t.pos_ == 'VERB' for t in root.doc[low + 1 : high]), 3)}"
    others = (abs(o.root.i - word.i) for o in options if o.where == "here" and o is not option)
    yield f"nearest:{all(other >= far for other in others)}"
    following = root.doc[root.i + 1].lower_ if root.i + 1 < len(root.doc) else "-"
    yield f"next:{following if following in _AFTER else '-'}"


def _lower(option: PlaceOption) -> str:
    return "-" if option.preposition is None else option.preposition.lower_


def _opens_dateline(option: PlaceOption, text: str) -> bool:
    """True of the "TALLINN" that opens a line of the text, as agencies write where a report comes from."""
    start, end = option.mention.start, option.mention.end
    line = text.rfind("\n", 0, start) + 1
    return option.where != "title" and start - line < _DATELINE and text[line:end].isupper()


def place_numbers(
    kind: Kind, cast: Draft, countries: Sequence[tuple[str, Sequence[Named]]], ruled: str | None
) -> list[Numbers]:
    """For each country what is weighed of it beside the others: `cast` is the telling that gives the parties.

    `ruled` is the country that the rules take, None where they take none.
    """
    most = [max((odds(n.sure) for n in rows), default=NOTHING) for _, rows in countries]
    roles = {part.code: part.role for part in cast.parts}
    made: list[Numbers] = []
    for i, (country, rows) in enumerate(countries):
        numbers: Numbers = {
            f"kind: {kind}": 1.0,
            f"part: {roles.get(country, 'none')}": 1.0,
            "first look": most[i],
            "first look: another": max((m for k, m in enumerate(most) if k != i), default=NOTHING),
            "first look: any": max(most),
            "first look: mean": sum(n.sure for n in rows) / max(1, len(rows)),
            "countries": float(len(countries)),
            "named": float(len(rows)),
            "by rule": float(country == ruled),
            "by rule: none": float(ruled is None),
        }
        for where in get_args(Where):
            sure = [odds(n.sure) for n in rows if n.option.where == where]
            numbers[where] = max(sure, default=NOTHING)
            numbers[f"{where}: named"] = float(len(sure))
        made.append(numbers)
    return made
