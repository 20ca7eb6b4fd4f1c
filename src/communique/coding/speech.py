"""The words by which news says who said what, as speech.toml has them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

SPEECH_KINDS = frozenset({"request", "accuse", "reject", "threaten", "support"})
"""Kinds of event that are done by saying something: their source is an actor, not whom the article relies on."""


@dataclass(frozen=True)
class SpeechWords:
    """The words of speech.toml."""

    verbs: frozenset[str]
    plain: frozenset[str]
    telling: frozenset[str]
    about: dict[str, frozenset[str]]
    quoted: frozenset[str]
    weak: frozenset[str]
    givers: frozenset[str]
    public: frozenset[str]
    media: frozenset[str]
    according: tuple[str, ...]


@lru_cache(maxsize=1)
def speech_words() -> SpeechWords:
    """The vocabulary as shipped."""
    table = tomllib.loads((files(__package__) / "speech.toml").read_text(encoding="utf-8"))
    return SpeechWords(
        verbs=frozenset(table["verbs"]),
        plain=frozenset(table["plain"]),
        telling=frozenset(table["telling"]),
        about={verb: frozenset(words) for verb, words in table["about"].items()},
        quoted=frozenset(table["quoted"]),
        weak=frozenset(table["weak"]),
        givers=frozenset(table["givers"]),
        public=frozenset(table["public"]),
        media=frozenset(table["media"]),
        according=tuple(table["according"]),
    )
