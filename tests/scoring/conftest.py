"""Gold written for the tests, and an export that is right in part; figures.json is what it must score.

The figures were computed once by the scorers that come with the coding guide.
"""

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture
def data() -> Path:
    return DATA


@pytest.fixture
def expected() -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((DATA / "figures.json").read_text())
    return figures
