"""Bytes to text: byte order marks, UTF-8, the charset that a page declares, else Windows-1252.

The order is that of what can be relied on: a byte order mark and valid UTF-8 are hardly ever chance,
a declared charset is often wrong, and Windows-1252 reads anything.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
_PAGE_CHARSETS: Final = re.compile(
    r"(?:iso8859-\d+|cp125\d|cp874|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc_jp|euc_kr|mac-cyrillic)$"
)
_UNWANTED: Final = re.compile("[\x00\ud800-\udfff]")


def decode(data: bytes, *, html: bool = False) -> str:
    """The text of `data`, without NUL characters and lone surrogates; never fails.

    With `html` a charset declared in the first 4,096 bytes is used where the bytes are not UTF-8. Bytes
    that the charset cannot have become U+FFFD.
    """
    return without_unwanted(_decoded(data, html=html))


def without_unwanted(text: str) -> str:
    """`text` without NUL characters and lone surrogates, which no store and no encoder takes."""
    return _UNWANTED.sub("", text)


def mark_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark at the start of `head` names, or None."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _decoded(data: bytes, *, html: bool) -> str:
    marked = mark_encoding(data)
    if marked:
        return data.decode(marked, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _declared_charset(data) if html else None
        return data.decode(declared or "cp1252", "replace")


def _declared_charset(data: bytes) -> str | None:
    """The charset that a page declares, where it is one that pages are really written in."""
    match = _DECLARED.search(data, 0, 4096)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii", "replace")).name
    except LookupError:
        return None
    return "cp1252" if name == "iso8859-1" else name if _PAGE_CHARSETS.match(name) else None
