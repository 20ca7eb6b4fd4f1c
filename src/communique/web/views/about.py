"""About: the codebook's words, what was measured, and how programs ask."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files

from communique.archive import Archive
from communique.web.page import Asked, Page, Row, Shown, Table


class Measured(Shown):
    """One measured figure: on which documents, what, and precision, recall and F1."""

    on: str
    measure: str
    precision: float
    recall: float
    f1: float


class Word(Shown):
    """A word of the codebook: in which section, and what it means."""

    section: str
    word: str
    means: str


class Method(Shown):
    """How the record is made, what its words mean, and how good it was measured to be."""

    measured: tuple[Measured, ...]
    words: tuple[Word, ...]


def method(archive: Archive, asked: Asked) -> Method:
    """The codebook and the measured accuracy, as shipped (docs/codebook.md, docs/accuracy.md)."""
    return Method(measured=tuple(_measured()), words=tuple(_words()))


def _measured() -> Iterator[Measured]:
    for row in _sheet("measured.csv"):
        yield Measured.model_validate(row)


def _words() -> Iterator[Word]:
    for row in _sheet("codebook.csv"):
        yield Word.model_validate(row)


def _sheet(name: str) -> Iterator[dict[str, str]]:
    text = files("communique.web").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def measured_rows(archive: Archive, asked: Asked) -> Iterator[Row]:
    """The figures as rows of the CSV twin."""
    for m in _measured():
        yield m.on, m.measure, m.precision, m.recall, m.f1


class Address(Shown):
    """A page for programs: its path, what is on it, its twins, and its parameters with what they mean."""

    path: str
    about: str
    csv: bool
    parameters: dict[str, str]


class Api(Shown):
    """Every page that programs can ask."""

    addresses: tuple[Address, ...]


def api(archive: Archive, asked: Asked) -> Api:
    """All pages with their parameters, from the registry."""
    from communique.web.pages import PAGES as every

    return Api(
        addresses=tuple(
            Address(
                path=page.twin("json"),
                about=page.about,
                csv=page.table is not None,
                parameters={n: f.description or "" for n, f in page.asked.model_fields.items()},
            )
            for page in every
        )
    )


PAGES = (
    Page(
        name="method",
        path="/method",
        title="Method and accuracy",
        about="What the record's words mean, how it is made, and how accurate it was measured to be.",
        template="method.html",
        data=method,
        gives=Method,
        table=Table(("on", "measure", "precision", "recall", "f1"), measured_rows),
        place="data",
    ),
    Page(
        name="api",
        path="/api",
        title="API",
        about="How programs ask: every address with its parameters, and examples for curl, Python and R.",
        template="api.html",
        data=api,
        gives=Api,
        place="data",
    ),
)
