"""The tables of the archive as SQLAlchemy Core sees them; migrations/*.sql is what makes them.

A test holds the two together: every table and column here is in a freshly migrated file and the
other way round.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()


def _table(name: str, *columns: Column[object]) -> Table:
    return Table(name, metadata, *columns)


def _text(*names: str) -> list[Column[object]]:
    return [Column(name, Text) for name in names]


def _whole(*names: str) -> list[Column[object]]:
    return [Column(name, Integer) for name in names]


def _key(name: str = "seq") -> Column[object]:
    return Column(name, Integer, primary_key=True)


runs = _table(
    "runs",
    _key("id"),
    *_text("version", "coder", "settings", "inputs", "state"),
    *_whole("kept", "replaced", "known", "failed"),
)
failures = _table("failures", *_whole("run", "ord"), *_text("origin", "reason"))
documents = _table(
    "documents",
    _key(),
    *_text("id", "text", "title", "outlet", "language"),
    *_text("published_from", "published_to", "published_found", "published_expression"),
    *_text("url", "origin", "raw_sha256", "text_sha256", "aside", "page_key", "coder"),
    *_whole("run"),
)
duplicates = _table("duplicates", _key("doc"), *_whole("of"), *_text("how"), Column("likeness", Float))
signatures = _table("signatures", _key("doc"), Column("signature", LargeBinary))
bands = _table("bands", *_whole("band", "value", "doc"))
claims = _table(
    "claims",
    _key(),
    *_text("id"),
    *_whole("doc", "ord"),
    *_text("kind", "status", "date_from", "date_to", "place_name", "place_country"),
    *_text("stage", "instrument", "attribution"),
    Column("confidence", Float),
)
actors = _table("actors", *_whole("claim", "ord"), *_text("role", "code", "person", "office"))
sources = _table("sources", *_whole("claim", "ord"), *_text("name"))
materiel = _table(
    "materiel", *_whole("claim", "ord"), *_text("name"), *_whole("quantity"), Column("value_usd", Float)
)
evidence = _table("evidence", _key(), *_whole("claim", "ord", "start", "end"), *_text("text"))
derivations = _table(
    "derivations", *_whole("claim", "ord"), *_text("field", "value", "reason"), *_whole("start", "end")
)
statements = _table(
    "statements",
    _key(),
    *_whole("doc", "ord"),
    *_text("text", "speaker", "code"),
    *_whole("start", "end", "direct"),
)
people = _table("people", *_whole("doc", "ord"), *_text("name", "office", "code"))
