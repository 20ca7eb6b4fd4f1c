"""Officials whom a text names in office, found with the tables alone ("Defence Minister Ahmad Vahidi").

Only names that directly follow the words of their office count, only where the table knows exactly one
person of that name in that office, and not after "former", "then" or "late".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from communique.knowledge import positions
from communique.knowledge.gazetteer import Gazetteer
from communique.knowledge.occupancies import Occupancies, Occupancy

PAST_BEFORE = re.compile(
    r"\b(?:former|ex|then|late|previous|ousted|deposed|under|since|predecessor)[ -]+(?:\S+ ){0,2}$",
    re.IGNORECASE,
)
DATING = frozenset(
    {
        "president", "vice president", "prime minister", "chancellor", "king", "queen", "emperor", "emir",
        "sultan", "pope", "supreme leader", "crown prince", "leader", "defence minister", "foreign minister",
        "interior minister", "finance minister", "deputy prime minister", "chief of general staff",
        "national security adviser", "director of the CIA", "secretary of the security council",
        "secretary of the supreme national security council", "commander-in-chief", "secretary general",
        "secretary of the national security and defence council", "director general", "high representative",
        "president of the European Council", "president of the European Commission", "speaker of parliament",
        "head of the presidential office", "head of the Atomic Energy Organization", "trade representative",
        "supreme allied commander", "general secretary",
    }
)  # fmt: skip
NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
PARTICLES = frozenset({"al", "el", "bin", "ibn", "de", "van", "von", "der", "la", "le", "da", "dos", "of"})


@dataclass(frozen=True, slots=True)
class Incumbent:
    """Someone in an office by a text: the terms of that person in that office, the words and their place.

    `start` is -1 for an official given by the caller. `owner` is True where every mention is a possessive
    ("President Obama's decision"), which is also how texts tell of those who have left.
    """

    terms: tuple[Occupancy, ...]
    words: str
    start: int
    end: int
    owner: bool

    @property
    def who(self) -> tuple[str, str, str]:
        """Person, office and state or organisation."""
        return self.terms[0].person, self.terms[0].office, self.terms[0].country


def incumbents(
    text: str,
    officials: Iterable[tuple[str, str, str]],
    table: Occupancies,
    *,
    overlay: Path | None = None,
) -> tuple[Incumbent, ...]:
    """The given officials whose terms the table knows, then those found in the text, each once."""
    found: dict[tuple[str, str, str], Incumbent] = {}
    for name, office, code in officials:
        rows = [r for r in table.of_person(name, country=code) if r.office == office and not r.doubtful]
        rows = [row for row in rows if _dates(row)]
        if rows and len({row.person for row in rows}) == 1:
            one = Incumbent(tuple(rows), name, -1, -1, False)
            found.setdefault(one.who, one)
    for one in named_in_office(text, table, overlay):
        known = found.setdefault(one.who, one)
        if known.owner and not one.owner:
            found[one.who] = one
    return tuple(found.values())


def named_in_office(text: str, table: Occupancies, overlay: Path | None = None) -> Iterator[Incumbent]:
    """Each place where an office and a name that the table knows in it stand together."""
    for mention in _offices(overlay).find(text):
        if mention.entry.detail == "plural" or PAST_BEFORE.search(
            text[max(0, mention.start - 30) : mention.start]
        ):
            continue
        name, end = _name_after(text, mention.end, _ranks(overlay))
        if rows := _bearers(name, mention.entry.code, mention.entry.detail, table):
            words = text[mention.start : end]
            yield Incumbent(tuple(rows), words, mention.start, end, words.endswith(("'s", "’s")))


def _bearers(name: list[str], office: str, state: str, table: Occupancies) -> list[Occupancy]:
    """The tenures of the one person who bears the longest leading part of the name in that office."""
    for length in range(min(len(name), 5), 0, -1):
        rows = [
            row
            for row in table.of_person(" ".join(name[:length]))
            if row.office == office and state in ("", row.country) and _dates(row)
        ]
        if rows:
            one = len({(row.person, row.country) for row in rows}) == 1
            return rows if one and not any(row.doubtful for row in rows) else []
    return []


def _dates(row: Occupancy) -> bool:
    """True for offices whose holders date a text: those of the state and of organisations, with firm terms.

    Leaders and commanders of forces are named long after their deaths; spokespersons, envoys and deputies
    move between like posts.
    """
    return row.office in DATING and not (row.office == "leader" and row.country != "PRK")


def _name_after(text: str, place: int, ranks: re.Pattern[str]) -> tuple[list[str], int]:
    """The words of a name that begins at the place, after ranks and honorifics, and where it ends."""
    place += len(text[place:]) - len(text[place:].lstrip(" ,"))
    rest = text[place : place + 120]
    while rank := ranks.match(rest):
        place += rank.end()
        rest = rest[rank.end() :]
    words: list[str] = []
    end = 0
    for found in NAME.finditer(rest):
        gap = rest[end : found.start()]
        word = found[0]
        if (words and gap not in (" ", "-", " -")) or (not words and gap) or not _is_name_word(word):
            break
        end = found.end() - len(word) + len(word.rstrip("."))
        words.append(word.removesuffix("'s").removesuffix("’s"))
    while words and words[-1].lower() in PARTICLES:
        words.pop()
    return words, place + end


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() or word.lower().split("-")[0] in PARTICLES


@lru_cache(maxsize=2)
def _offices(overlay: Path | None) -> Gazetteer:
    return Gazetteer(positions.entries(overlay))


@lru_cache(maxsize=2)
def _ranks(overlay: Path | None) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, positions.ranks(overlay)))})\s+)+")
