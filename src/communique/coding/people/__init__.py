"""Who is named in a document: offices, names, and one record a person."""

from communique.coding.people.assembly import People, PersonMention, PersonRecord, find_people
from communique.coding.people.offices import OfficePhrase

__all__ = ["OfficePhrase", "People", "PersonMention", "PersonRecord", "find_people"]
