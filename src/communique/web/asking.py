"""What can be asked of lists of events: the filter as GET parameters, as `EventFilter`, and in plain words."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, Field

from communique.archive.records import EventFilter
from communique.archive.search import match_expression
from communique.records import Kind, Role, Stage, Status
from communique.web.kinds import kind_look
from communique.web.names import names
from communique.web.page import Paged
from communique.web.plain import iso_in_words, listed

Order = Literal["date", "told", "confidence", "sources"]
Shows = Literal[
    "kind", "who", "people", "what", "place", "materiel", "instrument", "status", "sources", "documents", "confidence",
    "id",
]  # fmt: skip
COLUMNS: tuple[Shows, ...] = ("kind", "who", "what", "status", "sources", "confidence")
ORDERS: dict[Order, str] = {
    "date": "by date",
    "told": "by when they were first told",
    "confidence": "by confidence",
    "sources": "by number of independent sources",
}


def _first_day(text: str) -> str:
    return _days(text)[0]


def _last_day(text: str) -> str:
    return _days(text)[1]


def _days(text: str) -> tuple[str, str]:
    """The first and the last day of an ISO day, month or year, as ISO days. Raises ValueError for all else."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise ValueError(f"{text[:40]!r} is no day, month or year: write 2016-05-12, 2016-05 or 2016")
    year, month, day = (
        int(p) for p in (text + "-00-00"[len(text) - 4 :] if len(text) < 10 else text).split("-")
    )
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    return first.isoformat(), last.isoformat()


def _sought(words: str | None) -> str | None:
    """What is looked for in texts; None where there is no word in it ("!!")."""
    return words if words and match_expression(words) else None


def _code(words: str) -> str:
    return names().code(words)


_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
MONTH_TOLD = Field(json_schema_extra={"pattern": f"^[12][0-9]{{3}}-{_MONTH}$"})
"""Tells in the API's description how a month is written."""
DAYS_TOLD = Field(json_schema_extra={"pattern": f"^[12][0-9]{{3}}(-{_MONTH}(-{_DAY})?)?$"})
"""Tells in the API's description how a day, month or year is written."""
FirstDay = Annotated[str, AfterValidator(_first_day), DAYS_TOLD]
LastDay = Annotated[str, AfterValidator(_last_day), DAYS_TOLD]
LONGEST_CODE: Final = 200
"""Characters of an actor's code or name, at most."""
Code = Annotated[str, Field(max_length=LONGEST_CODE), AfterValidator(_code)]
Words = Annotated[str, Field(max_length=500)]
Sought = Annotated[str | None, Field(max_length=500), AfterValidator(_sought)]


def _unusual(columns: list[Shows]) -> list[Shows]:
    """The columns, or none where they are the usual ones anyway."""
    return [] if set(columns) == set(COLUMNS) else columns


class EventsAsked(Paged):
    """Which events, in which order."""

    q: Sought = Field(
        None, description="Words in the evidence; a phrase in double quotes, deliver* for all that begin so."
    )
    actor: list[Code] = Field(
        [], max_length=8, description="A code or a name (ARM, Armenia); several must all take part."
    )
    role: Role | None = Field(None, description="The role of the (first) actor.")
    other_role: Role | None = Field(None, description="The role of the second actor.")
    person: Words | None = Field(None, description="Who takes part, by name.")
    other_person: Words | None = Field(None, description="Another person who takes part as well.")
    kind: list[Kind] = Field([], description="Of one of these kinds.")
    status: list[Status] = Field([], description="Of one of these statuses.")
    stage: list[Stage] = Field([], description="Of one of these stages.")
    since: FirstDay | None = Field(None, description="Dated on or after this day, month or year.")
    until: LastDay | None = Field(None, description="Dated on or before this day, month or year.")
    within: Literal["month", "year"] | None = Field(
        None, description="Dated to within one month, or one year."
    )
    place: Words | None = Field(None, description="A country's code or a place's name.")
    outlet: Words | None = Field(None, description="Told by this outlet.")
    materiel: Words | None = Field(None, description="Equipment whose name holds these words.")
    instrument: Words | None = Field(None, description="A treaty, resolution or exercise by its name.")
    min_confidence: float | None = Field(None, ge=0, le=1, description="At least as sure as this.")
    min_sources: int | None = Field(None, ge=1, le=1000, description="Told by so many independent sources.")
    order: Order = Field("date", description="The order of the list.")
    column: Annotated[list[Shows], AfterValidator(_unusual)] = Field(
        [],
        description="Columns of the table on the page (the twins have all); the usual ones when not given.",
    )
    group: Literal["year", "month"] | None = Field(
        None, description="Put the rows under a head for each year or month (in the order by date)."
    )
    back: bool = Field(False, description="The other way round: the oldest, or the least sure, first.")

    @property
    def columns(self) -> tuple[Shows, ...]:
        """The columns to show beside the date, in their own order."""
        return tuple(c for c in get_args(Shows) if c in self.column) or COLUMNS

    @property
    def reverse(self) -> bool:
        """Which way round the archive is to list: by date the newest come first unless asked otherwise."""
        return (self.order in ("date", "told")) != self.back

    def wanted(self) -> EventFilter:
        """The filter that the archive understands."""
        single = self.actor[0] if len(self.actor) == 1 or (self.actor and self.role) else None
        return EventFilter(
            between=tuple(code for code in self.actor if code != single),
            actor=single,
            role=self.role,
            other_role=self.other_role,
            person=self.person,
            other_person=self.other_person,
            kinds=tuple(self.kind),
            statuses=tuple(self.status),
            stages=tuple(self.stage),
            since=self.since,
            until=self.until,
            within=self.within,
            place=self.place,
            outlet=self.outlet,
            materiel=self.materiel,
            instrument=self.instrument,
            text=self.q,
            min_confidence=self.min_confidence,
            min_sources=self.min_sources,
        )


def in_words(asked: EventsAsked) -> str:
    """The filter as a sentence: "Visits and calls in which Armenia and Iran take part, since 2016-05-01"."""
    return " ".join(_phrases(asked)) + "."


def _phrases(asked: EventsAsked) -> Iterator[str]:
    kinds = listed([kind_look(k).many for k in asked.kind], "and") or "events"
    statuses = listed(list(asked.status), "or")
    head = f"{statuses} {kinds}".strip() if asked.kind or asked.status else "all events"
    yield head[0].upper() + head[1:]
    if asked.stage:
        yield f"at the stage of {listed([s.replace('_', ' ') for s in asked.stage], 'or')}"
    yield from _who(asked)
    yield from _where_and_what(asked)
    yield from _how_sure(asked)


def _who(asked: EventsAsked) -> Iterator[str]:
    roles = [asked.role, asked.other_role, *[None] * len(asked.actor)]
    told = zip(asked.actor, roles, strict=False)
    who = [names().of(code) + (f" as {role}" if role else "") for code, role in told]
    if who:
        yield f"in which {listed(who)} {'takes' if len(who) == 1 else 'take'} part"
    elif asked.role:
        yield f"that have a {asked.role}"
    people = [person for person in (asked.person, asked.other_person) if person]
    if people:
        yield f"with {listed(people)}"


def _where_and_what(asked: EventsAsked) -> Iterator[str]:
    if asked.since and asked.until:
        yield f"dated {iso_in_words(f'{asked.since}..{asked.until}')}"
    elif asked.since:
        yield f"dated since {iso_in_words(asked.since)}"
    elif asked.until:
        yield f"dated up to {iso_in_words(asked.until)}"
    if asked.within:
        yield f"{'' if asked.since or asked.until else 'dated '}to within a {asked.within}"
    if asked.place:
        yield f"in {names().of(asked.place)}"
    if asked.materiel:
        yield f"over {asked.materiel}"
    if asked.instrument:
        yield f"over “{asked.instrument}”"
    if asked.q:
        yield f"whose evidence says “{asked.q}”"


def _how_sure(asked: EventsAsked) -> Iterator[str]:
    if asked.outlet:
        yield f"told by {asked.outlet}"
    if asked.min_sources:
        yield f"told by {asked.min_sources} or more independent sources"
    if asked.min_confidence:
        yield f"with a confidence of {asked.min_confidence:g} or more"
