"""Full-text search over documents, the evidence of claims, and statements (SQLite FTS5, BM25 order)."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, text

from communique.archive.records import Hit

OPEN, CLOSE = "\x02", "\x03"  # around the found words of a snippet
What = Literal["document", "claim", "statement"]
EVERYWHERE: Final[tuple[What, ...]] = ("document", "claim", "statement")

_DOCUMENTS = text("""
    SELECT 'document' AS what, d.id AS id, d.id AS doc_id, d.title AS title, NULL AS speaker,
           snippet(documents_text, 0, char(2), char(3), '…', 24) AS snippet,
           d.published_from AS date_from, d.published_to AS date_to
    FROM documents_text JOIN documents d ON d.seq = documents_text.rowid
    WHERE documents_text MATCH :query ORDER BY rank, d.id LIMIT :limit
""")
_CLAIMS = text("""
    SELECT 'claim' AS what, c.id AS id, d.id AS doc_id, d.title AS title, NULL AS speaker,
           snippet(evidence_text, 0, char(2), char(3), '…', 24) AS snippet, c.date_from, c.date_to
    FROM evidence_text JOIN evidence e ON e.seq = evidence_text.rowid
    JOIN claims c ON c.seq = e.claim JOIN documents d ON d.seq = c.doc
    WHERE evidence_text MATCH :query ORDER BY rank, d.id, c.ord, e.ord LIMIT :limit
""")
_STATEMENTS = text("""
    SELECT 'statement' AS what, d.id AS id, d.id AS doc_id, d.title AS title, s.speaker AS speaker,
           snippet(statements_text, 0, char(2), char(3), '…', 24) AS snippet,
           d.published_from AS date_from, d.published_to AS date_to
    FROM statements_text JOIN statements s ON s.seq = statements_text.rowid
    JOIN documents d ON d.seq = s.doc
    WHERE statements_text MATCH :query ORDER BY rank, d.id, s.ord LIMIT :limit
""")
_QUERIES = {"document": _DOCUMENTS, "claim": _CLAIMS, "statement": _STATEMENTS}


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
        rows = connection.execute(_QUERIES[sort], {"query": match, "limit": limit})
        hits.extend(_hit(row) for row in rows)
    return hits


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


def _hit(row: Row[Any]) -> Hit:
    date = None if row.date_from is None else {"from": row.date_from, "to": row.date_to}
    fields = ("what", "id", "doc_id", "title", "speaker", "snippet")
    return Hit.model_validate({name: row._mapping[name] for name in fields} | {"date": date})
