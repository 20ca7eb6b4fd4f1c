"""Military equipment: designations, their families, and the ways in which news writes them.

Sheets: `materiel.csv` (designation, family, category, maker, variants, source), `materiel_generic.csv`
(the nouns: "helicopters", "ammunition"; `weapon` tells arms from other goods) and `materiel_nouns.csv`
(the nouns that make a plain word a designation: "Leopard tanks"). A `*` after a designation or variant
marks a plain word, which names no equipment without such a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from communique.knowledge.gazetteer import Entry, Form
from communique.knowledge.sheets import Overlay, SheetRow
from communique.knowledge.thing_rows import keyed_rows, several

NOISE = "noise"
RELIEF = "relief"
"""Goods that are no materiel ("humanitarian aid"): known to `is_weapon`, and not among the entries."""
PLAIN = "*"

_NUMBERED = re.compile(r"([A-Za-z][A-Za-z/]{0,4})[- ]?(\d[\w/.+-]*)(.*)", re.DOTALL)
_SUFFIXED = re.compile(r"([A-Za-z/]{1,12})[- ]?(\d{1,4})(?:[- ]?[A-Za-z][\w/.+-]*)?")
_AMERICAN = (("defence", "defense"), ("armour", "armor"), ("programme", "program"))


@dataclass(frozen=True, slots=True)
class Equipment:
    """One designation: its family ("S-300"), category ("air defence system"), the states that make it."""

    designation: str
    family: str
    category: str
    makers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GenericNoun:
    """A noun for equipment, its plural, its category, and whether it means arms (body armour is none)."""

    noun: str
    plural: str
    category: str
    weapon: bool


def entries(overlay: Overlay | None = None) -> Iterator[tuple[str, Entry]]:
    """Every way to write each designation and each generic noun, with what it means."""
    nouns = {row["category"]: several(row["nouns"]) for row in _sheet("materiel_nouns", "category", overlay)}
    for row in _sheet("materiel", "designation", overlay):
        yield from _designation_entries(row, nouns)
    for noun in generic_nouns(overlay):
        if noun.category == RELIEF:
            continue
        entry = Entry("materiel", noun.noun, noun.noun, "generic", noun.category)
        yield noun.noun, entry
        if noun.plural != noun.noun:
            yield noun.plural, entry


def equipment(overlay: Overlay | None = None) -> Iterator[Equipment]:
    """Every designation, in the order of the sheet."""
    for row in _sheet("materiel", "designation", overlay):
        if row["category"] != NOISE:
            name = row["designation"].rstrip(PLAIN)
            yield Equipment(name, row["family"], row["category"], several(row["maker"]))


@cache
def makers(overlay: Overlay | None = None) -> dict[str, frozenset[str]]:
    """The states that make each family."""
    found: dict[str, frozenset[str]] = {}
    for row in equipment(overlay):
        found[row.family] = found.get(row.family, frozenset()) | frozenset(row.makers)
    return found


def generic_nouns(overlay: Overlay | None = None) -> Iterator[GenericNoun]:
    """Every generic noun, in the order of the sheet; each with "defence" also as "defense" and so on."""
    for row in _sheet("materiel_generic", "noun", overlay):
        yield from _spelt(noun_of(row))


def noun_of(row: SheetRow) -> GenericNoun:
    """The row as a noun; raises KnowledgeError where `weapon` is neither yes nor no."""
    if row["weapon"] not in ("yes", "no"):
        raise row.wrong(f"weapon is neither yes nor no: {row['weapon']!r}")
    return GenericNoun(row["noun"], row["plural"], row["category"], row["weapon"] == "yes")


def _spelt(listed: GenericNoun) -> Iterator[GenericNoun]:
    pairs = zip(_spellings(listed.noun), _spellings(listed.plural), strict=True)
    return (replace(listed, noun=noun, plural=plural) for noun, plural in dict.fromkeys(pairs))


def is_weapon(noun: str, overlay: Overlay | None = None) -> bool | None:
    """Whether a generic noun in lower case, singular or plural, means arms; None where it is unknown.

    Body armour, spare parts, merchant vessels and relief ("humanitarian aid") are goods, not arms.

    >>> is_weapon("howitzers"), is_weapon("body armour"), is_weapon("humanitarian aid"), is_weapon("goodwill")
    (True, False, False, None)
    """
    return _weapons(overlay).get(noun)


def is_arms(entry: Entry, overlay: Overlay | None = None) -> bool | None:
    """Whether an entry of the gazetteer means arms: designations do, nouns by the sheet; None if no materiel."""
    if entry.kind != "materiel":
        return None
    return is_weapon(entry.name, overlay) if entry.form == "generic" else True


def resolve(words: str, overlay: Overlay | None = None) -> str | None:
    """The family of a designation, also of forms and suffixes that no row lists, or None.

    >>> resolve("S 300 PMU-2"), resolve("F-16BM"), resolve("Resolution 1929")
    ('S-300', 'F-16', None)
    """
    families = _families(overlay)
    text = " ".join(words.split())
    found = families.get(_key(text)) or families.get(_key(_singular(text)))
    if found is not None:
        return found
    match = _SUFFIXED.match(text)
    if match is None or match.end() < len(text.split(" ")[0]):
        return None
    return families.get(_key(match[1] + match[2]))


def without_noun(words: str, category: str) -> str:
    """A designation without the noun of its category that follows it.

    >>> without_noun("Leopard tanks", "tank"), without_noun("Leopard 2", "tank")
    ('Leopard', 'Leopard 2')
    """
    for noun in _nouns().get(category, ()):
        if words.endswith(f" {noun}"):
            return words[: -len(noun) - 1]
    return words


@cache
def _nouns() -> dict[str, tuple[str, ...]]:
    """The nouns of each category, the longest first."""
    rows = _sheet("materiel_nouns", "category", None)
    return {row["category"]: tuple(sorted(several(row["nouns"]), key=lambda n: (-len(n), n))) for row in rows}


@cache
def _weapons(overlay: Overlay | None) -> dict[str, bool]:
    """Each noun and plural with whether it means arms; of equal ones the first counts."""
    table: dict[str, bool] = {}
    for known in generic_nouns(overlay):
        for noun in (known.noun, known.plural):
            table.setdefault(noun, known.weapon)
    return table


@cache
def _families(overlay: Overlay | None) -> dict[str, str]:
    table: dict[str, str] = {}
    for row in _sheet("materiel", "designation", overlay):
        if row["category"] != NOISE:
            for name in (row["designation"], *several(row["variants"])):
                table.setdefault(_key(name.rstrip(PLAIN)), row["family"])
    return table


def _key(name: str) -> str:
    """What of a designation does not change with case, hyphens and spaces."""
    return re.sub(r"[- ]", "", name).lower()


def _singular(name: str) -> str:
    return re.sub(r"(?<=[^s])['’]?s$", "", name)


def _sheet(name: str, key: str, overlay: Overlay | None) -> Iterator[SheetRow]:
    required = {
        "materiel": ("designation", "family", "category", "source"),
        "materiel_generic": ("noun", "plural", "category", "weapon"),
        "materiel_nouns": ("category", "nouns"),
    }[name]
    keys = ("designation", "category") if name == "materiel" else (key,)
    return keyed_rows(f"{name}.csv", required, overlay, key=keys)


def _designation_entries(row: SheetRow, nouns: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Entry]]:
    category, designation = row["category"], row["designation"].rstrip(PLAIN)
    for number, written in enumerate((row["designation"], *several(row["variants"]))):
        form: Form = "variant" if number else "name"
        name = written.rstrip(PLAIN)
        if category == NOISE:
            yield name, Entry("noise", "", designation, form)
            continue
        entry = Entry("materiel", row["family"], designation, form, category)
        heads = [f" {noun}" for noun in nouns.get(category, ())] if written.endswith(PLAIN) else [""]
        for surface in surfaces(name):
            for head in heads:
                yield surface + head, entry


def surfaces(name: str) -> Iterator[str]:
    """The ways to write a designation: with hyphen, space or nothing; in capitals; plural.

    >>> list(surfaces("Su-30"))[:6]
    ['Su-30', 'Su-30s', 'Su 30', 'Su 30s', 'Su30', 'Su30s']
    """
    seen: set[str] = set()
    for spaced in _separations(name):
        for surface in (spaced, _plural(spaced)):
            if surface and surface not in seen:
                seen.add(surface)
                yield surface


def _separations(name: str) -> Iterator[str]:
    yield name
    match = _NUMBERED.fullmatch(name)
    if match is None:
        return
    letters, digits, rest = match.groups()
    yield f"{letters}-{digits}{rest}"
    short = len(letters) == 1 and not digits[1:2].isdigit()
    for prefix in dict.fromkeys((letters, letters.upper(), letters.capitalize())):
        if letters.isupper() and prefix != letters:
            continue
        if prefix != letters:
            yield f"{prefix}-{digits}{rest}"
        if not short:
            if letters not in ("A", "I"):
                yield f"{prefix} {digits}{rest}"
            yield f"{prefix}{digits}{rest}"


def _plural(name: str) -> str:
    """The plural that news writes ("T-90s"), or nothing where the name ends in s or in no word."""
    if name[-1] in "sS" or not name[-1].isalnum():
        return ""
    return f"{name}s"


def _spellings(noun: str) -> tuple[str, str]:
    american = noun
    for british, other in _AMERICAN:
        american = american.replace(british, other)
    return noun, american
