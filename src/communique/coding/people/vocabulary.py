"""The vocabulary of offices, ranks and honorifics, read once from offices.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class OfficeRule:
    """When a phrase with one of `heads` is the office `name`.

    Each of `before`, `of` and `anywhere` is a choice of word sets: all the words of one of them must stand
    before the head, in the complement, or in either.
    """

    name: str
    heads: frozenset[str]
    before: tuple[frozenset[str], ...]
    of: tuple[frozenset[str], ...]
    anywhere: tuple[frozenset[str], ...]
    deputy: bool
    not_deputy: bool
    state: str | None

    def fits(self, head: str, before: frozenset[str], of: frozenset[str]) -> bool:
        """True when the phrase of these words is this office."""
        if head not in self.heads or (self.not_deputy and before & DEPUTY):
            return False
        return _one_in(self.before, before) and _one_in(self.of, of) and _one_in(self.anywhere, before | of)


@dataclass(frozen=True)
class OfficeVocabulary:
    """The words of offices.toml (see there), in lower case."""

    heads: frozenset[str]
    before: frozenset[str]
    inside: frozenset[str]
    closers: frozenset[str]
    family_first: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    calendar: frozenset[str]
    wires: tuple[str, ...]
    private: frozenset[str]
    vague: frozenset[str]
    military: frozenset[str]
    speaking_for: frozenset[str]
    local: frozenset[str]
    officials: dict[str, str]
    lacking: dict[str, frozenset[str]]
    monarchies: frozenset[str]
    monarchs: frozenset[str]
    ranks: dict[str, str]
    rank_words: frozenset[str]
    honorifics: frozenset[str]
    rules: tuple[OfficeRule, ...]

    @cached_property
    def titles(self) -> frozenset[str]:
        """Words that may stand before a name without being part of it."""
        return self.rank_words | self.honorifics

    def may_have(self, state: str, heads: Collection[str]) -> bool:
        """False where a state has no office with one of these head nouns: ministers in Washington, a king in Paris."""
        none = self.lacking.get(state, frozenset())
        return none.isdisjoint(heads) and (state in self.monarchies or self.monarchs.isdisjoint(heads))


DEPUTY = frozenset({"deputy", "vice"})


@lru_cache(maxsize=1)
def office_vocabulary() -> OfficeVocabulary:
    """The vocabulary as shipped."""
    table = tomllib.loads((files(__package__) / "offices.toml").read_text(encoding="utf-8"))
    return OfficeVocabulary(
        heads=frozenset(table["heads"]),
        before=frozenset(table["before"]),
        inside=frozenset(table["inside"]),
        closers=frozenset(table["closers"]),
        family_first=frozenset(table["family_first"]),
        particles=frozenset(table["particles"]),
        not_names=frozenset(table["not_names"]),
        calendar=frozenset(table["calendar"]),
        wires=tuple(table["wires"]),
        private=frozenset(table["private"]),
        vague=frozenset(table["vague"]),
        military=frozenset(table["military"]),
        speaking_for=frozenset(table["speaking_for"]),
        local=frozenset(table["local"]),
        officials=dict(table["officials"]),
        lacking={state: frozenset(heads) for state, heads in table["lacking"].items()},
        monarchies=frozenset(table["monarchies"]["states"]),
        monarchs=frozenset(table["monarchies"]["heads"]),
        ranks=dict(table["ranks"]),
        rank_words=frozenset(table["skip"]["ranks"]),
        honorifics=frozenset(table["skip"]["honorifics"]),
        rules=tuple(_rule(row) for row in table["office"]),
    )


def _rule(row: dict[str, Any]) -> OfficeRule:
    return OfficeRule(
        name=row["name"],
        heads=frozenset(row["heads"]),
        before=_word_sets(row.get("before", ())),
        of=_word_sets(row.get("of", ())),
        anywhere=_word_sets(row.get("any", ())),
        deputy=row.get("deputy", False),
        not_deputy=row.get("not_deputy", False),
        state=row.get("state"),
    )


def _word_sets(choices: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(choice.split()) for choice in choices)


def _one_in(choices: tuple[frozenset[str], ...], words: frozenset[str]) -> bool:
    return not choices or any(choice <= words for choice in choices)
