"""What equipment a name means, and whether two names may mean the same one.

A designation means its family ("S-300PMU-2": S-300); a noun means only a category or several ("fighter jets":
combat aircraft; "batteries": air defence, artillery, and more). `equipment.toml` says which categories a noun
covers. A plain word that names two designations ("Typhoon") may mean either.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from communique.knowledge import materiel
from communique.knowledge.sheets import Overlay
from communique.knowledge.thing_rows import keyed_rows, several
from communique.linking import tables

LONGEST = 4
"""Words of the longest designation or noun that is looked for within a name."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a name may mean: families where it is a designation, and categories; both sorted, empty where unknown."""

    name: str
    families: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    @property
    def family(self) -> str | None:
        """The family where the name means only one."""
        return self.families[0] if len(self.families) == 1 else None

    @property
    def unspecific(self) -> bool:
        """True where it may mean everything: "arms", "equipment", or a name that the tables do not have."""
        return not self.families and (not self.categories or set(self.categories) <= set(_relations()["any"]))


def equipment_of(name: str) -> Equipment:
    """What a name in an article means.

    >>> equipment_of("Sukhoi Su-30 warplanes")
    Equipment(name='Sukhoi Su-30 warplanes', families=('Su-30',), categories=('fighter aircraft',))
    >>> equipment_of("modern tanks").categories, equipment_of("weapons").unspecific
    (('tank',), True)
    """
    return _equipment_of(name, tables.overlay())


@lru_cache(maxsize=1 << 14)
def _equipment_of(name: str, overlay: Overlay | None) -> Equipment:
    nouns = _noun_categories(name, overlay)
    families = _families(name, overlay)
    if len(families) > 1 and nouns:
        fitting = tuple(f for f in families if _meet(frozenset({_category(f, overlay)}), frozenset(nouns)))
        families = fitting or families
    if families:
        return Equipment(name, families, tuple(sorted({_category(f, overlay) for f in families})))
    return Equipment(name, (), nouns)


def may_be_same(a: Equipment, b: Equipment) -> bool:
    """False where the names cannot mean the same equipment: other families, or categories that exclude each other."""
    if a.families and b.families:
        return not set(a.families).isdisjoint(b.families)
    return a.unspecific or b.unspecific or _meet(frozenset(a.categories), frozenset(b.categories))


def alike(a: Equipment, b: Equipment) -> bool:
    """True where both say what they mean and may mean the same."""
    return not a.unspecific and not b.unspecific and may_be_same(a, b)


@lru_cache(maxsize=1 << 12)
def _meet(a: frozenset[str], b: frozenset[str]) -> bool:
    """True where a category of one is, or is covered by, one of the other."""
    covers = _relations()["covers"]
    return any(x == y or y in covers.get(x, ()) or x in covers.get(y, ()) for x in a for y in b)


def _families(name: str, overlay: Overlay | None) -> tuple[str, ...]:
    """The families of the whole name, or of the longest words in it with a digit, or of those before a noun."""
    if whole := _named(name, overlay):
        return whole
    for part in _within(name):
        if any(c.isdigit() for c in part) and (found := _named(part, overlay)):
            return found
    words = name.split()
    for end in range(len(words) - 1, 0, -1):
        if (found := _named(" ".join(words[:end]), overlay)) and _noun_categories(
            " ".join(words[end:]), overlay
        ):
            return found
    return ()


def _named(words: str, overlay: Overlay | None) -> tuple[str, ...]:
    """Every family that has the name; where no row has it, what its form resolves to ("F-16BM")."""
    text = " ".join(words.split())
    for form in (text, re.sub(r"(?<=[^s])['’]?s$", "", text)):
        if found := _by_name(overlay).get(_key(form)):
            return found
    family = materiel.resolve(text, overlay)
    return (family,) if family else ()


def _within(name: str) -> Iterator[str]:
    """The runs of words of a name, longer ones first."""
    words = name.split()
    spans = combinations(range(len(words) + 1), 2)
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if end - start <= LONGEST:
            yield " ".join(words[start:end])


def _noun_categories(name: str, overlay: Overlay | None) -> tuple[str, ...]:
    """The categories of the longest noun at the end of the name."""
    words = name.lower().split()
    for start in range(max(0, len(words) - LONGEST), len(words)):
        if found := _nouns(overlay).get(" ".join(words[start:])):
            return found
    return ()


def _category(family: str, overlay: Overlay | None) -> str:
    return _categories(overlay).get(family, "")


@cache
def _categories(overlay: Overlay | None) -> dict[str, str]:
    """The category of each family, by its first row."""
    found: dict[str, str] = {}
    for row in materiel.equipment(overlay):
        found.setdefault(row.family, row.category)
    return found


def makers() -> dict[str, frozenset[str]]:
    """The states that make each family."""
    return materiel.makers(tables.overlay())


@cache
def _by_name(overlay: Overlay | None) -> dict[str, tuple[str, ...]]:
    """The families that each name of the sheet may mean.

    A name that others have with a noun behind it ("Typhoon", "Typhoon fighters") may mean theirs as well.
    """
    found: dict[str, set[str]] = defaultdict(set)
    written = list(_written(overlay))
    for name, family in written:
        found[_key(name)].add(family)
    for name, family in written:
        if (head := _head(name, overlay)) and _key(head) in found:
            found[_key(head)].add(family)
    return {name: tuple(sorted(families)) for name, families in found.items()}


def _written(overlay: Overlay | None) -> Iterator[tuple[str, str]]:
    """Every designation and variant of the sheet with its family."""
    required = ("designation", "family", "category")
    for row in keyed_rows("materiel.csv", required, overlay, key=("designation", "category")):
        if row["category"] != materiel.NOISE:
            for name in (row["designation"], *several(row["variants"])):
                yield name.rstrip(materiel.PLAIN), row["family"]


@cache
def _nouns(overlay: Overlay | None) -> dict[str, tuple[str, ...]]:
    """The categories that each noun may mean, from the generic nouns and those that follow designations."""
    found: dict[str, set[str]] = defaultdict(set)
    for noun in materiel.generic_nouns(overlay):
        for form in (noun.noun, noun.plural):
            found[form.lower()].add(noun.category)
    for row in keyed_rows("materiel_nouns.csv", ("category", "nouns"), overlay, key=("category",)):
        for form in several(row["nouns"]):
            found[form.lower()].add(row["category"])
    return {noun: tuple(sorted(categories)) for noun, categories in found.items()}


def _head(name: str, overlay: Overlay | None) -> str | None:
    """The name without the noun at its end: "Typhoon" of "Typhoon fighters"; None where it has none."""
    words = name.split()
    for start in range(1, len(words)):
        if " ".join(words[start:]).lower() in _nouns(overlay):
            return " ".join(words[:start])
    return None


def _key(name: str) -> str:
    return re.sub(r"[- ]", "", name).lower()


@cache
def _relations() -> dict[str, Any]:
    with files("communique.linking").joinpath("equipment.toml").open("rb") as file:
        return tomllib.load(file)
