"""Who is named in a document: offices, names, and one record a person."""

from communique.coding.people.assembly import People, PersonMention, PersonRecord, find_people
from communique.coding.people.holders import holder_name
from communique.coding.people.offices import OfficePhrase
from communique.coding.people.states import HomeStates, outlet_state

__all__ = [
    "HomeStates",
    "OfficePhrase",
    "People",
    "PersonMention",
    "PersonRecord",
    "find_people",
    "holder_name",
    "outlet_state",
]
