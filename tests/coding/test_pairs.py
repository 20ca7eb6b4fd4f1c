"""Reading an event's word and an actor's mention together, with tables made by hand."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest

from communique.coding.pairs import EDGES, FORMS, Mentioned, PairReader
from communique.coding.tagger import KINDS, PARTS, WIDTH, Reading

VISIT, MEETING = KINDS.index("visit"), KINDS.index("meeting")
SOURCE = PARTS.index("source") - 1


def tables() -> dict[str, Any]:
    """Two numbers a vector. The first of the word and of the actor together speak for a source; a place speaks less."""
    wide = np.eye(2, dtype=np.float32)
    out = np.zeros((2, len(PARTS) - 1), dtype=np.float32)
    out[0, SOURCE] = 1.0
    naming = np.zeros((len(FORMS), 2), dtype=np.float32)
    naming[FORMS.index("place"), 0] = -2.0
    kind_out = np.full((len(KINDS), len(PARTS) - 1), -9.0, dtype=np.float32)
    kind_out[VISIT, SOURCE] = 0.0
    return {
        "word": wide,
        "word_bias": np.zeros(2, dtype=np.float32),
        "actor": wide,
        "middle": np.zeros((2, 2), dtype=np.float32),
        "middle_bias": np.zeros(2, dtype=np.float32),
        "out": out,
        "out_bias": np.zeros(len(PARTS) - 1, dtype=np.float32),
        "kind_out": kind_out,
        "kind": np.zeros((len(KINDS), 2), dtype=np.float32),
        "distance": np.zeros((len(EDGES) + 1, 2), dtype=np.float32),
        "naming": naming,
        "here": np.zeros((2, 2), dtype=np.float32),
    }


READER = PairReader(tables())


def mention(strength: float, form: str = "name") -> Mentioned:
    return Mentioned(np.array([strength, 0.0], dtype=np.float32), 3, form, here=True)


def source(kind: int, *mentions: Mentioned) -> float:
    return float(READER.odds(kind, np.array([1.0, 0.0], dtype=np.float32), mentions)[SOURCE])


def test_the_odds_are_those_of_word_and_mention_together() -> None:
    assert source(VISIT, mention(2.0)) == pytest.approx(3.0)
    assert source(VISIT, mention(2.0, "place")) == pytest.approx(1.0)
    assert source(VISIT, mention(-5.0)) == pytest.approx(0.0)
    assert source(MEETING, mention(2.0)) == pytest.approx(-6.0)


def test_an_actor_plays_a_part_by_any_of_its_mentions() -> None:
    assert source(VISIT, mention(2.0), mention(2.0)) == pytest.approx(3.0 + np.log(2.0))
    assert source(VISIT, mention(4.0), mention(-9.0)) > source(VISIT, mention(4.0))


def test_steps_lie_between_their_edges_and_unknown_forms_are_others() -> None:
    vector = np.zeros(2, dtype=np.float32)
    distances = [Mentioned(vector, steps, "name", here=True).distance for steps in (-99, -1, 0, 1, 99)]
    assert distances == [0, 6, 7, 7, len(EDGES)]
    assert Mentioned(vector, 1, "nickname", here=True).naming == FORMS.index("other")


def test_the_tables_are_read_from_their_file() -> None:
    file = BytesIO()
    arrays: Any = tables()
    np.savez(file, **arrays)
    read = PairReader.from_bytes(file.getvalue())
    assert set(read.tables) == set(tables())
    assert read.odds(VISIT, np.ones(2, dtype=np.float32), [mention(2.0)])[SOURCE] == pytest.approx(3.0)


def test_a_reading_gives_the_parts_of_an_actor_beside_a_word() -> None:
    spans = ((0, 6), (7, 14), (15, 20))  # Norway visited Chile
    vectors = np.array([[3, 0], [1, 0], [-9, 0]], dtype=np.float16)
    scores = np.zeros((3, WIDTH), dtype=np.float32)
    read = Reading(dict.fromkeys(KINDS, 0.5), spans, scores, vectors, READER)
    norway = read.paired("visit", 7, 14, [(0, 6, "name")], here=True)
    chile = read.paired("visit", 7, 14, [(15, 20, "name")], here=True)
    assert sum(norway.values()) == pytest.approx(1.0)
    assert norway["source"] > 0.9 > 0.6 > chile["source"]
    assert not read.paired("visit", 30, 40, [(0, 6, "name")], here=True)  # not read
    assert not read.paired("visit", 7, 14, [(30, 40, "name")], here=True)
    assert not Reading(read.kinds, spans, scores).paired("visit", 7, 14, [(0, 6, "name")], here=True)
