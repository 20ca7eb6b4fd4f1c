"""The main job: sources -> reading -> coding -> archive, in one process or many, resumable.

Documents go in groups of `GROUP` successive inputs. A group is read and coded by one worker and kept in
one transaction; only then is it reported. Groups are cut from the inputs alone, so what is coded
together, and with it every byte of the exports, is the same for any number of workers and after a kill.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from communique import __version__
from communique.archive import Archive, Coded, Signature, writing
from communique.archive.duplicates import mark_duplicate
from communique.coding.external.server import Server, check
from communique.errors import CommuniqueError, InputError, SettingsError
from communique.placing import Place, Placing, page_key
from communique.reading import read
from communique.reading.duplicates import NEAR, fingerprint
from communique.records import Coding, Document, External, Failure, RawPage, Record
from communique.relinking import catch_up, likeness_of, link_waiting, rebuild_lives
from communique.sources import open_sources
from communique.workers import WorkerDied, in_order

GROUP = 16
State = Literal["kept", "replaced", "known", "failed"]
_READERS = ("trafilatura", "resiliparse", "py3langid")


class Codes(Protocol):
    """What codes documents: one `Coding` for each, in order (communique.coding.coder.Coder)."""

    @property
    def fingerprint(self) -> str:
        """Changes when the rules or tables change."""
        ...

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        """The codings of the documents."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """How to code: worker processes, stopping at the first failure, the spaCy model (None: the default), a
    folder of CSV files over the tables of knowledge, and the server of an external coder (None: our own).
    """

    jobs: int = 1
    strict: bool = False
    model: str | None = None
    overlay: Path | None = None
    server: Server | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: its state, where it came from, the document's id, and what to tell.

    `failure` is set where it failed; `renamed_from` where its id was taken by another document; `external`
    where a server coded it.
    """

    state: State
    origin: str
    doc_id: str | None = None
    claims: int = 0
    failure: Failure | None = None
    renamed_from: str | None = None
    external: External | None = None


@dataclass(slots=True)
class Summary:
    """The counts of a run and its failures; `finished` is False where it was stopped before the end.

    Of an external coder: the tokens counted and the records refused.
    """

    run: int
    finished: bool = False
    kept: int = 0
    replaced: int = 0
    known: int = 0
    failed: int = 0
    claims: int = 0
    refused: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        setattr(self, outcome.state, getattr(self, outcome.state) + 1)
        self.claims += outcome.claims
        if outcome.failure:
            self.failures.append(outcome.failure)
        if outcome.external:
            self.refused += len(outcome.external.refused)
            self.prompt_tokens += outcome.external.prompt_tokens
            self.completion_tokens += outcome.external.completion_tokens


class Group(Record):
    """Successive inputs: pages to code with the places found for them, pages known already, and failures."""

    entries: tuple[Place | Failure, ...]

    @property
    def pages(self) -> tuple[RawPage, ...]:
        """The pages that must be read and coded."""
        return tuple(e.page for e in self.entries if isinstance(e, Place) and not e.known)


class Made(Record):
    """A document as a worker read and coded it."""

    document: Document
    coding: Coding
    fingerprint: Signature


def code(
    inputs: Sequence[str],
    archive: Archive,
    *,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    watch: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Read and code the inputs and keep them in the archive (opened with `write`).

    What the archive holds already, coded by the same rules, is passed over; so a run that was stopped
    or killed goes on where it was when the same inputs are given again. `watch` is told of each input
    once its outcome is safe in the file. Strict settings end the run at the first failure: what came
    before it is kept. Claims are linked into events as they are kept; deals, agreements and contradictions
    are made at the end. Raises ArchiveError where the archive fails.
    """
    settings = settings or Settings()
    if settings.jobs < 1:
        raise SettingsError(f"the number of jobs is at least 1, not {settings.jobs}")
    if settings.server is not None:
        check(settings.server)
    coder = pipeline_fingerprint(settings.model, settings.overlay, settings.server)
    with archive.writing() as connection:
        run = writing.begin_run(
            connection,
            version=__version__,
            coder=coder,
            settings=_told(settings),
            inputs=list(inputs),
        )
    summary = Summary(run)
    try:
        catch_up(archive, settings.overlay)
        this = Pass(archive, run, coder, settings)
        with closing(_outcomes(open_sources(inputs, stdin=stdin), this)) as outcomes:
            for outcome in outcomes:
                summary.add(outcome)
                if watch:
                    watch(outcome)
                if settings.strict and outcome.failure:
                    break
            else:
                summary.finished = True
        rebuild_lives(archive)
    finally:
        with archive.writing() as connection:
            writing.end_run(connection, run, "finished" if summary.finished else "stopped")
    return summary


def _told(settings: Settings) -> dict[str, str]:
    """The settings that a run is kept with."""
    told = {"model": settings.model or "default", "overlay": str(settings.overlay or "none")}
    server = settings.server
    return told | ({"coder": f"{server.model} at {server.url}"} if server else {})


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass over the inputs needs throughout."""

    archive: Archive
    run: int
    coder: str
    settings: Settings


def _outcomes(arrivals: Iterable[RawPage | Failure], this: Pass) -> Generator[Outcome, None, None]:
    placing = Placing(this.archive, this.coder)
    settings = this.settings
    work = partial(
        read_and_code_pages, model=settings.model, overlay=settings.overlay, server=settings.server
    )
    made = in_order(_WorkOnGroup(work), _groups(arrivals, placing), jobs=settings.jobs)
    for group, results in made:
        if isinstance(results, WorkerDied):
            results = _isolated(work, group.pages, settings.jobs)
        yield from keep_group(this, group, results)
        placing.settled(group.pages)


@dataclass(frozen=True, slots=True)
class _WorkOnGroup:
    """Takes the pages out of a group and works on them (a class, so that it can be sent to a process)."""

    work: Callable[[Sequence[RawPage]], list[Made | Failure]]

    def __call__(self, group: Group) -> list[Made | Failure]:
        return self.work(group.pages)


def _groups(arrivals: Iterable[RawPage | Failure], placing: Placing) -> Iterator[Group]:
    """The inputs in portions, each page with the place that the archive has for it."""
    entries: list[Place | Failure] = []
    for arrival in arrivals:
        entries.append(arrival if isinstance(arrival, Failure) else placing.find(arrival))
        if len(entries) == GROUP:
            yield Group(entries=tuple(entries))
            entries = []
    if entries:
        yield Group(entries=tuple(entries))


def _isolated(
    work: Callable[[Sequence[RawPage]], list[Made | Failure]], pages: Sequence[RawPage], jobs: int
) -> list[Made | Failure]:
    """The results of a group whose worker died, page by page: only the page that kills is lost."""
    results: list[Made | Failure] = []
    for one, found in in_order(work, [(page,) for page in pages], jobs=max(jobs, 2)):
        if isinstance(found, WorkerDied):
            results.append(Failure(origin=one[0].origin, reason=str(found)))
        else:
            results.extend(found)
    return results


def read_and_code_pages(
    pages: Sequence[RawPage],
    *,
    model: str | None = None,
    overlay: Path | None = None,
    server: Server | None = None,
) -> list[Made | Failure]:
    """For each page, in order, the document with its coding, or the failure with its reason."""
    read_pages = [_read(page) for page in pages]
    documents = [d for d in read_pages if isinstance(d, Document)]
    codings = iter(code_documents(_coder(model, overlay, server), documents) if documents else ())
    return [_made(d, next(codings)) if isinstance(d, Document) else d for d in read_pages]


def _read(page: RawPage) -> Document | Failure:
    try:
        return read(page)
    except InputError as error:
        return Failure(origin=error.origin, reason=error.reason)


def _made(document: Document, coding: Coding | Failure) -> Made | Failure:
    if isinstance(coding, Failure):
        return coding
    found = fingerprint(document.text)
    if coding.published is not None:
        document = document.model_copy(update={"published": coding.published})
    return Made(
        document=document,
        coding=coding,
        fingerprint=Signature(bands=tuple(found.bands), signature=found.signature),
    )


def code_documents(coder: Codes, documents: Sequence[Document]) -> list[Coding | Failure]:
    """The coding of each document, or the failure where coding it raised.

    Documents that are kept aside get an empty coding. When coding a batch raises, its documents are
    coded one by one, so that one bad sentence costs one document.
    """
    wanted = [d for d in documents if d.aside is None]
    found = _guarded(coder, wanted)
    if isinstance(found, Failure):
        each = [_guarded(coder, [d]) for d in wanted]
        codings: Iterator[Coding | Failure] = iter([c if isinstance(c, Failure) else c[0] for c in each])
    else:
        codings = iter(found)
    return [next(codings) if d.aside is None else Coding(doc_id=d.id) for d in documents]


def _guarded(coder: Codes, documents: Sequence[Document]) -> list[Coding] | Failure:
    """The one place where any exception is taken: hostile text must not end a batch.

    What it was goes into the failure with its type and message, is reported, and makes the exit code
    tell; nothing is passed over in silence.
    """
    try:
        return list(coder.code(documents))
    except CommuniqueError as error:
        return Failure(origin=documents[0].origin, reason=str(error))
    except Exception as error:  # noqa: BLE001
        return Failure(origin=documents[0].origin, reason=f"coding failed: {type(error).__name__}: {error}")


@lru_cache(maxsize=1)
def _coder(model: str | None, overlay: Path | None, server: Server | None) -> Codes:
    """The coder of this process."""
    from communique.coding.coder import Coder
    from communique.coding.external.coder import ExternalCoder
    from communique.coding.parser import MODEL
    from communique.knowledge.knowledge import Knowledge

    own = Coder(model=model or MODEL, knowledge=Knowledge.load(overlay) if overlay else None)
    return ExternalCoder(server, own) if server else own


def keep_group(this: Pass, group: Group, results: Sequence[Made | Failure]) -> list[Outcome]:
    """Put a group into the archive and link it, in one transaction; gives the outcomes once it is committed."""
    found = iter(results)
    outcomes: list[Outcome] = []
    with this.archive.writing() as connection:
        for entry in group.entries:
            if isinstance(entry, Failure):
                outcome = _failed(entry)
            elif entry.known:
                outcome = Outcome("known", entry.page.origin, entry.page.id, renamed_from=entry.renamed_from)
            else:
                made = next(found)
                outcome = _failed(made) if isinstance(made, Failure) else _keep(connection, this, entry, made)
            if outcome.failure:
                writing.note_failure(connection, this.run, outcome.failure)
            writing.count_in_run(connection, this.run, **{outcome.state: 1})
            outcomes.append(outcome)
            if outcome.failure and this.settings.strict:
                break
        link_waiting(connection)
    return outcomes


def _failed(failure: Failure) -> Outcome:
    return Outcome("failed", failure.origin, failure=failure)


def _keep(connection: Connection, this: Pass, place: Place, made: Made) -> Outcome:
    """Keep one document; what the engine cannot hold of it (or holds twice) makes it a failure."""
    key = page_key(place.page)
    document, coding = made.document, made.coding
    coded = Coded(document=document, coding=coding, page_key=key, fingerprint=made.fingerprint)
    try:
        with connection.begin_nested():
            state = writing.keep(connection, coded, run=this.run, coder=this.coder)
            mark_duplicate(connection, document.id, made.fingerprint, likeness=likeness_of, near=NEAR)
    except (OverflowError, UnicodeEncodeError, IntegrityError) as error:
        reason = error.orig if isinstance(error, IntegrityError) else error
        return _failed(Failure(origin=document.origin, reason=f"cannot be kept: {reason}"))
    return Outcome(
        state,
        document.origin,
        document.id,
        len(coding.claims),
        renamed_from=place.renamed_from,
        external=coding.external,
    )


def pipeline_fingerprint(
    model: str | None = None, overlay: Path | None = None, server: Server | None = None
) -> str:
    """The version of everything that a document's coding hangs on: coder, tables, reader and its parts."""
    digest = hashlib.sha256(_coder(model, overlay, server).fingerprint.encode())
    for name, content in _files(resources.files("communique.reading")):
        digest.update(f"\n{name}\n".encode())
        digest.update(content)
    for part in _READERS:
        digest.update(f"\n{part} {importlib.metadata.version(part)}".encode())
    return digest.hexdigest()[:16]


def _files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """The names and contents of a package's own files, in order."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry)
        elif Path(entry.name).suffix not in {"", ".pyc"}:
            yield entry.name, entry.read_bytes()
