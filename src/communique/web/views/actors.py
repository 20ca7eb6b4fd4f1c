"""Actors: all states, organisations and groups of the archive, and one of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from communique.archive import Archive
from communique.archive import pages as asks
from communique.archive.pages import PersonRow, Said
from communique.archive.records import EventFilter
from communique.knowledge.occupancies import Occupancies
from communique.knowledge.tables import Membership, memberships
from communique.web import counted
from communique.web.memory import remembered
from communique.web.months import Month, months
from communique.web.names import names
from communique.web.page import Asked, Missing, Page, Row, Shown, Table
from communique.web.shapes import EventRow
from communique.web.views.people import Tenure

_OFFICES = (
    "president", "king", "supreme leader", "prime minister", "chancellor", "defence minister", "foreign minister",
    "secretary general",
)  # fmt: skip


class ActorRow(Shown):
    """An actor in a list: in how many events, and in how many as which."""

    code: str
    name: str
    sort: str
    events: int
    as_source: int
    as_target: int
    as_participant: int


class Actors(Shown):
    """All actors of the archive's events, those in the most events first."""

    actors: tuple[ActorRow, ...]


def actors(archive: Archive, asked: Asked) -> Actors:
    """All actors, by how many events they take part in."""
    return remembered(archive, "actors", lambda: _actors(archive))


def _actors(archive: Archive) -> Actors:
    return Actors(
        actors=tuple(
            ActorRow(name=names().of(a.code), sort=names().sort_of(a.code), **a.model_dump())
            for a in counted.chosen(archive).actors()
        )
    )


def actor_rows(archive: Archive, asked: Asked) -> Iterator[Row]:
    """All actors as rows of the CSV twin."""
    for a in actors(archive, asked).actors:
        yield a.code, a.name, a.sort, a.events, a.as_source, a.as_target, a.as_participant


class ActorShown(Shown):
    """One state, organisation or group: what it does over time, with whom, who acts for it, what is said for it."""

    code: str
    name: str
    sort: str
    members: tuple[str, ...]
    member_of: tuple[str, ...]
    total: int
    months: tuple[Month, ...]
    partners: tuple[tuple[str, int], ...]
    facets: dict[str, list[tuple[str, int]]]
    events: tuple[EventRow, ...]
    people: tuple[PersonRow, ...]
    tenures: tuple[Tenure, ...]
    said: tuple[Said, ...]
    said_total: int


def actor(archive: Archive, asked: Asked, *, code: str) -> ActorShown:
    """The actor of that code."""
    return remembered(archive, ("actor", code), lambda: _actor(archive, code))


def _actor(archive: Archive, code: str) -> ActorShown:
    wanted = EventFilter(actor=code)
    total = counted.total(archive, wanted)
    people = asks.people(archive, code=code, limit=30)
    if not (total or people or code in names().actors):
        raise Missing(f"Neither the tables nor the archive know the code {code}.")
    return ActorShown(
        code=code,
        name=names().of(code),
        sort=names().sort_of(code),
        members=tuple(sorted({m.member for m in _memberships() if m.organisation == code})),
        member_of=tuple(sorted({m.organisation for m in _memberships() if m.member == code})),
        total=total,
        months=tuple(months(archive, codes=(code,))),
        partners=tuple(counted.chosen(archive, wanted).partners(code)),
        facets=counted.facets(archive, wanted),
        events=tuple(EventRow.of(e) for e in counted.listed(archive, wanted, reverse=True, limit=25)),
        people=tuple(people),
        tenures=tuple(_holders(code)),
        said=tuple(asks.statements_by(archive, code=code, limit=8)),
        said_total=asks.count_statements(archive, code=code),
    )


@cache
def _memberships() -> list[Membership]:
    return memberships(None)


def _holders(code: str) -> list[Tenure]:
    """Who held the offices that matter here, by the tables: office by office, the latest first."""
    rows = [
        r for r in Occupancies.load().rows if r.country == code and r.office in _OFFICES and not r.doubtful
    ]
    rows.sort(key=lambda r: r.start, reverse=True)
    return [Tenure.of(row) for office in _OFFICES for row in [r for r in rows if r.office == office][:6]]


PAGES = (
    Page(
        name="actors",
        path="/actors",
        title="Countries and organisations",
        about="All states, organisations and groups of the archive's events.",
        template="actors.html",
        data=actors,
        gives=Actors,
        table=Table(
            ("code", "name", "sort", "events", "as_source", "as_target", "as_participant"), actor_rows
        ),
        place="actors",
    ),
    Page(
        name="actor",
        path="/actors/{code}",
        title="Country or organisation",
        about="One state, organisation or group: its events over time, partners, officials, statements.",
        template="actor.html",
        data=actor,
        gives=ActorShown,
        place="actors",
    ),
)
