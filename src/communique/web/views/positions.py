"""Positions: who held an office on a day, by the tables and by what the documents say; all holders of an office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from communique.archive import Archive
from communique.archive import dyads as asks
from communique.errors import SettingsError
from communique.knowledge.occupancies import Occupancies
from communique.knowledge.positions import canonical_office, class_named, offices_by_rank
from communique.knowledge.sightings import Learnt, Sighting, WhoAnswer, learn, who_headed, who_held
from communique.records import Interval
from communique.web.asking import DAYS_TOLD, Code, Words
from communique.web.judging.wishes import interval_of
from communique.web.names import names
from communique.web.page import Asked, Page, Row, Shown, Table
from communique.web.plain import days_in_words
from communique.web.views.people import Tenure


def _days(words: str) -> str:
    """The words, where they are a day, a month or a year. Raises ValueError for all else."""
    try:
        interval_of(words)
    except SettingsError as error:
        raise ValueError(str(error)) from error
    return words


class PositionsAsked(Asked):
    """Which office, of which state or organisation, when."""

    office: Words | None = Field(
        None, description="An office in any words, or head of state, head of government."
    )
    country: Code | None = Field(None, description="The code or name of the state or organisation.")
    on: Annotated[str, AfterValidator(_days), DAYS_TOLD] | None = Field(
        None, description="A day, a month or a year."
    )


class NamedIn(Shown):
    """Somebody whom documents name in the office: from the first to the last of these documents."""

    person: str
    first: str
    last: str
    documents: tuple[str, ...]

    @classmethod
    def of(cls, one: Learnt) -> NamedIn:
        """As it is shown."""
        return cls(
            person=one.person,
            first=one.days.start.isoformat(),
            last=one.days.end.isoformat(),
            documents=one.documents,
        )


class Positions(Shown):
    """Who held the office on the days asked for, all holders, whom documents name, and offices to choose from.

    `agrees` is False where the documents name somebody whom the tables do not know then; None where one is silent.
    `sure` are the names of those who held it on all of these days.
    """

    question: str
    office: str | None
    offices: tuple[str, ...]
    holders: tuple[Tenure, ...]
    sure: tuple[str, ...]
    learnt: tuple[NamedIn, ...]
    agrees: bool | None
    every: tuple[Tenure, ...]
    told: tuple[NamedIn, ...]
    choices: tuple[tuple[str, str, int], ...]


def positions(archive: Archive, asked: PositionsAsked) -> Positions:
    """Who held the office."""
    choices = tuple(asks.offices_told(archive, limit=24))
    groups = _offices(asked.office)
    offices = tuple(office for group in groups for office in group)
    if not offices or asked.country is None:
        return _nothing(asked, offices, choices)
    seen = [(o, Sighting(p, d, days)) for o, p, d, days in asks.sightings(archive, offices, asked.country)]
    answer = _answer(asked, groups, seen)
    every = [r for r in Occupancies.load().rows if r.country == asked.country and r.office in offices]
    every.sort(key=lambda r: (r.start, r.person), reverse=True)
    return Positions(
        question=_in_words(asked),
        office=offices[0] if len(offices) == 1 else class_named(asked.office or ""),
        offices=offices,
        holders=tuple(map(Tenure.of, answer.holders)) if answer else (),
        sure=tuple(h.person for h in answer.holders if h.surely_holds(answer.on)) if answer else (),
        learnt=tuple(map(NamedIn.of, answer.learnt)) if answer else (),
        agrees=answer.agrees if answer else None,
        every=tuple(map(Tenure.of, every)),
        told=tuple(NamedIn.of(one) for one in learn(sighting for _, sighting in seen)),
        choices=choices,
    )


def _offices(words: str | None) -> tuple[tuple[str, ...], ...]:
    """The offices that the words name, in groups (of a class: who is of the first group goes before the next)."""
    if not words:
        return ()
    if heading := class_named(words):
        return offices_by_rank(heading)
    office = canonical_office(words)
    return ((office,),) if office else ()


def _answer(
    asked: PositionsAsked, groups: tuple[tuple[str, ...], ...], seen: list[tuple[str, Sighting]]
) -> WhoAnswer | None:
    """Who held the office on the days asked for; None where no days are asked for."""
    on = interval_of(asked.on) if asked.on else None
    if on is None or asked.country is None:
        return None
    table = Occupancies.load()
    if len(groups) == 1 and len(groups[0]) == 1:
        sightings = (sighting for _, sighting in seen)
        return who_held(groups[0][0], asked.country, on, table=table, sightings=sightings)
    return who_headed(asked.office or "", groups, asked.country, on, table=table, sightings=seen)


def _nothing(
    asked: PositionsAsked, offices: tuple[str, ...], choices: tuple[tuple[str, str, int], ...]
) -> Positions:
    return Positions(
        question=_in_words(asked), office=None, offices=offices, holders=(), sure=(), learnt=(), agrees=None,
        every=(), told=(), choices=choices,
    )  # fmt: skip


def _in_words(asked: PositionsAsked) -> str:
    """The question in words: "Who was defence minister of Armenia on 30 Jan 2017?"."""
    if not asked.office or not asked.country:
        return "Who held which office, when?"
    if not _offices(asked.office):
        return f"No table has an office “{asked.office}”."
    on: Interval | None = interval_of(asked.on) if asked.on else None
    when = f" {'on' if on.days == 1 else 'in'} {days_in_words(on)}" if on else ""
    return f"Who {'was' if on else 'has been'} {asked.office} of {names().of(asked.country)}{when}?"


def holder_rows(archive: Archive, asked: PositionsAsked) -> Iterator[Row]:
    """All holders by the tables, then whom documents name."""
    found = positions(archive, asked)
    held = {(t.person, t.start) for t in found.holders}
    for t in found.every:
        yield (
            t.person,
            t.office,
            t.code,
            t.start,
            t.end,
            t.source,
            "yes" if (t.person, t.start) in held else "",
        )
    for one in found.told:
        yield one.person, found.office, asked.country, one.first, one.last, "; ".join(one.documents), ""


PAGES = (
    Page(
        name="positions",
        path="/positions",
        title="Positions",
        about="Who held an office on a day, by the tables and by the documents; all holders of an office.",
        template="positions.html",
        data=positions,
        gives=Positions,
        asked=PositionsAsked,
        table=Table(("person", "office", "country", "from", "to", "source", "on_the_day"), holder_rows),
        place="people",
    ),
)
