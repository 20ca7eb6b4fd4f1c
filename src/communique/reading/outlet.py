"""Who publishes a document: what its metadata says, else what its page says, else its host."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from communique.reading.characters import clean

_MAX_NAME: Final = 120


def outlet_of(given: str | None, site: str | None, url: str | None) -> str | None:
    """The outlet's name, or the host of the URL without "www.", or None."""
    for name in (given, site):
        if name and clean(name):
            return " ".join(clean(name).split())[:_MAX_NAME]
    return _host(url) if url else None


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None
