"""Each document is read by the tagger of the fold that has not seen it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from readings import UNSEEN, UnseenTagger
from tests.coding.conftest import parse_text

from communique.coding.parse import Parse
from communique.coding.tagger import MiniLMTagger

__all__ = ["parse_text"]


@pytest.fixture
def folds(tmp_path: Path) -> Path:
    """One fold, whose tagger is the one that ships, and which has not seen the document "d"."""
    with as_file(files("communique.coding") / "model") as model:
        shutil.copytree(model, tmp_path / "fold-0")
    (tmp_path / "fold-0" / UNSEEN).write_text("d\ne\n", encoding="utf-8")
    return tmp_path


def test_a_document_is_read_by_the_tagger_of_its_fold(folds: Path, parse_text: Callable[..., Parse]) -> None:
    parse = parse_text("Norway's minister visited Chile. They spoke of ships.")
    tagger = UnseenTagger(folds)
    assert "d" in tagger
    assert "f" not in tagger
    read, known = tagger.tags(parse, [0, 1]), MiniLMTagger().tags(parse, [0, 1])
    assert {n: r.kinds for n, r in read.items()} == {n: r.kinds for n, r in known.items()}
    assert tagger.tags(parse, [1])[1] is read[1]  # kept


def test_a_document_of_no_fold_is_not_read_but_by_the_rest(
    tmp_path: Path, parse_text: Callable[..., Parse]
) -> None:
    parse = parse_text("Norway's minister visited Chile.")
    with pytest.raises(KeyError, match="d"):
        UnseenTagger(tmp_path).tags(parse, [0])
    assert 0 in UnseenTagger(tmp_path, MiniLMTagger()).tags(parse, [0])
