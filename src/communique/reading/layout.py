"""A web page made ready for finding its main text: layout tables opened, readers' comments cut off."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

_LAYOUT_TABLE: Final = (
    "//table[.//p or .//h1 or .//h2 or .//h3 or .//h4 or .//div or .//ul or .//ol or .//form or .//input"
    " or .//table or .//article]"
)
_TABLE_PARTS: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
_HEADINGS: Final = "//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
_COMMENTS: Final = re.compile(
    r"\W*(?:(?:(?:no|all|your|user|latest|readers?['’]?)\s+)?comments?(?:\s*\(?\d+\)?)?"
    r"|(?:\d+|one|leave a|post a|add a|write a)\s+(?:comments?|thoughts?|repl(?:y|ies)|responses?)"
    r"(?:\s+(?:on|to)\s+.{1,300})?"
    r"|join the (?:discussion|conversation))\W*",
    re.IGNORECASE,
)
_ARTICLE_BEFORE: Final = "preceding::p[string-length(normalize-space()) > 80]"


def prepared(tree: HtmlElement) -> HtmlElement:
    """The same tree, changed in place: what only lays the page out, and what readers wrote, is out of the way."""
    _open_layout_tables(tree)
    _cut_comments(tree)
    return tree


def _open_layout_tables(tree: HtmlElement) -> None:
    """Make plain blocks of tables that hold paragraphs, headings, lists, forms or other tables.

    Such a table places the parts of a page; one of data holds only words and figures.
    """
    for table in tree.xpath(_LAYOUT_TABLE):
        for element in table.iter(*_TABLE_PARTS):
            element.tag = "div"


def _cut_comments(tree: HtmlElement) -> None:
    """Remove a heading of readers' comments with what follows beside it, where an article stands before it."""
    for heading in tree.xpath(_HEADINGS):
        words = " ".join(heading.text_content().split())
        if len(words) < 400 and _COMMENTS.fullmatch(words) and heading.xpath(_ARTICLE_BEFORE):
            for element in [*heading.itersiblings(), heading]:
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)
