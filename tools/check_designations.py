"""Say which share of a list of designations our sheet resolves.

Run `python tools/check_designations.py ../shared/facts/designations.csv [--missing N]`: the list is a CSV
file with a column `designation` and, optionally, `deals_since_1995` as weight. A designation is found when
the gazetteer of materiel.entries() sees a name in it or in a phrase with its description ("Leopard tank"),
and resolved when materiel.resolve() knows its family.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from communique.knowledge.gazetteer import Gazetteer
from communique.knowledge.materiel import entries, resolve


def main() -> None:
    """Print the shares, by row and by weight, and the heaviest that are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--missing", type=int, default=0)
    options = parser.parse_args()
    with options.file.open(encoding="utf-8", newline="") as file:
        rows = [(row["designation"], int(row.get("deals_since_1995") or 1)) for row in csv.DictReader(file)]
    gazetteer = Gazetteer(entries())
    found = {name for name, _ in rows if _names_something(gazetteer, name)}
    either = {name for name, _ in rows if name in found or resolve(name) is not None}
    for label, hits in (("found in the text", found), ("found or resolved", either)):
        weight = sum(w for name, w in rows if name in hits) / sum(w for _, w in rows)
        print(f"{label}: {len(hits)} of {len(rows)} = {len(hits) / len(rows):.3f}; by deals {weight:.3f}")  # noqa: T201
    for name, weight in [row for row in rows if row[0] not in either][: options.missing]:
        print(f"  missing: {name} ({weight})")  # noqa: T201


def _names_something(gazetteer: Gazetteer, name: str) -> bool:
    return any(mention.entry.form != "generic" for mention in gazetteer.find(name))


if __name__ == "__main__":
    main()
