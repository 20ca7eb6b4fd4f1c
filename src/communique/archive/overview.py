"""What an archive holds on the whole: counts, outlets, the time that it covers."""

from __future__ import annotations

from typing import Final, Literal

from sqlalchemy import Connection, Table, func, literal_column, select

from communique.archive import schema
from communique.archive.queries import runs
from communique.archive.records import Overview
from communique.records import Interval

Unit = Literal["year", "month", "day"]
_LETTERS: Final = {"year": 4, "month": 7, "day": 10}


def coverage(connection: Connection, unit: Unit = "month") -> list[tuple[str, int]]:
    """How many documents were published in each year, month or day (`2016-05`), earliest first.

    A document counts for the first day of its publication; periods without a document are left out, and
    so are documents whose date is unknown.
    """
    column = schema.documents.c.published_from
    period = func.substr(column, 1, _LETTERS[unit])
    query = select(period, func.count()).where(column.is_not(None)).group_by(period).order_by(period)
    return [(name, count) for name, count in connection.execute(query)]


def overview(connection: Connection) -> Overview:
    """What the archive holds."""
    docs, events = schema.documents, schema.events
    outlets = select(docs.c.outlet, func.count()).where(docs.c.outlet.is_not(None)).group_by(docs.c.outlet)
    counted = connection.execute(outlets.order_by(func.count().desc(), docs.c.outlet))
    passes = runs(connection)
    return Overview(
        documents=_count(connection, docs),
        claims=_count(connection, schema.claims),
        events=_count(connection, events),
        deals=_count(connection, schema.deals),
        agreements=_count(connection, schema.agreements),
        contradictions=_count(connection, schema.contradictions),
        judgements=_count(connection, schema.judgements),
        statements=_count(connection, schema.statements),
        outlets=tuple((name, count) for name, count in counted),
        published=_span(connection, docs, "published_from", "published_to"),
        told_of=_span(connection, events, "date_from", "date_to"),
        last_run=passes[-1] if passes else None,
    )


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _span(connection: Connection, table: Table, start: str, end: str) -> Interval | None:
    """From the first day that any row begins on to the last that any ends on; two questions, as each has an index."""
    known = table.c[start].is_(None) == literal_column("0")  # as the indexes by day have it
    first = connection.execute(select(table.c[start]).where(known).order_by(table.c[start]).limit(1)).scalar()
    last = connection.execute(select(func.max(table.c[end]))).scalar()
    return None if first is None else Interval.model_validate({"from": first, "to": last})
