"""The same archive gives the same bytes in every format, whatever the order in which documents came."""

import hashlib
from pathlib import Path
from zipfile import ZipFile

import pytest

from communique.archive import Archive
from communique.export import FORMATS, TextFormat
from communique.export.formats import packed, write_format


def hashes(archive: Archive, name: str, folder: Path) -> dict[str, str]:
    paths = write_format(FORMATS[name], archive, folder)
    assert paths and not list(folder.rglob("*.part"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.parametrize("name", FORMATS)
def test_twice_and_in_another_order(archive: Archive, turned: Archive, tmp_path: Path, name: str) -> None:
    first = hashes(archive, name, tmp_path / "first")
    assert hashes(archive, name, tmp_path / "again") == first
    assert hashes(turned, name, tmp_path / "turned") == first


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_is_utf_8_without_controls(archive: Archive, name: str) -> None:
    chosen = FORMATS[name]
    if isinstance(chosen, TextFormat):
        for _, lines in chosen.files:
            text = "".join(lines(archive)).encode("utf-8").decode("utf-8")
            assert not {chr(n) for n in range(0x20)} - {"\t", "\n", "\r"} & set(text)


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_several_files_as_one_zip(archive: Archive, tmp_path: Path, name: str) -> None:
    packs = [b"".join(packed(FORMATS[name], archive)) for _ in range(2)]
    assert packs[0] == packs[1]
    (tmp_path / "all.zip").write_bytes(packs[0])
    with ZipFile(tmp_path / "all.zip") as pack:
        files = {Path(entry).name: hashlib.sha256(pack.read(entry)).hexdigest() for entry in pack.namelist()}
        inner = {entry.partition("/")[0] for entry in pack.namelist() if "/" in entry}
    assert files == hashes(archive, name, tmp_path / "out")
    assert inner == ({"parquet"} if name == "parquet" else set())


def test_every_format_says_what_it_is() -> None:
    for chosen in FORMATS.values():
        assert chosen.title and chosen.about.endswith(".") and "/" in chosen.media
    files = [chosen.file for chosen in FORMATS.values()]
    assert len(set(files)) == len(files)
