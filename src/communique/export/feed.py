"""Atom: the events that were told last (RFC 4287; docs/exports.md). Ids are tag URIs (RFC 4151)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from communique.archive import Archive
from communique.export.telling import Telling, addresses, tellings
from communique.export.wording import days_of, one_line, plain, title_of

NEWEST: Final = 100
"""How many events the feed has at most."""

TAG: Final = "tag:communique,2025:"
_FIRST: Final = date(1970, 1, 1)


def atom(archive: Archive) -> Iterator[str]:
    """The feed: the newest events first, by the day on which they were first told; undated tellings last."""
    known = addresses(archive)
    found = list(tellings(archive, order="told", reverse=True, limit=NEWEST))
    latest = max((telling.last_told for telling in found if telling.last_told), default=_FIRST)
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<title>Communiqué: the newest events</title>\n<id>{TAG}events</id>\n"
    yield f"<updated>{_moment(latest)}</updated>\n<author><name>Communiqué</name></author>\n"
    for telling in found:
        yield _entry(telling, known)
    yield "</feed>\n"


def _entry(telling: Telling, known: Mapping[str, str]) -> str:
    event = telling.event
    published = telling.first_told
    link = known.get(telling.lead.claim.doc_id)
    parts = [
        f"<title>{_text(title_of(event))}</title>",
        f"<id>{TAG}event:{event.id}</id>",
        f"<updated>{_moment(telling.last_told or _FIRST)}</updated>",
        *([f"<published>{_moment(published)}</published>"] if published else []),
        *([f'<link rel="alternate" href={quoteattr(link)}/>'] if link else []),
        f"<category term={quoteattr(event.kind)}/><category term={quoteattr(event.status)}/>",
        f'<content type="text">{_text(_content(telling))}</content>',
    ]
    return "<entry>" + "".join(parts) + "</entry>\n"


def _content(telling: Telling) -> str:
    """When and where, the words, and who published them."""
    event = telling.event
    where = ", ".join(part for part in (days_of(event.date), event.place.name if event.place else "") if part)
    sources = ", ".join(telling.outlets) or "a document without an outlet"
    words = f'"{one_line(telling.passage)}" ({sources})'
    return f"{where}: {words}" if where else words


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    return escape(one_line(plain(text)))
