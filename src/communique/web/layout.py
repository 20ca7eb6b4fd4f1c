"""Where the nodes of a network stand: a force-directed layout that gives the same picture for the same network.

Fruchterman and Reingold (1991), doi 10.1002/spe.4380211102, from a circle in the order given, cooled in even steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_STEPS: Final = 240
_GRAVITY: Final = 6.0  # keeps parts that hang together by no edge from drifting off
Points = NDArray[np.float64]


def layout(
    size: int, edges: Sequence[tuple[int, int, float]], *, width: float, height: float, margin: float = 50
) -> list[tuple[float, float]]:
    """A place on the page for each of `size` nodes; `edges` are pairs of their numbers with a weight above 0."""
    if size == 0:
        return []
    places = _settled(size, edges)
    low, span = places.min(axis=0), np.ptp(places, axis=0)
    room = np.array([width - 2 * margin, height - 2 * margin])
    scaled = np.where(span > 1e-9, (places - low) / np.where(span > 1e-9, span, 1), 0.5) * room + margin
    return [(round(float(x), 1), round(float(y), 1)) for x, y in scaled]


def _settled(size: int, edges: Sequence[tuple[int, int, float]]) -> Points:
    angles = np.arange(size) * (2 * np.pi / size)
    places = np.column_stack([np.cos(angles), np.sin(angles)]) * 0.5
    pull = np.zeros((size, size))
    heaviest = max((weight for _, _, weight in edges), default=1.0)
    for one, other, weight in edges:
        pull[one, other] = pull[other, one] = 0.35 + 0.65 * weight / heaviest
    ideal = size**-0.5
    for step in range(_STEPS):
        places = places + _moves(places, pull, ideal, heat=0.1 * (1 - step / _STEPS))
    return places


def _moves(places: Points, pull: Points, ideal: float, *, heat: float) -> Points:
    """How far each node moves in one step: pushed off by all, pulled along its edges and to the middle."""
    apart = places[:, None, :] - places[None, :, :]
    distance = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
    force = ideal**2 / distance**2 - pull * distance / ideal
    np.fill_diagonal(force, 0)
    moves = (apart * force[:, :, None]).sum(axis=1) - places * _GRAVITY
    length = np.maximum(np.linalg.norm(moves, axis=1, keepdims=True), 1e-9)
    return np.asarray(moves / length * np.minimum(length, heat))
