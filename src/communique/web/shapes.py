"""The things that several pages show: events and claims in lists, passages of evidence, fields explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.archive import Archive
from communique.archive.pages import texts_of
from communique.cli.wording import in_words
from communique.linking.records import ClaimKey, Event, Told
from communique.records import Actor, Claim, Evidence, Interval, Kind, Materiel, Place, Stage, Status
from communique.web import plain
from communique.web.marks import Paragraph, Span, passage
from communique.web.page import Row, Shown
from communique.web.titles import called


class EventRow(Shown):
    """An event in a list: who, to whom, what, when, how it stands, and how many tell it."""

    id: str
    kind: Kind
    status: Status
    stage: Stage | None
    actors: tuple[Actor, ...]
    date: Interval | None
    precision: str
    place: Place | None
    materiel: tuple[Materiel, ...]
    instrument: str | None
    confidence: float
    independent: int
    documents: int

    @classmethod
    def of(cls, event: Event) -> EventRow:
        """The event's row."""
        values = {name: getattr(event, name) for name in cls.model_fields if name != "precision"}
        return cls.model_construct(
            None, precision=plain.precision(event.date), **values
        )  # from an event: valid


EVENT_COLUMNS = (
    "event", "kind", "status", "stage", "date_from", "date_to", "date_precision", "sources", "targets",
    "participants", "people", "place", "country", "materiel", "instrument", "confidence", "independent", "documents",
)  # fmt: skip


def event_cells(events: Iterable[Event]) -> Iterator[Row]:
    """The CSV rows of events, in the order of `EVENT_COLUMNS`; lists are joined with "; "."""
    for e in events:
        by_role = (";".join(dict.fromkeys(a.code for a in e.actors if a.role == r)) for r in _ROLES)
        yield (
            e.id, e.kind, e.status, e.stage, *_day_cells(e.date), plain.precision(e.date),
            *(codes.replace(";", "; ") for codes in by_role),
            "; ".join(f"{a.person} ({a.code})" for a in e.actors if a.person),
            e.place.name if e.place else None, e.place.country if e.place else None,
            "; ".join(m.name for m in e.materiel), e.instrument, round(e.confidence, 3), e.independent, e.documents,
        )  # fmt: skip


_ROLES = ("source", "target", "participant")


def _day_cells(date: Interval | None) -> tuple[str, str]:
    return (date.start.isoformat(), date.end.isoformat()) if date else ("", "")


class Explained(Shown):
    """One field of a claim: its name, its value, and how it came to it (empty where nothing was noted)."""

    field: str
    value: str
    words: str = ""
    why: str = ""


class ClaimShown(Shown):
    """A claim beside its text. `number` is that of its marks; `event` the event that it was linked to."""

    number: int
    id: str
    doc_id: str
    kind: Kind
    status: Status
    stage: Stage | None
    actors: tuple[Actor, ...]
    date: Interval | None
    place: Place | None
    materiel: tuple[Materiel, ...]
    instrument: str | None
    attribution: str | None
    confidence: float
    evidence: tuple[Evidence, ...]
    event: str | None = None
    explained: tuple[Explained, ...] = ()


def claim_shown(claim: Claim, text: str, *, number: int, event: str | None) -> ClaimShown:
    """The claim with its fields explained from the text of its document."""
    names = [n for n in ClaimShown.model_fields if n in Claim.model_fields]
    values = {name: getattr(claim, name) for name in names}
    return ClaimShown(number=number, event=event, explained=tuple(_explained(claim, text)), **values)


def _explained(claim: Claim, text: str) -> Iterator[Explained]:
    for d in claim.derivations:
        words = "" if d.start is None or d.end is None else plain.short(text[d.start : d.end], 120)
        field, value = d.field, d.value
        if field == "actors":
            field, _, value = value.partition(" ")
        elif field == "date":
            value = plain.days_in_words(claim.date)
        yield Explained(field=field, value=value, words=words, why=in_words(d.reason))


class Passage(Shown):
    """Words of a document with the marks on them, and what is known of the document; `called` is never empty."""

    claim: ClaimKey
    doc_id: str
    title: str | None
    called: str
    outlet: str | None
    published: Interval | None
    url: str | None
    kind: Kind
    status: Status
    attribution: str | None
    confidence: float
    words: tuple[Paragraph, ...]


def passages(archive: Archive, told: Iterable[Told]) -> dict[ClaimKey, Passage]:
    """The evidence of each claim in its context, in the order of the claims."""
    wanted = list(told)
    texts = texts_of(archive, (one.claim.doc_id for one in wanted))
    return {one.key: _passage(one, *texts[one.claim.doc_id]) for one in wanted if one.claim.doc_id in texts}


def _passage(told: Told, text: str, url: str | None) -> Passage:
    claim = told.claim
    return Passage(
        claim=told.key,
        doc_id=claim.doc_id,
        title=told.title,
        called=called(claim.doc_id, told.title, text),
        outlet=told.outlet,
        published=told.published,
        url=url,
        kind=claim.kind,
        status=claim.status,
        attribution=claim.attribution,
        confidence=claim.confidence,
        words=tuple(_in_context(text, claim.evidence)),
    )


def _in_context(text: str, evidence: Iterable[Evidence]) -> Iterator[Paragraph]:
    """The passages with what stands around them; those that stand in one paragraph are shown as one."""
    groups: list[list[Span]] = []
    for e in sorted(evidence, key=lambda e: (e.start, e.end)):
        span = Span(start=e.start, end=e.end, sort="claim", number=1)
        if groups and "\n" not in text[groups[-1][-1].start : e.start]:
            groups[-1].append(span)
        else:
            groups.append([span])
    return (passage(text, group) for group in groups)
