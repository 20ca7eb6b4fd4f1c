"""Print what the tables make of every name in a folder of texts, for a person to look at.

    check_seeds.py FOLDER

For each .txt of FOLDER: the persons, states, organisations, groups, equipment, instruments, places and outlets
that the tables resolve, with the code and how often; and what is capitalised like a name and unknown to all
tables, marked "unknown". Persons are full names and surnames after an office, looked up among holders; a person
whom no row knows is "unknown". Nothing is judged here: the list is to be read.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from communique.knowledge.gazetteer import Mention
from communique.knowledge.knowledge import Knowledge, default_knowledge
from communique.knowledge.occupancies import Occupancies

RUN = re.compile(r"[A-Z][\w’'-]*[a-z](?:\.|(?: (?:al-|el-|bin |ibn |de |van |von )?[A-Z][\w’'-]*[a-z]?\.?)*)")


def main() -> None:
    """Print the list of each text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    knowledge, table = default_knowledge(), Occupancies.load()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        mentions = knowledge.gazetteer.find(text)
        print(f"== {path.name}")  # noqa: T201
        for line in [*resolved(mentions), *people(text, mentions, table, knowledge)]:
            print(f"  {line}")  # noqa: T201


def resolved(mentions: list[Mention]) -> Iterator[str]:
    """One line for each kind, words and meaning, with how often they are there."""
    seen = Counter(
        (m.entry.kind, m.text, "|".join(dict.fromkeys(e.code or "-" for e in m.entries))) for m in mentions
    )
    for (kind, words, code), count in sorted(seen.items()):
        yield f"{kind:12} {words} = {code}" + (f" x{count}" if count > 1 else "")


def people(text: str, mentions: list[Mention], table: Occupancies, knowledge: Knowledge) -> Iterator[str]:
    """Capitalised words that no mention covers: as persons of the table of holders, or as unknown."""
    taken = bytearray(len(text))
    for mention in mentions:
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    found = Counter(m[0].rstrip(".") for m in RUN.finditer(text) if not any(taken[m.start() : m.end()]))
    for name, count in sorted(found.items()):
        rows = table.of_person(name)
        persons = dict.fromkeys(f"{row.person} ({row.country})" for row in rows)
        if persons:
            told = " or ".join(list(persons)[:4])
        else:
            told = "noise" if knowledge.gazetteer.meanings(name) else "unknown"
        yield f"{'person' if persons else 'name':12} {name} = {told}" + (f" x{count}" if count > 1 else "")


if __name__ == "__main__":
    main()
