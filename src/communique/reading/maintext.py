"""The main text of a web page: trafilatura in precision mode, then resiliparse where that finds nothing.

Of 91 news pages with known text trafilatura's precision mode is the best that is free to use (measured;
see docs/reading.md). Very large pages go to resiliparse alone, which is some twenty times faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text

from communique.reading.layout import prepared
from communique.reading.pagedata import PageData, page_data

MAX_PRECISE: Final = 3_000_000
"""Pages of more characters are read by resiliparse alone."""

MAX_NESTING: Final = 250
"""Pages whose elements are nested more deeply are read flat: libxml2 drops what lies below 256."""

MIN_TEXT: Final = 80
"""Fewer characters than this are no article."""


_TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*>")
_VOID: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "p",
        "param",
        "source",
        "wbr",
    ]
)
_NESTING_TAG: Final = re.compile(
    r"</?(?!(?:html|head|body|title|meta|link|script|style|p|h[1-6]|br)\b)[a-zA-Z][^<>]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MainText:
    """The main text of a page (`is_article` False: all its text, as no article was found) and its data."""

    text: str
    is_article: bool
    data: PageData


def main_text(html: str) -> MainText:
    """The article of a page. `text` is empty where the page shows no text at all."""
    if nesting(html) > MAX_NESTING:
        html = _NESTING_TAG.sub("\n", html)
    tree = _tree(html)
    data = page_data(tree) if tree is not None else PageData()
    precise = _precise(prepared(tree)) if tree is not None and len(html) <= MAX_PRECISE else ""
    if len(precise) >= MIN_TEXT:
        return MainText(precise, True, data)
    fast = _fast(html, main=True)
    best = max(precise, fast, key=len)
    if len(best) >= MIN_TEXT:
        return MainText(best, True, data)
    return MainText(_fast(html, main=False), False, data)


def nesting(html: str) -> int:
    """How deeply elements are nested at most, counted in tags without parsing."""
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _VOID:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _tree(html: str) -> HtmlElement | None:
    """The page's tree, or None where it cannot be parsed at all."""
    try:
        return trafilatura.load_html(html)
    except (LxmlError, ValueError, RecursionError):
        return None


def _precise(tree: HtmlElement) -> str:
    try:
        text = trafilatura.extract(tree, favor_precision=True, include_comments=False)
    except (LxmlError, ValueError, RecursionError):
        return ""
    return text or ""


def _fast(html: str, *, main: bool) -> str:
    return str(extract_plain_text(html, main_content=main, list_bullets=False, alt_texts=False) or "")
