"""Full-text search over documents, the evidence of claims, and statements (SQLite FTS5, BM25 order)."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, TextClause, bindparam, text

from communique.archive.records import Hit

OPEN, CLOSE = "\x02", "\x03"  # around the found words of a snippet
What = Literal["document", "claim", "statement"]
EVERYWHERE: Final[tuple[What, ...]] = ("document", "claim", "statement")

_DOCUMENTS = """
    SELECT best.seq, 'document' AS what, d.id AS id, d.id AS doc_id, d.title AS title, NULL AS speaker,
           d.published_from AS date_from, d.published_to AS date_to
    FROM best JOIN documents d ON d.seq = best.seq ORDER BY score, d.id LIMIT :limit
"""
_CLAIMS = """
    SELECT best.seq, 'claim' AS what, c.id AS id, d.id AS doc_id, d.title AS title, NULL AS speaker,
           c.date_from, c.date_to
    FROM best JOIN evidence e ON e.seq = best.seq JOIN claims c ON c.seq = e.claim
    JOIN documents d ON d.seq = c.doc ORDER BY score, d.id, c.ord, e.ord LIMIT :limit
"""
_STATEMENTS = """
    SELECT best.seq, 'statement' AS what, d.id AS id, d.id AS doc_id, d.title AS title, s.speaker AS speaker,
           d.published_from AS date_from, d.published_to AS date_to
    FROM best JOIN statements s ON s.seq = best.seq JOIN documents d ON d.seq = s.doc
    ORDER BY score, d.id, s.ord LIMIT :limit
"""
_BEST = """
    WITH found AS MATERIALIZED (SELECT rowid AS seq, rank AS score FROM {texts} WHERE {texts} MATCH :query),
    best AS (SELECT seq, score FROM found WHERE score <= ifnull(
        (SELECT score FROM found ORDER BY score LIMIT 1 OFFSET :limit - 1), 1e9)) {hits}
"""
_SNIPPETS = """
    SELECT rowid AS seq, snippet({texts}, 0, char(2), char(3), '…', 24) AS snippet FROM {texts}
    WHERE {texts} MATCH :query AND rowid IN :seqs
"""
_LATEST_CLAIMS = """
    SELECT 'claim' AS what, c.id AS id, d.id AS doc_id, d.title AS title, NULL AS speaker, c.date_from, c.date_to,
           substr(e.text, 1, 300) AS snippet
    FROM documents d JOIN claims c ON c.doc = d.seq LEFT JOIN evidence e ON e.claim = c.seq AND e.ord = 0
"""
_LATEST_STATEMENTS = """
    SELECT 'statement' AS what, d.id AS id, d.id AS doc_id, d.title AS title, c.speaker AS speaker,
           d.published_from AS date_from, d.published_to AS date_to, substr(c.text, 1, 300) AS snippet
    FROM documents d JOIN statements c ON c.doc = d.seq
"""
_ORDER = " ORDER BY d.published_from IS NULL, d.published_from DESC, d.id, c.ord LIMIT :limit OFFSET :offset"
_LATEST: Final[dict[What, TextClause]] = {
    "claim": text(_LATEST_CLAIMS + _ORDER),
    "statement": text(_LATEST_STATEMENTS + _ORDER),
}
_SORTS: Final[dict[What, tuple[str, str]]] = {
    "document": ("documents_text", _DOCUMENTS),
    "claim": ("evidence_text", _CLAIMS),
    "statement": ("statements_text", _STATEMENTS),
}
_QUERIES: Final = {sort: text(_BEST.format(texts=texts, hits=hits)) for sort, (texts, hits) in _SORTS.items()}
"""The best hits: what else is asked for, and in what order those of one rank come, is asked of the best alone."""
_WORDS: Final = {
    sort: text(_SNIPPETS.format(texts=texts)).bindparams(bindparam("seqs", expanding=True))
    for sort, (texts, _) in _SORTS.items()
}


def search(
    connection: Connection,
    query: str,
    *,
    what: tuple[What, ...] = EVERYWHERE,
    limit: int = 10,
) -> list[Hit]:
    """The best hits of each sort, at most `limit` a sort; none where the query has no word in it."""
    match = match_expression(query)
    if not match:
        return []
    hits: list[Hit] = []
    for sort in what:
        rows = connection.execute(_QUERIES[sort], {"query": match, "limit": limit}).all()
        found = connection.execute(_WORDS[sort], {"query": match, "seqs": [row.seq for row in rows]})
        snippets = {row.seq: row.snippet for row in found}
        hits.extend(_hit(row, snippets[row.seq]) for row in rows)
    return hits


def latest(connection: Connection, what: What, *, limit: int, offset: int = 0) -> list[Hit]:
    """The claims or statements of the archive, those of the documents published last first, as if found whole."""
    rows = connection.execute(_LATEST[what], {"limit": limit, "offset": offset}).all()
    return [_hit(row, row.snippet) for row in rows]


def match_expression(query: str) -> str:
    """What a user typed as an FTS5 expression: all words must occur, words in double quotes as a phrase.

    A word that ends in `*` stands for all that begin so. Everything else is quoted, so no input is an
    error or an operator of the engine: `match_expression('S-300 "transport corridor" deliver*')` is
    `"S-300" "transport corridor" "deliver"*`.
    """
    parts = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', query.replace("\x00", " ")):
        term = phrase or word.rstrip("*")
        if any(c.isalnum() for c in term):
            parts.append(f'"{term}"' + ("*" if word.endswith("*") else ""))
    return " ".join(parts)


def _hit(row: Row[Any], snippet: str) -> Hit:
    date = None if row.date_from is None else {"from": row.date_from, "to": row.date_to}
    fields = ("what", "id", "doc_id", "title", "speaker")
    values = {name: row._mapping[name] for name in fields}
    return Hit.model_validate(values | {"snippet": snippet, "date": date})
