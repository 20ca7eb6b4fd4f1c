"""All events of an archive as columns in memory, for what goes over very many of them: facets, charts, orders.

SQLite reads 100,000 events row by row for each facet of a list; a column of numbers is counted in a thousandth of a
second. A `Store` gives the columns of an archive's present state. The table `event_chunks` counts the changes of each
128 events; after a change only those chunks are read anew whose version has grown, and put in the place of the old.
`communique.archive.tally` asks them.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache, partial
from itertools import combinations, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from communique.archive import Archive

Numbers = NDArray[np.int32]
Parts = dict[str, NDArray[Any]]
Row = tuple[Any, ...]
CHUNK: Final = 128
"""Events of one chunk, as the triggers of the migration have it."""

_KEPT: Final = 4096
"""How many lists of parties are kept with what follows from them: events repeat them."""

UNKNOWN: Final = 0
"""The number of a day that is not known; known ones are 20160512."""

_VERSIONS: Final = "SELECT chunk, version FROM event_chunks ORDER BY chunk"
_EVENTS: Final = """
    SELECT seq, id, kind, status, ifnull(stage, ''), ifnull(CAST(replace(date_from, '-', '') AS INTEGER), 0),
        ifnull(CAST(replace(date_to, '-', '') AS INTEGER), 0),
        ifnull(CAST(replace(told_from, '-', '') AS INTEGER), 0), confidence, independent, documents
    FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq"""
_ACTORS: Final = "SELECT event, code, role FROM event_actors WHERE event BETWEEN ? AND ? ORDER BY event, ord"
_OUTLETS: Final = "SELECT event, outlet FROM event_outlets WHERE event BETWEEN ? AND ? ORDER BY event, outlet"


class Words:
    """Numbers for words (or pairs of them), in the order in which they were met; a number is never given again."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, word: Any) -> int:
        """The number of the word, a new one where it was not met yet."""
        found = self._numbers.get(word)
        if found is None:
            found = self._numbers[word] = len(self.all)
            self.all.append(word)
        return found

    def numbers(self, words: Sequence[Any]) -> list[int]:
        """The numbers of the words, new ones where they were not met yet."""
        for word in dict.fromkeys(words):
            self.number(word)
        numbers = self._numbers
        return [numbers[word] for word in words]

    def known(self, words: Iterable[Any]) -> list[int]:
        """The numbers of those of the words that were met."""
        return [self._numbers[word] for word in words if word in self._numbers]


@dataclass(frozen=True)
class Vocabulary:
    """The words behind the numbers of the columns. `pairs` and `visits` are pairs of codes."""

    kinds: Words
    statuses: Words
    stages: Words
    roles: Words
    codes: Words
    outlets: Words
    pairs: Words
    visits: Words

    @classmethod
    def new(cls) -> Vocabulary:
        """One without words."""
        return cls(**{field.name: Words() for field in fields(cls)})


@dataclass(frozen=True)
class Columns:
    """Events by their number in the archive, one row each, and what hangs on them with the row that it hangs on.

    `of_party`, `of_pair`, `of_visit` and `of_outlet` are rows. A party is a code in a role, once for an event;
    `code_again` marks the parties of an event whose code it had before, in another role, and `role_again` those
    whose role it had before. A pair are two codes of one event, a visit its guest and host.
    """

    words: Vocabulary
    seqs: Numbers
    ids: NDArray[np.object_]
    kind: Numbers
    status: Numbers
    stage: Numbers
    first: Numbers
    last: Numbers
    told: Numbers
    confidence: NDArray[np.float64]
    independent: Numbers
    documents: Numbers
    of_party: Numbers
    code: Numbers
    role: Numbers
    code_again: Numbers
    role_again: Numbers
    of_pair: Numbers
    pair: Numbers
    of_visit: Numbers
    visit: Numbers
    of_outlet: Numbers
    outlet: Numbers

    def rows_of(self, seqs: Sequence[int]) -> Numbers:
        """The rows of the events of those numbers; numbers without an event are left out."""
        wanted = np.asarray(seqs, dtype=np.int32)
        if not len(self.seqs) or not len(wanted):
            return np.empty(0, dtype=np.int32)
        at = np.minimum(np.searchsorted(self.seqs, wanted), len(self.seqs) - 1)
        return np.asarray(at[self.seqs[at] == wanted], dtype=np.int32)


_PARTS: Final = tuple(f.name for f in fields(Columns) if f.name != "words")
_OF_EVENTS: Final = (
    "seqs", "ids", "kind", "status", "stage", "first", "last", "told", "confidence", "independent", "documents",
)  # fmt: skip
_HANGING: Final = {
    "of_party": ("code", "role", "code_again", "role_again"),
    "of_pair": ("pair",),
    "of_visit": ("visit",),
    "of_outlet": ("outlet",),
}
"""The columns of what hangs on events, under the one that holds the rows."""
_TYPES: Final = {"ids": np.object_, "confidence": np.float64}


class Store:
    """The columns of one archive, kept and brought up to date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._words = Vocabulary.new()
        self._versions: dict[int, int] = {}
        self._columns = Columns(words=self._words, **_typed({name: [] for name in _PARTS}))
        self._following = lru_cache(_KEPT)(partial(_following, self._words))

    def now(self, archive: Archive) -> Columns:
        """The columns of the archive as it is now. Raises ArchiveError where it cannot be read."""
        with self._lock:
            with archive.reading() as connection:
                versions = dict(_rows(connection, _VERSIONS))
                changed = sorted(c for c, v in versions.items() if self._versions.get(c) != v)
                read = [(run, self._read(connection, run)) for run in _runs(changed)]
            if changed:
                self._columns = _spliced(self._columns, read)
                self._versions = versions
            return self._columns

    def _read(self, connection: Connection, run: range) -> Parts:
        """The columns of a run of chunks; rows are counted from its first event."""
        bounds = (run[0] * CHUNK, run[-1] * CHUNK + CHUNK - 1)
        made = _of_events(_rows(connection, _EVENTS, bounds), self._words)
        row = {seq: n for n, seq in enumerate(made["seqs"])}
        visit = self._words.kinds.number("visit")
        for event, theirs in groupby(_rows(connection, _ACTORS, bounds), key=itemgetter(0)):
            if event in row:  # else it is damage
                at, parties = row[event], tuple((code, role) for _, code, role in theirs)
                for name, values in self._following(parties, made["kind"][at] == visit).items():
                    made[name] += [at] * len(values) if name in _HANGING else values
        told = [one for one in _rows(connection, _OUTLETS, bounds) if one[0] in row]
        made["of_outlet"] = [row[event] for event, _ in told]
        made["outlet"] = self._words.outlets.numbers([outlet for _, outlet in told])
        return _typed(made)


def _runs(chunks: Iterable[int]) -> Iterator[range]:
    """The chunks, those that follow each other together."""
    for _, run in groupby(enumerate(chunks), key=lambda one: one[1] - one[0]):
        here = [chunk for _, chunk in run]
        yield range(here[0], here[-1] + 1)


def _of_events(rows: Sequence[Row], words: Vocabulary) -> dict[str, list[Any]]:
    """The columns of events, and all others empty."""
    made: dict[str, list[Any]] = {name: [] for name in _PARTS}
    made |= {name: list(column) for name, column in zip(_OF_EVENTS, zip(*rows, strict=True), strict=False)}
    for name, known in (("kind", words.kinds), ("status", words.statuses), ("stage", words.stages)):
        made[name] = known.numbers(made[name])
    return made


def _following(words: Vocabulary, told: tuple[tuple[str, str], ...], visit: bool) -> dict[str, list[int]]:
    """What follows from the codes of an event with their roles: its parties, pairs and (of a visit) visits.

    Under the columns that hold rows stands as many of anything as there are to be.
    """
    parties = list(dict.fromkeys(told))
    codes, roles = ([one[n] for one in parties] for n in (0, 1))
    pairs = words.pairs.numbers(list(combinations(sorted(set(codes)), 2)))
    visits = words.visits.numbers(list(_visits(parties)) if visit else [])
    return {
        "of_party": [0] * len(parties),
        "code": words.codes.numbers(codes),
        "role": words.roles.numbers(roles),
        "code_again": [int(code in codes[:n]) for n, code in enumerate(codes)],
        "role_again": [int(role in roles[:n]) for n, role in enumerate(roles)],
        "of_pair": pairs,
        "pair": pairs,
        "of_visit": visits,
        "visit": visits,
    }


def _visits(parties: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each guest with each host."""
    guests, hosts = ([code for code, role in parties if role == wanted] for wanted in ("source", "target"))
    return ((guest, host) for guest in guests for host in hosts if guest != host)


def _spliced(old: Columns, read: Iterable[tuple[range, Parts]]) -> Columns:
    """The columns with the events of some runs of chunks, in order, in the place of those that stood there."""
    runs = list(read)
    seqs = np.array([bound for run, _ in runs for bound in (run[0] * CHUNK, (run[-1] + 1) * CHUNK)])
    cuts = np.searchsorted(old.seqs, seqs).reshape(-1, 2)
    grown = np.cumsum([0, *(len(parts["seqs"]) for _, parts in runs)])
    lost = np.cumsum([0, *(last - first for first, last in cuts)])
    shifts = grown - lost  # of the rows before, between and after the runs
    made = {name: _column(old, name, [p[name] for _, p in runs], cuts, None) for name in _OF_EVENTS}
    for rows, names in _HANGING.items():
        at = np.searchsorted(getattr(old, rows), cuts)
        starts = cuts[:, 0] + shifts[:-1]
        placed = [parts[rows] + start for (_, parts), start in zip(runs, starts, strict=True)]
        made[rows] = _column(old, rows, placed, at, shifts)
        made |= {name: _column(old, name, [p[name] for _, p in runs], at, None) for name in names}
    return Columns(words=old.words, **made)


def _column(
    old: Columns, name: str, new: Sequence[NDArray[Any]], cuts: NDArray[Any], shifts: NDArray[Any] | None
) -> NDArray[Any]:
    """A column with what stood at the cuts replaced by the new; `shifts` are added to what stands between."""
    column: NDArray[Any] = getattr(old, name)
    pieces, at = [], 0
    for nth, (first, last) in enumerate(cuts):
        pieces += [_shifted(column[at:first], shifts, nth), new[nth]]
        at = last
    pieces.append(_shifted(column[at:], shifts, len(cuts)))
    return np.concatenate(pieces, dtype=column.dtype)


def _shifted(piece: NDArray[Any], shifts: NDArray[Any] | None, nth: int) -> NDArray[Any]:
    return piece if shifts is None or not shifts[nth] else piece + shifts[nth]


def _typed(made: Mapping[str, Sequence[Any]]) -> Parts:
    return {name: np.array(made[name], dtype=_TYPES.get(name, np.int32)) for name in _PARTS}


def _rows(connection: Connection, sql: str, bounds: tuple[int, ...] = ()) -> list[Any]:
    """The rows of the statement as sqlite3 gives them: there are many, and nothing is to be made of them."""
    cursor = connection.exec_driver_sql(sql, bounds).cursor
    assert cursor is not None  # a SELECT has rows
    try:
        return list(cursor.fetchall())
    except sqlite3.Error as error:
        raise DBAPIError(sql, bounds, error) from error
