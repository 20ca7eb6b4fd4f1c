"""Compare our table of office-holders with the facts file that part of it was taken from.

    check_occupancies.py FACTS_CSV [--all]

For each row of FACTS_CSV (defence and foreign ministers, heads of state and government; tenures that touch
2000 or later; states that our table has) the middle day of the tenure from 2000 on is asked of our table: the
row agrees when the person is among the holders named for that day, and agrees alone when nobody else is.
Prints the share and every disagreement.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from build_occupancies import CODES, as_of, canonical, plain_names  # type: ignore[import-not-found]

from communique.knowledge.names import essential, sound_of, words_of
from communique.knowledge.occupancies import Occupancies, first_day, last_day
from communique.records import Interval

CLASSES = ("defence_minister", "foreign_minister", "head_of_state", "head_of_government")
PRK = {"supreme leader": "leader"}


def questions(path: Path) -> Iterator[tuple[dict[str, str], str, str, date]]:
    """Each row asked about: the row, our office and code, and the middle day."""
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        office = canonical(row["office"], row["office_label"], row["person"])
        if row["office"] not in CLASSES or not office or not row["start"]:
            continue
        office = PRK.get(office, office) if row["country"] == "PRK" else office
        start = max(last_day(row["start"]), date(2000, 1, 1))
        end = first_day(row["end"]) if row["end"] else last_day(as_of(row))
        if row["end"] and last_day(row["end"]) < date(2000, 1, 1):
            continue
        yield row, office, CODES.get(row["country"], row["country"]), start + (max(end, start) - start) / 2


def alike(one: str, other: str) -> bool:
    """The words of one name, by sound, are all in the other."""
    a, b = ({sound_of(w) for w in essential(words_of(name))} for name in (one, other))
    return a <= b or b <= a


def main(path: str) -> None:
    """Print the figures and the disagreements."""
    table = Occupancies.load()
    states = {row.country for row in table.rows}
    asked = agree = alone = 0
    for row, office, country, day in questions(Path(path)):
        if country not in states:
            continue
        asked += 1
        person, aliases = plain_names(row["person"], [a for a in row["aliases"].split("|") if a])
        holders = table.holders(office, country, Interval(start=day, end=day))
        found = [
            h for h in holders if any(alike(x, y) for x in (h.person, *h.aliases) for y in (person, *aliases))
        ]
        agree += bool(found)
        alone += bool(found) and len({h.person for h in holders}) == 1
        if not found:
            named = ", ".join(f"{h.person} {h.start}..{h.end or ''}" for h in holders) or "nobody"
            print(f"{country} {office} {day}: {person} {row['start']}..{row['end']}; ours: {named}")  # noqa: T201
    print(f"{agree} of {asked} rows answered the same ({agree / asked:.4f}), {alone} alone")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
