"""Documents with codings, built by hand, and an archive that holds two of them."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.archive.stories import begin, keep

from communique.archive import Archive, Coded, Signature, open_archive, writing
from communique.archive.duplicates import mark_duplicate
from communique.reading.duplicates import fingerprint
from communique.records import (
    Actor,
    Claim,
    Coding,
    Derivation,
    Document,
    Evidence,
    Interval,
    Materiel,
    Person,
    Place,
    Published,
    RawPage,
    Statement,
    sha256,
)
from communique.relinking import rebuild_lives
from communique.runs import Made, read_and_code_pages
from communique.sample import pages_path
from communique.sources import open_sources

VISIT = (
    "Minister in Tehran\n\nDefence Minister Vigen Sargsyan left for Iran on Monday. "
    'He will discuss the S-300 deliveries. "We want calm," he said.'
)
MONDAY = Interval(start=date(2017, 1, 30), end=date(2017, 1, 30))
SALE = "Jets sold\n\nFrance agreed in May 2016 to sell 36 Rafale jets to India for 8 billion dollars."


def evidence(text: str, words: str) -> Evidence:
    start = text.index(words)
    return Evidence(start=start, end=start + len(words), text=words)


def visit(doc_id: str = "visit") -> Coding:
    claim = Claim(
        id=f"c1-{doc_id}",
        doc_id=doc_id,
        kind="visit",
        status="actual",
        actors=(
            Actor(role="source", code="ARM", person="Vigen Sargsyan", office="defence minister"),
            Actor(role="target", code="IRN"),
        ),
        date=MONDAY,
        place=Place(name="Iran", country="IRN"),
        evidence=(evidence(VISIT, "Defence Minister Vigen Sargsyan left for Iran on Monday."),),
        confidence=0.9,
        derivations=(
            Derivation(field="kind", value="visit", reason="left for a country", start=52, end=60),
            Derivation(field="stage", value="null", reason="has no stages"),
        ),
    )
    talk = claim.model_copy(
        update={
            "id": f"c2-{doc_id}",
            "kind": "meeting",
            "status": "planned",
            "date": None,
            "place": None,
            "attribution": "Vigen Sargsyan",
            "attribution_chain": ("Vigen Sargsyan", "Armenpress"),
            "evidence": (evidence(VISIT, "He will discuss the S-300 deliveries."),),
            "confidence": 0.4,
            "derivations": (),
        }
    )
    said = evidence(VISIT, "We want calm,")
    return Coding(
        doc_id=doc_id,
        claims=(claim, talk),
        statements=(
            Statement(
                doc_id=doc_id,
                text=said.text,
                speaker="Vigen Sargsyan",
                code="ARM",
                start=said.start,
                end=said.end,
            ),
        ),
        people=(Person(doc_id=doc_id, name="Vigen Sargsyan", office="defence minister", code="ARM"),),
    )


def sale(doc_id: str = "sale") -> Coding:
    claim = Claim(
        id=f"c3-{doc_id}",
        doc_id=doc_id,
        kind="arms_transfer",
        status="actual",
        actors=(Actor(role="source", code="FRA"), Actor(role="target", code="IND")),
        date=Interval(start=date(2016, 5, 1), end=date(2016, 5, 31)),
        stage="contract",
        materiel=(Materiel(name="Rafale", quantity=36, value_usd=8e9), Materiel(name="jets")),
        instrument="Rafale deal",
        evidence=(evidence(SALE, "France agreed in May 2016 to sell 36 Rafale jets to India"),),
        confidence=0.75,
    )
    return Coding(doc_id=doc_id, claims=(claim,))


def document(doc_id: str, text: str) -> Document:
    return Document(
        id=doc_id,
        text=text,
        title=text.partition("\n")[0],
        outlet="The Wire",
        published=Published(
            interval=Interval(start=date(2017, 1, 30), end=date(2017, 1, 30)),
            found="dateline",
            expression="Jan 30",
        ),
        url="https://example.org/a",
        origin=f"pages/{doc_id}.txt",
        raw_sha256=sha256(text + "raw"),
        text_sha256=sha256(text),
    )


def coded(doc: Document, coding: Coding) -> Coded:
    found = fingerprint(doc.text)
    print_ = Signature(bands=found.bands, signature=found.signature)
    return Coded(document=doc, coding=coding, page_key=f"key of {doc.id}", fingerprint=print_)


@pytest.fixture
def visit_coded() -> Coded:
    return coded(document("visit", VISIT), visit())


@pytest.fixture
def sale_coded() -> Coded:
    return coded(document("sale", SALE), sale())


@pytest.fixture
def make_coded() -> Callable[[str, str], Coded]:
    """A document of any id and text, with nothing coded from it."""
    return lambda doc_id, text: coded(document(doc_id, text), Coding(doc_id=doc_id))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "a.db", write=True) as archive:
        yield archive


@pytest.fixture
def run(empty: Archive) -> int:
    with empty.writing() as connection:
        return writing.begin_run(
            connection, version="1", coder="x", settings={"model": "m"}, inputs=["pages"]
        )


@pytest.fixture
def archive(empty: Archive, run: int, visit_coded: Coded, sale_coded: Coded) -> Archive:
    with empty.writing() as connection:
        for one in (visit_coded, sale_coded):
            writing.keep(connection, one, run=run, coder="x")
            mark_duplicate(connection, one.document.id, one.fingerprint, likeness=lambda a, b: 0.0, near=1.0)
    return empty


@pytest.fixture(scope="session")
def coded_stories() -> tuple[Coded, ...]:
    """Articles of the shipped sample that tell three stories, read and coded by the real coder."""
    pages = [
        page
        for page in open_sources([str(pages_path())])
        if isinstance(page, RawPage) and page.id.startswith(("m0", "i0", "p0"))
    ]
    made = [m for m in read_and_code_pages(pages) if isinstance(m, Made)]
    return tuple(
        Coded(document=m.document, coding=m.coding, page_key=m.document.id, fingerprint=m.fingerprint)
        for m in made
    )


@pytest.fixture(scope="session")
def linked_stories(tmp_path_factory: pytest.TempPathFactory, coded_stories: tuple[Coded, ...]) -> Path:
    """The file of an archive of them, linked, with what is followed over time."""
    path = tmp_path_factory.mktemp("stories") / "a.db"
    with open_archive(path, write=True) as archive:
        begin(archive)
        keep(archive, coded_stories)
        rebuild_lives(archive)
    return path


@pytest.fixture
def stories(linked_stories: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of that archive."""
    path = tmp_path / "stories.db"
    shutil.copy(linked_stories, path)
    with open_archive(path, write=True) as archive:
        yield archive
