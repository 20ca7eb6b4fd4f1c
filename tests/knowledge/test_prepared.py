"""The surfaces kept on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.knowledge.entries import Entry
from communique.knowledge.prepared import KEPT, cache_folder, keep, prepared_surfaces, read_kept
from communique.knowledge.surfaces import surfaces_of

NAMES = [
    ("Côte d'Ivoire", Entry("state", "CIV", "Ivory Coast", "variant")),
    ("tanks", Entry("materiel", "tank", "tank", "generic")),
    ("Congo", Entry("state", "COD", "Congo", "name")),
    ("Congo", Entry("state", "COG", "Congo", "name", "also")),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def unread() -> Iterator[tuple[str, Entry]]:
    raise AssertionError("the tables were read although the names are kept")
    yield


def test_what_is_kept_is_what_was_made(folder: Path) -> None:
    made = prepared_surfaces("a1", lambda: NAMES)
    assert made == surfaces_of(NAMES)
    assert prepared_surfaces("a1", unread) == made
    assert list(prepared_surfaces("a1", unread).exact) == list(made.exact)


def test_another_fingerprint_is_made_anew(folder: Path) -> None:
    prepared_surfaces("a1", lambda: NAMES)
    assert prepared_surfaces("b2", lambda: NAMES[:1]) == surfaces_of(NAMES[:1])


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", b"0" * 64 + b"\n{}"])
def test_a_damaged_file_is_made_again(folder: Path, damage: bytes) -> None:
    prepared_surfaces("a1", lambda: NAMES)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert prepared_surfaces("a1", lambda: NAMES) == surfaces_of(NAMES)
    assert file.read_bytes() == whole


def test_a_file_cut_short_is_not_taken(tmp_path: Path) -> None:
    keep(tmp_path / "names-x.json", surfaces_of(NAMES))
    text = (tmp_path / "names-x.json").read_text(encoding="utf-8")
    (tmp_path / "names-x.json").write_text(text[:-1], encoding="utf-8")
    assert read_kept(tmp_path / "names-x.json") is None


def test_only_the_newest_files_stay(folder: Path) -> None:
    for number in range(KEPT + 3):
        prepared_surfaces(f"{number:032}", lambda: NAMES)
        os.utime(folder / f"names-{number:032}.json", (number, number))
    prepared_surfaces("z", lambda: NAMES)
    kept = sorted(file.name for file in folder.iterdir())
    assert kept == [*(f"names-{number:032}.json" for number in range(4, KEPT + 3)), "names-z.json"]


def test_a_folder_that_cannot_be_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path / "file" / "cache"))
    assert prepared_surfaces("a1", lambda: NAMES) == surfaces_of(NAMES)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the folder of other platforms")
def test_the_folder_of_the_platform() -> None:
    assert cache_folder({"XDG_CACHE_HOME": "/var/tmp/c"}) == Path("/var/tmp/c/communique")
    assert cache_folder({"COMMUNIQUE_CACHE": "/x", "XDG_CACHE_HOME": "/y"}) == Path("/x")
    assert cache_folder({}) == Path.home() / ".cache" / "communique"


def test_processes_that_start_together_all_have_the_names(tmp_path: Path) -> None:
    program = (
        "from communique.knowledge.entries import Entry\n"
        "from communique.knowledge.prepared import prepared_surfaces\n"
        "names = [(f'Zed {n}', Entry('group', f'ZED{n}', 'Zed', 'name')) for n in range(20_000)]\n"
        "print(len(prepared_surfaces('together', lambda: names).exact))\n"
    )
    environment = {**os.environ, "COMMUNIQUE_CACHE": str(tmp_path)}
    running = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [process.communicate()[0] for process in running] == ["20000\n"] * 4
    kept = read_kept(tmp_path / "names-together.json")
    assert kept is not None and len(kept.exact) == 20_000
    assert [file.name for file in tmp_path.iterdir()] == ["names-together.json"]
