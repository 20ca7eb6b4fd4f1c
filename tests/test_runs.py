"""The whole job on texts of our own: reading, the real coder, the real archive, real processes."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from communique.archive import Archive, Duplicate, Signature, open_archive, writing
from communique.errors import ArchiveError, SettingsError
from communique.export import FORMATS, TextFormat
from communique.placing import Place
from communique.records import (
    Actor,
    Claim,
    Coding,
    Document,
    Evidence,
    Failure,
    Materiel,
    RawPage,
    sha256,
)
from communique.runs import (
    Group,
    Made,
    Outcome,
    Pass,
    Settings,
    code,
    code_documents,
    keep_group,
    pipeline_fingerprint,
)

PLACES = ("Vienna", "Ankara", "Tehran", "Moscow", "Paris", "Tokyo", "New Delhi", "Riyadh", "Cairo", "Oslo")
ARMS = ("S-300", "Su-30", "Rafale", "T-90", "Mi-17", "Patriot", "Leopard 2", "F-16", "Bayraktar TB2")


def story(n: int) -> str:
    place, weapon = PLACES[n % len(PLACES)], ARMS[n % len(ARMS)]
    return (
        f"Ministers meet in {place}\n\n"
        f"{place.upper()}, May {n % 27 + 1}, 2016. Russian Defence Minister Sergei Shoigu visited {place} "
        f"on Thursday and met the Indian defence minister there, case {n}. Russia will deliver {n + 2} "
        f"{weapon} systems to India next year, the Defence Ministry said. "
        f'"We will train together in {place}," Shoigu told reporters.\n'
    )


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """33 stories, one copy, one broken file: three groups."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(33):
        (folder / f"story-{n:02}.txt").write_text(story(n), encoding="utf-8")
    (folder / "twin-of-7.txt").write_text(story(7), encoding="utf-8")
    (folder / "broken.jsonl").write_text("{not json\n", encoding="utf-8")
    return folder


def coded(path: Path, *inputs: Path, **options: object) -> Archive:
    with open_archive(path, write=True) as archive:
        code([str(i) for i in inputs], archive, settings=Settings(**options))  # type: ignore[arg-type]
    return open_archive(path)


def exports(archive: Archive) -> str:
    """The hash of all that is exported."""
    texts = [f for f in FORMATS.values() if isinstance(f, TextFormat)]
    return sha256("".join(line for f in texts for _, lines in f.files for line in lines(archive)))


def test_one_process_or_many_and_twice_give_the_same_bytes(tmp_path: Path, pages: Path) -> None:
    one = coded(tmp_path / "one.db", pages)
    first = exports(one)
    assert exports(coded(tmp_path / "two.db", pages, jobs=2)) == first
    assert exports(coded(tmp_path / "one.db", pages, jobs=2)) == first
    assert one.faults() == []
    counts = [(r.state, r.kept, r.replaced, r.known, r.failed) for r in one.runs()]
    assert counts == [("finished", 34, 0, 0, 1), ("finished", 0, 0, 34, 1)]
    assert [len(r.failures) for r in one.runs()] == [1, 1]
    twin = one.document("twin-of-7")
    assert twin is not None and twin.duplicate == Duplicate(of="story-07", how="exact", likeness=1.0)
    assert {c.kind for c in one.claims()} >= {"visit", "arms_transfer"}


def test_a_kill_loses_nothing_that_was_kept_and_the_run_goes_on(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "killed.db"
    script = (
        "import sys\nfrom communique.archive import open_archive\nfrom communique.runs import code\n"
        "with open_archive(sys.argv[1], write=True) as archive:\n"
        "    code([sys.argv[2]], archive, watch=lambda o: print(o.state, o.doc_id, flush=True))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path), str(pages)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(16)]  # the first group
    os.kill(process.pid, signal.SIGKILL)
    told += process.stdout.readlines()
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    reported = {line.split()[1] for line in told if line.startswith("kept ") and line.endswith("\n")}
    with open_archive(path) as archive:
        kept = {s.document.id for s in archive.documents()}
        assert reported <= kept
        assert 15 <= len(kept) < 34, told
        assert archive.faults() == []
        assert [r.state for r in archive.runs()] == ["running"]
    resumed = coded(path, pages)
    assert (resumed.runs()[1].kept, resumed.runs()[1].known) == (34 - len(kept), len(kept))
    assert exports(resumed) == exports(coded(tmp_path / "whole.db", pages))


def test_nothing_is_reported_before_it_can_be_read_by_others(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "a.db"

    def look(outcome: Outcome) -> None:
        with open_archive(path) as other:
            assert outcome.doc_id is None or other.document(outcome.doc_id) is not None

    with open_archive(path, write=True) as archive:
        summary = code([str(pages / "story-01.txt"), str(pages / "story-02.txt")], archive, watch=look)
    assert (summary.finished, summary.kept) == (True, 2)


def test_new_rules_code_again_in_place(tmp_path: Path, pages: Path) -> None:
    path, story_file = tmp_path / "a.db", pages / "story-03.txt"
    first = exports(coded(path, story_file))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE documents SET coder = 'older rules'")
        connection.execute("UPDATE claims SET confidence = 0")
    connection.close()
    again = coded(path, story_file)
    assert [(r.kept, r.replaced, r.known) for r in again.runs()] == [(1, 0, 0), (0, 1, 0)]
    assert exports(again) == first
    assert again.faults() == []


def test_the_same_id_with_another_text_is_another_document(tmp_path: Path) -> None:
    for n, name in enumerate(("one", "two")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.txt").write_text(story(n), encoding="utf-8")
    path = tmp_path / "a.db"
    texts = {"report": sha256(story(0).strip()), "report~2": sha256(story(1).strip())}
    for inputs in ([tmp_path / "one"], [tmp_path / "two"], [tmp_path / "two"]):
        archive = coded(path, *inputs)
    together = coded(tmp_path / "b.db", tmp_path / "one", tmp_path / "two")
    for held in (archive, together):
        assert {s.document.id: s.document.text_sha256 for s in held.documents()} == texts
    assert [r.known for r in archive.runs()] == [0, 0, 1]


def test_strict_stops_at_the_first_failure_and_keeps_what_came_before(tmp_path: Path, pages: Path) -> None:
    inputs = [pages / "story-01.txt", pages / "missing.txt", pages / "story-02.txt"]
    archive = coded(tmp_path / "a.db", *inputs, strict=True)
    assert [s.document.id for s in archive.documents()] == ["story-01"]
    assert [(r.state, r.kept, r.failed) for r in archive.runs()] == [("stopped", 1, 1)]


def test_standard_input(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": f"s{n}", "text": story(n)}) + "\n" for n in range(2))
    with open_archive(tmp_path / "a.db", write=True) as archive:
        code(["-"], archive, stdin=BytesIO(lines.encode()))
        assert [s.document.id for s in archive.documents()] == ["s0", "s1"]


def test_what_is_not_english_is_kept_aside(tmp_path: Path) -> None:
    text = (
        "Les ministres se rencontrent\n\n"
        + (
            "Le ministre de la Défense s'est rendu à Paris jeudi pour y rencontrer son homologue français, "
            "a indiqué le ministère dans un communiqué publié dans la soirée. "
        )
        * 3
    )
    (tmp_path / "aside.txt").write_text(text, encoding="utf-8")
    archive = coded(tmp_path / "a.db", tmp_path / "aside.txt")
    assert [(s.document.id, s.document.language) for s in archive.documents()] == [("aside", "fr")]
    assert list(archive.claims()) == []


def test_an_interrupted_run_says_that_it_was_stopped(tmp_path: Path, pages: Path) -> None:
    def interrupt(outcome: Outcome) -> None:
        raise KeyboardInterrupt

    with open_archive(tmp_path / "a.db", write=True) as archive:
        with pytest.raises(KeyboardInterrupt):
            code([str(pages)], archive, settings=Settings(jobs=2), watch=interrupt)
        assert [r.state for r in archive.runs()] == ["stopped"]
        assert len(list(archive.documents())) == archive.runs()[0].kept > 0


def test_settings_and_archives_that_make_no_sense(tmp_path: Path) -> None:
    with (
        open_archive(tmp_path / "a.db", write=True) as archive,
        pytest.raises(SettingsError, match="at least 1"),
    ):
        code([], archive, settings=Settings(jobs=0))
    with open_archive(tmp_path / "a.db") as archive:
        archive.path.chmod(0o444)
        archive.path.unlink()
        with pytest.raises(ArchiveError):
            code([], archive)


def made_of(text: str, quantity: int) -> Made:
    document = Document(id="odd", text=text, origin="odd.txt", raw_sha256="", text_sha256=sha256(text))
    claim = Claim(
        id="c1",
        doc_id="odd",
        kind="arms_program",
        status="actual",
        actors=(Actor(role="source", code="IRN"),),
        materiel=(Materiel(name="tanks", quantity=quantity),),
        evidence=(Evidence(start=0, end=4, text=text[:4]),),
        confidence=0.5,
    )
    coding = Coding(doc_id="odd", claims=(claim,))
    return Made(document=document, coding=coding, fingerprint=Signature(bands=(), signature=b""))


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (made_of("A lone \udc80 surrogate", 1), "cannot be kept: 'utf-8' codec can't encode"),
        (made_of("A number of tanks", 10**30), "cannot be kept: Python int too large"),
    ],
)
def test_what_the_engine_cannot_hold_costs_one_document(tmp_path: Path, made: Made, reason: str) -> None:
    page = RawPage(id="odd", content="", media="text", origin="odd.txt", sha256="")
    group = Group(entries=(Place(page=page), Failure(origin="b", reason="r"), Place(page=page)))
    with open_archive(tmp_path / "a.db", write=True) as archive:
        with archive.writing() as connection:
            run = writing.begin_run(connection, version="1", coder="x", settings={}, inputs=[])
        outcomes = keep_group(Pass(archive, run, "x", Settings()), group, [made, made_of("Good", 3)])
        assert [o.state for o in outcomes] == ["failed", "failed", "kept"]
        assert [f.origin for f in archive.runs()[0].failures] == ["odd.txt", "b"]
        assert archive.runs()[0].failures[0].reason.startswith(reason)
        assert [s.document.text for s in archive.documents()] == ["Good"]
        assert archive.faults() == []


def test_ctrl_c_leaves_a_whole_archive(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "a.db"
    lines = "".join(json.dumps({"id": f"more-{n}", "text": story(n)}) + "\n" for n in range(400))
    (pages / "more.jsonl").write_text(lines, encoding="utf-8")  # far more than is under way at once
    script = (  # a shell that runs the tests in the background has them ignore the signal
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from communique.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, "code", str(pages), "--archive", str(path), "--jobs", "2"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    told = process.stderr.readline()  # the broken file is in the first group: that is kept now
    process.send_signal(signal.SIGINT)
    rest = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 130
    assert told.startswith(f"communique: {pages / 'broken.jsonl'}:1: ")
    assert rest.lstrip() == "communique: interrupted; what was reported as kept is kept\n"
    with open_archive(path) as archive:
        assert [r.state for r in archive.runs()] == ["stopped"]
        assert 15 <= len(list(archive.documents())) < 400
        assert archive.faults() == []


class Fragile:
    """Codes documents, but stumbles over one word as a rule with a flaw would."""

    fingerprint = "fragile"

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        for document in documents:
            if "stumble" in document.text:
                raise IndexError("list index out of range")
            yield Coding(doc_id=document.id)


def test_one_bad_sentence_costs_one_document() -> None:
    def document(n: int, text: str, aside: str | None = None) -> Document:
        return Document(
            id=f"d{n}", text=text, origin=f"d{n}.txt", raw_sha256="", text_sha256=sha256(text), aside=aside
        )

    documents = [
        document(1, "a"),
        document(2, "we stumble"),
        document(3, "c", "language: fr"),
        document(4, "d"),
    ]
    assert code_documents(Fragile(), documents) == [
        Coding(doc_id="d1"),
        Failure(origin="d2.txt", reason="coding failed: IndexError: list index out of range"),
        Coding(doc_id="d3"),
        Coding(doc_id="d4"),
    ]


def test_the_fingerprint_is_stable_and_tells_models_apart() -> None:
    assert pipeline_fingerprint() == pipeline_fingerprint()
    assert pipeline_fingerprint() != pipeline_fingerprint("another_model")
