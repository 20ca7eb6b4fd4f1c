"""Places that news names: cities, provinces, disputed territories, bases, straits, seas, borders, test sites.

Sheets: `places_curated.csv` (our own; country "" for waters and for what belongs to no one state) and
`places.csv` (from GeoNames, CC BY 4.0, built by tools/build_places.py). A `*` after a name marks a word,
given name or surname ("Nice", "Hamilton"): it is a place only before its country ("Nice, France").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from communique.knowledge.gazetteer import Entry
from communique.knowledge.sheets import SheetRow
from communique.knowledge.thing_rows import keyed_rows, several
from communique.records import Place

PLAIN = "*"
DOMINANT = 15  # a city this many times larger than its next namesake is meant where nothing else tells

_REQUIRED = ("name", "kind", "source")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: `country` is ISO alpha-3 or "" where open; degrees north and east; `kind` as in the sheet.

    `population` is 0 where it is unknown; a curated place counts as the one that news means.
    """

    name: str
    country: str
    lat: float
    lon: float
    kind: str
    population: int
    curated: bool


def entries(overlay: Path | None = None) -> Iterator[tuple[str, Entry]]:
    """Every name of each place, curated places first; `code` is the country, `detail` the kind."""
    countries = _country_names(overlay)
    for row in _rows(overlay):
        code = row["country"]
        entry = Entry("place", code, row["name"].rstrip(PLAIN), "name", row["kind"])
        for written in (row["name"], *several(row["variants"])):
            name = written.rstrip(PLAIN)
            if name == written:
                yield name, entry
            else:
                yield from ((f"{name}, {country}", entry) for country in countries.get(code, ()))


def places(overlay: Path | None = None) -> Iterator[PlaceRow]:
    """Every place, curated ones first."""
    return (place_of(row) for row in _rows(overlay))


def candidates(name: str, overlay: Path | None = None) -> tuple[PlaceRow, ...]:
    """All places of that name, the likeliest first: curated ones, then by population."""
    return _by_name(overlay).get(name, ())


def resolve_place(name: str, *, context: Iterable[str] = (), overlay: Path | None = None) -> Place | None:
    """The place that a name means among the countries of `context`; None for a name that is not known.

    One candidate in a country of the context is it; else the only candidate, or the one that outweighs
    all others. Otherwise the place has no country: what is ambiguous stays so.

    >>> resolve_place("Tripoli", context=["LBN"]).country, resolve_place("Tripoli").country
    ('LBN', None)
    """
    found = candidates(name, overlay)
    if not found:
        return None
    codes = frozenset(context) - {""}
    near = {place.country for place in found if place.country in codes}
    if len(near) == 1:
        return Place(name=name, country=near.pop())
    best = found[0]
    if _outweighs(best, found[1:]):
        return Place(name=name, country=best.country or None)
    return Place(name=name)


def _outweighs(best: PlaceRow, others: tuple[PlaceRow, ...]) -> bool:
    return all(
        other.country == best.country
        or (best.curated and not other.curated)
        or (not other.curated and best.population >= DOMINANT * max(other.population, 1))
        for other in others
    )


@cache
def _by_name(overlay: Path | None) -> dict[str, tuple[PlaceRow, ...]]:
    table: dict[str, list[PlaceRow]] = {}
    for row in _rows(overlay):
        place = place_of(row)
        for written in dict.fromkeys((row["name"], *several(row["variants"]))):
            table.setdefault(written.rstrip(PLAIN), []).append(place)
    return {
        name: tuple(sorted(rows, key=lambda p: (not p.curated, -p.population, p.country)))
        for name, rows in table.items()
    }


def _rows(overlay: Path | None) -> Iterator[SheetRow]:
    curated = keyed_rows("places_curated.csv", _REQUIRED, overlay, key=("name", "country"))
    return chain(curated, keyed_rows("places.csv", _REQUIRED, overlay, key=("name", "country")))


def place_of(row: SheetRow) -> PlaceRow:
    """The row as a place; raises KnowledgeError for coordinates or people that are no numbers."""
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
        population = int(row["population"] or 0)
    except ValueError as error:
        raise row.wrong(f"no number: {error}") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise row.wrong(f"{lat}, {lon} is nowhere on Earth")
    curated = row.file.endswith("places_curated.csv")
    return PlaceRow(row["name"].rstrip(PLAIN), row["country"], lat, lon, row["kind"], population, curated)


@cache
def _country_names(overlay: Path | None) -> dict[str, tuple[str, ...]]:
    """What news writes after a city, by country: from the rows of kind "country" of place_countries.csv."""
    rows = keyed_rows("place_countries.csv", ("country", "names"), overlay, key=("country",))
    return {row["country"]: several(row["names"]) for row in rows}
