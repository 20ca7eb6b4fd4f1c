"""Names that stand for several states, and names whose owner depends on what a text is about.

"The Baltic states" are three states wherever they are named; "the North" is North Korea where a text is about
Korea; a bare "Senate" is that of the state in focus, and in the Kremlin's own press "the Security Council" is
Russia's; "the Council" is the Security Council where a text names that. `tables/context_names.csv` has one row a name:
the codes (`|` between them; `*` is the state in focus or the outlet's own), `where` (focus, home, named, or nothing:
always) and the states and organisations of which one must be there for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from communique.knowledge.entries import Entry
from communique.knowledge.gazetteer import Gazetteer
from communique.knowledge.sheets import SheetRow, read_sheet
from communique.knowledge.tables import ACTOR_CODE
from communique.knowledge.thing_rows import several

COLUMNS = ("name", "codes", "source")
WHERE = ("", "focus", "home", "named")
OWN = "*"

_PART_OF_A_NAME = re.compile(r"(?:-| of| on| for)? (?:[A-Z][a-z]+|[A-Z]{2,})")


@dataclass(frozen=True, slots=True)
class ContextName:
    """One row: the name stands for `codes`; `needed` is where one of `states` must be ("" for always)."""

    name: str
    codes: tuple[str, ...]
    needed: str
    states: tuple[str, ...]

    def owners(self, focus: Sequence[str], home: str | None, named: Sequence[str]) -> tuple[str, ...]:
        """The codes that the name stands for in a text about `focus` that names `named`, by an outlet of `home`."""
        there = {"": (), "focus": focus, "home": (home,) if home else (), "named": named}[self.needed]
        at_hand = [code for code in there if code in self.states or not self.states]
        if self.needed and not at_hand:
            return ()
        return tuple(at_hand[:1]) if self.codes == (OWN,) else self.codes


@dataclass(frozen=True, slots=True)
class Standing:
    """Words of a text and the codes of all the states (or groups) that they stand for there."""

    start: int
    end: int
    text: str
    codes: tuple[str, ...]


class ContextNames:
    """The table with its automaton."""

    def __init__(self, rows: Sequence[ContextName]) -> None:
        self._rows: dict[str, list[ContextName]] = {}
        for row in rows:
            self._rows.setdefault(row.name, []).append(row)
        self._names = Gazetteer((name, Entry("state", "", name, "short")) for name in self._rows)

    @classmethod
    def load(cls, overlay: Path | None = None) -> ContextNames:
        """The shipped table with the overlay's rows before it; built once for each overlay."""
        return _loaded(overlay)

    def stands_for(
        self, name: str, *, focus: Sequence[str] = (), home: str | None = None, named: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """The codes that exactly this name stands for in a text about `focus`, the leading state first.

        `home` is the state of the outlet, `named` are all actors that the text names. () for a name that no row has, or
        whose context is not there.
        """
        for entry in self._names.meanings(name):
            for row in self._rows[entry.name]:
                if owners := row.owners(focus, home, named):
                    return owners
        return ()

    def find(
        self, text: str, *, focus: Sequence[str] = (), home: str | None = None, named: Sequence[str] = ()
    ) -> Iterator[Standing]:
        """The names of the table in a text that stand for something there, in order.

        What a further name follows is part of that name ("the South Caucasus", "Senate Majority Leader").
        """
        for mention in self._names.find(text):
            owners = self.stands_for(mention.text, focus=focus, home=home, named=named)
            if owners and not _PART_OF_A_NAME.match(text, mention.end):
                yield Standing(mention.start, mention.end, mention.text, owners)


def context_name(row: SheetRow) -> ContextName:
    """The row as a name; raises KnowledgeError for a code or a `where` that is none."""
    codes, states = several(row["codes"]), several(row["states"])
    for code in (*codes, *states):
        if code != OWN and not ACTOR_CODE.fullmatch(code):
            raise row.wrong(f"{code!r} is no code of a state or group")
    if row["where"] not in WHERE:
        raise row.wrong(f"where is none of focus, home, named and nothing: {row['where']!r}")
    if OWN in codes and (len(codes) > 1 or not row["where"]):
        raise row.wrong("* stands alone, and only with focus, home or named")
    return ContextName(row["name"], codes, row["where"], states)


@lru_cache(maxsize=4)
def _loaded(overlay: Path | None) -> ContextNames:
    return ContextNames([context_name(row) for row in read_sheet("context_names.csv", COLUMNS, overlay)])
