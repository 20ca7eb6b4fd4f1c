"""Articles gathered from two packages, in the form of the news corpus."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from gather import download, lee, reuters

STORY = {
    "id": "7",
    "title": "NORWAY BUYS   FRIGATES",
    "date": "10-MAR-1987 09:12:47.65",
    "body": 'Norway signed for two\nfrigates today.\n    "They are\nneeded," a minister said.\n REUTER\n\x03',
}


def npm_package(**files: object) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as package:
        for name, rows in files.items():
            content = json.dumps(rows).encode()
            info = tarfile.TarInfo(f"package/data/full/{name}.json".replace("_", "-"))
            info.size = len(content)
            package.addfile(info, io.BytesIO(content))
    return held.getvalue()


def test_agency_stories_have_paragraphs_a_day_and_no_signature() -> None:
    assert list(
        reuters(npm_package(reuters_001=[STORY, {"id": "8", "title": "EMPTY"}], justTen=[STORY]))
    ) == [
        {
            "id": "reuters-7",
            "title": "NORWAY BUYS FRIGATES",
            "date": "1987-03-10",
            "source": "Reuters",
            "url": None,
            "text": 'Norway signed for two frigates today.\n\n"They are needed," a minister said.',
        }
    ]


def test_broadcast_stories_are_lines_without_title_or_day() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as wheel:
        wheel.writestr("gensim/test/test_data/lee_background.cor", "Troops have landed.\n\nTalks go on.\n")
    found = list(lee(held.getvalue()))
    assert [(row["id"], row["title"], row["date"], row["text"]) for row in found] == [
        ("lee-1", "", None, "Troops have landed."),
        ("lee-3", "", None, "Talks go on."),
    ]


def test_another_package_than_was_meant_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "package.tgz"
    package.write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"package\.tgz: its SHA-256 is not 00"):
        download(package.as_uri(), "00" * 32)
