"""Word pieces with their offsets, and what the shipped model reads in them."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import as_file, files

import numpy as np
import pytest

from communique.coding.parse import Parse
from communique.coding.tagger import (
    CONTEXT,
    DATINGS,
    KINDS,
    LONGEST,
    PARTS,
    STATUSES,
    WIDTH,
    MiniLMTagger,
    PieceMaker,
    reading,
)

TEXT = "Norway's minister visited Oslo.\n\nCanada will sell ten tanks to Chile, the ministry said."


@pytest.fixture(scope="module")
def parse(parse_text: Callable[..., Parse]) -> Parse:
    return parse_text(TEXT)


@pytest.fixture(scope="module")
def maker() -> PieceMaker:
    with as_file(files("communique.coding") / "model" / "vocab.txt") as path:
        return PieceMaker(path)


def test_pieces_know_where_their_words_stand(parse: Parse, maker: PieceMaker) -> None:
    pieces = maker.pieces(parse, [1])[1]
    told = [parse.document.text[start:end] for start, end in pieces.spans]
    assert told[:6] == ["Canada", "will", "sell", "ten", "tanks", "to"]
    assert told[-6:] == ["'", "s", "minister", "visited", "Oslo", "."]
    assert len(pieces.at) == len(pieces.spans) == len(pieces.ids) - 3
    assert [pieces.ids[i] for i in (0, pieces.at[-1] + 1)] == [101, 102]


def test_long_sentences_are_cut(parse_text: Callable[..., Parse], maker: PieceMaker) -> None:
    parse = parse_text("word " * 300 + ".\n\n" + "other " * 300 + ".")
    rows = maker.pieces(parse, range(len(parse.sentences)))
    assert all(len(p.ids) <= LONGEST + CONTEXT + 1 for p in rows.values())
    assert len(rows[0].ids) == LONGEST


def test_the_shipped_model_reads_kind_and_parts(parse: Parse) -> None:
    found = MiniLMTagger().tags(parse, [0, 1])
    assert max(found[0].kinds, key=lambda k: found[0].kinds[k]) == "visit"
    assert max(found[1].kinds, key=lambda k: found[1].kinds[k]) == "arms_transfer"
    canada, chile = (TEXT.index(name) for name in ("Canada", "Chile"))
    assert likeliest(found[1].parts("arms_transfer", canada, canada + 6)) == "source"
    assert likeliest(found[1].parts("arms_transfer", chile, chile + 5)) == "target"
    sell = TEXT.index("sell")
    assert likeliest(found[1].status(sell, sell + 4)) == "planned"
    assert sum(found[1].dating(sell, sell + 4).values()) == pytest.approx(1)
    assert MiniLMTagger().tags(parse, [1, 0])[1].kinds == found[1].kinds


def likeliest(of: dict[str, float]) -> str:
    return max(of, key=lambda name: of[name])


def test_scores_are_told_by_their_names() -> None:
    scores = np.zeros((2, WIDTH), dtype=np.float32)
    scores[0, KINDS.index("call")] = 3
    scores[:, len(KINDS) + KINDS.index("call") * len(PARTS) + PARTS.index("target")] = 5
    scores[1, len(KINDS) * (1 + len(PARTS)) + STATUSES.index("denied")] = 5
    scores[1, -len(DATINGS) + DATINGS.index("document")] = 5
    read = reading(np.zeros(len(KINDS), dtype=np.float32), ((0, 4), (5, 9)), scores)
    assert set(read.kinds.values()) == {0.5}
    assert read.told(0, 4)["call"] == 3
    assert read.told(0, 9)["call"] == 1.5
    assert likeliest(read.parts("call", 0, 9)) == "target"
    assert set(read.parts("visit", 0, 9).values()) == {0.25}
    assert likeliest(read.status(5, 9)) == "denied"
    assert likeliest(read.dating(5, 9)) == "document"
    assert read.told(10, 12) == read.status(10, 12) == {}
