from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from communique.scoring.matching import best_matching

Weights = list[list[float]]


def matrices() -> st.SearchStrategy[Weights]:
    cell = st.integers(0, 20).map(float)
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=4)
    )


def best_total(weights: Weights) -> float:
    """The largest total by trying all."""
    rows, columns = len(weights), len(weights[0])
    if rows > columns:
        return best_total([list(column) for column in zip(*weights, strict=True)])
    return max(
        sum(weights[i][j] for i, j in enumerate(chosen)) for chosen in permutations(range(columns), rows)
    )


@given(matrices())
def test_the_total_is_the_largest_and_nothing_is_matched_twice(weights: Weights) -> None:
    pairs = best_matching(weights)
    assert sum(weights[i][j] for i, j in pairs) == best_total(weights)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(weights[i][j] > 0 for i, j in pairs)


def test_nothing_to_match() -> None:
    assert best_matching([]) == []
