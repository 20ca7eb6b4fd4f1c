"""An archive of the documents of story.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.export.story import TEXTS, fill

from communique.archive import Archive, open_archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The archive; tests only read it."""
    with open_archive(tmp_path_factory.mktemp("export") / "record.db", write=True) as opened:
        fill(opened, list(TEXTS))
        yield opened


@pytest.fixture
def turned(tmp_path: Path) -> Iterator[Archive]:
    """The same documents in another order of arrival."""
    with open_archive(tmp_path / "turned.db", write=True) as opened:
        fill(opened, list(reversed(TEXTS)))
        yield opened
