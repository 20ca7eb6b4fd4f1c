"""The archive: one SQLite file that holds the record and answers questions about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pydantic import ValidationError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from communique.archive import (
    event_integrity,
    events,
    integrity,
    judgements,
    linking,
    lives,
    overview,
    queries,
    told,
    writing,
)
from communique.archive.events import Order
from communique.archive.opening import engine, prepare
from communique.archive.overview import Unit
from communique.archive.records import (
    ClaimFilter,
    Coded,
    Duplicate,
    EventFilter,
    Fault,
    Hit,
    Overview,
    Resolved,
    Run,
    Signature,
    Standing,
    StoredDocument,
)
from communique.archive.search import EVERYWHERE, What, latest, search
from communique.errors import ArchiveError
from communique.knowledge.sheets import KeptOverlay
from communique.linking.records import Agreement, ClaimKey, Contradiction, Deal, Event, Judgement, Told
from communique.records import Claim, Person, Statement

__all__ = [
    "Archive",
    "ClaimFilter",
    "Coded",
    "Duplicate",
    "EventFilter",
    "Fault",
    "Hit",
    "Order",
    "Overview",
    "Resolved",
    "Run",
    "Signature",
    "Standing",
    "StoredDocument",
    "open_archive",
]

_FACETS_KNOWN: Final = 256
"""How many answers of `event_facets` are remembered; they are worked out again when the events change."""


class Archive:
    """An open archive. Each question reads one consistent state, also while another process writes."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        prepare(path, write=write)
        self.path = path
        self._reader = engine(path)
        self._writer = engine(path, write=True)
        self._facets: dict[tuple[str, EventFilter], dict[str, list[tuple[str, int]]]] = {}

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state. Raises ArchiveError where the engine fails."""
        try:
            with self._reader.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise ArchiveError(f"{self.path}: {error.orig}") from error
        except ValidationError as error:
            raise ArchiveError(f"{self.path}: damaged: `communique verify` says where") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction for the writes of this room: all of it is kept, or (on an error) none.

        Raises ArchiveError where the engine fails (a full disk, a lock held for too long, damage).
        """
        try:
            with self._writer.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise ArchiveError(f"{self.path}: {error.orig}") from error

    def documents(self) -> Iterator[StoredDocument]:
        """All documents, by id."""
        with self.reading() as connection:
            yield from queries.documents(connection)

    def document(self, doc_id: str) -> StoredDocument | None:
        """The document of that id, or None."""
        with self.reading() as connection:
            return next(queries.documents(connection, doc_id=doc_id), None)

    def claims(self, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
        """The claims that are wanted (all by default), by document id and place in the document."""
        with self.reading() as connection:
            yield from queries.claims(connection, wanted)

    def claims_by_date(self, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
        """The claims that are wanted, earliest first; undated ones last."""
        with self.reading() as connection:
            yield from queries.claims_by_date(connection, wanted)

    def claims_with_events(
        self, wanted: ClaimFilter | None = None, *, by_date: bool = False
    ) -> Iterator[tuple[Claim, str | None]]:
        """The claims that are wanted, by document or by date, each with the id of its event (or None)."""
        with self.reading() as connection:
            read = queries.claims_by_date if by_date else queries.claims
            yield from events.with_events(connection, read(connection, wanted))

    def claims_by_id(self, prefix: str) -> list[Claim]:
        """The claims of that id, or else those whose id begins so."""
        with self.reading() as connection:
            return queries.claims_by_id(connection, prefix)

    def statements(self, document: str | None = None) -> Iterator[Statement]:
        """All statements (of that document), by document id and place."""
        with self.reading() as connection:
            yield from queries.statements(connection, document)

    def people(self, document: str | None = None) -> Iterator[Person]:
        """All people named (in that document), by document id and place."""
        with self.reading() as connection:
            yield from queries.people(connection, document)

    def runs(self) -> list[Run]:
        """All coding passes with their failures."""
        with self.reading() as connection:
            return queries.runs(connection)

    def search(self, query: str, *, what: tuple[What, ...] = EVERYWHERE, limit: int = 10) -> list[Hit]:
        """Where the words of the query occur: at most `limit` hits of each sort."""
        with self.reading() as connection:
            return search(connection, query, what=what, limit=limit)

    def latest(self, what: What, *, limit: int, offset: int = 0) -> list[Hit]:
        """The claims or statements, those of the documents published last first."""
        with self.reading() as connection:
            return latest(connection, what, limit=limit, offset=offset)

    def events(
        self,
        wanted: EventFilter | None = None,
        *,
        order: Order = "date",
        reverse: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Event]:
        """The events that are wanted (all by default), in order, without `choices` and `history`.

        By date the earliest first, by told the one told first, by confidence the surest, by sources the one
        with most; `reverse` turns that round. What has no date comes last both ways.
        """
        with self.reading() as connection:
            window = (limit, offset)
            yield from events.events(connection, wanted, order=order, reverse=reverse, window=window)

    def event(self, prefix: str) -> list[Event]:
        """The event of that id, or else those whose id begins so (at most 20): in full."""
        with self.reading() as connection:
            return events.events_by_id(connection, prefix)

    def count_events(self, wanted: EventFilter | None = None) -> int:
        """How many events are wanted."""
        with self.reading() as connection:
            return events.count_events(connection, wanted)

    def event_facets(self, wanted: EventFilter | None = None) -> dict[str, list[tuple[str, int]]]:
        """For kind, status, actor, role, outlet, year and confidence band: the values with their events' number."""
        with self.reading() as connection:
            key = (lives.noted(connection, "version"), wanted or EventFilter())
            found = self._facets.get(key)
            if found is None:
                if len(self._facets) >= _FACETS_KNOWN:
                    self._facets.clear()
                found = self._facets[key] = events.event_facets(connection, wanted)
            return {name: list(values) for name, values in found.items()}

    def event_of(self, claim: ClaimKey) -> str | None:
        """The id of the event that a claim tells; None for one judged wrong, not linked yet, or unknown."""
        return self.events_of([claim]).get(claim)

    def events_of(self, claims: Iterable[ClaimKey]) -> dict[ClaimKey, str]:
        """The ids of the events that claims tell; claims without one are left out."""
        with self.reading() as connection:
            return events.events_of(connection, claims)

    def told(self, keys: Iterable[ClaimKey], *, judged: bool = True, derived: bool = True) -> list[Told]:
        """Claims with what their documents are, in the order of their keys; unknown ones are left out.

        As judged: without wrong ones and with corrected values; or, with `judged=False`, as coded. Without `derived`
        the derivations of their values are left out.
        """
        with self.reading() as connection:
            seqs = told.seqs_of(connection, keys).values()
            read = told.told_as_judged if judged else told.told_as_coded
            found = read(connection, seqs, derived=derived)
            return sorted(found.values(), key=lambda one: (one.key.doc_id, one.key.id))

    def overlay(self) -> KeptOverlay | None:
        """The user's tables that claims are linked by, over the shipped ones."""
        with self.reading() as connection:
            return lives.overlay(connection)

    def deals(self, supplier: str | None = None, recipient: str | None = None) -> list[Deal]:
        """The deals (of that supplier, to that recipient)."""
        with self.reading() as connection:
            return lives.deals(connection, supplier=supplier, recipient=recipient)

    def deal(self, id: str) -> Deal | None:
        """The deal of that id, or None."""
        with self.reading() as connection:
            return lives.deal(connection, id)

    def deals_of_event(self, event: str) -> list[Deal]:
        """The deals that the event of that id is a step of."""
        with self.reading() as connection:
            return lives.deals_of_event(connection, event)

    def agreements(self, party: str | None = None) -> list[Agreement]:
        """The agreements (of that party)."""
        with self.reading() as connection:
            return lives.agreements(connection, party=party)

    def agreement(self, id: str) -> Agreement | None:
        """The agreement of that id, or None."""
        with self.reading() as connection:
            return lives.agreement(connection, id)

    def agreements_of_event(self, event: str) -> list[Agreement]:
        """The agreements that the event of that id is a step of."""
        with self.reading() as connection:
            return lives.agreements_of_event(connection, event)

    def contradictions(self, event: str | None = None) -> list[Contradiction]:
        """The contradictions (of the event of that id)."""
        with self.reading() as connection:
            return lives.contradictions(connection, event=event)

    def judgements(self) -> list[Judgement]:
        """All judgements, withdrawn ones too, by document and place."""
        with self.reading() as connection:
            return judgements.all_judgements(connection)

    def resolved_judgements(self) -> list[Resolved]:
        """All judgements with the claims that they are of, as the documents are coded now."""
        with self.reading() as connection:
            return judgements.resolved_judgements(connection)

    def judge(self, *made: Judgement) -> int:
        """Keep judgements and link again what they touch; gives how many were new.

        One that is held already changes nothing. Deals and the like are of before until
        `communique.relinking.rebuild_lives`.
        """
        with self.writing() as connection:
            held = {known.id: known.withdrawn for known in judgements.all_judgements(connection)}
            told = [one for one in made if one.id not in held or (one.withdrawn and not held[one.id])]
            new = [judgement for judgement in told if judgements.keep_judgement(connection, judgement)]
            self._link_judged(connection, told)
        return len(new)

    def withdraw(self, id: str) -> Judgement:
        """Withdraw a judgement (it stays on record) and link again what it touched; gives it.

        Raises ArchiveError where there is none of that id.
        """
        with self.writing() as connection:
            found = next((j for j in judgements.all_judgements(connection) if j.id == id), None)
            if found is None:
                raise ArchiveError(f"{self.path}: there is no judgement {id}")
            judgements.withdraw_judgement(connection, id)
            self._link_judged(connection, [found])
        return found.model_copy(update={"withdrawn": True})

    def _link_judged(self, connection: Connection, made: Iterable[Judgement]) -> None:
        anchors = [a for j in made for a in (j.claim, j.other) if a is not None]
        writing.wait(connection, queries.seqs_of_documents(connection, {a.doc_id for a in anchors}))
        linking.link(connection)

    def coverage(self, unit: Unit = "month") -> list[tuple[str, int]]:
        """How many documents were published in each period (`2016-05`) that has any, earliest first."""
        with self.reading() as connection:
            return overview.coverage(connection, unit)

    def overview(self) -> Overview:
        """Counts, outlets, the days that are covered, and the last run."""
        with self.reading() as connection:
            return overview.overview(connection)

    def faults(self) -> list[Fault]:
        """All that is wrong with the archive; empty when it keeps every promise."""
        with self.reading() as connection:
            damage = list(integrity.file_faults(connection))
        if damage:
            return damage
        with self.writing() as connection, lives.own_tables(connection):
            return list(integrity.record_faults(connection))

    def notices(self) -> list[Fault]:
        """What is no fault but worth knowing: what waits to be linked, judgements that no claim is found for."""
        with self.reading() as connection:
            return list(event_integrity.notices(connection))

    def close(self) -> None:
        """Let go of the file."""
        self._reader.dispose()
        self._writer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_archive(path: str | Path, *, write: bool = False) -> Archive:
    """The archive at `path`; with `write`, one is made where there is none.

    Raises ArchiveError when it is missing, foreign, damaged or of a newer schema.
    """
    return Archive(Path(path), write=write)
