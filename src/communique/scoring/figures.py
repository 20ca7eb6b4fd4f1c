"""Precision, recall and F1, rounded to three places; 0 where nothing can be divided."""

from __future__ import annotations

from typing import TypedDict


class PRF(TypedDict):
    """Precision, recall and their harmonic mean."""

    p: float
    r: float
    f1: float


def prf(hits: int, predicted: int, gold: int) -> PRF:
    """The figures of `hits` among `predicted` and `gold`."""
    p, r = _divided(hits, predicted), _divided(hits, gold)
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0}


def share(part: int, whole: int) -> float:
    """The part of the whole, rounded."""
    return round(_divided(part, whole), 3)


def _divided(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
