"""BibTeX: one entry a document, to cite articles by (docs/exports.md).

TeX's own characters are escaped; text is UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from communique.archive import Archive, StoredDocument
from communique.export.wording import one_line, prefix_of, web_address
from communique.records import Document, sha256

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


def documents(archive: Archive) -> Iterator[str]:
    """The entries, by document id; a document that repeats another says so in its note."""
    return (entry(stored) for stored in archive.documents())


def entry(stored: StoredDocument) -> str:
    """The entry of a document, with a line end. Its key is the document's id as far as BibTeX allows."""
    fields = "".join(
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in _fields(stored).items()
    )
    return f"@misc{{{key(stored.document.id)},\n{fields}}}\n\n"


def key(doc_id: str) -> str:
    """The document's id in letters, digits, `-`, `_`, `.` and `:`; where more had to go, with eight digits of its hash.

    >>> key("2010-10-10.ria"), key("a b")
    ('2010-10-10.ria', 'a-b-c8687a08')
    """
    plain = re.sub(r"[^A-Za-z0-9._:-]+", "-", doc_id)
    return plain if plain == doc_id else f"{plain.strip('-')}-{sha256(doc_id)[:8]}".lstrip("-")


def tex(text: str) -> str:
    """The text on one line with TeX's own characters escaped."""
    return "".join(_TEX.get(letter, letter) for letter in one_line(text))


def _fields(stored: StoredDocument) -> dict[str, str]:
    document = stored.document
    url = web_address(document.url)
    fields = {
        "title": f"{{{tex(document.title or document.id)}}}",
        "howpublished": tex(document.outlet or ""),
        **_published(document),
        "url": url or "",
        "language": tex(document.language),
        "note": f"Repeats {tex(stored.duplicate.of)}" if stored.duplicate else "",
    }
    return {name: value for name, value in fields.items() if value}


def _published(document: Document) -> dict[str, str]:
    """Year, month and day of publication, as far as they are known."""
    interval = document.published.interval
    prefix = prefix_of(interval) if interval else None
    if interval is None or interval.start.year != interval.end.year:
        return {}
    parts = (prefix or str(interval.start.year)).split("-")
    month = MONTHS[int(parts[1]) - 1] if len(parts) > 1 else ""
    day = str(int(parts[2])) if len(parts) > 2 else ""
    return {"year": parts[0], "month": month, "day": day}
