"""The words of a passage that tell one event from another: content words, numbers and names.

A word is lower-cased and cut to its stem by a few endings, so that "talks" and "talk", "signed" and "sign"
are one. Weights come from `rarity.csv`: rare words weigh more.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from math import sqrt
from typing import Final

RAREST: Final = 1.0
"""The weight of a word that the table of common words does not have."""

_WORD: Final = re.compile(r"\d[\d,.]*\d|\d|[a-z][a-z0-9]*(?:-\d+\w*)?")
_ENDINGS: Final = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_POSSESSIVE: Final = re.compile(r"[’']s?\b")
_STEM: Final = 4
_MARKS: Final = str.maketrans("‘’“”–—\xa0", "''\"\"-- ")


def plain(text: str) -> str:
    """The text in lower case, without accents and possessive endings."""
    if text.isascii():
        return _POSSESSIVE.sub("", text).lower()
    text = text.translate(_MARKS)
    if text.isascii():
        return _POSSESSIVE.sub("", text).lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _POSSESSIVE.sub("", bare).lower()


def stems(text: str) -> list[str]:
    """The stems of a text's words and its numbers (without separators), in their order."""
    return [_stem(word) for word in _WORD.findall(plain(text))]


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _STEM:
            word = word[: len(word) - len(ending)] + instead
            break
    return word[:-1] if word.endswith("e") and len(word) > _STEM else word


@cache
def rarity() -> dict[str, float]:
    """The weight of each common stem, from 0 (says nothing) to under 1."""
    sheet = files(__package__).joinpath("rarity.csv").read_text(encoding="utf-8")
    return {row["stem"]: float(row["weight"]) for row in csv.DictReader(sheet.splitlines())}


@lru_cache(maxsize=1 << 12)
def weighed(text: str) -> dict[str, float]:
    """The stems of a text that say something, each with its weight, above 0 and at most 1.

    The claims of a document share its title, and often a sentence: what was weighed lately is given again (and
    must not be changed).
    """
    table = rarity()
    found = {stem: table.get(stem, RAREST) for stem in stems(text) if len(stem) > 1 or stem.isdigit()}
    return {stem: found[stem] for stem in sorted(found) if found[stem] > 0}


def cosine(a: dict[str, float], b: dict[str, float]) -> float:
    """How alike two bags of weighed words are, 0 to 1; 0 where one is empty."""
    if len(b) < len(a):
        a, b = b, a
    shared = sum(weight * weight for stem, weight in a.items() if stem in b)
    return shared / sqrt(squared(a) * squared(b)) if shared else 0.0


def squared(bag: dict[str, float]) -> float:
    """The sum of the squared weights."""
    return sum(weight * weight for weight in bag.values())
