"""The vocabulary of status: which words make an act planned, possible or denied, by their place in the clause."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class StatusWords:
    """The vocabulary of status.toml, by status and place in the clause."""

    words: dict[str, dict[str, frozenset[str]]]

    def has(self, status: str, place: str, word: str) -> bool:
        """True when the word is listed for that status and place."""
        return word in self.words[status].get(place, ())


@lru_cache(maxsize=1)
def status_words() -> StatusWords:
    """The status vocabulary of the package."""
    data = tomllib.loads((files("communique.coding") / "status.toml").read_text(encoding="utf-8"))
    return StatusWords(
        {
            status: {
                place: frozenset(words.split() if isinstance(words, str) else words)
                for place, words in table.items()
            }
            for status, table in data.items()
        }
    )
