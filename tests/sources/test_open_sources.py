"""Files, folders and ids: what comes out of `open_sources`, whole values compared."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from communique.records import Failure, Metadata, RawPage, sha256
from communique.sources import open_sources

READOUT = "The defence ministers of Ruritania and Borduria met in Zenda."


def opened(inputs: Sequence[Path | str]) -> list[RawPage | Failure]:
    return list(open_sources([str(each) for each in inputs]))


def failure_of(path: Path) -> Failure:
    (failure,) = opened([path])
    assert isinstance(failure, Failure)
    return failure


def test_a_text_file_has_its_name_as_id(tmp_path: Path) -> None:
    path = tmp_path / "readout.txt"
    path.write_text(READOUT)
    assert opened([path]) == [
        RawPage(id="readout", content=READOUT, media="text", origin=str(path), sha256=sha256(READOUT))
    ]


def test_metadata_beside_a_text_is_read_with_it(tmp_path: Path) -> None:
    fields = {"id": "r-1", "title": "Ministers meet", "date": "2017-01-30", "source": "Zenda Post",
              "url": "https://zenda.example/1", "lang": "en", "rubric": 7}  # fmt: skip
    (tmp_path / "a.txt").write_text(READOUT)
    (tmp_path / "a.meta.json").write_text(json.dumps(fields))
    (page,) = opened([tmp_path])
    assert isinstance(page, RawPage)
    assert (page.id, page.content) == ("r-1", READOUT)
    assert page.metadata == Metadata(
        title="Ministers meet",
        date="2017-01-30",
        source="Zenda Post",
        url="https://zenda.example/1",
        lang="en",
    )


def test_packed_files_are_the_same_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(READOUT.encode()))
    (tmp_path / "a.meta.json").write_text('{"title": "Ministers meet"}')
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"<p>Ministers met.</p>"))
    (tmp_path / "c.json.gz").write_bytes(gzip.compress(b'{"text": "One."}'))
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Two."}\n'))
    pages = [page for page in opened([tmp_path]) if isinstance(page, RawPage)]
    assert [(page.id, page.media, page.content) for page in pages] == [
        ("a", "text", READOUT),
        ("b", "html", "<p>Ministers met.</p>"),
        ("c", "text", "One."),
        ("d-1", "text", "Two."),
    ]
    assert pages[0].sha256 == sha256(READOUT)
    assert pages[0].metadata == Metadata(title="Ministers meet")


def test_a_list_and_lines_are_read_object_by_object(tmp_path: Path) -> None:
    lines = ['{"id": 7, "text": "One.", "date": null}', "", '{"id": "b", "html": "<p>Two.</p>"}']
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(lines))
    (tmp_path / "list.json").write_text(f"[{lines[0]},\n  {lines[2]} ]\n")
    pages = opened([path])
    assert pages == [
        RawPage(id="7", content="One.", media="text", origin=f"{path}:1", sha256=sha256(lines[0])),
        RawPage(id="b", content="<p>Two.</p>", media="html", origin=f"{path}:3", sha256=sha256(lines[2])),
    ]  # fmt: skip
    assert opened([tmp_path / "list.json"]) == [
        page.model_copy(update={"origin": f"{tmp_path}/list.json:{number}"})
        for number, page in enumerate(pages, 1)
        if isinstance(page, RawPage)
    ]


def test_a_list_longer_than_the_buffer_is_whole(tmp_path: Path) -> None:
    texts = [f"{number} " + "x" * 40_000 for number in range(60)]
    (tmp_path / "long.json").write_text(json.dumps([{"text": text} for text in texts], indent=1))
    pages = opened([tmp_path])
    assert [page.content for page in pages if isinstance(page, RawPage)] == texts


def test_broken_lines_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(
        b'{"id": "a", "text": "One."}\n{"id": "b", "text": \n["c"]\n{"id": "d", "title": 7, "text": "x"}\n'
        b'{"id": "e"}\n{"id": "f", "text": ["x"]}\n{"id": {}, "text": "x"}\n' + b"[" * 100_000 + b"\n"
        b'{"id": "\\u0007", "text": "x"}\n{"id": "z", "text": "Caf\xe9 \\ud800."}\n'
    )
    out = opened([path])
    assert [page.content for page in out if isinstance(page, RawPage)] == ["One.", "Café ."]
    assert [(f.origin.rpartition(":")[2], f.reason) for f in out if isinstance(f, Failure)] == [
        ("2", "broken JSON: Expecting value: line 1 column 21 (char 20)"),
        ("3", "a JSON object is wanted, not a list"),
        ("4", "`title` must be a string, not a number"),
        ("5", "the document has neither `text` nor `html`"),
        ("6", "`text` must be a string, not a list"),
        ("7", "`id` must be a string, not an object"),
        ("8", "JSON nested too deeply"),
        ("9", "the id is empty or has control characters"),
    ]


@pytest.mark.parametrize(
    ("content", "good", "reason"),
    [
        ('[{"text": "One."}, {"text": 5}, {"text": "Two."}]', 2, "`text` must be a string, not a number"),
        ('[{"text": "One."}, {"text": "Two.}', 1, "broken JSON: Unterminated string starting at"),
        ('[{"text": "One."} {"text": "Two."}]', 1, "broken JSON: ']' is wanted, not '{'"),
        ('{"text": "One."} trailing', 0, "broken JSON: something follows its end"),
        ("", 0, "broken JSON: Expecting value"),
        ("[" * 200_000, 0, "JSON nested too deeply"),
        ("3.5", 0, "a JSON object is wanted, not a number"),
    ],
)
def test_broken_json_files_are_reported(tmp_path: Path, content: str, good: int, reason: str) -> None:
    (tmp_path / "a.json").write_text(content)
    out = opened([tmp_path])
    (failure,) = [each for each in out if isinstance(each, Failure)]
    assert len(out) == good + 1
    assert failure.reason.startswith(reason)


def test_utf16_json_lines_are_read(tmp_path: Path) -> None:
    (tmp_path / "wide.jsonl").write_bytes(
        '{"id": "a", "text": "Žižka."}\n{"id": "b", "text": "x"}\n'.encode("utf-16")
    )
    pages = [page for page in opened([tmp_path]) if isinstance(page, RawPage)]
    assert [(page.id, page.content) for page in pages] == [("a", "Žižka."), ("b", "x")]


def test_a_damaged_gzip_is_reported_after_what_could_be_read(tmp_path: Path) -> None:
    packed = gzip.compress(b"".join(b'{"text": "%d"}\n' % number for number in range(100_000)))
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "no.txt.gz").write_bytes(b"not packed at all")
    (tmp_path / "ok.txt").write_text(READOUT)
    out = opened([tmp_path])
    failures = {Path(each.origin).name: each.reason for each in out if isinstance(each, Failure)}
    assert set(failures) == {"cut.jsonl.gz", "no.txt.gz"}
    assert all(reason.startswith("damaged gzip: ") for reason in failures.values())
    assert sum(isinstance(each, RawPage) for each in out) > 1_000
    assert isinstance(out[-1], RawPage) and out[-1].id == "ok"


def test_a_line_or_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    huge = b'{"text": "' + b"a" * (64 * 1024 * 1024) + b'"}'
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(huge + b'\n{"text": "after"}\n', 1))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(huge, 1))
    out = opened([tmp_path])
    assert [(type(each).__name__, each.origin.removeprefix(f"{tmp_path}/")) for each in out] == [
        ("Failure", "a.jsonl.gz:1"), ("RawPage", "a.jsonl.gz:2"), ("Failure", "b.txt.gz"),
    ]  # fmt: skip
    assert [each.reason for each in out if isinstance(each, Failure)] == [
        "a line larger than 64 MB", "larger than 64 MB",
    ]  # fmt: skip


def test_an_empty_file_and_an_empty_folder_are_no_error_here(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "none").mkdir()
    (page,) = opened([tmp_path])
    assert isinstance(page, RawPage) and page.content == ""


def test_folders_are_read_in_order_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.TXT", ".hidden.txt", ".git/x.txt", "b/notes.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    pages = opened([tmp_path])
    assert [page.content for page in pages if isinstance(page, RawPage)] == [
        "a.txt",
        "b/10.txt",
        "b/2.txt",
        "c.TXT",
    ]
    assert len(pages) == 4


def test_loops_of_links_end_and_each_real_file_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("One.")
    (tmp_path / "in" / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "same.txt").symlink_to(tmp_path / "in" / "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    out = opened([tmp_path, tmp_path / "in" / "a.txt"])
    assert [page.id for page in out if isinstance(page, RawPage)] == ["a"]
    assert [(Path(f.origin).name, f.reason) for f in out if isinstance(f, Failure)] == [
        ("gone.txt", "no such file or folder"),
        ("round.txt", "not a usable path: [Errno 40] Too many levels of symbolic links: "
                      f"'{tmp_path}/round.txt'"),
    ]  # fmt: skip


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(READOUT)
    path.chmod(0)
    assert failure_of(path) == Failure(origin=str(path), reason="Permission denied")


def test_a_named_input_that_cannot_be_taken_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("x")
    (tmp_path / "a.meta.json").write_text("{}")
    os.mkfifo(tmp_path / "pipe.txt")
    assert failure_of(tmp_path / "missing.txt").reason == "no such file or folder"
    assert failure_of(tmp_path / "a.docx").reason.startswith("not a kind of file that is read (.txt, ")
    assert failure_of(tmp_path / "a.meta.json").reason == "the metadata of a document, not a document"
    assert failure_of(tmp_path / "pipe.txt").reason == "not a regular file"
    assert failure_of(tmp_path / ("x" * 300 + ".txt")).reason.startswith("not a usable path: ")
    assert failure_of(tmp_path / "a\x00.txt").reason.startswith("not a usable path: ")


def test_broken_metadata_is_reported_instead_of_the_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(READOUT)
    (tmp_path / "a.meta.json").write_text('{"date": 2017}')
    (failure,) = opened([tmp_path])
    assert failure == Failure(
        origin=f"{tmp_path}/a.meta.json", reason="`date` must be a string, not a number"
    )


def test_an_id_that_is_taken_gets_a_suffix_and_tells_it(tmp_path: Path) -> None:
    for folder in ("one", "two", "zwei"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(folder)
    (tmp_path / "two" / "x~2.txt").write_text("bears a suffix by birth")
    pages = [page for page in opened([tmp_path]) if isinstance(page, RawPage)]
    assert [(page.id, page.renamed_from, page.content) for page in pages] == [
        ("x", None, "one"),
        ("x~2", "x", "two"),
        ("x~2~2", "x~2", "bears a suffix by birth"),
        ("x~3", "x", "zwei"),
    ]
    assert opened([tmp_path]) == pages


def test_names_that_are_not_utf8_can_be_shown(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(raw, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(b"One.")
    (page,) = opened([tmp_path])
    assert isinstance(page, RawPage)
    assert (page.id, page.origin) == ("caf\ufffd", f"{tmp_path}/caf\ufffd.txt")


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n' * 3)
    pages = open_sources([str(path), str(tmp_path / "later.txt")])
    assert isinstance(next(pages), RawPage)
    (tmp_path / "later.txt").write_text("Two.")
    assert [page.id for page in pages if isinstance(page, RawPage)] == ["a-2", "a-3", "later"]
