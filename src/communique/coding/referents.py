"""What an expression can stand for, and the words of references.toml."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from spacy.tokens import Token

from communique.coding.people import PersonRecord

MEMORY = 200
"""Namings that an expression looks back over."""


@dataclass(frozen=True, slots=True)
class Referent:
    """Who is meant: actor codes, persons, and why."""

    codes: tuple[str, ...]
    persons: tuple[PersonRecord, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or some state named at a word: what later expressions can stand for."""

    token: int
    sentence: int
    codes: tuple[str, ...]
    person: PersonRecord | None
    level: int  # 2 the subject of a main clause, 1 of another, 0 no subject


@dataclass(frozen=True, slots=True)
class Reference:
    """An expression at offsets `start` to `end` and who it stands for."""

    start: int
    end: int
    referent: Referent


@dataclass(frozen=True)
class References:
    """All resolved expressions of a document, sorted, without overlap."""

    items: tuple[Reference, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [r.start for r in self.items]

    def at(self, start: int, end: int | None = None) -> Referent | None:
        """Who the expression that covers `start` stands for, else the last one in start..end."""
        k = bisect_right(self._starts, start) - 1
        if k >= 0 and self.items[k].start <= start < self.items[k].end:
            return self.items[k].referent
        if end is None:
            return None
        k = bisect_right(self._starts, end - 1) - 1
        return self.items[k].referent if k >= 0 and self.items[k].start >= start else None

    def at_token(self, token: Token) -> Referent | None:
        """Who the expression that covers a word stands for."""
        return self.at(token.idx)

    def __iter__(self) -> Iterator[Reference]:
        return iter(self.items)


@dataclass(frozen=True)
class Expressions:
    """The words of references.toml."""

    pronouns: frozenset[str]
    subjects: frozenset[str]
    own_side: frozenset[str]
    groups: frozenset[str]
    of_groups: frozenset[str]
    governments: frozenset[str]
    states: frozenset[str]
    persons: frozenset[str]
    bare: frozenset[str]
    joint: frozenset[str]
    numbers: dict[str, int]
    namesakes: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def expressions() -> Expressions:
    """The vocabulary as shipped."""
    table = tomllib.loads((files(__package__) / "references.toml").read_text(encoding="utf-8"))
    return Expressions(
        pronouns=frozenset(table["person_pronouns"]),
        subjects=frozenset(table["subject_pronouns"]),
        own_side=frozenset(table["own_side"]),
        groups=frozenset(table["groups"]),
        of_groups=frozenset(table["of_groups"]),
        governments=frozenset(table["pairs"]["governments"]) | frozenset(table["pairs"]["states"]),
        states=frozenset(table["pairs"]["states"]),
        persons=frozenset(table["pairs"]["persons"]),
        bare=frozenset(table["pairs"]["bare"]),
        joint=frozenset(table["pairs"]["joint"]),
        numbers=table["numbers"],
        namesakes={noun: tuple(codes) for noun, codes in table["namesakes"].items()},
        roles={noun: tuple(offices) for noun, offices in table["roles"].items()},
    )
