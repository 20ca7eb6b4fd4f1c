"""Places: what a name means with and without context, plain words, and the sheets themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import KnowledgeError
from communique.knowledge.gazetteer import Gazetteer
from communique.knowledge.places import candidates, entries, places, resolve_place
from communique.records import Place

GAZETTEER = Gazetteer(entries())


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Syunik", "ARM"), ("Nakhijevan", "AZE"), ("Nakhchivan", "AZE"), ("Donbass", "UKR"), ("Kiev", "UKR"),
        ("Kharkov", "UKR"), ("Lugansk", "UKR"), ("Crimea", "UKR"), ("Golan Heights", "SYR"), ("Gaza", "PSE"),
        ("Natanz", "IRN"), ("Fordow", "IRN"), ("Parchin", "IRN"), ("Arak", "IRN"), ("Meghri", "ARM"),
        ("Lachin", "AZE"), ("Karabakh", "AZE"), ("Idlib", "SYR"), ("Incirlik", "TUR"), ("Ramstein", "DEU"),
        ("Hmeimim", "SYR"), ("Tartus", "SYR"), ("Guam", "USA"), ("Punggye-ri", "PRK"), ("Semnan", "IRN"),
        ("Plesetsk", "RUS"), ("Baikonur", "KAZ"), ("Novaya Zemlya", "RUS"), ("Texas", "USA"),
        ("Gujarat", "IND"),
        ("Jeddah", "SAU"), ("Basra", "IRQ"), ("Paris", "FRA"), ("London", "GBR"), ("Nice", "FRA"),
        ("South China Sea", None), ("Persian Gulf", None), ("Black Sea", None), ("Strait of Hormuz", None),
        ("Caspian Sea", None), ("Taiwan Strait", None), ("Bab el-Mandeb", None), ("Kashmir", None),
        ("Armenian-Iranian border", None), ("Tripoli", None), ("Hyderabad", None), ("Birmingham", None),
    ],
)  # fmt: skip
def test_what_a_name_means_alone(name: str, country: str | None) -> None:
    assert resolve_place(name) == Place(name=name, country=country)


@pytest.mark.parametrize(
    ("name", "context", "country"),
    [
        ("Tripoli", ["LBN"], "LBN"),
        ("Tripoli", ["LBY", "FRA"], "LBY"),
        ("Tripoli", ["LBY", "LBN"], None),
        ("Tripoli", ["FRA"], None),
        ("Birmingham", ["USA"], "USA"),
        ("Alexandria", ["USA"], "USA"),
        ("Alexandria", [], "EGY"),
        ("Georgia", ["USA"], "USA"),
        ("Persian Gulf", [""], None),
    ],
)
def test_a_name_resolves_by_the_countries_around_it(
    name: str, context: list[str], country: str | None
) -> None:
    assert resolve_place(name, context=context) == Place(name=name, country=country)


def test_an_unknown_name_is_unknown() -> None:
    assert resolve_place("Atlantis Nowhere") is None
    assert candidates("Atlantis Nowhere") == ()


def test_all_candidates_are_given_the_likeliest_first() -> None:
    assert [place.country for place in candidates("Tripoli")] == ["LBY", "LBN"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nice work, said Hamilton, Reading and Vladimir.", []),
        ("John Bolton met Governor Lincoln; the Man was Of Hope.", []),
        ("He died in Nice, France.", [("Nice, France", "FRA")]),
        ("They met in Tehran and Bandar Abbas.", [("Tehran", "IRN"), ("Bandar Abbas", "IRN")]),
        ("the Persian Gulf and the Sea of Oman", [("Persian Gulf", ""), ("Sea of Oman", "")]),
        ("Anbar province in Iraq", [("Anbar province", "IRQ")]),
        ("Shushi, Stepanakert", [("Shushi", "AZE"), ("Stepanakert", "AZE")]),
    ],
)
def test_places_are_found_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.text, m.entry.code) for m in GAZETTEER.find(text)] == expected


def test_the_sheets_are_whole() -> None:
    rows = list(places())
    assert len(rows) >= 3000
    assert len({(row.name, row.country) for row in rows if row.curated}) == sum(row.curated for row in rows)
    for row in rows:
        assert row.kind and row.name, row
        assert row.country == "" or (len(row.country) == 3 and row.country.isupper()), row
        assert -90 <= row.lat <= 90 and -180 <= row.lon <= 180, row


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("Tehran", 35.7, 51.4),
        ("Buenos Aires", -34.6, -58.4),
        ("Strait of Hormuz", 26.6, 56.3),
        ("Natanz", 33.7, 51.9),
    ],
)
def test_a_place_is_where_it_is(name: str, lat: float, lon: float) -> None:
    place = candidates(name)[0]
    assert abs(place.lat - lat) < 0.5 and abs(place.lon - lon) < 0.5


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Here,,FRA,north,2,city,me", "no number: could not convert string to float: 'north'"),
        ("Here,,FRA,91,2,city,me", "91.0, 2.0 is nowhere on Earth"),
        ("Here,,FRA,1,2,,me", "no value for 'kind'"),
    ],
)
def test_a_wrong_row_of_an_overlay_is_reported(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "places_curated.csv").write_text(
        f"name,variants,country,lat,lon,kind,source\n{line}\n", "utf-8"
    )
    with pytest.raises(KnowledgeError) as caught:
        list(places(tmp_path))
    assert (caught.value.line, caught.value.reason) == (2, reason)


def test_an_overlay_adds_a_place(tmp_path: Path) -> None:
    (tmp_path / "places_curated.csv").write_text(
        "name,variants,country,lat,lon,kind,source\nNew Base,NB One,FRA,45,2,base,me\n", "utf-8"
    )
    assert ("NB One", "FRA") in {(surface, entry.code) for surface, entry in entries(tmp_path)}
