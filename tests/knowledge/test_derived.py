"""Names made by rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import KnowledgeError
from communique.knowledge.derived import namesakes
from communique.knowledge.entries import Entry


def test_people_who_are_called_like_a_country() -> None:
    made = dict(namesakes())
    assert made["Michael Jordan"] == Entry("noise", "", "Michael Jordan", "name", "person")
    assert {"Chad Smith", "Denzel Washington", "Jack London"} <= set(made)
    assert "Jordan" not in made


def test_a_name_that_is_neither_given_nor_family_is_refused(tmp_path: Path) -> None:
    (tmp_path / "namesakes.csv").write_text("name,part,source\nZed,middle,us\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"namesakes\.csv:2: 'middle' is no part of a name"):
        list(namesakes(tmp_path))
