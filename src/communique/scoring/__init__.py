"""The measures: exported records, documents, quotations and people against gold (docs/usage.md, `score`).

They are the measures of the coding guide's scorers and give identical figures; a test holds them to it.
"""

from communique.scoring.events import EventFigures, score_events
from communique.scoring.floors import Shortfall, gold_hash, load_floors, shortfalls
from communique.scoring.gold import load_gold, load_lines
from communique.scoring.parts import score_parts

__all__ = [
    "EventFigures",
    "Shortfall",
    "gold_hash",
    "load_floors",
    "load_gold",
    "load_lines",
    "score_events",
    "score_parts",
    "shortfalls",
]
