"""Archives of three sorts (coded from the shipped sample, empty, hostile) and a client for the pages over each."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import communique
from communique.archive import Archive, Coded, Signature, dyads, open_archive, writing
from communique.linking.records import Event
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
    Statement,
    sha256,
)
from communique.relinking import link_waiting, rebuild_lives
from communique.sample import pages_path
from communique.web.app import make_app
from communique.web.pages import PAGES

PARTS = (
    "m0",
    "i0",
    "e0",
    "c0",
    "x0",
    "s05",
)  # the Mistral ships, the Rafales, Kerch, one border night, copies
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> \u202egnp.exe\u2066 \x07 \u200b"
    "\" ' onmouseover=alert(1) {{ 7*7 }} {% raw %} javascript:alert(1) =HYPERLINK(1)"
)
HOSTILE_ID = "../..\u202e/<b>?#&=+%2F\"'.json"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a part of the shipped sample; tests only read it."""
    folder = tmp_path_factory.mktemp("sample")
    pages = folder / "pages"
    pages.mkdir()
    for file in sorted(pages_path().iterdir()):
        if file.name.startswith(PARTS):
            shutil.copy(file, pages)
    with open_archive(folder / "record.db", write=True) as archive:
        communique.code([str(pages)], archive)
    return folder / "record.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive into which nothing was coded."""
    path = tmp_path_factory.mktemp("empty") / "record.db"
    open_archive(path, write=True).close()
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one document, of an arms transfer and a treaty, in which every text is an attack."""
    path = tmp_path_factory.mktemp("hostile") / "record.db"
    with open_archive(path, write=True) as archive:
        with archive.writing() as connection:
            run = writing.begin_run(
                connection, version="1", coder=HOSTILE, settings={HOSTILE: HOSTILE}, inputs=[HOSTILE]
            )
            writing.keep(connection, with_treaty(hostile_coded()), run=run, coder="x")
            writing.count_in_run(connection, run, kept=1, failed=1)
            writing.note_failure(
                connection, run, communique.Failure(origin=HOSTILE, reason=HOSTILE + "A" * 5000)
            )
        link(archive)
    return path


def link(archive: Archive) -> None:
    with archive.writing() as connection:
        link_waiting(connection)
    rebuild_lives(archive)


def hostile_coded() -> Coded:
    text = f"{HOSTILE}\n\n{HOSTILE} {'B' * 3000}"
    words = Evidence(start=0, end=len(HOSTILE), text=HOSTILE)
    day = Interval(start=date(2020, 2, 29), end=date(2020, 2, 29))
    claim = Claim(
        id="c1",
        doc_id=HOSTILE_ID,
        kind="arms_transfer",
        status="actual",
        actors=(
            Actor(role="source", code="P5+1", person=HOSTILE, office=HOSTILE),
            Actor(role="target", code="<b>&"),
        ),
        date=day,
        place=Place(name=HOSTILE, country="IRN"),
        stage="contract",
        materiel=(Materiel(name=HOSTILE, quantity=3, value_usd=1.5e9),),
        instrument=HOSTILE,
        attribution=HOSTILE,
        evidence=(words,),
        confidence=0.5,
        derivations=(Derivation(field="kind", value=HOSTILE, reason=HOSTILE, start=0, end=9),),
    )
    document = Document(
        id=HOSTILE_ID,
        text=text,
        title=HOSTILE,
        outlet=HOSTILE,
        published=Published(interval=day, found="url", expression=HOSTILE),
        url="javascript:alert(1)",
        origin=HOSTILE,
        raw_sha256=sha256("raw"),
        text_sha256=sha256(text),
    )
    said = Statement(doc_id=HOSTILE_ID, text=HOSTILE, speaker=HOSTILE, code="<b>&", start=0, end=len(HOSTILE))
    coding = Coding(
        doc_id=HOSTILE_ID,
        claims=(claim,),
        statements=(said,),
        people=(Person(doc_id=HOSTILE_ID, name=HOSTILE, office=HOSTILE, code="<b>&"),),
    )
    print_ = fingerprint(text)
    return Coded(
        document=document,
        coding=coding,
        page_key="k",
        fingerprint=Signature(bands=print_.bands, signature=print_.signature),
    )


def with_treaty(coded: Coded) -> Coded:
    """The same where the sentence of the first claim tells of a treaty as well."""
    (first,) = coded.coding.claims
    treaty = first.model_copy(
        update={
            "id": "c2",
            "kind": "agreement",
            "stage": "signing",
            "actors": tuple(actor.model_copy(update={"role": "participant"}) for actor in first.actors),
        }
    )
    claims = (first, Claim.model_validate(treaty.model_dump(by_alias=True)))
    return coded.model_copy(update={"coding": coded.coding.model_copy(update={"claims": claims})})


@pytest.fixture(scope="session")
def archives(sample: Path, empty: Path, hostile: Path) -> dict[str, Path]:
    return {"sample": sample, "empty": empty, "hostile": hostile}


def client_of(path: Path) -> TestClient:
    return TestClient(make_app(path), base_url="http://127.0.0.1", raise_server_exceptions=True)


@pytest.fixture(scope="session")
def clients(archives: dict[str, Path]) -> Iterator[dict[str, TestClient]]:
    made = {name: client_of(path) for name, path in archives.items()}
    yield made
    for client in made.values():
        client.app.state.desk.close()  # type: ignore[attr-defined]
        client.close()


@pytest.fixture(scope="session")
def client(clients: dict[str, TestClient]) -> TestClient:
    return clients["sample"]


@pytest.fixture(scope="session")
def archive(sample: Path) -> Iterator[Archive]:
    with open_archive(sample) as opened:
        yield opened


def first_event(archive: Archive) -> Event | None:
    return next(archive.events(order="sources", limit=1), None)


def of_event(archive: Archive) -> tuple[str, ...]:
    event = first_event(archive)
    return (event.id,) if event else ()


def of_document(archive: Archive) -> tuple[str, ...]:
    event = first_event(archive)
    return (event.claims[0].doc_id,) if event else ()


def of_actor(archive: Archive) -> tuple[str, ...]:
    event = first_event(archive)
    return (event.actors[-1].code,) if event else ("ARM",)


def of_person(archive: Archive) -> tuple[str, ...]:
    return tuple(person.name for person in archive.people())[:1]


def of_dyad(archive: Archive) -> tuple[str, ...]:
    found = dyads.dyads(archive, limit=1)
    return (found[0].a, found[0].b) if found else ()


def of_deal(archive: Archive) -> tuple[str, ...]:
    longest = sorted(archive.deals(), key=lambda deal: (-len(deal.steps), deal.id))
    return tuple(deal.id for deal in longest[:1])


def of_agreement(archive: Archive) -> tuple[str, ...]:
    longest = sorted(archive.agreements(), key=lambda one: (-len(one.steps), one.id))
    return tuple(one.id for one in longest[:1])


Keys = Callable[[Archive], tuple[str, ...]]
KEYS: dict[str, Keys] = {
    "event": of_event,
    "document": of_document,
    "actor": of_actor,
    "person": of_person,
    "dyad": of_dyad,
    "deal": of_deal,
    "agreement": of_agreement,
}
"""For each page with keys in its path: the keys of one such thing in an archive; () where it has none."""

NAMES = [page.name for page in PAGES]
BY_NAME = {page.name: page for page in PAGES}
