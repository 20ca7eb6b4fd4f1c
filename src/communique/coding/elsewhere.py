"""Elsewhere: which parts the tagger reads for an actor in events of a kind in a document's other sentences.

An event is often told again with a party left out, or "the two sides" for both: the other tellings name them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log

from communique.coding.actors import ActorMention, Cast
from communique.coding.propose import Candidate
from communique.coding.rivals import Numbers
from communique.coding.roles import Casting
from communique.coding.tagger import PARTS, Reading

_ROLES = PARTS[1:]
_LEAST = 1e-4
_NOWHERE = (log(_LEAST),) * len(_ROLES)
_HARDLY = 0.02  # a sentence in which a kind is less likely is left out
_PLAYS = 0.3  # in a sentence, an actor that plays any part at least so likely

Logs = tuple[float, ...]
"""For each role the log of how likely an actor plays it: the probability of the kind times that of the part."""


@dataclass(frozen=True)
class Elsewhere:
    """The readings of a document, its actors, and the offsets at which its sentences begin."""

    tags: Mapping[int, Reading]
    cast: Cast
    starts: Sequence[int]

    def numbers(self, candidate: Candidate, found: Sequence[Casting]) -> list[Numbers]:
        """For each actor of a candidate its parts in other sentences, in those before, and those of its rivals."""
        played, here = self._played(candidate.kind), candidate.sentence_number
        rows = [played.get(c.code, {}) for c in found]
        most = [_most(logs for n, logs in row.items() if n != here) for row in rows]
        made = []
        for i, row in enumerate(rows):
            before = _most(logs for n, logs in row.items() if n < here)
            another = _most(other for k, other in enumerate(most) if k != i)
            often = sum(sum(map(exp, logs)) >= _PLAYS for n, logs in row.items() if n != here)
            numbers: Numbers = {"elsewhere: sentences": float(often)}
            for k, role in enumerate(_ROLES):
                numbers[f"elsewhere: {role}"] = most[i][k]
                numbers[f"elsewhere: {role}, before"] = before[k]
                numbers[f"elsewhere: {role}, another"] = another[k]
            made.append(numbers)
        return made

    def _played(self, kind: str) -> Mapping[str, Mapping[int, Logs]]:
        """By code and sentence the likeliest of each role over the actor's mentions there."""
        if kind not in self._kept:
            found: dict[str, dict[int, Logs]] = {}
            for number, mention in self._mentions:
                reading = self.tags[number]
                likely = reading.kinds[kind]
                if likely >= _HARDLY and (parts := reading.parts(kind, mention.start, mention.end)):
                    logs = tuple(log(max(_LEAST, likely * parts[role])) for role in _ROLES)
                    row = found.setdefault(mention.code, {})
                    row[number] = _most((logs, row.get(number, _NOWHERE)))
            self._kept[kind] = found
        return self._kept[kind]

    @cached_property
    def _kept(self) -> dict[str, Mapping[str, Mapping[int, Logs]]]:
        """What `_played` gave by kind, kept: many candidates are of one kind."""
        return {}

    @cached_property
    def _mentions(self) -> tuple[tuple[int, ActorMention], ...]:
        """The mentions in sentences that were read, with the number of the sentence."""
        numbered = ((bisect_right(self.starts, m.start) - 1, m) for m in self.cast.mentions)
        return tuple((n, m) for n, m in numbered if n in self.tags)


def _most(rows: Iterable[Logs]) -> Logs:
    return tuple(map(max, zip(*(_NOWHERE, *rows), strict=True)))
