"""`communique search`: find words in documents, claims and statements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.days import days_in_short
from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import marked, on_terminal, print_json, safe_line

if TYPE_CHECKING:
    from communique.archive import Hit
    from communique.archive.search import What

SORTS: tuple[What, ...] = ("document", "claim", "statement")


@click.command()
@archive_argument
@click.argument("query")
@click.option(
    "--in", "sorts", multiple=True, type=click.Choice(SORTS), help="Only there (may be given again)."
)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Hits of each sort.")
@json_option
def search(archive: Path, query: str, sorts: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find words in documents, claims and statements.

    All words must occur, in any form ("deliver" finds "delivered"); a phrase stands in double quotes; a
    word that ends in * stands for all that begin so. The best hits come first.

    \b
      communique search record.db "corridor"
      communique search record.db '"air defence" S-300' --in claim
      communique search record.db 'deliver*' --limit 50 --json
    """
    from communique.archive import open_archive

    with open_archive(archive) as opened:
        hits = opened.search(query, what=tuple(s for s in SORTS if s in (sorts or SORTS)), limit=limit)
    if as_json:
        for hit in hits:
            print_json(_fields(hit))
        return
    styled = on_terminal()
    for hit in hits:
        click.echo(_told(hit, styled=styled))
    if not hits:
        words = any(c.isalnum() for c in query)
        click.echo("nothing found" if words else "nothing found: no word to look for", err=True)


def _fields(hit: Hit) -> dict[str, object]:
    text, spans = _spans(hit.snippet)
    values = hit.model_dump(mode="json", by_alias=True)
    return values | {"snippet": text, "marks": [list(span) for span in spans]}


def _told(hit: Hit, *, styled: bool) -> str:
    text, spans = _spans(hit.snippet)
    head = f"{hit.what} {hit.id}" + (f" in {hit.doc_id}" if hit.id != hit.doc_id else "")
    days = f" ({days_in_short(str(hit.date.start), str(hit.date.end))})" if hit.date else ""
    about = hit.speaker if hit.what == "statement" else hit.title if hit.what == "document" else None
    name = f": {safe_line(about)}" if about else ""
    return f"{safe_line(head)}{days}{name}\n    {marked(text, spans, styled=styled)}"


def _spans(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """The snippet without its marks, and the spans that they marked."""
    text, spans, start = "", [], 0
    for char in snippet:
        if char == "\x02":
            start = len(text)
        elif char == "\x03":
            spans.append((start, len(text)))
        else:
            text += char
    return text, spans
