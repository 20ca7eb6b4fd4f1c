from __future__ import annotations

from typing import Any

import pytest

from communique.reading import read_all
from communique.records import Document, Failure
from communique.sample import gold_path, pages_path
from communique.scoring import load_gold
from communique.sources import open_sources

Gold = dict[str, Any]


@pytest.fixture(scope="session")
def gold() -> dict[str, Gold]:
    return load_gold(gold_path())


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    read = list(read_all(open_sources([str(pages_path())])))
    assert [f for f in read if isinstance(f, Failure)] == []
    return {d.id: d for d in read if isinstance(d, Document)}
