"""Refresh the table of holders from Wikidata into an overlay folder (only when asked; never at run time).

`tables/wikidata_posts.csv` says which posts are asked for: a class of positions with their jurisdiction, or a
property of the state that names its post. The rows carry dates with the precision that Wikidata gives them,
and the day of the answer as `asof`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.errors import SettingsError
from communique.knowledge.positions import canonical_office
from communique.knowledge.sheets import SheetRow, read_sheet
from communique.knowledge.wikidata import Answer, Binding, QueryService

COLUMNS = ("person", "aliases", "office", "country", "start", "end", "asof", "source", "note", "id")
LENGTHS = {"9": 4, "10": 7, "11": 10}
"""How much of an ISO day a Wikidata precision bears: 9 is a year, 10 a month, 11 a day."""
PAGE = 2000
POST_COLUMNS = ("office", "link", "item")
PATHS = {
    "class": "?position wdt:P279* wd:{item} ; wdt:P1001 ?country .",
    "jurisdiction": "?country wdt:{item} ?position .",
}
QUERY = """SELECT ?statement ?person ?personLabel ?positionLabel ?iso
       ?start ?startPrecision ?end ?endPrecision WHERE {{
  {path}
  ?country wdt:P298 ?iso .
  ?person p:P39 ?statement ; wdt:P31 wd:Q5 .
  ?statement ps:P39 ?position ; pqv:P580 ?from .
  ?from wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision .
  OPTIONAL {{
    ?statement pqv:P582 ?to .
    ?to wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision .
  }}
  MINUS {{ ?statement wikibase:rank wikibase:DeprecatedRank }}
  FILTER(!BOUND(?end) || YEAR(?end) >= {since})
  SERVICE wikibase:label {{ bd:serviceParam wikibase:language "en,mul" . }}
}}
ORDER BY ?statement"""


@dataclass(frozen=True, slots=True)
class Post:
    """A post to ask for: the office of the coding guide (or of heads), the link and the item it hangs on."""

    office: str
    link: str
    item: str


def posts(overlay: Path | None = None) -> tuple[Post, ...]:
    """The posts of tables/wikidata_posts.csv. Raises KnowledgeError for a link or an item that is none."""
    return tuple(map(post_of, read_sheet("wikidata_posts.csv", POST_COLUMNS, overlay)))


def post_of(row: SheetRow) -> Post:
    """The row as a post; raises KnowledgeError for a link or an item that is none."""
    if row["link"] not in PATHS:
        raise row.wrong(f"link is none of {', '.join(PATHS)}: {row['link']!r}")
    if not re.fullmatch(r"[QP]\d+", row["item"]):
        raise row.wrong(f"no Wikidata item or property: {row['item']!r}")
    return Post(row["office"], row["link"], row["item"])


def holders_from(service: QueryService, post: Post, *, since: int, page: int = PAGE) -> Iterator[list[str]]:
    """The rows of one post as the overlay's table has them, in the order of the answers.

    Raises InputError where the service cannot be reached or answers in another form.
    """
    query = QUERY.format(path=PATHS[post.link].format(item=post.item), since=since)
    seen: set[tuple[str, ...]] = set()
    for answer in service.pages(query, page):
        for binding in answer.rows:
            row = _row(binding, post, answer)
            if row is not None and tuple(row) not in seen:
                seen.add(tuple(row))
                yield row


def write_overlay(service: QueryService, folder: Path, *, since: int, page: int = PAGE) -> int:
    """Write FOLDER/occupancies.csv anew from the service; gives the number of rows.

    The posts are those of tables/wikidata_posts.csv and of the folder's own sheet of that name. The file is
    put in place only when all posts were answered. Raises SettingsError where the folder is a file,
    InputError where the service fails, KnowledgeError for a wrong row of the folder's posts.
    """
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f"{folder} is not a folder")
    rows = [row for post in posts(folder) for row in holders_from(service, post, since=since, page=page)]
    rows.sort(key=lambda row: (row[3], row[2], row[4], row[0]))
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "occupancies.csv.part"
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    fresh.replace(folder / "occupancies.csv")
    return len(rows)


def _row(binding: Binding, post: Post, answer: Answer) -> list[str] | None:
    """One row, or None for a holder without a name or a date that can be read."""
    person, start = binding.get("personLabel", ""), _prefix(binding, "start")
    item = binding.get("person", "").rsplit("/", 1)[-1]
    if not person or person == item or not start:
        return None
    end = _prefix(binding, "end")
    office = post.office
    if post.link == "jurisdiction":
        office = canonical_office(binding.get("positionLabel", "")) or post.office
    asof = "" if end else answer.day.isoformat()
    source = f"Wikidata query service {answer.day.isoformat()} (CC0)"
    return [person, "", office, binding.get("iso", ""), start, end, asof, source, "", item]


def _prefix(binding: Binding, name: str) -> str:
    """The ISO day, month or year that the value bears by its precision; "" where there is none."""
    length = LENGTHS.get(binding.get(f"{name}Precision", ""), 0)
    value = binding.get(name, "")
    return value[:length] if re.match(r"\d{4}-\d\d-\d\d", value) else ""
