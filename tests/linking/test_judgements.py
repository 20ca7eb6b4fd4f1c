"""What follows from judgements, without an archive."""

from collections.abc import Callable
from datetime import date

import pytest

from communique.errors import SettingsError
from communique.linking.consolidate import consolidate
from communique.linking.judgements import (
    anchor,
    apply,
    content_id,
    corrected,
    judgement,
    pairs,
    read_judgement,
    settled,
    standing_at,
)
from communique.linking.records import ClaimAnchor, Told
from communique.records import Evidence

Tell = Callable[..., Told]


def at(told: Told, start: int, words: str = "said so") -> Told:
    """The claim with its evidence at another place."""
    moved = Evidence(start=start, end=start + len(words), text=words)
    return told.model_copy(update={"claim": told.claim.model_copy(update={"evidence": (moved,)})})


def anchored(told: Told) -> ClaimAnchor:
    return anchor(told.claim, "hash of " + told.claim.doc_id)


def test_an_anchor_finds_the_claim_that_overlaps_best(tell: Tell) -> None:
    judged = at(tell("d", "visit", "FRA > IND", id="c1"), 100)
    mark = anchored(judged)
    far = at(tell("d", "visit", "FRA > IND", id="c2"), 200)
    near = at(tell("d", "visit", "FRA > IND", id="c3"), 103)
    nearer = at(tell("d", "visit", "FRA > IND", id="c4"), 101)
    other_kind = at(tell("d", "meeting", "FRA + IND", id="c5"), 100)
    other_parties = at(tell("d", "visit", "USA > IND", id="c6"), 101)
    every = [one.claim for one in (far, near, other_parties, nearer, other_kind)]
    found = standing_at(mark, "hash of d", every)
    assert found is not None and found.id == "c4"
    assert standing_at(mark, "another text", every) is None
    assert standing_at(mark, "hash of d", [far.claim, other_kind.claim]) is None
    assert standing_at(mark, "hash of d", [*every, judged.claim]) == judged.claim


def test_the_same_is_the_same_either_way_round(tell: Tell) -> None:
    one, other = anchored(tell("d1", "visit", "FRA > IND")), anchored(tell("d2", "visit", "FRA > IND"))
    made = judgement("same", one, about=other, who="A", why="b")
    assert made == judgement("same", other, about=one, who="A", why="b")
    assert read_judgement(made.model_dump_json()) == made
    gone = made.model_copy(update={"withdrawn": True})
    assert (read_judgement(gone.model_dump_json()), content_id(gone)) == (gone, made.id)


def test_judgements_that_make_no_sense(tell: Tell) -> None:
    one = anchored(tell("d1", "visit", "FRA > IND"))
    for verdict, about, reason in (
        ("same", None, "is of two claims"),
        ("wrong", one, "is of one claim"),
        ("corrected", None, "goes with a field"),
        ("right", ("status", '"denied"'), "goes without a field"),
        ("corrected", ("colour", '"red"'), "'colour' is not one of kind, status"),
        ("corrected", ("status", "denied"), "is not JSON"),
        ("corrected", ("status", '"red"'), "is not a value of status"),
        ("corrected", ("date", '{"from": "2020-02-02", "to": "2020-01-01"}'), "is not a value of date"),
    ):
        with pytest.raises(SettingsError, match=reason):
            judgement(verdict, one, about=about, who="A", why="b")  # type: ignore[arg-type]
    made = judgement("wrong", one, who="A", why="b").model_copy(update={"why": "c"})
    for text in ("", "{}", made.model_dump_json()):
        with pytest.raises(SettingsError, match=r"not a judgement|is not that of its content"):
            read_judgement(text)


def test_the_one_made_later_stands(tell: Tell) -> None:
    told = tell("d1", "visit", "FRA > IND")
    mark = anchored(told)
    early = judgement("wrong", mark, who="A", why="b", made=date(2020, 1, 1))
    late = judgement("right", mark, who="B", why="c", made=date(2021, 1, 1))
    undated = judgement("right", mark, who="C", why="c")
    sure = told.model_copy(update={"claim": told.claim.model_copy(update={"confidence": 1.0})})
    assert apply([told], {told.key: [late, early]}) == [sure]
    assert apply([told], {told.key: [early, undated]}) == []
    withdrawn = early.model_copy(update={"withdrawn": True})
    assert apply([told], {told.key: [withdrawn]}) == [told]
    other = tell("d2", "visit", "FRA > IND")
    same = judgement("same", mark, about=anchored(other), who="A", why="b", made=date(2020, 1, 1))
    not_same = judgement("not_same", mark, about=anchored(other), who="A", why="b", made=date(2020, 1, 2))
    both = {(told.key, other.key)}
    assert pairs([(not_same, told.key, other.key), (same, other.key, told.key)]) == (both, set())
    assert pairs([(same, other.key, told.key)]) == (set(), both)


def test_each_field_can_be_corrected(tell: Tell) -> None:
    claim = tell("d1", "arms_transfer", "FRA > IND", "2016-09", stage="contract").claim
    assert corrected(claim, "date", "null").date is None
    assert corrected(claim, "stage", '"delivery"').stage == "delivery"
    made = corrected(claim, "actors", '[{"role": "source", "code": "RUS"}]')
    assert [(a.role, a.code, a.person) for a in made.actors] == [("source", "RUS", None)]


def test_a_correction_outweighs_the_majority(tell: Tell) -> None:
    told = [tell(f"d{n}", "visit", "FRA > IND", "2015-04-10") for n in range(3)]
    made = judgement("corrected", anchored(told[0]), who="A", why="b", about=("date", "null"))
    judged = {told[0].key: [made]}
    event = settled(apply(told, judged), judged, consolidate)
    plain = consolidate(told)
    assert (event.date, event.id, event.claims) == (None, plain.id, plain.claims)
    (choice,) = [c for c in event.choices if c.field == "date"]
    assert (choice.value, choice.reason) == ("none", "corrected by A: b")
    assert settled(told, {}, consolidate) == plain
