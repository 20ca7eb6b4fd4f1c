"""The rows of the star of tables that the Parquet export writes: what comes from which record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from communique.archive import Archive, StoredDocument
from communique.export.telling import Telling, tellings
from communique.export.wording import name_of
from communique.linking.records import Agreement, Contradiction, Deal, Event, LifeStep
from communique.records import Actor, Claim, Interval, Materiel, Person, Statement

Row = dict[str, Any]


class Part(NamedTuple):
    """Tables that come of one reading of the archive: how each record read gives rows of each of them."""

    read: Callable[[Archive], Iterable[Any]]
    tables: dict[str, Callable[[Any], Iterable[Row]]]


def document_rows(stored: StoredDocument) -> Iterator[Row]:
    """The row of a document."""
    document, mark = stored.document, stored.duplicate
    names = ("title", "text", "outlet", "language", "url", "origin", "raw_sha256", "text_sha256", "aside")
    yield {
        **{name: getattr(document, name) for name in names},
        "doc_id": document.id,
        **_days(document.published.interval, "published"),
        "published_found": document.published.found,
        "published_expression": document.published.expression,
        "duplicate_of": mark and mark.of,
        "duplicate_how": mark and mark.how,
        "duplicate_likeness": mark and mark.likeness,
    }


def claim_rows(found: tuple[Claim, str | None]) -> Iterator[Row]:
    """The row of a claim with its event."""
    claim, event = found
    more = {"attribution": claim.attribution, "attribution_chain": list(claim.attribution_chain)}
    yield {**_claim_key(claim), "event_id": event, **_values(claim), **more}


def actor_rows(found: tuple[Claim, str | None]) -> Iterator[Row]:
    """The rows of a claim's actors."""
    return _actors(_claim_key(found[0]), found[0].actors)


def materiel_rows(found: tuple[Claim, str | None]) -> Iterator[Row]:
    """The rows of a claim's equipment."""
    return _materiel(_claim_key(found[0]), found[0].materiel)


def evidence_rows(found: tuple[Claim, str | None]) -> Iterator[Row]:
    """The rows of a claim's passages."""
    for ord_, passage in enumerate(found[0].evidence):
        yield _claim_key(found[0]) | {"ord": ord_, **passage.model_dump()}


def record_rows(record: Statement | Person) -> Iterator[Row]:
    """The row of a statement or a person: the record as it is."""
    yield record.model_dump()


def event_rows(telling: Telling) -> Iterator[Row]:
    """The row of an event."""
    event = telling.event
    yield {
        "event_id": event.id,
        **_values(event),
        "independent": event.independent,
        "documents": event.documents,
        "told_from": telling.first_told,
        "told_to": telling.last_told,
        "headline": telling.lead.title,
        "passage": telling.passage,
    }


def event_actor_rows(telling: Telling) -> Iterator[Row]:
    """The rows of an event's actors."""
    return _actors({"event_id": telling.event.id}, telling.event.actors)


def event_materiel_rows(telling: Telling) -> Iterator[Row]:
    """The rows of an event's equipment."""
    return _materiel({"event_id": telling.event.id}, telling.event.materiel)


def event_claim_rows(telling: Telling) -> Iterator[Row]:
    """The rows that tie claims to an event."""
    for one in telling.told:
        yield {"event_id": telling.event.id, **_claim_key(one.claim)}


def deal_rows(deal: Deal) -> Iterator[Row]:
    """The row of a deal."""
    yield {"deal_id": deal.id, **_lists(deal.model_dump(exclude={"id", "steps"}))}


def deal_step_rows(deal: Deal) -> Iterator[Row]:
    """The rows of a deal's steps."""
    return _steps({"deal_id": deal.id}, deal.steps)


def agreement_rows(agreement: Agreement) -> Iterator[Row]:
    """The row of an agreement."""
    yield {"agreement_id": agreement.id, **_lists(agreement.model_dump(exclude={"id", "steps"}))}


def agreement_step_rows(agreement: Agreement) -> Iterator[Row]:
    """The rows of an agreement's steps."""
    return _steps({"agreement_id": agreement.id}, agreement.steps)


def contradiction_rows(found: Contradiction) -> Iterator[Row]:
    """The row of a contradiction."""
    yield {
        "contradiction_id": found.id,
        "finding": found.finding,
        "text": found.text,
        **{f"a_{name}": value for name, value in _key(found.a.doc_id, found.a.id).items()},
        **{f"b_{name}": value for name, value in _key(found.b.doc_id, found.b.id).items()},
        "event_id": found.event,
    }


PARTS: Final = (
    Part(Archive.documents, {"documents": document_rows}),
    Part(
        Archive.claims_with_events,
        {"claims": claim_rows, "actors": actor_rows, "materiel": materiel_rows, "evidence": evidence_rows},
    ),
    Part(Archive.statements, {"statements": record_rows}),
    Part(Archive.people, {"people": record_rows}),
    Part(
        tellings,
        {
            "events": event_rows,
            "event_actors": event_actor_rows,
            "event_materiel": event_materiel_rows,
            "event_claims": event_claim_rows,
        },
    ),
    Part(Archive.deals, {"deals": deal_rows, "deal_steps": deal_step_rows}),
    Part(Archive.agreements, {"agreements": agreement_rows, "agreement_steps": agreement_step_rows}),
    Part(Archive.contradictions, {"contradictions": contradiction_rows}),
)


def _key(doc_id: str, claim_id: str) -> Row:
    return {"doc_id": doc_id, "claim_id": claim_id}


def _claim_key(claim: Claim) -> Row:
    return _key(claim.doc_id, claim.id)


def _values(record: Claim | Event) -> Row:
    """What claims and events have alike, but for actors and equipment."""
    names = ("kind", "status", "stage", "instrument", "confidence")
    place = {"place": record.place and record.place.name, "country": record.place and record.place.country}
    return {name: getattr(record, name) for name in names} | _days(record.date, "date") | place


def _days(interval: Interval | None, name: str) -> dict[str, date | None]:
    return {
        f"{name}_from": interval.start if interval else None,
        f"{name}_to": interval.end if interval else None,
    }


def _actors(key: Row, actors: Iterable[Actor]) -> Iterator[Row]:
    for ord_, actor in enumerate(actors):
        yield key | {"ord": ord_, "name": name_of(actor.code), **actor.model_dump()}


def _materiel(key: Row, materiel: Iterable[Materiel]) -> Iterator[Row]:
    for ord_, item in enumerate(materiel):
        yield key | {"ord": ord_, **item.model_dump()}


def _steps(key: Row, steps: Iterable[LifeStep]) -> Iterator[Row]:
    for ord_, step in enumerate(steps):
        own = {
            "ord": ord_,
            "stage": step.stage,
            "status": step.status,
            "told": step.told,
            "event_id": step.event,
        }
        yield key | own | _days(step.date, "date")


def _lists(row: Row) -> Row:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}
