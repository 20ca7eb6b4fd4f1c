"""Which tables of knowledge linking reads: the shipped ones, or a user's over them (docs/knowledge.md, overlays).

The names of parties bear on the words that two claims share and on who speaks for a party, equipment on deals,
instruments on agreements. An overlay is read once and kept with what was linked by it, so that a claim that comes
years later, or is judged elsewhere, is linked by the same tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final

from communique.knowledge.sheets import KeptOverlay
from communique.knowledge.tables import NAME_TABLES

SHEETS: Final = (
    *NAME_TABLES, "instruments.csv", "materiel.csv", "materiel_generic.csv", "materiel_nouns.csv",
)  # fmt: skip
"""The tables that linking reads."""

_IN_USE: ContextVar[KeptOverlay | None] = ContextVar("overlay", default=None)


@contextmanager
def over(overlay: KeptOverlay | None) -> Iterator[None]:
    """Within this, linking reads the overlay's tables over the shipped ones (None: the shipped ones alone)."""
    before = _IN_USE.set(overlay)
    try:
        yield
    finally:
        _IN_USE.reset(before)


def overlay() -> KeptOverlay | None:
    """The overlay in use."""
    return _IN_USE.get()


def read(folder: Path | None) -> KeptOverlay | None:
    """What of a user's folder linking reads; None where there is nothing of it. Raises KnowledgeError."""
    return KeptOverlay.read(folder, SHEETS) if folder else None


def as_text(kept: KeptOverlay | None) -> str:
    """An overlay as text, to be kept; empty for None."""
    return json.dumps(dict(kept.sheets), ensure_ascii=False) if kept else ""


@lru_cache(maxsize=8)
def from_text(text: str) -> KeptOverlay | None:
    """The overlay that was kept as text: one object for the same text."""
    return KeptOverlay(tuple(sorted(json.loads(text).items()))) if text else None
