"""Addresses of things: an id of any text as one plain part of a path, and back.

    key_of("S-300/deliveries")   "S-300=2Fdeliveries"
    key_of("Vigen Sargsyan")     "Vigen+Sargsyan"

Only ASCII letters, digits, `-`, `_`, `~`, `+` and `=` come out, so no id can leave its place in a path, be taken for a
twin (".json") or be normalised away ("..").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import quote_plus

_KEPT: Final = 8192
"""How many names are kept as they are written in addresses: pages repeat them."""
_PLAIN = re.compile(rb"[A-Za-z0-9_~-]")
_ESCAPE = re.compile(rb"=([0-9A-Fa-f]{2})")


@lru_cache(_KEPT)
def key_of(id: str) -> str:
    """The id as one part of a path. Law: `id_of(key_of(id)) == id` for all text without lone surrogates."""
    return "".join(_written(byte) for byte in id.encode("utf-8", "replace")) or "="


def id_of(key: str) -> str:
    """The id that the part of a path stands for; escapes that make no text are replaced by U+FFFD."""
    if key == "=":
        return ""
    raw = key.encode("utf-8", "replace").replace(b"+", b" ")
    return _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), raw).decode("utf-8", "replace")


def address(path: str, keys: tuple[str, ...] = (), query: list[tuple[str, str]] | None = None) -> str:
    """The path with its `{keys}` filled in their order, and the query behind it."""
    filled = _filled(path, keys) if keys else path
    return filled + (f"?{query_string(query)}" if query else "")


def query_string(pairs: Iterable[tuple[str, str]]) -> str:
    """The pairs as the query of an address, as `urllib.parse.urlencode` writes it."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


_quoted = lru_cache(_KEPT)(quote_plus)


@lru_cache(_KEPT)
def _filled(path: str, keys: tuple[str, ...]) -> str:
    values = iter(keys)
    return re.sub(r"\{\w+\}", lambda m: key_of(next(values)), path)


def _written(byte: int) -> str:
    one = bytes([byte])
    if one == b" ":
        return "+"
    return one.decode() if _PLAIN.match(one) else f"={byte:02X}"
