"""What a page says of itself: its own date and names, never those of its furniture."""

from __future__ import annotations

import pytest
import trafilatura

from communique.reading.pagedata import PageData, page_data

ARTICLE = "<article><h1>Ministers meet</h1>{}<p>The ministers met in Zenda on Monday.</p></article>"


def data_of(html: str) -> PageData:
    return page_data(trafilatura.load_html(html))


def test_everything_that_a_head_may_say() -> None:
    head = (
        '<html lang="en-GB"><head><title>Ministers meet | Zenda Post</title>'
        '<meta property="og:title" content="Ministers meet">'
        '<meta property="og:site_name" content="Zenda Post">'
        '<meta name="date" content="2017-01-30"><link rel="canonical" href="https://post.example/1"></head><body>'
    )
    assert data_of(head + ARTICLE.format("")) == PageData(
        title="Ministers meet",
        site="Zenda Post",
        date="2017-01-30",
        url="https://post.example/1",
        language="en-GB",
    )


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2017-01-30"}</script>',
        '<script type="application/ld+json">'
        '[{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2017-01-30"}]}]</script>',
        '<meta property="article:published_time" content="2017-01-30">',
        '<meta itemprop="datePublished" content="2017-01-30">',
        '<meta name="DC.date.issued" content="2017-01-30">',
    ],
)
def test_the_day_of_the_head(head: str) -> None:
    assert data_of(f"<html><head>{head}</head><body>{ARTICLE.format('')}</body></html>").date == "2017-01-30"


@pytest.mark.parametrize(
    ("shown", "date"),
    [
        ('<time datetime="2017-01-30T10:00">Monday</time>', "2017-01-30T10:00"),
        ('<span class="post-date">30 January 2017</span>', "30 January 2017"),
        ('<span class="date-modified">30 January 2017</span>', None),
        ('<aside><time datetime="2017-01-30">Monday</time></aside>', None),
        ('<div class="related"><span class="date">30 January 2017</span></div>', None),
    ],
)
def test_the_day_that_is_shown_beside_the_headline(shown: str, date: str | None) -> None:
    assert data_of(f"<html><body>{ARTICLE.format(shown)}</body></html>").date == date


@pytest.mark.parametrize(
    "furniture",
    [
        '<footer>Copyright 2020 <span class="date">2020-02-02</span></footer>',
        '<aside><time pubdate datetime="2020-02-02">2 February</time></aside>',
        '<meta property="article:modified_time" content="2020-02-02">',
        '<meta http-equiv="last-modified" content="2020-02-02">',
        '<script type="application/ld+json">{"@type": "WebSite", "datePublished": "2020-02-02"}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": 2020}</script>',
        '<script type="application/ld+json">{broken</script>',
    ],
)
def test_no_day_is_taken_from_furniture(furniture: str) -> None:
    html = f"<html><body>{ARTICLE.format('')}{furniture}</body></html>"
    assert data_of(html) == PageData(title="Ministers meet")
