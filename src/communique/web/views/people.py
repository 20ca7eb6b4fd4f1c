"""People: those that documents name, and one person with posts, quotations and events."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from communique.archive import Archive
from communique.archive import pages as asks
from communique.archive.pages import PersonRow, Said, Sighted
from communique.archive.records import EventFilter
from communique.knowledge.occupancies import Occupancies, Occupancy
from communique.web import counted
from communique.web.asking import Code, Words
from communique.web.page import Missing, Page, Paged, Portion, Row, Shown, Table
from communique.web.shapes import EventRow


class PeopleAsked(Paged):
    """Which people."""

    q: Words | None = Field(None, description="Words of the name.")
    code: Code | None = Field(None, description="Who act for this state or organisation.")


class People(Shown):
    """A portion of the people named, those in the most documents first."""

    portion: Portion
    people: tuple[PersonRow, ...]


def people(archive: Archive, asked: PeopleAsked) -> People:
    """The people that were asked for."""
    found = asks.people(archive, name=asked.q, code=asked.code, limit=asked.size, offset=asked.offset)
    total = asks.count_people(archive, name=asked.q, code=asked.code)
    return People(portion=Portion.of(total, asked), people=tuple(found))


def people_rows(archive: Archive, asked: PeopleAsked) -> Iterator[Row]:
    """All people that were asked for, one row a post."""
    for person in asks.people(archive, name=asked.q, code=asked.code, limit=None):
        for office, code, documents in person.posts:
            yield person.name, office, code, documents


class Tenure(Shown):
    """A post that the tables of knowledge know the person to have held; `source` says by which."""

    person: str
    office: str
    code: str
    start: str
    end: str | None
    source: str
    doubtful: bool

    @classmethod
    def of(cls, row: Occupancy) -> Tenure:
        """The row as it is shown."""
        return cls(
            person=row.person, office=row.office, code=row.country, start=row.start, end=row.end,
            source=row.source, doubtful=row.doubtful,
        )  # fmt: skip


class PersonShown(Shown):
    """One person: posts by the tables and by the documents, quotations, events."""

    name: str
    posts: tuple[tuple[str | None, str | None, int], ...]
    tenures: tuple[Tenure, ...]
    sighted: tuple[Sighted, ...]
    said: tuple[Said, ...]
    said_total: int
    events: tuple[EventRow, ...]
    events_total: int


class PersonAsked(Paged):
    """Which portion of the person's quotations."""

    size: int = Field(20, ge=1, le=500, description="How many quotations a portion has.")


def person(archive: Archive, asked: PersonAsked, *, name: str) -> PersonShown:
    """The person of that name, as documents write it."""
    sighted = asks.sighted(archive, name)
    said = asks.count_statements(archive, speaker=name)
    wanted = EventFilter(person=name)
    events = counted.total(archive, wanted)
    tenures = tuple(_tenures(name, {s.code for s in sighted if s.code}))
    if not (sighted or said or events or any(t.person == name for t in tenures)):
        raise Missing(f"Neither a document nor a table names {name}.")
    return PersonShown(
        name=name,
        posts=next((p.posts for p in asks.people(archive, name=name) if p.name == name), ()),
        tenures=tenures,
        sighted=tuple(sighted),
        said=tuple(asks.statements_by(archive, speaker=name, limit=asked.size, offset=asked.offset)),
        said_total=said,
        events=tuple(EventRow.of(e) for e in counted.listed(archive, wanted, reverse=True, limit=50)),
        events_total=events,
    )


def _tenures(name: str, codes: set[str]) -> Iterator[Tenure]:
    """What the tables know of somebody of that name; where documents say for whom, only of those."""
    for row in Occupancies.load().of_person(name):
        if not codes or row.country in codes:
            yield Tenure.of(row)


PAGES = (
    Page(
        name="people",
        path="/people",
        title="People",
        about="The officials that documents name, with their offices as of then.",
        template="people.html",
        data=people,
        gives=People,
        asked=PeopleAsked,
        table=Table(("name", "office", "code", "documents"), people_rows),
        place="people",
    ),
    Page(
        name="person",
        path="/people/{name}",
        title="Person",
        about="One official: posts by the tables and by the documents, quotations, events.",
        template="person.html",
        data=person,
        gives=PersonShown,
        asked=PersonAsked,
        place="people",
    ),
)
