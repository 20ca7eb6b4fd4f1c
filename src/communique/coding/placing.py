"""Where an event happened: which of the places that its tellings name is meant.

By rule it is a place that hangs on the event's own words, then one in its clause, then where the journey goes on which
a meeting or a signing takes place; for a visit else its host. With the learned models every place named beside a
telling is weighed by itself, then the countries of all beside each other (boosted trees), the rule's among the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.coding.annotation import Annotation
from communique.coding.drafts import Draft, best_cast
from communique.coding.linear import LinearModel
from communique.coding.models import Models
from communique.coding.parse import Parse
from communique.coding.places import PlaceOption, place_options, ruled_option
from communique.coding.rivals import Numbers
from communique.coding.weigh_places import Named, place_features, place_numbers
from communique.records import Place

SURE_OF_PLACE = 0.45
"""A place that is less likely is left out: of those that are kept five of six are right out of fold."""


@dataclass(frozen=True)
class Placing:
    """Where an event happened (None is unknown), why, and the offsets of the words that tell it, where some do."""

    place: Place | None
    reason: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Choice:
    """A country in which an event may have happened, as the likeliest words name the place, and what is weighed."""

    placing: Placing
    numbers: Numbers


UNPLACED = Placing(None, "no place in the event's clause")


def placing_of(group: Sequence[Draft], annotation: Annotation, models: Models | None) -> Placing:
    """Where the event of these tellings happened."""
    rule = placing_by_rule(group, annotation.parse)
    if models is None:
        return rule
    choices = place_choices(group, rule, annotation, models.place)
    sure = [p["yes"] for p in models.place_again.predict([c.numbers for c in choices])]
    most = max(sure, default=0.0)
    if most < SURE_OF_PLACE:
        return Placing(None, "no place is told that is likely enough to be the event's")
    chosen = choices[sure.index(most)].placing
    return Placing(chosen.place, f"{chosen.reason}; {most:.0%} sure", chosen.start, chosen.end)


def placing_by_rule(group: Sequence[Draft], parse: Parse) -> Placing:
    """The place told with the surest telling that has one, or for a visit its host."""
    return next((p for d in group if (p := _by_rule(d, parse)).place is not None), UNPLACED)


def place_choices(
    group: Sequence[Draft], rule: Placing, annotation: Annotation, first: LinearModel
) -> list[Choice]:
    """The countries of the places named beside the tellings of an event, in the order of their first words.

    `first` says of each mention by itself how likely it is where the event happened.
    """
    named: dict[str, list[Named]] = {}
    for draft in group:
        options = place_options(draft.candidate, annotation.parse)
        for option in options:
            features = place_features(option, draft.candidate, options, annotation)
            named.setdefault(_country(option.place), []).append(Named(option, first.predict(features)["yes"]))
    ruled = _country(rule.place) if rule.place is not None else None
    if ruled is not None:
        named.setdefault(ruled, [])  # the host of a visit whom no words name as a place
    numbers = place_numbers(group[0].candidate.kind, best_cast(group), list(named.items()), ruled)
    return [
        Choice(rule if country == ruled else _placing(max(rows, key=lambda n: n.sure).option), row)
        for (country, rows), row in zip(named.items(), numbers, strict=True)
    ]


def _country(place: Place) -> str:
    """The code of a place's country, or the name of one that lies in none."""
    return place.country or place.name


def _by_rule(draft: Draft, parse: Parse) -> Placing:
    option = ruled_option(draft.candidate, parse)
    if option is not None:
        return _placing(option)
    hosts = [p for p in draft.parts if p.role == "target" and p.mentions]
    if draft.candidate.kind != "visit" or not hosts:
        return UNPLACED
    named = min(
        hosts[0].mentions, key=lambda m: (m.form not in ("place", "capital", "name", "short"), m.start)
    )
    place = Place(name=parse.document.text[named.start : named.end], country=hosts[0].code)
    return Placing(place, "the host of the visit", named.start, named.end)


def _placing(option: PlaceOption) -> Placing:
    return Placing(option.place, option.reason, option.mention.start, option.mention.end)
