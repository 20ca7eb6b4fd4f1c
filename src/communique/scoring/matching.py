"""One-to-one matching of the largest total weight."""

from __future__ import annotations

from collections.abc import Sequence


def best_matching(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) whose weights (all >= 0) sum to the most; pairs of weight 0 are left out.

    The Hungarian method with potentials, O(n^3) (Kuhn 1955; Jonker and Volgenant 1987).
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    size = max(rows, columns)
    cost = [[-(weights[i][j] if i < rows and j < columns else 0.0) for j in range(size)] for i in range(size)]
    match = _assignment(cost)
    pairs = [(match[j] - 1, j - 1) for j in range(1, size + 1)]
    return [(i, j) for i, j in pairs if i < rows and j < columns and weights[i][j] > 0]


def _assignment(cost: Sequence[Sequence[float]]) -> list[int]:
    """For each column (from 1) the row (from 1) of the cheapest assignment of a square matrix."""
    size = len(cost)
    u, v, match = [0.0] * (size + 1), [0.0] * (size + 1), [0] * (size + 1)
    for i in range(1, size + 1):
        match[0] = i
        way, column = _path(cost, u, v, match)
        while column:
            match[column] = match[way[column]]
            column = way[column]
    return match


def _path(
    cost: Sequence[Sequence[float]], u: list[float], v: list[float], match: list[int]
) -> tuple[list[int], int]:
    """The cheapest augmenting path from the row in match[0]: the way back, and its free column."""
    size = len(cost)
    way, low, used = [0] * (size + 1), [float("inf")] * (size + 1), [False] * (size + 1)
    column = 0
    while True:
        used[column] = True
        row, delta, after = match[column], float("inf"), 0
        for j in range(1, size + 1):
            if used[j]:
                continue
            reduced = cost[row - 1][j - 1] - u[row] - v[j]
            if reduced < low[j]:
                low[j], way[j] = reduced, column
            if low[j] < delta:
                delta, after = low[j], j
        for j in range(size + 1):
            if used[j]:
                u[match[j]] += delta
                v[j] -= delta
            else:
                low[j] -= delta
        column = after
        if match[column] == 0:
            return way, column
