"""A month in brief: what happened, what was announced, what moved and what is disputed, each with its sentences.

An event is of the month where its date lies in it, or where a document of the month first tells of a plan, a
possibility or an undated act. What a document of the month tells of years before is background and left out.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from communique.linking.dyads import VAGUE
from communique.linking.lives import in_words, short, told_on
from communique.linking.phrases import happening, in_sentence, listed, name_of
from communique.linking.records import (
    Agreement,
    ClaimKey,
    Contradiction,
    Deal,
    Event,
    LifeStep,
    Told,
)
from communique.records import Interval, Record

NOTES: Final = 3
"""So many documents are cited for one line."""

LONGEST_QUOTE: Final = 320
"""Characters of a cited sentence."""

UNSURE: Final = 0.6
"""A line whose event is less sure than this is marked as unsure."""

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


class Note(Record):
    """A footnote: the document, its outlet and day, and the sentence that is cited."""

    number: int
    doc_id: str
    title: str | None
    outlet: str | None
    published: str | None
    sentence: str


class Line(Record):
    """One thing told: when, in words, what is to be said of it ("planned", "unsure"), and its notes' numbers."""

    when: str
    text: str
    remarks: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    event: str | None = None


class Section(Record):
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]


class Digest(Record):
    """The brief of one month (`2020-08`), of all actors or of one. `summary` says what there is, in words."""

    month: str
    title: str
    actor: str | None
    documents: int
    summary: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


class _Citing:
    """Numbers the documents' sentences as they are cited; the same sentence keeps its number."""

    def __init__(self, told: Mapping[ClaimKey, Told]) -> None:
        self._told = told
        self._numbers: dict[tuple[str, str], int] = {}
        self.notes: list[Note] = []

    def cite(self, keys: Iterable[ClaimKey]) -> tuple[int, ...]:
        """The numbers of the notes to these claims: one a family of copies, the surest claims first."""
        found = sorted((self._told[k] for k in keys if k in self._told), key=_by_sureness)
        by_family = {one.copies: one for one in reversed(found)}
        chosen = [one for one in found if by_family[one.copies] is one][:NOTES]
        return tuple(sorted(dict.fromkeys(self._number(one) for one in chosen)))

    def cite_each(self, keys: Iterable[ClaimKey]) -> tuple[int, ...]:
        """The numbers of the notes to each of these claims."""
        numbers = (self._number(self._told[key]) for key in keys if key in self._told)
        return tuple(sorted(set(numbers)))

    def _number(self, told: Told) -> int:
        sentence = _cut(" ".join(told.claim.evidence[0].text.split()))
        key = (told.key.doc_id, sentence)
        if key not in self._numbers:
            self._numbers[key] = len(self.notes) + 1
            self.notes.append(
                Note(
                    number=self._numbers[key],
                    doc_id=told.key.doc_id,
                    title=told.title,
                    outlet=told.outlet,
                    published=short(told.published) if told.published else None,
                    sentence=sentence,
                )
            )
        return self._numbers[key]


def digest(
    month: str,
    events: Iterable[Event],
    told: Mapping[ClaimKey, Told],
    *,
    documents: int,
    actor: str | None = None,
    followed: Sequence[Deal | Agreement] = (),
    disputed: Sequence[Contradiction] = (),
) -> Digest:
    """The brief of a month (`2020-08`). `documents` are how many the archive has of that month.

    `events` may hold more than the month's; deals, agreements and contradictions are told where they moved
    or were told in it. With an `actor` (a code) only what it takes part in is told.
    """
    span = month_of(month)
    known = {event.id: event for event in events}
    mine = [e for e in known.values() if actor is None or any(a.code == actor for a in e.actors)]
    here = [event for event in mine if is_of(event, span, told)]
    citing = _Citing(told)
    sections = [*_by_parties(here, span, citing, told)]
    sections += _moved(followed, span, known, citing, actor)
    sections += _disputed(disputed, span, {e.id for e in here}, citing, told, {e.id for e in mine})
    return Digest(
        month=month,
        title=f"{month_in_words(month)}" + (f": {name_of(actor)}" if actor else ""),
        actor=actor,
        documents=documents,
        summary=_summary(month, documents, len(here), actor),
        sections=tuple(sections),
        notes=tuple(citing.notes),
    )


def month_of(month: str) -> Interval:
    """The days of a month (`2020-08`). Raises ValueError for anything else."""
    year, number = (int(part) for part in month.split("-"))
    return Interval(start=date(year, number, 1), end=date(year, number, monthrange(year, number)[1]))


def month_in_words(month: str) -> str:
    """ "August 2020" for `2020-08`."""
    return f"{_MONTHS[int(month[5:7]) - 1]} {month[:4]}"


def is_of(event: Event, span: Interval, told: Mapping[ClaimKey, Told]) -> bool:
    """True where an event belongs to the month: dated in it, or first told in it as undated or as yet to come."""
    if event.date and event.date.days <= VAGUE and event.date.meet(span):
        return True
    day = told_on(event, told)
    if day is None or not span.start <= day <= span.end:
        return False
    return event.date is None or (event.status != "actual" and event.date.start > span.end)


def _by_sureness(told: Told) -> tuple[float, str, str]:
    return -told.claim.confidence, told.key.doc_id, told.key.id


def _cut(sentence: str) -> str:
    """The sentence, its end left out where it is long."""
    return (
        sentence if len(sentence) <= LONGEST_QUOTE else sentence[: LONGEST_QUOTE - 2].rsplit(" ", 1)[0] + " …"
    )


def _by_parties(
    here: Sequence[Event], span: Interval, citing: _Citing, told: Mapping[ClaimKey, Told]
) -> list[Section]:
    """The month's events by who is in them, those with most to tell first."""
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in here:
        groups[_heading(event)].append(event)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Section(
            title=title,
            lines=tuple(_line(e, citing, told) for e in sorted(group, key=lambda e: _day(e, span, told))),
        )
        for title, group in ordered
    ]


def _heading(event: Event) -> str:
    """ "Armenia and Iran"; "Iran" where it acts alone; "More than two" parties together."""
    codes = sorted({actor.code for actor in event.actors}, key=name_of)
    return "More than two parties" if len(codes) > 2 else listed(map(name_of, codes))


def _day(event: Event, span: Interval, told: Mapping[ClaimKey, Told]) -> tuple[date, str, str]:
    day = event.date.start if event.date else told_on(event, told) or span.end
    return max(day, span.start), event.kind, event.id


def _line(event: Event, citing: _Citing, told: Mapping[ClaimKey, Told]) -> Line:
    where = f", {event.place.name}" if event.place and event.place.name not in happening(event) else ""
    return Line(
        when=in_words(event.date, told_on(event, told)),
        text=_begun(f"{happening(event)}{where}"),
        remarks=tuple(_remarks(event, told)),
        notes=citing.cite(event.claims),
        event=event.id,
    )


def _begun(text: str) -> str:
    """The text as the beginning of a line: "the" becomes "The", names stay as they are."""
    return f"The{text[3:]}" if text.startswith("the ") else text


def _remarks(event: Event, told: Mapping[ClaimKey, Told]) -> list[str]:
    """The status, who says so where all claims go back to one, how many report it, and whether it is unsure."""
    claims = [told[key] for key in event.claims if key in told]
    said = {one.claim.attribution for one in claims}
    one = said.pop() if len(said) == 1 else None
    remarks: list[str] = []
    deniers = sorted({c.claim.attribution or "" for c in claims if c.claim.status == "denied"} - {""})
    if event.status not in ("actual", "denied"):
        remarks.append(event.status)
    if event.status == "denied" or any(c.claim.status == "denied" for c in claims):
        remarks.append(f"denied by {listed(deniers)}" if deniers else "denied")
    elif one:
        remarks.append(f"according to {one}")
    if event.independent > 1:
        remarks.append(f"{event.independent} independent sources")
    if event.confidence < UNSURE:
        remarks.append("unsure")
    return remarks


def _moved(
    followed: Sequence[Deal | Agreement],
    span: Interval,
    known: Mapping[str, Event],
    citing: _Citing,
    actor: str | None,
) -> list[Section]:
    """The deals and the agreements with a step in the month."""
    found = []
    for title, sort in (("Deals that moved", Deal), ("Agreements that moved", Agreement)):
        lines = [
            _life_line(one, step, known, citing)
            for one in followed
            if isinstance(one, sort) and (actor is None or actor in _parties(one))
            for step in one.steps
            if _is_step_of(step, span)
        ]
        if lines:
            found.append(Section(title=title, lines=tuple(lines)))
    return found


def _is_step_of(step: LifeStep, span: Interval) -> bool:
    if step.date:
        return step.date.days <= VAGUE and step.date.meet(span) is not None
    return step.told is not None and span.start <= step.told <= span.end


def _parties(one: Deal | Agreement) -> tuple[str, ...]:
    return (*one.suppliers, *one.recipients, *one.blockers) if isinstance(one, Deal) else one.parties


def _life_line(one: Deal | Agreement, step: LifeStep, known: Mapping[str, Event], citing: _Citing) -> Line:
    event = known.get(step.event)
    stage = step.stage.replace("_", " ")
    return Line(
        when=in_words(step.date, step.told),
        text=f"{life_title(one)}: {stage}",
        remarks=(*([step.status] if step.status != "actual" else []), *one.questions[:2]),
        notes=citing.cite(event.claims) if event else (),
        event=step.event,
    )


def life_title(one: Deal | Agreement) -> str:
    """What a deal or an agreement is called: "Russia to Iran, S-300"; "New START (Russia and the United States)"."""
    if isinstance(one, Agreement):
        return f"{one.instrument or 'an agreement'} ({listed(map(name_of, one.parties))})"
    sides = (listed(map(name_of, codes)) or "unnamed" for codes in (one.suppliers, one.recipients))
    return f"{' to '.join(sides)}, {one.materiel or 'equipment not named'}"


def _disputed(
    found: Sequence[Contradiction],
    span: Interval,
    here: set[str],
    citing: _Citing,
    told: Mapping[ClaimKey, Told],
    mine: set[str],
) -> list[Section]:
    """The contradictions of the month's events, or whose later claim was told in it."""
    lines = []
    for one in found:
        days = [t.published.start for k in (one.a, one.b) if (t := told.get(k)) and t.published]
        told_here = bool(days) and span.start <= max(days) <= span.end
        if one.event in mine and (one.event in here or told_here):
            text = one.text[:1].upper() + one.text[1:]
            lines.append(
                Line(when=one.finding, text=text, notes=citing.cite_each((one.a, one.b)), event=one.event)
            )
    return [Section(title="Where sources disagree", lines=tuple(lines))] if lines else []


def _summary(month: str, documents: int, events: int, actor: str | None) -> str:
    """How much there is, so that no report is not read as no event."""
    name, of = month_in_words(month), f" with {in_sentence(actor)}" if actor else ""
    if not documents and not events:
        return f"No document of this archive is dated {name}: it says nothing of what happened then."
    many = f"{documents} document{'s are' if documents != 1 else ' is'} dated {name}" if documents else ""
    many = many or f"No document of this archive is dated {name}; later ones tell of it"
    if not events:
        return f"{many}, and no event{of} is coded for it."
    return f"{many}; {events} event{'s' if events != 1 else ''}{of} {'are' if events != 1 else 'is'} told."
