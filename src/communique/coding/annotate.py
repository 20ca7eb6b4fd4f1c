"""Annotate: everything known of a document before events are looked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from communique.coding.annotation import Annotation
from communique.coding.dates import find_dates
from communique.coding.own_side import with_own_side
from communique.coding.parse import Parse
from communique.coding.people import People, find_people
from communique.coding.references import resolve_references
from communique.coding.speakers import find_statements
from communique.knowledge.context import ContextNames, Standing
from communique.knowledge.dating import Chronology, infer_published
from communique.knowledge.entries import ACTOR_KINDS
from communique.knowledge.gazetteer import Gazetteer

_FOCUS = 3  # actors that a text is about: those named most often


def annotate(parse: Parse, gazetteer: Gazetteer, chronology: Chronology) -> Annotation:
    """The annotation of a parsed document; one without a date gets the interval that its facts allow."""
    people = find_people(parse)
    parse = _dated(parse, people, chronology)
    references = resolve_references(parse, people)
    statements = find_statements(parse, people, references)
    home = outlet_code(parse.document.outlet, gazetteer)
    references = with_own_side(parse, people, references, statements, home)
    dates = find_dates(parse.document.text)
    standing = _standing(parse, home, ContextNames.load(chronology.overlay))
    return Annotation(parse, people, references, statements, dates, home, standing)


def _standing(parse: Parse, home: str | None, names: ContextNames) -> tuple[Standing, ...]:
    """What stands for several actors, where no organisation is named in these words ("the GCC states")."""
    counts = Counter(m.entry.code for m in parse.mentions if m.entry.kind in ACTOR_KINDS)
    by_number = [code for code, _ in counts.most_common()]
    found = names.find(parse.document.text, focus=by_number[:_FOCUS], home=home, named=by_number)
    return tuple(s for s in found if not _is_known(s, parse))


def _is_known(standing: Standing, parse: Parse) -> bool:
    """True where the words name an organisation and more, or one state that the tables find there too.

    And where a longer name of the tables holds them: "Houthi rebels".
    """
    if parse.mention_over(standing.start) is not None:
        return True
    for mention in parse.mentions_in(standing.start, standing.end):
        whole = (mention.start, mention.end) == (standing.start, standing.end)
        if mention.entry.kind == "organisation" and not whole:
            return True
        if mention.entry.kind == "state" and len(standing.codes) == 1:
            return True
    return False


def _dated(parse: Parse, people: People, chronology: Chronology) -> Parse:
    document = parse.document
    if document.published.interval is not None:
        return parse
    officials = [(p.name, p.office, p.code) for p in people.persons if p.office and p.code and p.told]
    published = infer_published(document.text, document.title, officials, knowledge=chronology)
    return replace(parse, document=document.model_copy(update={"published": published}))


def outlet_code(outlet: str | None, gazetteer: Gazetteer) -> str | None:
    """The state whose organ an outlet is ("Office of the President of Ukraine" -> UKR), or None.

    Only an outlet that names a state or a seat of power speaks for it; a newspaper does not.
    """
    for mention in gazetteer.find(outlet or ""):
        if mention.entry.kind in ACTOR_KINDS:
            return mention.entry.code
    return None
