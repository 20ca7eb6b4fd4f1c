"""Make tables/occupancies.csv from facts taken row by row and our own additions.

    build_occupancies.py FACTS_CSV

FACTS_CSV is an export of office-holders from Wikidata (CC0) with the columns person, person_id, aliases,
office (a class), office_label, country, start, end, source. Our own rows stand in
tables/holders_recent.csv; a row there replaces the facts' rows of the same person, office and country
that it overlaps. An end that the source did not record is closed by the successor in a post with one
holder, and the note says so. The output is sorted: the same input gives the same bytes.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from communique.knowledge.names import essential, sound_of, words_of

TABLES = Path(__file__).resolve().parents[1] / "src/communique/knowledge/tables"
CODES = {
    "XNK": "ARTSAKH", "XAB": "ABKHAZIA", "XSO": "SOUTHOSSETIA", "OSCE-HCNM": "OSCE", "UNGA": "UN",
    "ARAB-PARL": "ARABLEAGUE",
}  # fmt: skip
LATE = frozenset(
    {
        "BFA",
        "BHR",
        "CUB",
        "KHM",
        "LAO",
        "LBN",
        "LBY",
        "MLI",
        "OMN",
        "PRK",
        "SYR",
        "TKM",
        "TWN",
        "VEN",
        "XSO",
        "YEM",
    }
)
SIMPLE = {
    "defence_minister": "defence minister",
    "foreign_minister": "foreign minister",
    "interior_minister": "interior minister",
    "chief_of_staff": "chief of general staff",
}
BY_LABEL = (
    (r"supreme leader", "supreme leader"),
    (r"pope", "pope"),
    (r"\bemir\b", "emir"),
    (r"sultan", "sultan"),
    (r"emperor", "emperor"),
    (r"captain regent|co-prince|o le ao", ""),
    (r"prince of", "prince"),
    (r"\bking\b|monarch|druk|ngwenyama|yang di", "king"),
    (r"first deputy prime|first deputy chairman|first vice premier", "first deputy prime minister"),
    (r"vice.chancellor", "vice chancellor"),
    (r"vice.president of the council", "deputy prime minister"),
    (r"first vice president|vice.president|^deputy president", "vice president"),
    (r"deputy|vice p|tánaiste|alternate", "deputy prime minister"),
    (r"chancellor", "chancellor"),
    (r"prime minister|premier|council of ministers|taoiseach|cabinet|minister of state", "prime minister"),
    (r"supreme national security council", "secretary of the supreme national security council"),
    (r"national security and defense", "secretary of the national security and defence council"),
    (r"national security", "national security adviser"),
    (r"secretary of the security council", "secretary of the security council"),
    (r"high representative", "high representative"),
    (r"secretary-general", "secretary general"),
    (r"director-general", "director general"),
    (r"general assembly", "president of the UN General Assembly"),
    (r"high commissioner", "high commissioner on national minorities"),
    (r"court of justice", "president of the International Court of Justice"),
    (r"parliamentary assembly", "president of the PACE"),
    (r"chairman of the presidency|national committee for the salvation", "president"),
    (r"arab parliament", "speaker of the Arab Parliament"),
    (r"president", "president"),
    (r"chairman", "leader"),
)  # fmt: skip
SINGLE = frozenset(
    {
        "president", "king", "queen", "emperor", "emir", "sultan", "pope", "supreme leader", "prime minister",
        "chancellor", "defence minister", "foreign minister", "interior minister", "chief of general staff",
        "national security adviser", "secretary general", "director general", "commander-in-chief",
        "secretary of the security council", "secretary of the supreme national security council",
        "secretary of the national security and defence council", "high representative",
        "president of the European Council", "president of the European Commission",
        "head of the presidential office", "speaker of parliament", "director of the CIA",
    }
)  # fmt: skip
ROYAL = frozenset({"king", "queen", "emir", "sultan", "prince"})
RIVALS = frozenset({"BIH", "YEM", "LBY"})
QUEENS = ("Elizabeth II", "Margrethe II", "Beatrix")
COLUMNS = ("person", "aliases", "office", "country", "start", "end", "asof", "source", "note", "id")


@dataclass(frozen=True)
class Row:
    """One tenure; `asof` is the last day for which the source vouches when no end is recorded."""

    person: str
    aliases: tuple[str, ...]
    office: str
    country: str
    start: str
    end: str
    asof: str
    source: str
    note: str
    id: str = ""

    @property
    def post(self) -> tuple[str, str]:
        """What is held: country and office."""
        return self.country, self.office


def canonical(kind: str, label: str, person: str) -> str:
    """The office of the coding guide for a class and label of the source; "" for posts left out."""
    if kind in SIMPLE:
        return "commander-in-chief" if "commander-in-chief" in label.lower() else SIMPLE[kind]
    for pattern, office in BY_LABEL:
        if re.search(pattern, label.lower()):
            return "queen" if office == "king" and person.startswith(QUEENS) else office
    raise SystemExit(f"no office for {kind}: {label}")


def plain_names(person: str, aliases: list[str]) -> tuple[str, tuple[str, ...]]:
    """The name without titles of nobility and "of <country>", and the other forms without repeats."""
    titles = r", (?:Baron|Baroness|Lord|Viscount|Prince of) .*|, Jr\.?$| \([^)]*\)$"
    name = re.sub(titles, "", person).strip()
    forms = []
    for alias in (*aliases, person):
        cleaned = re.sub(
            r"^(?:Brigadier General |Major General |Prince |Dr\.? ?|Sheikh )+", "", alias
        ).strip()
        cleaned = re.sub(r", (?:Baron|Baroness|Lord|Viscount) .*| \([^)]*\)$", "", cleaned)
        if cleaned and cleaned != name and cleaned not in forms:
            forms.append(cleaned)
    return name, tuple(forms)


def facts(path: Path) -> list[Row]:
    """The rows of the facts file as tenures of our offices."""
    found = []
    for raw in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        office = canonical(raw["office"], raw["office_label"], raw["person"])
        if not office:
            continue
        if office == "supreme leader" and raw["country"] == "PRK":
            office = "leader"
        person, aliases = plain_names(raw["person"], [a for a in raw["aliases"].split("|") if a])
        if office in ROYAL and " of " in person:
            person, aliases = person.split(" of ")[0], (person, *aliases)
        found.append(
            Row(
                person, aliases, office, CODES.get(raw["country"], raw["country"]), raw["start"], raw["end"],
                "" if raw["end"] else as_of(raw), raw["source"], "", raw["person_id"],
            )
        )  # fmt: skip
    return found


def as_of(raw: dict[str, str]) -> str:
    """The month of the snapshot that showed no end (see the facts' notes on empty ends)."""
    if "/world-leaders-2021" in raw["source"]:
        return "2022-10"
    if "/world" in raw["source"] or raw["country"] in LATE:
        return "2023-01"
    return "2022-07"


def additions() -> list[Row]:
    """Our own rows; an open end there is as of the table's cut-off unless the row says otherwise."""
    text = (TABLES / "holders_recent.csv").read_text(encoding="utf-8")
    return [
        Row(
            r["person"], tuple(a for a in r["aliases"].split("|") if a), r["office"], r["country"],
            r["start"], r["end"], r["asof"], r["source"], r["note"],
        )
        for r in csv.DictReader(text.splitlines())
    ]  # fmt: skip


def keys(row: Row) -> list[frozenset[str]]:
    """The words of each form of a name, by sound, for recognising one person in two sources."""
    return [frozenset(map(sound_of, essential(words_of(name)))) for name in (row.person, *row.aliases)]


def same(a: Row, b: Row) -> bool:
    """One person in one post, with spans that touch."""
    if a.post != b.post:
        return False
    alike = any(x == y or ((x <= y or y <= x) and min(len(x), len(y)) > 1) for x in keys(a) for y in keys(b))
    return alike and a.start[:7] <= _month(b.end) and b.start[:7] <= _month(a.end)


def _month(end: str) -> str:
    """The last month of an end, for comparing with a start."""
    return f"{end or '9999'}-12"[:7]


def merge(own: list[Row], taken: list[Row]) -> list[Row]:
    """Own rows replace what they overlap; the replaced row's other names are kept."""
    by_post = defaultdict(list)
    for row in taken:
        by_post[row.post].append(row)
    rest, result = set(taken), []
    for row in own:
        replaced = [old for old in by_post[row.post] if old in rest and same(row, old)]
        names = dict.fromkeys((*row.aliases, *(n for old in replaced for n in (old.person, *old.aliases))))
        names.pop(row.person, None)
        if row.note != "drop":
            ids = next((old.id for old in replaced), "")
            result.append(replace(row, aliases=tuple(names), id=ids))
        rest -= set(replaced)
    return result + [row for row in taken if row in rest]


def close(rows: list[Row]) -> list[Row]:
    """Open ends of posts with one holder end where the next holder starts, and the note says so."""
    by_post = defaultdict(list)
    for row in rows:
        by_post[row.post].append(row)
    result = []
    for row in rows:
        later = [o for o in by_post[row.post] if o.start > row.start and o.person != row.person]
        if row.office in SINGLE and row.country not in RIVALS and not row.end and row.start and later:
            following = min(later, key=lambda o: o.start)
            note = "; ".join(filter(None, (row.note, f"end from the start of {following.person}")))
            row = replace(row, end=following.start, asof="", note=note)
        result.append(row)
    return result


def share_names(rows: list[Row]) -> list[Row]:
    """Every row of one Wikidata person knows all the forms that any of the rows knows."""
    forms: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for row in rows:
        forms[_identity(row)].update(dict.fromkeys((row.person, *row.aliases)))
    return [replace(row, aliases=tuple(n for n in forms[_identity(row)] if n != row.person)) for row in rows]


def _identity(row: Row) -> tuple[str, str]:
    return ("", row.id) if row.id else (row.country, row.person)


def main(path: str) -> None:
    """Write the table."""
    rows = share_names(close(merge(additions(), facts(Path(path)))))
    rows.sort(key=lambda r: (r.country, r.office, r.start, r.person))
    with (TABLES / "occupancies.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for r in rows:
            writer.writerow(
                (
                    r.person,
                    "|".join(r.aliases),
                    r.office,
                    r.country,
                    r.start,
                    r.end,
                    r.asof,
                    r.source,
                    r.note,
                    r.id,
                )
            )
    sys.stderr.write(f"{len(rows)} rows, {len({r.country for r in rows})} states and organisations\n")


if __name__ == "__main__":
    main(sys.argv[1])
