"""The words of the record as the pages have them are those of the codebook and of what was measured."""

import csv
from pathlib import Path
from typing import get_args

import pytest
from tests.web.tables_of_docs import SHEETS, SHIPPED

from communique.records import AGREEMENT_STAGES, TRANSFER_STAGES, Found, Kind, Status
from communique.web import kinds
from communique.web.names import names


def test_every_word_is_told() -> None:
    assert set(kinds.kinds()) == set(get_args(Kind))
    assert all(kinds.status_meaning(status) for status in get_args(Status))
    assert [
        s for s in {*TRANSFER_STAGES, *AGREEMENT_STAGES} if kinds.stage_name(s) != s.replace("_", " ")
    ] == []
    assert [f for f in get_args(Found) if f != "unknown" and kinds.found_in_words(f) == f] == []


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_shown_is_what_the_docs_say(name: str) -> None:
    """Where this fails, docs/ has changed: run `python tests/web/tables_of_docs.py`."""
    with Path(SHIPPED / name).open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == list(SHEETS[name]())


def test_names_and_codes() -> None:
    assert [names().of(code) for code in ("ARM", "IRN", "XXX")] == ["Armenia", "Iran", "XXX"]
    assert [names().sort_of(code) for code in ("ARM", "NATO", "XXX")] == ["state", "organisation", "actor"]
    assert [names().code(words) for words in ("Armenia", "arm", " ARM ", "Islamic Republic of Iran", "nowhere")] == [
        "ARM", "ARM", "ARM", "IRN", "nowhere",
    ]  # fmt: skip
