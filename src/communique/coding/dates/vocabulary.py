"""The words of the date grammar, read once from vocabulary.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def vocabulary() -> Mapping[str, Mapping[str, Any]]:
    """The tables of vocabulary.toml by name."""
    text = resources.files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def table(name: str) -> Mapping[str, Any]:
    """One table: its phrases (in lower case) and what they stand for."""
    return vocabulary()[name]


def words(name: str, key: str = "words") -> tuple[str, ...]:
    """One list of phrases."""
    return tuple(vocabulary()[name][key])


def alternation(phrases: Iterable[str]) -> str:
    """A pattern that matches any of the phrases, the longest first; a space matches white space."""
    ordered = sorted(phrases, key=lambda p: (-len(p), p))
    return "(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered) + ")"


def key(matched: str) -> str:
    """The phrase as the tables write it: lower case, single spaces."""
    return " ".join(matched.lower().replace("’", "'").split())
