"""How names are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.knowledge.entries import Entry
from communique.knowledge.surfaces import Surfaces, plain, surfaces_of, title

IRAN = Entry("state", "IRN", "Iran", "name")
TANK = Entry("materiel", "tank", "tank", "generic")
NOISE = Entry("noise", "", "Iran", "name")


def test_names_with_and_without_capitals() -> None:
    assert surfaces_of([("Iran", NOISE), ("Iran", IRAN), ("main tanks", TANK), ("UN", IRAN)]) == Surfaces(
        exact={
            "Iran": (IRAN, NOISE), "main tanks": (TANK,), "UN": (IRAN,),
            "Main tanks": (TANK,), "Main Tanks": (TANK,),
        },
        shouted={"IRAN": (IRAN, NOISE), "MAIN TANKS": (TANK,)},
    )  # fmt: skip


def test_a_name_of_its_own_keeps_its_meaning() -> None:
    surfaces = surfaces_of([("arms", TANK), ("Arms", IRAN)])
    assert (surfaces.exact["arms"], surfaces.exact["Arms"]) == ((TANK,), (IRAN,))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("al-Qassam brigades", "Al-Qassam Brigades"),
        ("people's army", "People's Army"),
        ("6th fleet", "6th Fleet"),
    ],
)
def test_title(name: str, written: str) -> None:
    assert title(name) == written


def test_marks_are_made_even() -> None:
    assert plain("d’Ivoire S‑300\u00a0PMU\nx\n\ny \ud800") == "d'Ivoire S-300 PMU x\n\ny \ufffd"


@given(st.text())
def test_the_length_stays(text: str) -> None:
    assert len(plain(text)) == len(text)
