"""A raw page as a document: main text, furniture, title, outlet, language and date, in that order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.errors import InputError
from communique.reading.characters import MAX_READ, bounded, clean
from communique.reading.furniture import without_furniture
from communique.reading.language import language_of
from communique.reading.outlet import outlet_of
from communique.reading.published import date_line, inline_date, published
from communique.reading.titles import MAX_TITLE, own_title, without_byline, without_site, without_title
from communique.records import Document, Failure, Metadata, Published, RawPage, sha256


def read(page: RawPage) -> Document:
    """The document that a raw page holds.

    `text` is the title, an empty line and the article, without furniture, at most `MAX_CHARACTERS` long.
    A document that is not in English, or a web page without an article, is kept with the reason in `aside`.
    Raises `InputError` where no text is left.
    """
    content, aside, given, page_date = _content(page)
    inline, content = inline_date(clean(bounded(content, MAX_READ)))
    kept = without_furniture(content)
    if not kept:
        raise InputError(page.origin, "no text" if not content else "no text but furniture")
    title = _title(given.title) or own_title(kept)
    outlet = outlet_of(given.source, None, given.url)
    line, body = date_line(_body(kept, title, outlet))
    inline = inline or line
    language = language_of(body or kept, given.lang)
    return _document(
        page,
        given=given.model_copy(update={"title": title, "source": outlet, "lang": language}),
        body=body,
        published=published(given, inline=inline, page_date=page_date, body=body),
        aside=aside or (f"language: {language}" if language != "en" else None),
    )


def read_all(pages: Iterable[RawPage | Failure]) -> Iterator[Document | Failure]:
    """The documents of raw pages, in order; failures pass through, and an unreadable page becomes one."""
    for page in pages:
        if isinstance(page, Failure):
            yield page
            continue
        try:
            yield read(page)
        except InputError as error:
            yield Failure(origin=error.origin, reason=error.reason)


def _content(page: RawPage) -> tuple[str, str | None, Metadata, str | None]:
    """The text of a page, why it is kept aside (if so), its metadata, and the date that it states."""
    if page.media == "text":
        return page.content, None, page.metadata, None
    from communique.reading.maintext import main_text  # trafilatura takes long to import

    main = main_text(page.content)
    title = without_site(main.data.title, main.data.site) if main.data.title else None
    given = Metadata(
        title=page.metadata.title or title,
        date=page.metadata.date,
        source=page.metadata.source or main.data.site,
        url=page.metadata.url or main.data.url,
        lang=page.metadata.lang or main.data.language,
    )
    return main.text, None if main.is_article else "no article text", given, main.data.date


def _body(kept: str, title: str | None, outlet: str | None) -> str:
    return without_byline(without_title(kept, title), outlet) if title else kept


def _title(given: str | None) -> str | None:
    """A given title on one line, of bounded length, or None."""
    title = " ".join(clean(given).split()) if given else ""
    return title[:MAX_TITLE].rstrip() or None


def _document(
    page: RawPage, *, given: Metadata, body: str, published: Published, aside: str | None
) -> Document:
    text = bounded(f"{given.title}\n\n{body}" if given.title and body else given.title or body)
    return Document(
        id=page.id,
        text=text,
        title=given.title,
        outlet=given.source,
        language=given.lang or "en",
        published=published,
        url=given.url,
        origin=page.origin,
        raw_sha256=page.sha256,
        text_sha256=sha256(text),
        aside=aside,
    )
