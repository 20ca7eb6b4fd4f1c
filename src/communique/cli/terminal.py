"""What is written to a terminal: text made safe, tables, marks, JSON, and complaints."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LINE = re.compile(r"\s+")

MAX_UNBROKEN = 16
"""Columns of a drawn table whose cells have at most so many characters are not broken: ids, days, words."""


def safe(text: str) -> str:
    """The text with control, bidirectional and invisible characters shown as escapes (`\\x1b`, `\\u202e`).

    Tab and line feed stay. What comes out can neither steer a terminal nor hide or reorder words.
    """
    return _STEERING.sub(lambda m: _escape(ord(m[0])), text)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def safe_line(text: str) -> str:
    """The same on one line: all white space is one space."""
    return safe(_LINE.sub(" ", text).strip())


def on_terminal() -> bool:
    """True when standard output is a terminal, so that text may be styled."""
    return sys.stdout.isatty()


def complain(message: str) -> None:
    """One line to standard error: `communique: file: reason`."""
    click.echo(f"communique: {safe_line(message)}", err=True)


def print_json(value: Mapping[str, Any]) -> None:
    """The object as one line of JSON on standard output, with steering characters escaped."""
    from communique.export.jsonlines import line

    click.echo(line(value), nl=False)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, empty: str) -> None:
    """A table: drawn to the width of a terminal; tab-separated lines with a header where output is piped."""
    rows = [[safe_line(cell) for cell in row] for row in rows]
    if not rows:
        click.echo(empty, err=True)
        return
    if not on_terminal():
        for row in (columns, *rows):
            click.echo("\t".join(row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for at, name in enumerate(columns):
        longest = max(len(row[at]) for row in rows)
        table.add_column(name, overflow="fold", no_wrap=longest <= MAX_UNBROKEN)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def marked(text: str, spans: Iterable[tuple[int, int]], *, styled: bool) -> str:
    """The text on one line with the spans marked: bold and underlined if `styled`, else in [[ ]]."""
    out, at = [], 0
    for start, end in _merged(spans):
        out += [safe(text[at:start]), _mark(safe(text[start:end]), styled=styled)]
        at = end
    return _LINE.sub(" ", "".join([*out, safe(text[at:])])).strip()


def _mark(words: str, *, styled: bool) -> str:
    return click.style(words, bold=True, underline=True) if styled else f"[[{words}]]"


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans sorted, those that overlap or touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
