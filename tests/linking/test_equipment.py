"""What equipment names mean, and which may be the same."""

import pytest

from communique.knowledge import materiel
from communique.linking.equipment import alike, equipment_of, makers, may_be_same


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("S-300PMU-2", "S-300"),
        ("S-300 missiles", "S-300"),
        ("Sukhoi Su-30 warplanes", "Su-30"),
        ("T-90s Tanks", "T-90"),
        ("Rafale jets", "Rafale"),
        ("Mistral warships", "Mistral-class"),
        ("Typhoon fighters", "Eurofighter Typhoon"),
        ("F-16BM", "F-16"),
        ("fighter jets", None),
        ("Mistral", None),  # a missile and a class of ships
        ("amphibious assault ship", None),
        ("military contracts", None),
    ],
)
def test_a_name_means_one_family_or_none(name: str, family: str | None) -> None:
    assert equipment_of(name).family == family


@pytest.mark.parametrize(
    ("a", "b", "may", "sure"),
    [
        ("S-300", "S-300PMU-2", True, True),
        ("S-300", "S-400", False, False),
        ("missile systems", "S-300", True, True),
        ("helicopters", "S-300", False, False),
        ("weapons", "S-300", True, False),
        ("a secret thing", "S-300", True, False),
        ("Mistral", "Mistral-class", True, True),
        ("warships", "Mistral-class", True, True),
        ("warships", "submarines", False, False),
        ("jets", "Rafale", True, True),
    ],
)
def test_names_that_may_be_the_same(a: str, b: str, may: bool, sure: bool) -> None:
    one, other = equipment_of(a), equipment_of(b)
    assert (may_be_same(one, other), alike(one, other)) == (may, sure)
    assert (may_be_same(other, one), alike(other, one)) == (may, sure)


def test_every_designation_of_the_tables_means_its_family() -> None:
    lost = [
        row.designation
        for row in materiel.equipment()
        if row.family not in equipment_of(row.designation).families
    ]
    assert lost == []


def test_who_makes_a_family() -> None:
    assert makers()["S-300"] == {"RUS"}
    assert makers()["Eurofighter Typhoon"] == {"DEU", "GBR", "ITA", "ESP"}
