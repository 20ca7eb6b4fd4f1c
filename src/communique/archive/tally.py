"""Questions that go over very many events, answered from their columns: the same answers as the SQL's, sooner.

`Chosen` are the events of a filter. What columns do not hold (words, equipment, people, places, documents) is asked of
the archive once. `communique.archive.events`, `activity`, `between` and `dyads` answer the same questions in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from communique.archive import schema
from communique.archive.activity import ActorCount
from communique.archive.between import Pair
from communique.archive.columns import UNKNOWN, Columns, Numbers, Words
from communique.archive.dyads import DyadRow
from communique.archive.events import BANDS, Order, events_at, narrowed, years_met
from communique.archive.records import EventFilter
from communique.linking.records import Event

if TYPE_CHECKING:
    from communique.archive import Archive

Mask = NDArray[np.bool_]
Counted = list[tuple[str, int]]
_HELD: Final = ("between", "actor", "role", "other_role", "kinds", "statuses", "stages", "since", "until", "within",
                "outlet", "min_confidence", "min_sources")  # fmt: skip
"""The parts of a filter that columns answer."""

_SIZES: Final = {"month": 100, "year": 10_000}
"""What a day's number is divided by for that of its month or year."""


@dataclass(frozen=True)
class Chosen:
    """The events of the columns that a filter wants: `mask` says of each row whether it is one of them."""

    columns: Columns
    mask: Mask

    @cached_property
    def total(self) -> int:
        """How many there are."""
        return int(self.mask.sum())

    def before(self, day: str) -> Chosen:
        """Those of them that were over on that day (ISO)."""
        c, last = self.columns, _number(day)
        return Chosen(c, self.mask & (c.last != UNKNOWN) & (c.last <= last))

    def after(self, day: str) -> Chosen:
        """Those of them that began on that day (ISO) or later."""
        c = self.columns
        return Chosen(c, self.mask & (c.first >= _number(day)))

    def listed(self, order: Order, *, reverse: bool, limit: int, offset: int = 0) -> list[int]:
        """The numbers of a portion of the events in that order (see `events.events`)."""
        rows = np.flatnonzero(self.mask)
        keys = _keys(self.columns, order, reverse=reverse)[rows]
        end = min(offset + limit, len(rows))
        if offset >= end:
            return []
        if end < len(rows):
            near = keys <= np.partition(keys, end - 1)[end - 1]
            rows, keys = rows[near], keys[near]
        first = np.partition(keys, offset)[
            offset
        ]  # of those before the portion nothing but the number matters
        before, rows, keys = int((keys < first).sum()), rows[keys >= first], keys[keys >= first]
        ids = self.columns.ids[rows]
        sorted_ = sorted(range(len(rows)), key=lambda n: (keys[n], ids[n]))
        return [int(self.columns.seqs[rows[n]]) for n in sorted_[offset - before : end - before]]

    def facets(self) -> dict[str, Counted]:
        """What `events.event_facets` gives."""
        c, words = self.columns, self.columns.words
        party, outlet = self.mask[c.of_party], self.mask[c.of_outlet]
        return {
            "kind": _most_first(c.kind[self.mask], words.kinds),
            "status": _most_first(c.status[self.mask], words.statuses),
            "actor": _most_first(c.code[party & (c.code_again == 0)], words.codes),
            "role": _most_first(c.role[party & (c.role_again == 0)], words.roles),
            "outlet": _most_first(c.outlet[outlet], words.outlets),
            "year": self._years(),
            "confidence": self._bands(),
        }

    def by_month(self) -> list[tuple[str, str, int]]:
        """What `activity.events_by_month` gives: the events of each kind that are dated to within a month."""
        c, kinds = self.columns, self.columns.words.kinds.all
        here = self.mask & (c.first != UNKNOWN) & (c.first // 100 == c.last // 100)
        ordered = sorted(range(len(kinds)), key=lambda number: str(kinds[number]))
        rank = np.empty(len(kinds), dtype=np.int64)
        rank[ordered] = np.arange(len(kinds))
        keys, counts = np.unique(
            (c.first[here] // 100) * max(1, len(kinds)) + rank[c.kind[here]], return_counts=True
        )
        months, ranks = np.divmod(keys, max(1, len(kinds)))
        names = {month: _month(month) for month in set(months.tolist())}
        told = zip(months.tolist(), ranks.tolist(), counts.tolist(), strict=True)
        return [(names[month], kinds[ordered[nth]], n) for month, nth, n in told]

    def actors(self) -> list[ActorCount]:
        """What `activity.actors` gives: everyone who takes part, those in the most events first."""
        c = self.columns
        here = self.mask[c.of_party]
        sums = {"events": _counts(c.code[here & (c.code_again == 0)], c.words.codes)}
        for role in ("source", "target", "participant"):
            of_role = here & np.isin(c.role, c.words.roles.known([role]))
            sums[f"as_{role}"] = _counts(c.code[of_role], c.words.codes)
        found = [
            ActorCount(code=c.words.codes.all[number], **{name: int(n[number]) for name, n in sums.items()})
            for number in np.flatnonzero(sums["events"])
        ]
        return sorted(found, key=lambda a: (-a.events, a.code))

    def pairs(self, *, limit: int | None = None) -> list[Pair]:
        """What `between.pairs` gives of codes: the pairs in the same events, the most events first."""
        c = self.columns
        return _pairs(c.pair[self.mask[c.of_pair]], c.words.pairs, limit)

    def visits(self) -> list[Pair]:
        """What `between.visits` gives: who visits whom, the most visits first."""
        c = self.columns
        return _pairs(c.visit[self.mask[c.of_visit]], c.words.visits)

    def dyads(self, code: str | None = None) -> list[DyadRow]:
        """What `dyads.dyads` gives: the pairs (with that code) with the first and last day of their events."""
        c = self.columns
        at = np.flatnonzero(self.mask[c.of_pair])
        at = at[np.argsort(c.pair[at], kind="stable")]
        pair, rows = c.pair[at], c.of_pair[at]
        numbers, starts = np.unique(pair, return_index=True)
        if not len(numbers):
            return []
        firsts = np.minimum.reduceat(np.where(c.first[rows] == UNKNOWN, _NEVER, c.first[rows]), starts)
        lasts = np.maximum.reduceat(c.last[rows], starts)
        days = {
            c.words.pairs.all[n]: (_day(first), _day(last))
            for n, first, last in zip(numbers, firsts, lasts, strict=True)
        }
        return [
            DyadRow.model_construct(a=one.a, b=one.b, events=one.events, first=first, last=last)
            for one in _pairs(pair, c.words.pairs)
            for first, last in [days[one.a, one.b]]
            if code in (None, one.a, one.b)
        ]

    def partners(self, code: str, *, limit: int = 20) -> Counted:
        """What `activity.partners` gives: with whom this code takes part in events, the most events first."""
        theirs = [(p.b if p.a == code else p.a, p.events) for p in self.pairs() if code in (p.a, p.b)]
        return sorted(theirs, key=lambda one: (-one[1], one[0]))[:limit]

    def _years(self) -> Counted:
        c = self.columns
        dated = self.mask & (c.first != UNKNOWN)
        spans = c.first[dated] // 10_000 * 10_000 + c.last[dated] // 10_000
        found = zip(*np.unique(spans, return_counts=True), strict=True)
        return years_met((int(span) // 10_000, int(span) % 10_000, int(n)) for span, n in found)

    def _bands(self) -> Counted:
        lows = np.array(sorted(float(low) for low in BANDS))
        at = np.maximum(np.searchsorted(lows, self.columns.confidence[self.mask], side="right") - 1, 0)
        counts = np.bincount(at, minlength=len(lows))
        names = sorted(BANDS, key=float)
        return [(name, int(n)) for name, n in sorted(zip(names, counts, strict=True), reverse=True) if n]


_NEVER: Final = 99_999_999


def chosen(archive: Archive, columns: Columns, wanted: EventFilter) -> Chosen:
    """The events that are wanted."""
    mask = np.ones(len(columns.seqs), dtype=np.bool_)
    for condition in _conditions(columns, wanted):
        mask &= condition
    rest = wanted.model_copy(update={name: EventFilter.model_fields[name].default for name in _HELD})
    if rest != EventFilter():
        query = narrowed(select(schema.events.c.seq), rest).order_by(schema.events.c.seq)
        with archive.reading() as connection:
            seqs = connection.execute(query).scalars().all()
        mask &= _marked(len(mask), columns.rows_of(seqs))
    return Chosen(columns, mask)


def listed(
    archive: Archive, wanted: Chosen, order: Order, *, reverse: bool, window: tuple[int, int]
) -> list[Event]:
    """A portion of the events in that order, without their claims; `window` is how many and how many before it."""
    limit, offset = window
    return numbered(archive, wanted.listed(order, reverse=reverse, limit=limit, offset=offset))


def numbered(archive: Archive, seqs: Sequence[int]) -> list[Event]:
    """The events of those numbers, in their order, without their claims; unknown ones are left out."""
    with archive.reading() as connection:
        found = events_at(connection, seqs, claims=False)
    return [found[seq] for seq in seqs if seq in found]


def _conditions(columns: Columns, wanted: EventFilter) -> Iterator[Mask]:
    """What columns know of the filter, one mask for each part that is set."""
    words = columns.words
    if len(wanted.between) == 2 and wanted.between[0] != wanted.between[1] and not wanted.other_role:
        of_both = np.isin(columns.pair, words.pairs.known([tuple(sorted(wanted.between))]))
        yield _marked(len(columns.seqs), columns.of_pair[of_both])
    else:
        roles = [wanted.other_role, *[None] * len(wanted.between)]
        yield from (
            _of_parties(columns, code, role) for code, role in zip(wanted.between, roles, strict=False)
        )
    if wanted.actor or wanted.role:
        yield _of_parties(columns, wanted.actor, wanted.role)
    for column, known, of_these in (
        (columns.kind, words.kinds, wanted.kinds),
        (columns.status, words.statuses, wanted.statuses),
        (columns.stage, words.stages, wanted.stages),
    ):
        if of_these:
            yield np.isin(column, known.known(of_these))
    if wanted.since:
        yield (columns.last != UNKNOWN) & (columns.last >= _number(wanted.since))
    if wanted.until:
        yield (columns.first != UNKNOWN) & (columns.first <= _number(wanted.until))
    if wanted.within:
        size = _SIZES[wanted.within]
        yield (columns.first != UNKNOWN) & (columns.first // size == columns.last // size)
    if wanted.outlet:
        told = np.isin(columns.outlet, words.outlets.known([wanted.outlet]))
        yield _marked(len(columns.seqs), columns.of_outlet[told])
    if wanted.min_confidence is not None:
        yield columns.confidence >= wanted.min_confidence
    if wanted.min_sources is not None:
        yield columns.independent >= wanted.min_sources


def _of_parties(columns: Columns, code: str | None, role: str | None) -> Mask:
    """The events in which the code has that role (any code, or any role, where None)."""
    here = np.ones(len(columns.code), dtype=np.bool_)
    for column, known, word in (
        (columns.code, columns.words.codes, code),
        (columns.role, columns.words.roles, role),
    ):
        if word:
            here &= np.isin(column, known.known([word]))
    return _marked(len(columns.seqs), columns.of_party[here])


def _marked(length: int, rows: Numbers) -> Mask:
    mask = np.zeros(length, dtype=np.bool_)
    mask[rows] = True
    return mask


def _keys(columns: Columns, order: Order, *, reverse: bool) -> NDArray[Any]:
    """A number for each event: the smaller, the sooner it comes in that order."""
    if order == "confidence":
        return columns.confidence if reverse else -columns.confidence
    if order == "sources":
        number = columns.independent.astype(np.int64) * 1_000_000 + columns.documents
        return number if reverse else -number
    first, last = (columns.first, columns.last) if order == "date" else (columns.told, columns.told)
    number = first.astype(np.int64) * 100_000_000 + last
    return np.where(first == UNKNOWN, np.iinfo(np.int64).max, -number if reverse else number)


def _counts(numbers: Numbers, words: Words) -> NDArray[np.int64]:
    return np.bincount(numbers, minlength=len(words.all)).astype(np.int64)


def _most_first(numbers: Numbers, words: Words) -> Counted:
    """How often each word's number is among these, the most frequent first."""
    counts = _counts(numbers, words)
    found = ((words.all[n], int(counts[n])) for n in np.flatnonzero(counts))
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _pairs(numbers: Iterable[int] | Numbers, words: Words, limit: int | None = None) -> list[Pair]:
    counts = _counts(np.asarray(numbers, dtype=np.int32), words)
    found = [(*words.all[n], int(counts[n])) for n in np.flatnonzero(counts)]
    ordered = sorted(found, key=lambda one: (-one[2], one[0], one[1]))[:limit]
    return [Pair.model_construct(a=a, b=b, events=n) for a, b, n in ordered]


def _number(day: str) -> int:
    return int(day.replace("-", ""))


def _day(number: int) -> str | None:
    told = f"{int(number):08d}"
    return None if number in (UNKNOWN, _NEVER) else f"{told[:4]}-{told[4:6]}-{told[6:]}"


def _month(number: int) -> str:
    return f"{number // 100:04d}-{number % 100:02d}"
