from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from math import isclose, log

from hypothesis import given
from hypothesis import strategies as st

from communique.coding.actors import find_cast
from communique.coding.annotate import annotate
from communique.coding.judge import castings_of
from communique.coding.parse import Parse
from communique.coding.parties import Assignment, assign, joined, roles_of, shape_of
from communique.coding.propose import propose
from communique.coding.roles import Casting
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import default_knowledge
from communique.records import Kind

KINDS: tuple[Kind, ...] = ("visit", "meeting", "assault", "arms_program")


def casting(code: str) -> Casting:
    return Casting(code, (), "outside", 9, None, None)


def test_the_shape_keeps_two_sources_apart() -> None:
    both_source = {"none": 0.1, "source": 0.5, "target": 0.4, "participant": 0.0}
    surely_source = {"none": 0.1, "source": 0.8, "target": 0.1, "participant": 0.0}
    weighed = [(casting("IRN"), surely_source), (casting("IRQ"), both_source)]
    shapes = {"110": 0.9, "200": 0.05, "100": 0.05}
    found = assign("support", weighed, shapes).parts
    assert [(c.code, role) for c, role, _ in found] == [("IRN", "source"), ("IRQ", "target")]


def test_at_least_one_party_is_found() -> None:
    weighed = [(casting("IRN"), {"none": 0.99, "source": 0.005, "target": 0.005})]
    found = assign("accuse", weighed, {"100": 0.6, "010": 0.4}).parts
    assert [(c.code, role) for c, role, _ in found] == [("IRN", "source")]
    assert assign("accuse", [], {}) == Assignment((), 0.0)


def test_an_assignment_is_surer_where_no_other_fits() -> None:
    clear = {"none": 0.02, "source": 0.97, "target": 0.01}
    unclear = {"none": 0.02, "source": 0.5, "target": 0.48}
    shapes = {"100": 0.5, "010": 0.5}
    surer, less = (assign("accuse", [(casting("IRN"), p)], shapes) for p in (clear, unclear))
    assert isclose(surer.sure, 0.97 / 0.98, abs_tol=1e-4)
    assert isclose(less.sure, 0.5 / 0.98, abs_tol=1e-4)


@given(st.lists(st.floats(0.01, 0.98), min_size=1, max_size=9), st.sampled_from(KINDS))
def test_roles_are_those_of_the_kind(nones: list[float], kind: Kind) -> None:
    weighed = [
        (
            casting(f"A{i}"),
            {"none": p, "source": (1 - p) / 2, "target": (1 - p) / 3, "participant": (1 - p) / 6},
        )
        for i, p in enumerate(nones)
    ]
    found = assign(kind, weighed, {"110": 0.5, "002": 0.5}).parts
    assert found
    assert {role for _, role, _ in found} <= set(roles_of(kind))
    assert len({c.code for c, _, _ in found}) == len(found)


@given(st.lists(st.tuples(*[st.floats(0.05, 1)] * 3), min_size=1, max_size=3))
def test_the_assignment_is_the_likeliest_of_all(rows: list[tuple[float, float, float]]) -> None:
    parts = [dict(zip(("none", "source", "target"), row, strict=True)) for row in rows]
    parts = [{role: p / sum(row.values()) for role, p in row.items()} for row in parts]
    weighed = [(casting(f"A{i}"), row) for i, row in enumerate(parts)]
    shapes = {"110": 0.5, "100": 0.3, "210": 0.2}

    def fit(roles: tuple[str, ...]) -> float:
        shape = shapes.get(shape_of(r for r in roles if r != "none"), 0.0)
        odds = sum(log(row[role] + 1e-6) for row, role in zip(parts, roles, strict=True))
        return odds + log(shape + 1e-6)

    told = {c.code: role for c, role, _ in assign("accuse", weighed, shapes).parts}
    chosen = tuple(told.get(f"A{i}", "none") for i in range(len(parts)))
    every = product(("none", "source", "target"), repeat=len(parts))
    assert isclose(fit(chosen), max(fit(roles) for roles in every if set(roles) != {"none"}))


def test_shapes_are_counted_with_caps() -> None:
    assert shape_of([]) == "000"
    assert shape_of(["source"] * 3 + ["target"]) == "210"
    assert {shape_of(c) for c in product(["participant"], repeat=5)} == {"003"}


def test_those_joined_by_and_play_one_part(parse_text: Callable[..., Parse]) -> None:
    parse = parse_text("Mali, Niger and Chad warned France of sanctions.")
    annotation = annotate(parse, default_knowledge().gazetteer, Chronology.load())
    candidate = next(c for c in propose(parse) if c.kind == "threaten")
    found = {c.code: c for c in castings_of(candidate, find_cast(annotation))}
    pairs = {(a, b) for a, b in combinations(sorted(found), 2) if joined(found[a], found[b])}
    assert pairs == {("MLI", "NER"), ("NER", "TCD"), ("MLI", "TCD")}
    sure = {"none": 0.1, "source": 0.8, "target": 0.1, "participant": 0.0}
    weighed = [
        (c, sure if code != "FRA" else {"none": 0.1, "source": 0.1, "target": 0.8})
        for code, c in found.items()
    ]
    told = {c.code: role for c, role, _ in assign("threaten", weighed, {"110": 0.9, "210": 0.05}).parts}
    assert told == {"MLI": "source", "NER": "source", "TCD": "source", "FRA": "target"}
