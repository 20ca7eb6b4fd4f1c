from __future__ import annotations

import pytest

from communique.coding.rivals import (
    NOTHING,
    Seat,
    odds,
    rivals_of_claims,
    rivals_of_dates,
    rivals_of_parts,
)


def test_a_candidate_is_set_beside_those_of_its_word_sentence_and_kind() -> None:
    seats = [Seat(1, 3, "visit"), Seat(4, 20, "visit"), Seat(4, 20, "meeting"), Seat(4, 25, "visit")]
    first, here, _, last = rivals_of_claims(seats, [0.9, 0.5, 0.6, 0.2])
    assert here["first look"] == 0
    assert here["first look: same kind before"] == odds(0.9)
    assert here["first look: same kind after"] == NOTHING
    assert here["first look: same word"] == here["first look: other kinds in the sentence"] == odds(0.6)
    assert here["first look: same kind in the sentence"] == odds(0.2)
    assert here["first look: ahead of rivals"] == -odds(0.6)
    assert here["first look: all of the kind"] == pytest.approx(1.6)
    assert first["first look: same kind after"] == 0
    assert first["first look: others of the kind in the sentence"] == 0
    assert last["first look: same word"] == NOTHING


def test_an_actor_is_set_beside_the_others_of_the_event() -> None:
    firsts = [
        {"none": 0.1, "source": 0.8, "target": 0.1},
        {"none": 0.2, "source": 0.1, "target": 0.7},
        {"none": 0.9, "source": 0.05, "target": 0.05},
    ]
    one, _, third = rivals_of_parts(firsts)
    assert one["first look: others that play"] == third["first look: others that play"] == 2
    assert third["first look: source, likelier"] == 2
    assert one["first look: source, likelier"] == 0
    assert one["first look: target, all others"] == pytest.approx(0.75)
    alone = rivals_of_parts(firsts[:1])[0]
    assert alone["first look: source, another"] == NOTHING


def test_a_date_is_set_beside_those_that_stand_elsewhere() -> None:
    clause, document, none = rivals_of_dates(["clause", "document", "none"], [0.7, 0.4, 0.1])
    assert clause["first look: ahead of rivals"] == pytest.approx(odds(0.7) - odds(0.4))
    assert clause["stands: clause"] == clause["rival stands: document"] == 1
    assert document["first look: own clause"] == none["first look: own clause"] == odds(0.7)
    assert document["first look: elsewhere in the sentence"] == NOTHING
    assert none["first look: likelier"] == 2
    only = rivals_of_dates(["none"], [0.3])[0]
    assert only["first look: another"] == NOTHING
    assert not any(name.startswith("rival stands") for name in only)


def test_nothing_competes_with_nothing() -> None:
    assert rivals_of_claims([], []) == rivals_of_parts([]) == rivals_of_dates([], []) == []
