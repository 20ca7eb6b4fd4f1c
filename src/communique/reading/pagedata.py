"""What a web page says of itself in its head: title, site, date, address, language.

The sources, best first: JSON-LD of schema.org articles, Open Graph and article properties, named meta
elements, and at last a date shown beside the headline. (htmldate, tried for this, also takes dates from
footers, sidebars and modification stamps, which are not the article's.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from communique.reading.days import written_interval

_DATES: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date",
    "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "dc.date", "dc.date.issued",
    "dc.date.created", "dcterms.created", "dcterms.date", "dcterms.issued", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "published-date",
    "article_date_original", "rnews:datepublished", "originalpublicationdate",
)  # fmt: skip
_TITLES: Final = ("og:title", "twitter:title", "dc.title", "headline")
_SITES: Final = ("og:site_name", "application-name", "publisher", "dc.publisher")
_ARTICLES: Final = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting"}
)
_MAX_JSON: Final = 200_000
_MAX_DATE: Final = 120
_BESIDE_HEADLINE: Final = (
    "//article[.//h1]", "//main[.//h1]", "(//h1)[1]/../..", "(//h1)[1]/../../..", "//article[not(//h1)]",
)  # fmt: skip
_DATED: Final = (
    ".//time | .//*[@itemprop='datePublished']"
    " | .//*[@property='dc:date' or @property='dc:created' or @property='schema:datePublished']"
    " | .//*[self::span or self::div or self::p]"
    "[contains(@class, 'date') or contains(@class, 'publish') or contains(@class, 'timestamp')"
    " or contains(@class, 'posted') or contains(@class, 'meta') or contains(@class, 'byline')]"
)
_OTHER: Final = re.compile(r"modif|updat|event|expir|comment")
_IN_FURNITURE: Final = (
    "ancestor-or-self::*[self::aside or self::nav or self::footer or contains(@class, 'related')"
    " or contains(@class, 'comment') or contains(@class, 'sidebar') or contains(@class, 'recommend')]"
)


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page says of itself; each value None where it does not."""

    title: str | None = None
    site: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None


def page_data(tree: HtmlElement) -> PageData:
    """What the page says of itself. The date is as written; it states a day."""
    metas = _metas(tree)
    articles = list(_articles(tree))
    return PageData(
        title=_first(metas, _TITLES)
        or _named(articles, "headline")
        or _text_of(tree, "//h1")
        or _text_of(tree, "//title"),
        site=_first(metas, _SITES),
        date=_date(tree, metas, articles),
        url=_attribute(tree, "//link[@rel='canonical']/@href") or metas.get("og:url"),
        language=_attribute(tree, "/html/@lang") or metas.get("language"),
    )


def _date(tree: HtmlElement, metas: dict[str, str], articles: list[dict[str, object]]) -> str | None:
    candidates = [
        _named(articles, "datePublished"),
        *(metas.get(name) for name in _DATES),
        *_shown_dates(tree),
    ]
    return next((date for date in candidates if date and written_interval(date[:_MAX_DATE])), None)


def _shown_dates(tree: HtmlElement) -> Iterator[str]:
    """The days that the page shows beside its headline: in the article, or else around the first heading."""
    places = [place for path in _BESIDE_HEADLINE for place in tree.xpath(path)[:1]]
    for element in [found for place in places for found in place.xpath(_DATED)[:20]]:
        names = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "property")).lower()
        written = (
            element.get("datetime") or element.get("content") or " ".join(element.text_content().split())
        )
        if not _OTHER.search(names) and not element.xpath(_IN_FURNITURE) and len(written) <= _MAX_DATE:
            yield written


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The first content of each named meta element, by lower-case name."""
    found: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]")[:500]:
        content = element.get("content").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _articles(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The schema.org articles of the page's JSON-LD, also inside lists and graphs."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        text = script.text or ""
        try:
            waiting: list[object] = [json.loads(text)] if len(text) <= _MAX_JSON else []
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value[:50])
            elif isinstance(value, dict):
                waiting.append(value.get("@graph"))
                kinds = value.get("@type")
                if _ARTICLES & {
                    kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
                }:
                    yield value


def _named(articles: list[dict[str, object]], name: str) -> str | None:
    return next(
        (value for article in articles if isinstance(value := article.get(name), str) and value.strip()), None
    )


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _text_of(tree: HtmlElement, path: str) -> str | None:
    texts = (" ".join(element.text_content().split()) for element in tree.xpath(path)[:3])
    return next((text for text in texts if text), None)


def _attribute(tree: HtmlElement, path: str) -> str | None:
    values = tree.xpath(path)
    return str(values[0]).strip() or None if values else None
