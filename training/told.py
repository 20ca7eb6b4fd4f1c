"""What a coder makes of a coded document beside its gold: models of confidence and places learn from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from communique.coding.annotation import Annotation
from communique.coding.claims import claim_of
from communique.coding.coder import Coder
from communique.coding.confidence import confidence_numbers
from communique.coding.drafts import Draft
from communique.coding.linear import LinearModel
from communique.coding.places import place_options
from communique.coding.placing import place_choices, placing_by_rule
from communique.coding.rivals import Numbers
from communique.coding.weigh_places import place_features
from communique.export.jsonlines import claim_fields
from communique.records import Place
from communique.scoring.events import match_document

_COMMON = frozenset({"the", "of", "sea"})


@dataclass(frozen=True)
class Told:
    """The events that a document may tell, each with its tellings, and those of them that can be judged.

    These come with the record of the gold, None where it has no such event; what an optional record takes up is not
    among them.
    """

    annotation: Annotation
    groups: list[list[Draft]]
    judged: list[tuple[list[Draft], dict[str, Any] | None]]

    @classmethod
    def by(cls, coder: Coder, annotation: Annotation, gold: dict[str, Any]) -> Told:
        """What a coder makes of an annotated document."""
        document, groups = annotation.parse.document, coder.groups(annotation)
        predicted = [claim_fields(claim_of(document, group, 1.0)) for group in groups]
        match = match_document(document.id, gold["records"], predicted)
        records: dict[int, dict[str, Any] | None] = {id(p): None for p in match.invented}
        records.update((id(p), record) for record, p, _ in match.got)
        pairs = zip(groups, predicted, strict=True)
        return cls(annotation, groups, [(group, records[id(p)]) for group, p in pairs if id(p) in records])

    @property
    def placed(self) -> list[tuple[list[Draft], dict[str, Any] | None]]:
        """The events of the gold whose records say where they happened, or that this is not told (None)."""
        return [(group, record["place"]) for group, record in self.judged if record and "place" in record]


def confidence_rows(told: Told) -> list[tuple[Numbers, str]]:
    """For each event that a document may tell, its numbers and whether the gold has it."""
    return [
        (confidence_numbers(group, told.groups), "no" if record is None else "yes")
        for group, record in told.judged
    ]


def mention_rows(told: Told) -> list[tuple[dict[str, float], str]]:
    """For each place named beside a telling of an event of the gold, its features and whether that is where."""
    rows = []
    for group, place in told.placed:
        for draft in group:
            options = place_options(draft.candidate, told.annotation.parse)
            for option in options:
                features = place_features(option, draft.candidate, options, told.annotation)
                rows.append((features, _label(place, option.place)))
    return rows


def country_rows(told: Told, first: LinearModel) -> list[tuple[Numbers, str]]:
    """For each country in which an event of the gold may have happened, its numbers and whether it did."""
    rows: list[tuple[Numbers, str]] = []
    for group, place in told.placed:
        rule = placing_by_rule(group, told.annotation.parse)
        choices = place_choices(group, rule, told.annotation, first)
        rows.extend((choice.numbers, _label(place, choice.placing.place)) for choice in choices)
    return rows


def _label(gold: dict[str, Any] | None, place: Place | None) -> str:
    return "yes" if gold is not None and place is not None and is_place(gold, place) else "no"


def is_place(gold: dict[str, Any], place: Place) -> bool:
    """Whether a place is that of the gold: in the same country, or both in none and of the same name."""
    if gold["country"] or place.country:
        return bool(gold["country"] == place.country)
    return bool(_words(gold["name"]) & _words(place.name))


def _words(name: str) -> set[str]:
    return set(name.lower().split()) - _COMMON
