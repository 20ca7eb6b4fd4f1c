"""From a raw page to a document: whole documents, and input that means harm."""

from __future__ import annotations

from datetime import date

import pytest
from tests.reading.conftest import MakePage

from communique.errors import InputError
from communique.reading import read, read_all
from communique.reading.characters import GAP, MAX_CHARACTERS
from communique.records import Document, Failure, Interval, Published, RawPage, sha256

SENTENCE = "The defence minister of Ruritania met his Bordurian counterpart in Zenda on Monday. "
BODY = (
    "The defence ministers of Ruritania and Borduria met in Zenda on Monday to discuss coastal radars.\n\n"
    "“We agreed on a joint exercise,” the Ruritanian minister said after the talks with his guest."
)
HTML = """<!DOCTYPE html><html lang="en-GB"><head><title>Ministers meet in Zenda | Zenda Post</title>
<meta property="og:title" content="Ministers meet in Zenda">
<meta property="og:site_name" content="Zenda Post">
<meta property="article:published_time" content="2017-01-30T23:30:00-05:00">
<link rel="canonical" href="https://post.example/news/1"><script>document.write("evil")</script></head>
<body onload="steal()"><nav><ul>
<li><a href="/">Home</a></li><li><a href="/p">Politics</a></li></ul></nav>
<article><h1>Ministers meet in Zenda</h1>
<p onclick="steal()">The defence ministers of Ruritania and Borduria met in
Zenda on Monday to discuss coastal radars.</p><script>alert("evil")</script>
<p>“We agreed on a joint exercise,” the Ruritanian minister said after the talks with his guest.</p>
<a href="javascript:steal()">Share</a></article>
<aside><h3>Most read</h3><p>Hay prices fall, 2019-05-05</p></aside>
<footer>Copyright 2020 Zenda Post. All rights reserved.</footer></body></html>"""


def test_a_plain_text_becomes_a_document(page: MakePage) -> None:
    raw = page(
        f"top of page\n\nMinisters meet\n\nMinisters meet\n\n{BODY}\n\nComments",
        url="https://www.post.example/a",
    )
    text = f"Ministers meet\n\n{BODY}"
    assert read(raw) == Document(
        id="p",
        text=text,
        title="Ministers meet",
        outlet="post.example",
        url="https://www.post.example/a",
        origin="p.txt",
        raw_sha256=raw.sha256,
        text_sha256=sha256(text),
    )


def test_a_web_page_becomes_a_document(page: MakePage) -> None:
    document = read(page(HTML, "html"))
    day = date(2017, 1, 30)
    assert document.text.replace("\nZenda", " Zenda") == "Ministers meet in Zenda\n\n" + BODY.replace(
        "\n\n", "\n"
    )
    assert (document.title, document.outlet, document.language) == (
        "Ministers meet in Zenda",
        "Zenda Post",
        "en",
    )
    assert document.url == "https://post.example/news/1"
    assert document.published == Published(
        interval=Interval(start=day, end=day), found="metadata", expression="2017-01-30T23:30:00-05:00"
    )


def test_what_is_given_with_a_page_wins_over_what_it_says(page: MakePage) -> None:
    document = read(
        page(
            HTML,
            "html",
            title="A given title",
            source="Given Post",
            date="2016-05-04",
            url="https://x.example/",
        )
    )
    assert (document.title, document.outlet, document.url) == (
        "A given title",
        "Given Post",
        "https://x.example/",
    )
    assert document.published.found == "given"


def test_the_inline_date_is_read_and_taken_off(page: MakePage) -> None:
    document = read(page(f" date 2017-01-30 {SENTENCE}{SENTENCE[:-1]} He left."))
    assert document.text.startswith("The defence minister")
    assert document.title is None
    assert document.published.found == "inline"


def test_another_language_is_kept_aside(page: MakePage) -> None:
    document = read(
        page(
            "Le ministre de la défense a rencontré lundi son homologue pour parler de coopération militaire."
        )
    )
    assert (document.language, document.aside) == ("fr", "language: fr")


def test_a_few_words_are_in_the_language_that_is_given(page: MakePage) -> None:
    assert read(page("Ministers meet.")).language == "en"
    assert read(page("Ministers meet.", lang="de-AT")).aside == "language: de"


def test_a_page_without_an_article_is_kept_aside(page: MakePage) -> None:
    document = read(page("<html><body><p>Page not found</p></body></html>", "html"))
    assert (document.text, document.aside) == ("Page not found", "no article text")


@pytest.mark.parametrize(
    ("content", "media", "reason"),
    [
        ("", "text", "no text"),
        (" \n\u200b\ufeff\n\x00 ", "text", "no text"),
        ("", "html", "no text"),
        ("<script>evil()</script><style>p {}</style>", "html", "no text"),
        ("<!--" + "-" * 100_000, "html", "no text"),
        ("top of page\nComments\nbanner.png\nbottom of page", "text", "no text but furniture"),
    ],
)
def test_a_page_without_text_is_refused(page: MakePage, content: str, media: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(page(content, media))
    assert (caught.value.origin, caught.value.reason) == ("p.txt", reason)


def test_twenty_megabytes_on_one_line_are_cut_with_a_mark(page: MakePage) -> None:
    document = read(page("".join(f"Ship {number} sailed. " for number in range(1_000_000))))
    assert MAX_CHARACTERS - 2_100 < len(document.text) <= MAX_CHARACTERS
    assert document.text.startswith("Ship 0 sailed. ")
    assert document.text.endswith(f" sailed.\n\n{GAP}")


@pytest.mark.parametrize("letter", ["a", "!", " ", "\n", "<", "&#0;"])
def test_megabytes_of_one_character_do_no_harm(page: MakePage, letter: str) -> None:
    document = read(page(f"{SENTENCE}{letter * 3_000_000}"))
    assert document.text.startswith(SENTENCE.strip())
    assert len(document.text) <= MAX_CHARACTERS


@pytest.mark.parametrize(
    "tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "article", "font", "x-y"]
)
def test_deep_nesting_does_no_harm(page: MakePage, tag: str) -> None:
    html = f"<html><body>{f'<{tag}>' * 50_000}<p>{SENTENCE * 3}He left for Hofbau by train.</p>"
    assert "He left for Hofbau by train." in read(page(html, "html")).text


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>{}<div></p></span><table><p>x<![CDATA[ <<<>>> &#xFFFFFFF; &#0; &bogus;",
        '<?xml version="1.0" encoding="utf-16"?><html><body><article><p>{}</p></article>',
        '<html><head><script type="application/ld+json">' + "[" * 50_000 + "</script></head><body><p>{}</p>",
        '<html><head><script type="application/ld+json">{{"@type": 7, "@graph": "x"}}</script><p>{}</p>',
        "<p " + "a=b " * 50_000 + ">{}</p>",
        "<body><article><p>{}\x01\x02\x0b\u202e</p></article>",
    ],
)
def test_malformed_pages_are_read(page: MakePage, html: str) -> None:
    text = read(page(html.format(SENTENCE * 2 + "He left for Hofbau by train."), "html")).text
    assert "He left for Hofbau by train." in text
    assert "\u202e" not in text and "\x01" not in text


def test_a_name_of_ten_thousand_letters_is_cut(page: MakePage) -> None:
    text = read(page(f"{SENTENCE}Mr {'A' * 10_000} spoke. {SENTENCE}")).text
    assert f"Mr {'A' * 100}{GAP} spoke." in text


def test_right_to_left_letters_stay_without_marks_of_direction(page: MakePage) -> None:
    text = read(page(f"{SENTENCE}The group \u2067حزب\u200cالله\u2069 objected. {SENTENCE[:-1]}")).text
    assert "The group حزبالله objected." in text


def test_hostile_metadata_is_bounded(page: MakePage) -> None:
    document = read(
        page(
            SENTENCE * 2 + "He left.",
            title="T" * 100_000,
            date="2" * 100_000,
            url="http://[" + "x" * 5_000,
            source="\x00" * 9,
        )
    )
    assert document.title == f"{'T' * 100}{GAP}"
    assert (document.outlet, document.published.interval) == (None, None)
    assert document.text == f"{document.title}\n\n{SENTENCE * 2}He left."


def test_a_batch_goes_on_past_what_cannot_be_read(page: MakePage) -> None:
    failure = Failure(origin="x", reason="no such file or folder")
    good = page(f"{SENTENCE}He left.")
    assert list(read_all([failure, page(""), good])) == [
        failure,
        Failure(origin="p.txt", reason="no text"),
        read(good),
    ]


def test_reading_twice_gives_the_same(page: MakePage) -> None:
    for raw in (page(HTML, "html"), page(BODY)):
        assert isinstance(raw, RawPage) and read(raw).model_dump_json() == read(raw).model_dump_json()
