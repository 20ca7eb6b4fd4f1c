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

families = _table("families", _key("doc"), *_text("family"))
unlinked = _table("unlinked", _key("doc"))
unsettled = _table("unsettled", _key("claim"))
linking = _table("linking", *_text("name", "value"))
blocks = _table("blocks", *_text("key"), *_whole("claim"))
links = _table("links", *_whole("a", "b"), Column("score", Float), *_text("reasons"))
events = _table(
    "events",
    _key(),
    *_text("id", "kind", "status", "stage", "date_from", "date_to", "place_name", "place_country"),
    *_text("instrument"),
    Column("confidence", Float),
    *_whole("independent", "documents"),
    *_text("told_from"),
)
event_actors = _table("event_actors", *_whole("event", "ord"), *_text("role", "code", "person", "office"))
event_materiel = _table(
    "event_materiel", *_whole("event", "ord"), *_text("name"), *_whole("quantity"), Column("value_usd", Float)
)
event_outlets = _table("event_outlets", *_whole("event"), *_text("outlet"))
event_claims = _table("event_claims", _key("claim"), *_whole("event"))
event_chunks = _table("event_chunks", _key("chunk"), *_whole("version"))
judgements = _table(
    "judgements", *_text("id", "verdict", "doc_id", "other_doc_id", "body"), *_whole("withdrawn")
)
judged = _table("judged", *_text("judgement"), *_whole("side", "claim"))
deals = _table("deals", *_text("id", "materiel", "state", "state_status", "body", "place"))
deal_parties = _table("deal_parties", *_text("role", "code", "deal"))
deal_events = _table("deal_events", *_text("event", "deal"))
agreements = _table("agreements", *_text("id", "instrument", "state", "state_status", "body", "place"))
agreement_parties = _table("agreement_parties", *_text("code", "agreement"))
agreement_events = _table("agreement_events", *_text("event", "agreement"))
contradictions = _table("contradictions", *_text("id", "finding", "event", "body", "place", "ground"))
deal_days = _table("deal_days", *_text("id", "begun", "moved", "until"))
agreement_days = _table("agreement_days", *_text("id", "begun", "moved", "until"))

life_waiting = _table("life_waiting", _key("event"))
life_gone = _table("life_gone", *_text("id", "kind"))
grounds = _table("grounds", *_text("key"), *_whole("claim", "event", "first", "last"), *_text("ground"))
ties = _table("ties", *_text("key"), *_whole("event", "part"))
touched_ties = _table("touched_ties", *_text("key"), *_whole("part"))
touched_keys = _table("touched_keys", *_text("key"))
touched_grounds = _table("touched_grounds", *_text("ground"))
