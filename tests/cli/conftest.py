"""The command line run in this process, and an archive coded from pages of our own by the real command."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from communique.cli import main

PAGES = {
    "visit.txt": (
        "Shoigu in Tehran\n\nTEHRAN, May 12, 2016. Russian Defence Minister Sergei Shoigu visited Iran on "
        "Thursday and met his Iranian counterpart Hossein Dehghan. "
        '"The deliveries of the S-300 go on," Shoigu told reporters.\n'
    ),
    "sale.html": (
        "<html><head><title>France sells jets to India</title>"
        '<meta property="article:published_time" content="2016-09-23"></head><body>'
        "<article><h1>France sells jets to India</h1><p>France and India signed a contract for 36 Rafale "
        "fighters in New Delhi on Friday. French Defence Minister Jean-Yves Le Drian said that the first "
        "jets would be delivered in 2019. The deal is worth 8.8 billion dollars, the ministry said in a "
        "statement.</p></article>"
        "</body></html>"
    ),
    "poem.txt": (
        "A poem\n\nRoses are red, violets are blue, and nothing has happened that need be coded here today.\n"
    ),
}


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `communique` with arguments; gives its exit code and what it printed."""

    def call(*arguments: object) -> Result:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Result(left.value.code, out, err)

    return call


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, content in PAGES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory, pages: Path) -> Path:
    """An archive of the pages; tests only read it."""
    path = tmp_path_factory.mktemp("archive") / "record.db"
    with pytest.raises(SystemExit) as left:
        main(["code", str(pages), "--archive", str(path), "--quiet"])
    assert left.value.code == 0
    return path


@pytest.fixture
def archive(coded: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it."""
    for file in coded.parent.glob("record.db*"):
        shutil.copy(file, tmp_path)
    yield tmp_path / "record.db"
