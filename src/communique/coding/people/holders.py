"""What the table of office-holders says of a name: used only where it leaves one reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from communique.knowledge.occupancies import Occupancies, Occupancy
from communique.records import Interval

_ORDER = (
    "supreme leader",
    "king",
    "leader",
    "president",
    "chancellor",
    "prime minister",
    "secretary general",
)

_SHARED = "GBR"  # whose monarch is also that of other states: in news, the British one

_ALIKE = 75.0  # of 100: how alike the words of two spellings must be


@dataclass(frozen=True, slots=True)
class Held:
    """An office that a person holds, or held before (`former`), by the table."""

    office: str
    code: str
    former: bool

    @property
    def told(self) -> str:
        """The office as the record gives it: "former president"."""
        return f"former {self.office}" if self.former else self.office


@lru_cache(maxsize=1)
def _table() -> Occupancies:
    return Occupancies.load()


@lru_cache(maxsize=4096)
def _rows(name: str) -> tuple[Occupancy, ...]:
    found = _table().of_person(name)
    exact = tuple(r for r in found if name in (r.person, *r.aliases))
    return exact if len({r.person for r in exact}) == 1 else found


def code_of_holder(name: str, office: str, on: Interval | None) -> str | None:
    """The state in which the person of that name holds or held the office; None where it is open."""
    fits = [r for r in _rows(name) if _same_office(r.office, office)]
    fits = _in_time(fits, on) or fits
    codes = {r.country for r in fits}
    if len({r.person for r in fits}) == 1 and _SHARED in codes:
        return _SHARED
    return codes.pop() if len(codes) == 1 else None


def office_of_holder(name: str, on: Interval | None) -> Held | None:
    """The office of the one person of that name in the table: the one held then, or the highest.

    None where the name is several persons'. Without a date, the office is the highest of the latest held.
    """
    rows = _rows(name)
    rows = tuple(r for r in rows if _is_spelt_like(name, r))
    current = _in_time(list(rows), on)
    chosen = current or list(rows)
    if not chosen or len({r.person for r in chosen}) != 1:
        return None
    if on is not None and not current:
        chosen = [r for r in chosen if r.latest < on.start]
        if not chosen:
            return None
    latest = max(r.latest for r in chosen)
    at_last = [r for r in chosen if r.latest == latest]
    best = min(at_last, key=lambda r: (_rank(r.office), r.start))
    return Held(best.office, best.country, former=on is not None and not current)


def is_listed(name: str) -> bool:
    """True for a full name just as the table writes it, or one of its other spellings."""
    return name in _full_names()


@lru_cache(maxsize=1)
def _full_names() -> frozenset[str]:
    return frozenset(name for name, _ in _table().person_names())


def holder_name(office: str, code: str, on: Interval | None) -> str | None:
    """The name of the only possible holder of an office on those days, or None."""
    if on is None:
        return None
    row = _table().sole_holder(office, code, on)
    return row.person if row is not None and not row.doubtful else None


def _is_spelt_like(name: str, row: Occupancy) -> bool:
    """True when each word of the name is nearly so spelt: "Dehqan" for Dehghan, not the mere sound."""
    words = {word for form in (row.person, *row.aliases) for word in form.replace("-", " ").split()}
    parts = [part for part in name.replace("-", " ").split() if len(part) > 2]
    close = [max(ratio(part, word) for word in words) >= _ALIKE for part in parts]
    return bool(close) and all(close)


def _in_time(rows: list[Occupancy], on: Interval | None) -> list[Occupancy]:
    return [r for r in rows if r.may_hold(on)] if on is not None else []


def _same_office(held: str, told: str) -> bool:
    told = told.removeprefix("former ")
    return held == told or {held, told} <= {"leader", "supreme leader", "president"}


def _rank(office: str) -> int:
    return _ORDER.index(office) if office in _ORDER else len(_ORDER)
