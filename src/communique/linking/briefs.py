"""A digest as Markdown or as a page of HTML that needs nothing else and prints well.

All text comes from documents and is escaped: marks of the format, and characters that could hide or reorder words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Final

from communique.linking.digest import Digest, Line, Note

_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$^]|:(?=//)|(?<=www)\.)")
_START: Final = re.compile(r"^(\d+(?=[.)])|)([-+=.)])")
"""What begins a list or a heading at the start of a line."""

_STYLE: Final = """
body { font: 1rem/1.5 Georgia, 'Times New Roman', serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
h1 { font-size: 1.6rem; line-height: 1.2; margin-bottom: .3rem; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .3rem; border-bottom: 1px solid #999; }
ul { padding-left: 1.2rem; } li { margin: .3rem 0; }
.when { font-variant-numeric: tabular-nums; color: #444; } .remarks { color: #444; font-style: italic; }
ol { font-size: .85rem; } ol q { quotes: '“' '”'; } sup a { text-decoration: none; } a { color: #0b4f8a; }
@media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #161616; } a { color: #8fc1ff; }
  .when, .remarks { color: #b5b5b5; } }
@media print { body { margin: 0; max-width: none; color: #000; background: #fff; font-size: 10pt; }
  h2 { break-after: avoid; } li { break-inside: avoid; } a { color: inherit; text-decoration: none; } }
"""


def markdown(digest: Digest) -> str:
    """The digest as Markdown with footnotes (`[^1]`), which Pandoc and GitHub understand."""
    return "\n".join(_markdown_lines(digest)) + "\n"


def page(digest: Digest) -> str:
    """The digest as one HTML page: no scripts, nothing loaded from elsewhere."""
    title = _text(f"Digest, {digest.title}")
    body = "\n".join(_html_lines(digest))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def plain(text: str) -> str:
    """The text on one line, control, bidirectional and invisible characters shown as `\\u202e`."""
    flat = " ".join(text.split())
    return _UNSEEN.sub(lambda m: f"\\u{ord(m[0]):04x}", flat)


def _marked(text: str) -> str:
    """Text that Markdown shows as it is."""
    shown = _MARKS.sub(r"\\\1", plain(text))
    return _START.sub(lambda m: f"{m[1]}\\{m[2]}", shown)


def _text(text: str) -> str:
    return html.escape(plain(text))


def _markdown_lines(digest: Digest) -> Iterator[str]:
    yield f"# {_marked(digest.title)}"
    yield ""
    yield _marked(digest.summary)
    for section in digest.sections:
        yield from ("", f"## {_marked(section.title)}", "")
        yield from (_markdown_line(line) for line in section.lines)
    if digest.notes:
        yield ""
    yield from (
        f"[^{note.number}]: {_source(note, _marked)} “{_marked(note.sentence)}”" for note in digest.notes
    )


def _markdown_line(line: Line) -> str:
    remarks = f" *({_marked('; '.join(line.remarks))})*" if line.remarks else ""
    notes = "".join(f"[^{number}]" for number in line.notes)
    return f"- {_marked(line.when)}: {_marked(line.text)}{remarks}{notes}"


def _source(note: Note, shown: Callable[[str], str]) -> str:
    """ "Title, outlet, 2020-08-23." as far as they are known."""
    parts = (note.title or note.doc_id, note.outlet, note.published)
    return f"{', '.join(shown(part) for part in parts if part)}."


def _html_lines(digest: Digest) -> Iterator[str]:
    yield f"<h1>{_text(digest.title)}</h1>"
    yield f"<p>{_text(digest.summary)}</p>"
    for section in digest.sections:
        yield f"<section>\n<h2>{_text(section.title)}</h2>\n<ul>"
        yield from (_html_line(line) for line in section.lines)
        yield "</ul>\n</section>"
    if digest.notes:
        yield "<section>\n<h2>Sources</h2>\n<ol>"
        for note in digest.notes:
            yield f'<li id="note-{note.number}">{_source(note, _text)} <q>{_text(note.sentence)}</q></li>'
        yield "</ol>\n</section>"


def _html_line(line: Line) -> str:
    remarks = f' <span class="remarks">({_text("; ".join(line.remarks))})</span>' if line.remarks else ""
    notes = " ".join(f'<a href="#note-{n}">{n}</a>' for n in line.notes)
    cited = f"<sup>{notes}</sup>" if notes else ""
    return f'<li><span class="when">{_text(line.when)}:</span> {_text(line.text)}{remarks}{cited}</li>'
