"""Print what the tables make of every name in a folder of texts, for a person to look at.

    check_seeds.py FOLDER

For each .txt of FOLDER: the persons, states, organisations, groups, equipment, instruments, places and outlets
that the tables resolve, with the code and how often; and what is capitalised like a name and unknown to all
tables, marked "unknown". Persons are full names and surnames after an office, looked up among holders; a person
whom no row knows is "unknown". Nothing is judged here: the list is to be read.
"""

from __future__ import annotations

import argparse
import calendar
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from communique.knowledge.gazetteer import Mention
from communique.knowledge.knowledge import Knowledge, default_knowledge
from communique.knowledge.occupancies import Occupancies
from communique.knowledge.positions import ranks

RUN = re.compile(r"[A-Z][\w’'-]*[a-z](?:\.|(?: (?:al-|el-|bin |ibn |de |van |von )?[A-Z][\w’'-]*[a-z]?\.?)*)")
DATES = frozenset(
    name[:length]
    for name in (*calendar.month_name, *calendar.day_name)
    if name
    for length in (3, 4, len(name))
)
WORD = re.compile(r"(?<![\w'’-])[a-z]+")


def main() -> None:
    """Print the list of each text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    knowledge, table = default_knowledge(), Occupancies.load()
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    words = frozenset(word for text in texts.values() for word in WORD.findall(text)) | {"however", "despite"}
    for path, text in texts.items():
        mentions = knowledge.gazetteer.find(text)
        print(f"== {path.name}")  # noqa: T201
        for line in [*resolved(mentions), *people(names(text, mentions, words), table, knowledge)]:
            print(f"  {line}")  # noqa: T201


def resolved(mentions: list[Mention]) -> Iterator[str]:
    """One line for each kind, words and meaning, with how often they are there."""
    seen = Counter(
        (m.entry.kind, m.text, "|".join(dict.fromkeys(e.code or "-" for e in m.entries))) for m in mentions
    )
    for (kind, words, code), count in sorted(seen.items()):
        yield f"{kind:12} {words} = {code}" + (f" x{count}" if count > 1 else "")


def names(text: str, mentions: list[Mention], words: frozenset[str]) -> Counter[str]:
    """Capitalised words that no mention covers, without ranks, dates and words that texts also write small."""
    taken = bytearray(len(text))
    for mention in mentions:
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    found: Counter[str] = Counter()
    for run in RUN.finditer(text):
        parts = run[0].rstrip(".").split(" ")
        while parts and (parts[0].lower() in words or parts[0] in DATES):
            parts.pop(0)
        name = " ".join(parts)
        for rank in ranks():
            name = name.removeprefix(f"{rank} ")
        if name and not any(taken[run.start() : run.end()]):
            found[name] += 1
    return found


def people(found: Counter[str], table: Occupancies, knowledge: Knowledge) -> Iterator[str]:
    """One line for each name: the holders of that name, or that it is noise or unknown."""
    for name, count in sorted(found.items()):
        persons = dict.fromkeys(f"{row.person} ({row.country})" for row in table.of_person(name))
        told = "noise" if knowledge.gazetteer.meanings(name) else "unknown"
        told = " or ".join(list(persons)[:4]) or told
        yield f"{'person' if persons else 'name':12} {name} = {told}" + (f" x{count}" if count > 1 else "")


if __name__ == "__main__":
    main()
