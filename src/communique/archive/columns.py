"""All events of an archive as columns in memory, for what goes over very many of them: facets, charts, orders.

SQLite reads 100,000 events row by row for each facet of a list; a column of numbers is counted in a thousandth of a
second. A `Store` gives the columns of an archive's present state. They are kept in chunks of 512 events, as
the table `event_chunks` numbers them; after a change only those chunks are read anew whose version has grown.
`communique.archive.tally` asks them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

if TYPE_CHECKING:
    from communique.archive import Archive

Numbers = NDArray[np.int64]
Row = tuple[Any, ...]
CHUNK: Final = 512
"""Events of one chunk, as the triggers of the migration have it."""

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
        wanted = np.asarray(seqs, dtype=np.int64)
        if not len(self.seqs) or not len(wanted):
            return np.empty(0, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.seqs, wanted), len(self.seqs) - 1)
        return np.asarray(at[self.seqs[at] == wanted])


_OF_ROWS: Final = tuple(f.name for f in fields(Columns) if f.name.startswith("of_"))
_PARTS: Final = tuple(f.name for f in fields(Columns) if f.name != "words")
_TYPES: Final = {"ids": np.object_, "confidence": np.float64}


class Store:
    """The columns of one archive, kept and brought up to date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._words = Vocabulary.new()
        self._versions: dict[int, int] = {}
        self._chunks: dict[int, dict[str, NDArray[Any]]] = {}
        self._joined = _join(self._words, ())

    def now(self, archive: Archive) -> Columns:
        """The columns of the archive as it is now. Raises ArchiveError where it cannot be read."""
        with self._lock:
            with archive.reading() as connection:
                versions = dict(_rows(connection, _VERSIONS))
                changed = sorted(c for c, v in versions.items() if self._versions.get(c) != v)
                read = {
                    c: part for run in _runs(changed) for c, part in _chunks(connection, run, self._words)
                }
            if changed:
                self._chunks |= read
                self._joined = _join(self._words, [self._chunks[c] for c in sorted(self._chunks)])
                self._versions = versions
            return self._joined


def _runs(chunks: Iterable[int]) -> Iterator[range]:
    """The chunks, those that follow each other together."""
    for _, run in groupby(enumerate(chunks), key=lambda one: one[1] - one[0]):
        here = [chunk for _, chunk in run]
        yield range(here[0], here[-1] + 1)


def _chunks(
    connection: Connection, run: range, words: Vocabulary
) -> Iterator[tuple[int, dict[str, NDArray[Any]]]]:
    """The chunks of a run, each as its columns; rows are counted from its first event."""
    bounds = (run[0] * CHUNK, run[-1] * CHUNK + CHUNK - 1)
    events, actors, outlets = (
        {
            chunk: list(rows)
            for chunk, rows in groupby(_rows(connection, sql, bounds), lambda r: r[0] // CHUNK)
        }
        for sql in (_EVENTS, _ACTORS, _OUTLETS)
    )
    for chunk in run:
        made = _of_events(events.get(chunk, []), words)
        row = {seq: n for n, seq in enumerate(made["seqs"])}
        kinds = [words.kinds.all[kind] for kind in made["kind"]]
        made |= _of_actors(actors.get(chunk, []), row, kinds, words)
        held = (one for one in outlets.get(chunk, []) if one[0] in row)
        told = [(row[event], words.outlets.number(name)) for event, name in held]
        made |= {"of_outlet": [at for at, _ in told], "outlet": [name for _, name in told]}
        yield chunk, {name: np.array(made[name], dtype=_TYPES.get(name, np.int64)) for name in _PARTS}


def _of_events(rows: Sequence[Row], words: Vocabulary) -> dict[str, list[Any]]:
    names = (
        "seqs", "ids", "kind", "status", "stage", "first", "last", "told", "confidence", "independent", "documents",
    )  # fmt: skip
    made = {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=False)}
    made = {name: made.get(name, []) for name in names}
    for name, known in (("kind", words.kinds), ("status", words.statuses), ("stage", words.stages)):
        made[name] = [known.number(word) for word in made[name]]
    return made


def _of_actors(
    rows: Sequence[Row], row: dict[int, int], kinds: Sequence[str], words: Vocabulary
) -> dict[str, list[int]]:
    """The parties, pairs and visits of some events; rows of an event that is not there (damage) are left out."""
    made: dict[str, list[int]] = {name: [] for name in _OF_ACTORS}
    for event, theirs in groupby((one for one in rows if one[0] in row), key=lambda one: one[0]):
        at, parties = row[event], list(dict.fromkeys((code, role) for _, code, role in theirs))
        codes, roles = ([one[n] for one in parties] for n in (0, 1))
        made["of_party"] += [at] * len(parties)
        made["code"] += [words.codes.number(code) for code in codes]
        made["role"] += [words.roles.number(role) for role in roles]
        made["code_again"] += [int(code in codes[:n]) for n, code in enumerate(codes)]
        made["role_again"] += [int(role in roles[:n]) for n, role in enumerate(roles)]
        pairs = [words.pairs.number(pair) for pair in combinations(sorted(set(codes)), 2)]
        made["of_pair"] += [at] * len(pairs)
        made["pair"] += pairs
        visits = list(_visits(parties)) if kinds[at] == "visit" else []
        made["of_visit"] += [at] * len(visits)
        made["visit"] += [words.visits.number(visit) for visit in visits]
    return made


_OF_ACTORS: Final = (
    "of_party", "code", "role", "code_again", "role_again", "of_pair", "pair", "of_visit", "visit",
)  # fmt: skip


def _visits(parties: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each guest with each host."""
    guests, hosts = ([code for code, role in parties if role == wanted] for wanted in ("source", "target"))
    return ((guest, host) for guest in guests for host in hosts if guest != host)


def _join(words: Vocabulary, chunks: Sequence[dict[str, NDArray[Any]]]) -> Columns:
    """The chunks one after the other, their rows counted on."""
    starts = np.cumsum([0, *(len(chunk["seqs"]) for chunk in chunks)])
    joined: dict[str, NDArray[Any]] = {}
    for name in _PARTS:
        parts = [chunk[name] for chunk in chunks]
        if name in _OF_ROWS:
            parts = [part + start for part, start in zip(parts, starts[:-1], strict=True)]
        joined[name] = np.concatenate([np.empty(0, dtype=_TYPES.get(name, np.int64)), *parts])
    return Columns(words=words, **joined)


def _rows(connection: Connection, sql: str, bounds: tuple[int, ...] = ()) -> list[Any]:
    """The rows of the statement, which is not built anew each time."""
    return list(connection.exec_driver_sql(sql, bounds))
