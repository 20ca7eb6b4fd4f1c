"""Runs of words in capitals."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from communique.knowledge.capitals import Run, capital_runs, in_headline


def runs(text: str) -> list[tuple[str, bool]]:
    return [(text[run.start : run.end], run.headline) for run in capital_runs(text)]


def test_a_line_in_capitals_is_a_headline() -> None:
    assert runs("IRAN TALKS END\nThey ended.") == [("IRAN TALKS END", True)]


def test_lines_in_capitals_that_follow_one_another_are_one_run() -> None:
    assert runs("U.S. TALKS WITH\nNORTH KOREA END\n\nText.") == [("U.S. TALKS WITH\nNORTH KOREA END", True)]


def test_a_dateline_is_a_run_but_no_headline() -> None:
    assert runs("NEW DELHI, Oct 3 - The talks") == [("NEW DELHI,", False)]


def test_many_words_in_capitals_are_a_headline_anywhere() -> None:
    assert runs("He read: IRAN AND IRAQ END THEIR WAR and left")[0][1] is True


def test_parts_of_words_are_no_run() -> None:
    assert runs("USAir and NATOs") == []


def test_a_stretch_is_in_a_headline_only_as_a_whole() -> None:
    held = [Run(2, 8, True), Run(10, 14, False)]
    stretches = [(2, 8), (3, 9), (0, 4), (10, 12)]
    assert [in_headline(held, *stretch) for stretch in stretches] == [True, False, False, False]


@given(st.text(alphabet="AÉz1 .\n'-"))
def test_runs_are_sorted_disjoint_and_without_small_letters(text: str) -> None:
    found = capital_runs(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(run.start < run.end and "z" not in text[run.start : run.end] for run in found)
