"""FollowTheMoney: entities as JSON Lines, for Aleph, OpenAleph and other tools of that family (docs/exports.md).

Schemata and properties are those of https://followthemoney.tech/explorer/ (version 4). A state is a PublicBody, an
organisation or group an Organization; an Occupancy is what documents say of a person's office, dated by the first
and last of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from communique.archive import Archive
from communique.export.event_table import first_day, last_day
from communique.export.jsonlines import line
from communique.export.telling import Telling, addresses, tellings
from communique.export.wording import alpha2, name_of, one_line, prefix_of, sort_of, title_of, web_address
from communique.linking.records import Event
from communique.records import Document, Person, sha256

Properties = Mapping[str, Iterable[str | None]]
Post = tuple[str, str]
"""An office and the code that it is of."""

LANGUAGES: Final = {"en": "eng"}
"""ISO 639-3, which FollowTheMoney wants, of the language that is coded."""


@dataclass
class Seen:
    """What the entities that are made of many documents rest on: memory goes with people and actors."""

    codes: set[str] = field(default_factory=set)
    people: set[tuple[str, str | None]] = field(default_factory=set)
    held: dict[tuple[str, Post], list[date]] = field(default_factory=dict)

    def note(self, person: str, office: str | None, code: str | None, days: Iterable[date] = ()) -> None:
        """A person was named, with an office of a state or organisation, by a document of these days."""
        self.people.add((person, code))
        if code is not None:
            self.codes.add(code)
            if office is not None:
                known = self.held.setdefault((person, (office, code)), [])
                known[:] = sorted({*known, *days})[:1] + sorted({*known, *days})[1:][-1:]


def entities(archive: Archive) -> Iterator[str]:
    """All entities: articles, mentions, events; then actors, people, positions and occupancies."""
    seen, published = Seen(), {}
    for stored in archive.documents():
        interval = stored.document.published.interval
        published[stored.document.id] = (interval.start, interval.end) if interval else ()
        yield line(article(stored.document))
    for person in archive.people():
        seen.note(person.name, person.office, person.code, published.get(person.doc_id, ()))
        yield line(mention(person))
    known = addresses(archive)
    for telling in tellings(archive):
        seen.codes |= {actor.code for actor in telling.event.actors}
        for actor in telling.event.actors:
            if actor.person:
                seen.note(actor.person, actor.office, actor.code)
        yield line(happening(telling, known))
    yield from map(line, _of_many(seen))


def article(document: Document) -> dict[str, object]:
    """A document as an Article."""
    interval = document.published.interval
    title = document.title or document.id
    return entity("Article", document.id, {
        "name": [title],
        "title": [title],
        "publishedAt": [prefix_of(interval) if interval else None],
        "publisher": [document.outlet],
        "sourceUrl": [web_address(document.url)],
        "language": [LANGUAGES.get(document.language)],
    })  # fmt: skip


def mention(person: Person) -> dict[str, object]:
    """A person named in a document as a Mention."""
    return entity("Mention", f"{person.doc_id}\n{person.name}\n{person.code or ''}\n{person.office or ''}", {
        "document": [id_of("Article", person.doc_id)],
        "resolved": [_person_id(person.name, person.code)],
        "personMentioned": [person.name],
        "contextCountry": [alpha2(person.code or "")],
    })  # fmt: skip


def happening(telling: Telling, known: Mapping[str, str]) -> dict[str, object]:
    """An event as an Event; `known` are the addresses of documents by their ids."""
    event = telling.event
    return entity("Event", event.id, _when_and_where(event) | {
        "name": [title_of(event)],
        "description": [telling.passage],
        "keywords": [event.kind, event.stage, event.status],
        "recordId": [event.id],
        "involved": [
            *(id_of("actor", actor.code) for actor in event.actors),
            *(_person_id(actor.person, actor.code) for actor in event.actors if actor.person),
        ],
        "publisher": telling.outlets,
        "sourceUrl": [known.get(doc_id) for doc_id in telling.documents],
        "proof": [id_of("Article", doc_id) for doc_id in telling.documents],
    })  # fmt: skip


def entity(schema: str, key: str, properties: Properties) -> dict[str, object]:
    """An entity; what is unknown is left out, and each value stands once."""
    cleaned = {
        name: list(dict.fromkeys(text for value in values if value and (text := one_line(value))))
        for name, values in properties.items()
    }
    sort = schema if schema not in ("PublicBody", "Organization") else "actor"
    filled = {name: values for name, values in cleaned.items() if values}
    return {"id": id_of(sort, key), "schema": schema, "properties": filled}


def id_of(sort: str, key: str) -> str:
    """The id of an entity, of letters and digits alone: FollowTheMoney allows little more."""
    return f"cmq{sha256(f'{sort}:{key}')[:29]}"


def _person_id(name: str, code: str | None) -> str:
    return id_of("Person", f"{name}\n{code or ''}")


def _when_and_where(event: Event) -> dict[str, list[str | None]]:
    days = event.date
    return {
        "date": [prefix_of(days) if days else None],
        "startDate": [first_day(days)],
        "endDate": [last_day(days)],
        "location": [event.place.name if event.place else None],
        "country": [alpha2(event.place.country or "") if event.place else None],
    }


def _of_many(seen: Seen) -> Iterator[dict[str, object]]:
    """The actors, people, positions and occupancies, each sort in the order of its names."""
    for code in sorted(seen.codes):
        schema = "PublicBody" if sort_of(code) == "state" else "Organization"
        yield entity(schema, code, {"name": [name_of(code)], "weakAlias": [code], "country": [alpha2(code)]})
    for name, of in sorted(seen.people, key=lambda each: (each[0], each[1] or "")):
        offices = sorted(office for person, (office, code) in seen.held if (person, code) == (name, of))
        own: Properties = {"name": [name], "country": [alpha2(of or "")], "position": offices}
        yield entity("Person", f"{name}\n{of or ''}", own)
    for office, code in sorted({post for _, post in seen.held}):
        place: Properties = {"organization": [id_of("actor", code)], "country": [alpha2(code)]}
        yield entity("Position", f"{office}\n{code}", {"name": [f"{office} of {name_of(code)}"], **place})
    for (person, post), days in sorted(seen.held.items()):
        yield _occupancy(person, post, days)


def _occupancy(person: str, post: Post, days: list[date]) -> dict[str, object]:
    office, code = post
    return entity("Occupancy", f"{person}\n{office}\n{code}", {
        "holder": [_person_id(person, code)],
        "post": [id_of("Position", f"{office}\n{code}")],
        "date": [day.isoformat() for day in days],
    })  # fmt: skip
