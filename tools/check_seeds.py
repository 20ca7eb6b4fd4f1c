"""Print what the tables make of every name in a folder of pages, for a person to look at.

    check_seeds.py FOLDER

For each page of FOLDER as it is read (its article, without the furniture): the states, organisations, groups,
equipment, instruments, places, offices and outlets that the tables resolve, with the code and how often; and the
persons named, with office and state, or "unknown". Nothing is judged here: the list is to be read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator

from communique.coding.coder import Coder
from communique.coding.people import People
from communique.knowledge.gazetteer import Mention
from communique.reading import read_all
from communique.records import Document
from communique.sources import open_sources


def main() -> None:
    """Print the list of each page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder")
    pages = read_all(open_sources([parser.parse_args().folder]))
    for annotation in Coder(learned=False).annotations(p for p in pages if isinstance(p, Document)):
        parse = annotation.parse
        print(f"== {parse.document.id}")  # noqa: T201
        for line in [*resolved(parse.mentions), *persons(annotation.people)]:
            print(f"  {line}")  # noqa: T201


def resolved(mentions: tuple[Mention, ...]) -> Iterator[str]:
    """One line for each kind, words and meaning, with how often they are there."""
    seen = Counter(
        (m.entry.kind, m.text, "|".join(dict.fromkeys(e.code or "-" for e in m.entries))) for m in mentions
    )
    for (kind, words, code), count in sorted(seen.items()):
        yield f"{kind:12} {words} = {code}" + (f" x{count}" if count > 1 else "")


def persons(people: People) -> Iterator[str]:
    """One line for each person: office and state, or unknown."""
    for person in people.persons:
        known = f"{person.office or 'no office'}, {person.code or 'no state'}"
        told = known if person.office or person.code else "unknown"
        yield f"{'person' if person.office else 'name':12} {person.name} = {told} x{len(person.spans)}"


if __name__ == "__main__":
    main()
