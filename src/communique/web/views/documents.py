"""Documents: the list, and one document with its claims marked in the text."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from communique.archive import Archive, ClaimFilter
from communique.archive import pages as asks
from communique.archive.pages import DocumentFilter, DocumentRow
from communique.archive.records import Duplicate
from communique.archive.review import standing_on
from communique.linking.records import ClaimKey, Judgement
from communique.records import Claim, Document, Found, Interval, Person, Statement
from communique.web.asking import FirstDay, LastDay, Sought, Words
from communique.web.marks import Paragraph, Span, paragraphs
from communique.web.memory import remembered
from communique.web.page import Asked, Missing, Page, Paged, Portion, Row, Shown, Table
from communique.web.shapes import ClaimShown, claim_shown


class DocumentsAsked(Paged):
    """Which documents."""

    q: Sought = Field(None, description="Words in the text.")
    outlet: Words | None = Field(None, description="Published by this outlet.")
    since: FirstDay | None = Field(None, description="Published on or after this day, month or year.")
    until: LastDay | None = Field(None, description="Published on or before this day, month or year.")
    language: str | None = Field(None, max_length=20, description="In this language (ISO 639-1).")
    found: Found | None = Field(None, description="How its date was found.")
    aside: bool | None = Field(None, description="Kept uncoded, or not.")
    copies: bool | None = Field(None, description="A copy of an earlier document, or not.")

    def wanted(self) -> DocumentFilter:
        """The filter that the archive understands."""
        return DocumentFilter(text=self.q, **self.model_dump(exclude={"q", "page", "size"}))


class Documents(Shown):
    """A portion of the documents, with how many there are of each sort."""

    portion: Portion
    documents: tuple[DocumentRow, ...]
    facets: dict[str, list[tuple[str, int]]]


def documents(archive: Archive, asked: DocumentsAsked) -> Documents:
    """The documents that were asked for, latest first."""
    wanted = asked.wanted()
    return Documents(
        portion=Portion.of(
            remembered(archive, ("documents", wanted), lambda: asks.count_documents(archive, wanted)), asked
        ),
        documents=tuple(asks.documents(archive, wanted, limit=asked.size, offset=asked.offset)),
        facets=remembered(
            archive, ("document facets", wanted), lambda: asks.document_facets(archive, wanted)
        ),
    )


def document_rows(archive: Archive, asked: DocumentsAsked) -> Iterator[Row]:
    """All documents that were asked for, as rows of the CSV twin."""
    for d in asks.documents(archive, asked.wanted()):
        first, last = (str(d.published.start), str(d.published.end)) if d.published else (None, None)
        yield d.id, d.title, d.outlet, d.language, first, last, d.found, d.claims, d.copy_of, d.aside


class DocumentShown(Shown):
    """One document: its text in paragraphs with marks, its claims, quotations, people, and copies."""

    document: Document
    duplicate: Duplicate | None
    copies: tuple[DocumentRow, ...]
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[ClaimShown, ...]
    statements: tuple[Statement, ...]
    people: tuple[Person, ...]
    dated: Interval | None
    judged: dict[str, tuple[Judgement, ...]]  # the standing judgements, by the claim's id


def document(archive: Archive, asked: Asked, *, id: str) -> DocumentShown:
    """The document of that id, read as a whole."""
    stored = archive.document(id)
    if stored is None:
        raise Missing(f"There is no document {id}.")
    text = stored.document.text
    claims = list(archive.claims(ClaimFilter(document=id)))
    linked = archive.events_of(ClaimKey.of(claim) for claim in claims)
    statements = asks.statements_in(archive, id)
    spans = [
        Span(start=e.start, end=e.end, sort="claim", number=n)
        for n, claim in enumerate(claims, 1)
        for e in claim.evidence
    ]
    spans += [Span(start=s.start, end=s.end, sort="said", number=n) for n, s in enumerate(statements, 1)]
    return DocumentShown(
        document=stored.document,
        duplicate=stored.duplicate,
        copies=tuple(asks.copies_of(archive, id)),
        paragraphs=tuple(paragraphs(text, spans)),
        claims=tuple(
            claim_shown(claim, text, number=n, event=linked.get(ClaimKey.of(claim)))
            for n, claim in enumerate(claims, 1)
        ),
        statements=tuple(statements),
        people=tuple(asks.people_in(archive, id)),
        dated=stored.document.published.interval,
        judged=_judged(archive, claims),
    )


def _judged(archive: Archive, claims: list[Claim]) -> dict[str, tuple[Judgement, ...]]:
    found = standing_on(archive, map(ClaimKey.of, claims))
    return {key.id: tuple(said) for key, said in found.items()}


PAGES = (
    Page(
        name="documents",
        path="/documents",
        title="Documents",
        about="The articles of the archive, latest first.",
        template="documents.html",
        data=documents,
        gives=Documents,
        asked=DocumentsAsked,
        table=Table(
            (
                "document", "title", "outlet", "language", "published_from", "published_to", "found", "claims",
                "copy_of", "aside",
            ),
            document_rows,
        ),
        place="documents",
    ),
    Page(
        name="document",
        path="/documents/{id}",
        title="Document",
        about="One article: its text with the claims marked, each claim's fields explained, quotations, people.",
        template="document.html",
        data=document,
        gives=DocumentShown,
        place="documents",
    ),
)  # fmt: skip
