"""Questions to the events: lists by filter and order, counts, facets, and one event in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import Any, Final, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    text,
)

from communique.archive import schema
from communique.archive.lives import own_tables
from communique.archive.records import EventFilter
from communique.archive.search import match_expression
from communique.archive.told import judged_claims, portions, told_as_coded
from communique.linking.consolidate import consolidate
from communique.linking.judgements import apply, settled
from communique.linking.records import ClaimKey, Event, Told
from communique.records import Claim

Order = Literal["date", "told", "confidence", "sources"]
BANDS: Final = ("0.9", "0.8", "0.7", "0.6", "0.5", "0")
"""The confidence bands of the facets, by their lower ends."""

_PORTION: Final = 200
_LETTERS: Final = {"month": 7, "year": 4}
_KEPT: Final = 8192
"""Events that are kept as they were made, by all that they consist of."""

Values = tuple[Any, ...]


def events(
    connection: Connection,
    wanted: EventFilter | None = None,
    *,
    order: Order = "date",
    reverse: bool = False,
    window: tuple[int | None, int] = (None, 0),
) -> Iterator[Event]:
    """The events that are wanted, in order; `window` is how many at most and how many are passed over.

    By date the earliest comes first, by told the one told first, by confidence the surest, by sources the one
    with most; `reverse` turns that round. What has no date comes last both ways. `choices` and `history`
    are empty: `full_event` gives them.
    """
    limit, offset = window
    query = narrowed(select(schema.events), wanted or EventFilter())
    query = query.order_by(*_ordering(order, reverse=reverse)).limit(-1 if limit is None else limit)
    rows = iter(connection.execute(query.offset(offset).execution_options(yield_per=_PORTION)))
    while portion := list(islice(rows, _PORTION)):
        yield from _events(connection, portion)


def count_events(connection: Connection, wanted: EventFilter | None = None) -> int:
    """How many events are wanted."""
    query = narrowed(select(func.count()).select_from(schema.events), wanted or EventFilter())
    return int(connection.execute(query).scalar_one())


def events_by_id(connection: Connection, prefix: str, *, limit: int = 20) -> list[Event]:
    """The event of that id, or else those whose id begins so (at most `limit`), by id; each in full."""
    return [full_event(connection, seq)[0] for seq in seqs_by_id(connection, prefix, limit=limit)]


def seqs_by_id(connection: Connection, prefix: str, *, limit: int) -> Sequence[int]:
    """The place of the event of that id, or else of those whose id begins so (at most `limit`), by id."""
    table = schema.events
    found = connection.execute(select(table.c.seq).where(table.c.id == prefix)).scalars().all()
    if not found:
        like = select(table.c.seq).where(table.c.id.startswith(prefix, autoescape=True))
        found = connection.execute(like.order_by(table.c.id).limit(limit)).scalars().all()
    return found


def full_event(connection: Connection, seq: int) -> tuple[Event, list[Told]]:
    """An event with how its values were chosen and the history of its status, worked out from its claims; and these."""
    table = schema.event_claims
    claims = connection.execute(select(table.c.claim).where(table.c.event == seq)).scalars().all()
    coded = told_as_coded(connection, claims)
    judged = judged_claims(connection, coded)
    told = list(apply(coded.values(), judged))
    with own_tables(connection):
        return settled(told, judged, consolidate), told


def events_at(connection: Connection, seqs: Sequence[int], *, claims: bool = True) -> dict[int, Event]:
    """Events by their place in the table, without `choices` and `history` (and without `claims`, if so wanted)."""
    rows = connection.execute(select(schema.events).where(schema.events.c.seq.in_(seqs))).all()
    return dict(zip((row.seq for row in rows), _events(connection, rows, claims=claims), strict=True))


def events_of(connection: Connection, claims: Iterable[ClaimKey]) -> dict[ClaimKey, str]:
    """The ids of the events that claims tell; claims without one (judged wrong, not linked yet) are left out."""
    docs, table, held = schema.documents, schema.claims, schema.event_claims
    query = (
        select(docs.c.id, table.c.id, schema.events.c.id)
        .join(table, table.c.doc == docs.c.seq)
        .join(held, held.c.claim == table.c.seq)
        .join(schema.events, schema.events.c.seq == held.c.event)
    )
    keys = set(claims)
    found = {}
    for portion in portions(sorted({key.doc_id for key in keys})):
        for doc_id, claim_id, event in connection.execute(query.where(docs.c.id.in_(portion))):
            key = ClaimKey(doc_id=doc_id, id=claim_id)
            if key in keys:
                found[key] = event
    return found


def with_events(connection: Connection, claims: Iterable[Claim]) -> Iterator[tuple[Claim, str | None]]:
    """The claims, each with the id of the event that it tells (None for one without)."""
    left = iter(claims)
    while portion := list(islice(left, _PORTION)):
        found = events_of(connection, [ClaimKey.of(claim) for claim in portion])
        yield from ((claim, found.get(ClaimKey.of(claim))) for claim in portion)


def event_facets(
    connection: Connection, wanted: EventFilter | None = None
) -> dict[str, list[tuple[str, int]]]:
    """How many of the wanted events have each value: the most frequent value first, years and bands in order.

    The facets are kind, status, actor, role, outlet, year (each that the date meets; events without a
    date have none) and confidence (by the lower end of its band).
    """
    table = schema.events
    if wanted in (None, EventFilter()):
        chosen: FromClause | None = None
    else:
        chosen = (
            narrowed(select(table.c.seq), wanted or EventFilter()).cte("chosen").prefix_with("MATERIALIZED")
        )
    band = _band(table.c.confidence)
    actors, outlets = schema.event_actors, schema.event_outlets
    return {
        "kind": _facet(connection, table.c.kind, table.c.seq, chosen),
        "status": _facet(connection, table.c.status, table.c.seq, chosen),
        "actor": _facet(connection, actors.c.code, actors.c.event, chosen),
        "role": _facet(connection, actors.c.role, actors.c.event, chosen),
        "outlet": _facet(connection, outlets.c.outlet, outlets.c.event, chosen),
        "year": years_met(_spans(connection, chosen)),
        "confidence": sorted(_facet(connection, band, table.c.seq, chosen), reverse=True),
    }


def years_met(spans: Iterable[tuple[int, int, int]]) -> list[tuple[str, int]]:
    """How many events meet each year, in order; from the first and last years of dates with how many have them."""
    met: Counter[int] = Counter()
    for first, last, many in spans:
        for year in range(first, last + 1):
            met[year] += many
    return [(f"{year:04d}", met[year]) for year in sorted(met)]


def _spans(connection: Connection, chosen: FromClause | None) -> Iterator[tuple[int, int, int]]:
    """The first and last years of the dates of the events, with how many have them."""
    table = schema.events
    first, last = (func.substr(day, 1, 4) for day in (table.c.date_from, table.c.date_to))
    query = select(first, last, func.count()).where(first.is_not(None)).group_by(first, last)
    if chosen is not None:
        query = query.where(table.c.seq.in_(select(chosen.c.seq)))
    return ((int(one), int(other), many) for one, other, many in connection.execute(query))


def _facet(
    connection: Connection, value: ColumnElement[Any], event: ColumnElement[int], chosen: FromClause | None
) -> list[tuple[str, int]]:
    """The values with the number of events that have them, the most frequent first."""
    once = event is not schema.event_actors.c.event  # an event has a kind, and an outlet, but once
    many = func.count() if once else func.count(event.distinct())
    query = select(value, many).where(value.is_not(None)).group_by(value).order_by(many.desc(), value)
    if chosen is not None:
        query = query.where(event.in_(select(chosen.c.seq)))
    return [(str(name), count) for name, count in connection.execute(query)]


def _band(confidence: ColumnElement[float]) -> ColumnElement[str]:
    return case(*((confidence >= float(low), low) for low in BANDS[:-1]), else_=BANDS[-1])


def _ordering(order: Order, *, reverse: bool) -> list[ColumnElement[Any]]:
    columns = schema.events.c
    last, by = {
        "date": ([columns.date_from.is_(None)], [columns.date_from, columns.date_to]),
        "told": ([columns.told_from.is_(None)], [columns.told_from]),
        "confidence": ([], [columns.confidence]),
        "sources": ([], [columns.independent, columns.documents]),
    }[order]
    down = reverse != (order in ("confidence", "sources"))
    return [*last, *(column.desc() if down else column for column in by), columns.id]


def narrowed(query: Select[Any], wanted: EventFilter) -> Select[Any]:
    """The query narrowed to what is wanted."""
    table = schema.events
    conditions: list[ColumnElement[bool]] = [*_parties(wanted), *_told_in(wanted)]
    for column, words in ((table.c.kind, wanted.kinds), (table.c.status, wanted.statuses)):
        if words:
            conditions.append(column.in_(words))
    if wanted.stages:
        conditions.append(table.c.stage.in_(wanted.stages))
    if wanted.since:
        conditions.append(table.c.date_to >= wanted.since)
    if wanted.until:
        conditions.append(table.c.date_from <= wanted.until)
    if wanted.within:
        letters = _LETTERS[wanted.within]
        one = func.substr(table.c.date_from, 1, letters) == func.substr(table.c.date_to, 1, letters)
        conditions.append(one)
    if wanted.place:
        name = func.lower(table.c.place_name) == wanted.place.lower()
        conditions.append(or_(table.c.place_country == wanted.place, name))
    if wanted.instrument:
        conditions.append(func.lower(table.c.instrument) == wanted.instrument.lower())
    if wanted.min_confidence is not None:
        conditions.append(table.c.confidence >= wanted.min_confidence)
    if wanted.min_sources is not None:
        conditions.append(table.c.independent >= wanted.min_sources)
    return query.where(and_(True, *conditions))


def _parties(wanted: EventFilter) -> Iterator[ColumnElement[bool]]:
    seq, table = schema.events.c.seq, schema.event_actors
    for n, code in enumerate(wanted.between):
        query = select(table.c.event).where(table.c.code == code)
        yield seq.in_(
            query.where(table.c.role == wanted.other_role) if wanted.other_role and not n else query
        )
    if wanted.actor or wanted.role:
        query = select(table.c.event)
        query = query.where(table.c.code == wanted.actor) if wanted.actor else query
        yield seq.in_(query.where(table.c.role == wanted.role) if wanted.role else query)
    for person in (wanted.person, wanted.other_person):
        if person:
            yield seq.in_(select(table.c.event).where(table.c.person == person))


def _told_in(wanted: EventFilter) -> Iterator[ColumnElement[bool]]:
    """What hangs on the claims of an event and on its things."""
    seq = schema.events.c.seq
    if wanted.materiel:
        table = schema.event_materiel
        like = table.c.name.contains(wanted.materiel, autoescape=True)
        yield seq.in_(select(table.c.event).where(like))
    if wanted.outlet:
        yield seq.in_(
            select(schema.event_outlets.c.event).where(schema.event_outlets.c.outlet == wanted.outlet)
        )
    claims, held = schema.claims, schema.event_claims
    if wanted.document:
        docs = schema.documents
        of_document = select(held.c.event).join(claims, claims.c.seq == held.c.claim)
        yield seq.in_(of_document.join(docs, docs.c.seq == claims.c.doc).where(docs.c.id == wanted.document))
    match = match_expression(wanted.text) if wanted.text is not None else None
    if match == "":
        yield false()
    elif match is not None:
        evidence = schema.evidence
        matching = text("SELECT rowid FROM evidence_text WHERE evidence_text MATCH :words")
        found = select(held.c.event).join(evidence, evidence.c.claim == held.c.claim)
        words = matching.bindparams(words=match).columns(evidence.c.seq)
        yield seq.in_(found.where(evidence.c.seq.in_(words.scalar_subquery())))


def _events(connection: Connection, rows: Sequence[Row[Any]], *, claims: bool = True) -> Iterator[Event]:
    seqs = [row.seq for row in rows]
    actors = _parts(connection, schema.event_actors, seqs)
    materiel = _parts(connection, schema.event_materiel, seqs)
    keys = _claims_of(connection, seqs) if claims else {}
    for row in rows:
        yield _event(
            _values(row), actors.get(row.seq, ()), materiel.get(row.seq, ()), tuple(keys.get(row.seq, ()))
        )


_FIELDS: Final = ("id", "kind", "status", "stage", "instrument", "confidence", "independent", "documents")
_values = attrgetter(*_FIELDS, "date_from", "date_to", "place_name", "place_country")


@lru_cache(_KEPT)
def _event(
    values: Values, actors: tuple[Values, ...], materiel: tuple[Values, ...], claims: tuple[Values, ...]
) -> Event:
    """The event of such a row and such parts; events that are read again are not made again."""
    first, last, name, country = values[len(_FIELDS) :]
    parts = {
        table.name.removeprefix("event_"): [dict(zip(_columns(table), one, strict=True)) for one in some]
        for table, some in ((schema.event_actors, actors), (schema.event_materiel, materiel))
    }
    more = {
        "date": None if first is None else {"from": first, "to": last},
        "place": None if name is None else {"name": name, "country": country},
        "claims": [ClaimKey(doc_id=doc_id, id=id) for doc_id, id in claims],
    }
    return Event.model_validate(dict(zip(_FIELDS, values, strict=False)) | parts | more)


def _parts(connection: Connection, table: Table, seqs: Sequence[int]) -> dict[int, tuple[Values, ...]]:
    rows = connection.execute(_query_of_parts(table), {"keys": list(seqs)}).all()
    return {event: tuple([row[1:] for row in theirs]) for event, theirs in groupby(rows, key=itemgetter(0))}


@cache
def _query_of_parts(table: Table) -> Select[Any]:
    """The question for the parts of `keys`: the event, and what `_columns` names; made once for a table."""
    columns = (table.c[name] for name in _columns(table))
    query = select(table.c.event, *columns).where(table.c.event.in_(bindparam("keys", expanding=True)))
    return query.order_by(table.c.event, table.c.ord)


@cache
def _columns(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in ("event", "ord"))


def _claims_of(connection: Connection, seqs: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The claims of events, by document id and claim id."""
    docs, table, held = schema.documents, schema.claims, schema.event_claims
    query = (
        select(held.c.event, docs.c.id.label("doc_id"), table.c.id.label("claim"))
        .join(table, table.c.seq == held.c.claim)
        .join(docs, docs.c.seq == table.c.doc)
        .where(held.c.event.in_(seqs))
        .order_by(held.c.event, docs.c.id, table.c.id)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for event, doc_id, claim in connection.execute(query).all():
        found.setdefault(event, []).append((doc_id, claim))
    return found
