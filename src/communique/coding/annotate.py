"""Annotate: everything known of a document before events are looked for."""

from __future__ import annotations

from communique.coding.annotation import Annotation
from communique.coding.dates import find_dates
from communique.coding.parse import Parse
from communique.coding.people import find_people
from communique.coding.references import resolve_references
from communique.coding.speakers import find_statements
from communique.knowledge.gazetteer import Gazetteer

_ACTORS = frozenset({"state", "organisation", "group"})


def annotate(parse: Parse, gazetteer: Gazetteer) -> Annotation:
    """The annotation of a parsed document."""
    people = find_people(parse)
    references = resolve_references(parse, people)
    statements = find_statements(parse, people, references)
    dates = find_dates(parse.document.text)
    return Annotation(parse, people, references, statements, dates, outlet_code(parse.document.outlet, gazetteer))


def outlet_code(outlet: str | None, gazetteer: Gazetteer) -> str | None:
    """The state whose organ an outlet is ("Office of the President of Ukraine" -> UKR), or None.

    Only an outlet that names a state or a seat of power speaks for it; a newspaper does not.
    """
    for mention in gazetteer.find(outlet or ""):
        if mention.entry.kind in _ACTORS:
            return mention.entry.code
    return None
