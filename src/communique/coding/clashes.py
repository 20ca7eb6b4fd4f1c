"""Where a claim gives someone an office that, by the table of holders, somebody else had at that time.

Only sure clashes are told: the office has one holder at a time, the table names exactly one person for all of the days,
the row is not doubtful, and that person's name is unlike the claim's in every spelling.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from communique.knowledge.names import essential, sound_of, words_of
from communique.knowledge.occupancies import Occupancies, Occupancy
from communique.knowledge.positions import office_class
from communique.records import Actor, Interval

SINGLE = frozenset({"head_of_state", "head_of_government", "defence_minister", "foreign_minister"})
"""Classes of offices that one person holds at a time."""

LONGEST = 120
"""Days: a document or an event that is dated less precisely tells nothing of who was in office."""

SUCCESSION = timedelta(days=45)
"""So long before and after a term texts may give the office to whoever comes or has left."""

SEVERAL = frozenset({"BIH", "LBY", "YEM"})
"""States with a presidency of several persons or with rival governments."""

FACTOR = 0.8
"""What the confidence of a claim with a clash is multiplied with, once, however many clashes it has."""


@dataclass(frozen=True, slots=True)
class Clash:
    """An actor's office and who held it instead by the table, the source of that row, and both in words."""

    actor: Actor
    holder: Occupancy
    source: str
    reason: str


def clashes(
    actors: Iterable[Actor],
    published: Interval | None,
    occupancies: Occupancies,
    *,
    happened: Interval | None = None,
) -> tuple[Clash, ...]:
    """The sure clashes of a claim's actors with the table, in the order of the actors.

    An office is asked for on the days when it `happened`, where the claim is dated, and else on those when
    it was `published`; of someone who held the office before that, an undated claim may tell the past.
    """
    found = (_clash(actor, published, happened, occupancies) for actor in actors)
    return tuple(clash for clash in found if clash is not None)


def _clash(
    actor: Actor, published: Interval | None, happened: Interval | None, table: Occupancies
) -> Clash | None:
    days = happened or published
    if not actor.person or not actor.office or office_class(actor.office) not in SINGLE:
        return None
    if days is None or days.days > LONGEST or actor.office.startswith("former ") or actor.code in SEVERAL:
        return None
    near = Interval(start=days.start - SUCCESSION, end=days.end + SUCCESSION)
    against = table.against(actor.person, actor.office, actor.code, days)
    if len({row.person for row in against}) != 1 or _was_in_office(actor, near, happened, table):
        return None
    if any(_resembles(actor.person, row) for row in table.holders(actor.office, actor.code, near)):
        return None
    return Clash(actor, against[0], against[0].source, _reason(actor, against[0], days))


def _was_in_office(actor: Actor, near: Interval, happened: Interval | None, table: Occupancies) -> bool:
    """True when the person held the office about then, or ever before where the claim has no date."""
    terms = [
        row for row in table.of_person(actor.person or "", country=actor.code) if row.office == actor.office
    ]
    if any(row.may_hold(near) for row in terms):
        return True
    return happened is None and any(row.earliest <= near.end for row in terms)


def _resembles(name: str, holder: Occupancy) -> bool:
    """True when a word of the name sounds like a word of one of the holder's names."""
    sounds = _sounds(name)
    return any(sounds & _sounds(form) for form in (holder.person, *holder.aliases))


def _sounds(name: str) -> frozenset[str]:
    return frozenset(sound_of(word) for word in essential(words_of(name)) if len(word) > 2)


def _reason(actor: Actor, holder: Occupancy, days: Interval) -> str:
    when = str(days.start) if days.days == 1 else f"{days.start}..{days.end}"
    return (
        f"by the table {holder.person} was {holder.office} of {holder.country} on {when} "
        f"({holder.start}..{holder.end or ''}, {holder.source}), not {actor.person}"
    )
