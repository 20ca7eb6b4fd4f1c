"""Occupancies: who held which office from when to when, by which source.

`tables/occupancies.csv` is made by tools/build_occupancies.py. Dates are ISO days or prefixes (2016-04): a
tenure is never taken more precisely than its source gives it. An empty end means that the source, as of
`asof`, recorded none.
"""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from communique.knowledge.names import essential, sound_of, words_of
from communique.knowledge.sheets import SheetRow, read_sheet
from communique.records import Interval

CUTOFF = date(2025, 12, 31)
"""The last day that the table of holders and the table of dated events know of."""

DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "KHM", "HUN", "JPN", "SGP", "MMR"})
SHORTEST_SOUND = 4
"""A surname alone is matched by sound only from this many sounds on (so "Iran" is nobody's name)."""
BY_FIRST_NAME = frozenset({"king", "queen", "emir", "sultan", "emperor", "prince", "crown prince", "pope"})


@dataclass(frozen=True, slots=True)
class Occupancy:
    """One tenure. `start` and `end` are ISO days or prefixes; `end` None is no end recorded as of `asof`."""

    person: str
    aliases: tuple[str, ...]
    office: str
    country: str
    start: str
    end: str | None
    source: str
    note: str = ""
    doubtful: bool = False
    asof: str = ""

    @property
    def earliest(self) -> date:
        """The first day on which the tenure may have begun."""
        return first_day(self.start) if self.start else date.min

    @property
    def latest(self) -> date:
        """The last day on which it may have lasted; the table's cut-off where no end is recorded."""
        return last_day(self.end) if self.end else CUTOFF

    def may_hold(self, on: Interval) -> bool:
        """True when the tenure, read loosely, has a day in common with `on`."""
        return self.earliest <= on.end and on.start <= self.latest

    def surely_holds(self, on: Interval) -> bool:
        """True when every day of `on` lies inside the tenure, read strictly."""
        begun = last_day(self.start) if self.start else date.max
        ended = first_day(self.end) if self.end else last_day(self.asof) if self.asof else CUTOFF
        return begun <= on.start and on.end <= ended


class Occupancies:
    """The table with its indexes. Look-ups give tuples in a fixed order; nobody is an empty tuple."""

    def __init__(self, rows: Iterable[Occupancy]) -> None:
        self.rows = tuple(rows)
        self._posts: dict[tuple[str, str], list[Occupancy]] = defaultdict(list)
        for row in self.rows:
            self._posts[row.office, row.country].append(row)

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        """The numbers of the rows in whose names a word is."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for word in sorted({w for name in (row.person, *row.aliases) for w in words_of(name)}):
                found[word].append(number)
        return found

    @cached_property
    def _sounds(self) -> dict[str, list[int]]:
        """The same by the sound of the words."""
        found: dict[str, set[int]] = defaultdict(set)
        for word, numbers in self._words.items():
            found[sound_of(word)].update(numbers)
        return {sound: sorted(numbers) for sound, numbers in found.items()}

    @classmethod
    def load(cls, overlay: Path | None = None) -> Occupancies:
        """The shipped table with the overlay's rows (see `read_occupancies`); built once for each overlay."""
        return _loaded(overlay)

    def holders(self, office: str, country: str, on: Interval) -> tuple[Occupancy, ...]:
        """Who held the office on those days: sure holders first, then by start. Doubtful rows come last."""
        found = [row for row in self._posts.get((office, country), ()) if row.may_hold(on)]
        return tuple(sorted(found, key=lambda r: (r.doubtful, not r.surely_holds(on), r.start, r.person)))

    def sole_holder(self, office: str, country: str, on: Interval) -> Occupancy | None:
        """The holder where only one person can have held it on those days, else None."""
        found = self.holders(office, country, on)
        sure = [row for row in found if row.surely_holds(on)]
        if len({row.person for row in found}) == 1:
            return found[0]
        return sure[0] if len(sure) == 1 and on.days == 1 else None

    def against(self, name: str, office: str, country: str, on: Interval) -> tuple[Occupancy, ...]:
        """Who held the office on all of those days instead, by the table; () where nothing speaks against.

        Nothing does where the person may have held it then, or where nobody surely did (doubtful rows and
        offices with several holders included).
        """
        found = self.holders(office, country, on)
        named = set(self.of_person(name, country=country))
        if any(row in named for row in found):
            return ()
        return tuple(row for row in found if row.surely_holds(on) and not row.doubtful)

    def of_person(self, name: str, *, country: str | None = None) -> tuple[Occupancy, ...]:
        """All tenures of whoever bears the name: a full name, another spelling, or a surname.

        Equal words are tried first, whatever their accents, hyphens and initials; only where they find
        nobody, words that sound alike (Dehqan, Dehghan). One word matches a surname (or a monarch's first
        name). A fuller name than the table's ("Hillary Rodham Clinton") finds the shorter one.
        """
        query = _without_initials(essential(words_of(name)))
        if not query:
            return ()
        sounds = tuple(map(sound_of, query))
        if len(sounds) == 1 and len(sounds[0]) < SHORTEST_SOUND:
            sounds = ()
        found = (
            self._named(query, self._words, str)
            or self._fuller(query, self._words, str)
            or self._named(sounds, self._sounds, sound_of)
            or self._fuller(sounds, self._sounds, sound_of)
        )
        return self._in(found, country)

    def surname_holders(self, surname: str, on: Interval | None = None) -> tuple[Occupancy, ...]:
        """Tenures of whoever bears the surname, on those days where they are given."""
        return tuple(row for row in self.of_person(surname) if on is None or row.may_hold(on))

    def person_names(self) -> Iterator[tuple[str, str]]:
        """Every full name and other spelling of two words or more, with the person's main name."""
        seen: set[tuple[str, str]] = set()
        for row in self.rows:
            for form in (row.person, *row.aliases):
                if (form, row.person) not in seen and len(words_of(form)) > 1:
                    seen.add((form, row.person))
                    yield form, row.person

    def _in(self, rows: list[Occupancy], country: str | None) -> tuple[Occupancy, ...]:
        kept = [row for row in rows if country is None or row.country == country]
        return tuple(sorted(kept, key=lambda r: (r.start, r.country, r.office, r.person)))

    def _named(
        self, query: tuple[str, ...], index: dict[str, list[int]], form: Callable[[str], str]
    ) -> list[Occupancy]:
        if not query:
            return []
        lists = [index.get(word, []) for word in query]
        shared = set(lists[0]).intersection(*lists[1:])
        return [row for n in sorted(shared) if _is_called(row := self.rows[n], query, form)]

    def _fuller(
        self, query: tuple[str, ...], index: dict[str, list[int]], form: Callable[[str], str]
    ) -> list[Occupancy]:
        """Rows of whom every word of a name, two at least, is in the query."""
        if len(query) < 3:
            return []
        near = sorted({number for word in query for number in index.get(word, ())})
        return [row for n in near if _is_within(row := self.rows[n], query, form)]


def read_occupancies(overlay: Path | None = None) -> Iterator[Occupancy]:
    """The overlay's rows, then the shipped ones that no overlay row replaces.

    A row replaces another of the same person, office, country and start year. Raises KnowledgeError for a
    date that is no ISO date or prefix, or an end before its start.
    """
    seen: set[tuple[str, str, str, str]] = set()
    for row in read_sheet("occupancies.csv", ("person", "office", "country"), overlay):
        occupancy = parse_row(row)
        key = (occupancy.person, occupancy.office, occupancy.country, occupancy.start[:4])
        if row.file == "occupancies.csv" and key in seen:
            continue
        if row.file != "occupancies.csv":
            seen.add(key)
        yield occupancy


def parse_row(row: SheetRow) -> Occupancy:
    """One row of the table; raises KnowledgeError where a date is wrong."""
    for column in ("start", "end", "asof"):
        if row[column] and not _is_date(row[column]):
            raise row.wrong(f"{column} is no ISO date or prefix: {row[column]!r}")
    if row["start"] and row["end"] and first_day(row["start"]) > last_day(row["end"]):
        raise row.wrong(f"ends before it starts: {row['start']}..{row['end']}")
    return Occupancy(
        person=row["person"],
        aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        office=row["office"],
        country=row["country"],
        start=row["start"],
        end=row["end"] or None,
        source=row["source"],
        note=row["note"],
        doubtful=row["note"].startswith("doubtful"),
        asof=row["asof"],
    )


def first_day(prefix: str) -> date:
    """The first day of an ISO day, month or year."""
    return date.fromisoformat((prefix + "-01-01")[:10])


def last_day(prefix: str) -> date:
    """The last day of an ISO day, month or year."""
    if len(prefix) == 10:
        return date.fromisoformat(prefix)
    year, month = int(prefix[:4]), int(prefix[5:7] or 12)
    return date(year, month, calendar.monthrange(year, month)[1])


def _is_date(prefix: str) -> bool:
    if not DATE.fullmatch(prefix):
        return False
    try:
        first_day(prefix)
    except ValueError:
        return False
    return True


def _is_called(row: Occupancy, query: tuple[str, ...], form: Callable[[str], str]) -> bool:
    """True when one form of the person's name bears the words, with a surname among them."""
    for name in (row.person, *row.aliases):
        words = [form(word) for word in essential(words_of(name))]
        if words and set(query) <= set(words) and (len(query) > 1 or query[0] in _surnames(row, words)):
            return True
    return False


def _without_initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words longer than a letter where two at least are; else all."""
    longer = tuple(word for word in words if len(word) > 1)
    return longer if len(longer) > 1 or len(words) == 1 else words


def _is_within(row: Occupancy, query: tuple[str, ...], form: Callable[[str], str]) -> bool:
    """True when the query holds all words of one of the person's names, the first word of both the same."""
    for name in (row.person, *row.aliases):
        words = [form(word) for word in essential(words_of(name)) if len(word) > 1]
        if len(words) > 1 and set(words) <= set(query) and words[0] == query[0]:
            return True
    return False


def _surnames(row: Occupancy, words: list[str]) -> tuple[str, ...]:
    """The words that name someone alone; in "Salman of Saudi Arabia" none of the country's."""
    if "of" in words[1:]:
        return tuple(words[: words.index("of")])
    if row.office in BY_FIRST_NAME or row.country in FAMILY_FIRST:
        return (words[0], words[-1])
    return (words[-1],)


@lru_cache(maxsize=4)
def _loaded(overlay: Path | None) -> Occupancies:
    return Occupancies(read_occupancies(overlay))
