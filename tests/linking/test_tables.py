"""Which tables linking reads."""

from pathlib import Path

import pytest

from communique.linking import tables
from communique.linking.equipment import equipment_of, makers
from communique.linking.names import named

MATERIEL = "designation,family,category,maker,variants,source\nZorka,Zorka,air defence system,ARM,Kite,ours\n"
STATES = "code,name,form,source\nARM,Zedland,adjective,ours\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "materiel.csv").write_text(MATERIEL, encoding="utf-8")
    (tmp_path / "states.csv").write_text(STATES, encoding="utf-8")
    return tmp_path


def test_an_overlay_counts_only_within(folder: Path) -> None:
    before = named("ARM")
    with tables.over(tables.read(folder)):
        assert equipment_of("Kite").families == ("Zorka",)
        assert equipment_of("S-300PMU-2").families == ("S-300",)
        assert makers()["Zorka"] == {"ARM"}
        assert named("ARM") - before == {"zedland"}
        with tables.over(None):
            assert equipment_of("Kite").families == ()
        assert equipment_of("Kite").families == ("Zorka",)
    assert equipment_of("Kite").families == ()
    assert "Zorka" not in makers()
    assert named("ARM") == before


def test_what_is_kept_is_what_was_read(folder: Path, tmp_path: Path) -> None:
    kept = tables.read(folder)
    assert kept is not None
    assert kept.sheets == (("materiel.csv", MATERIEL), ("states.csv", STATES))
    assert tables.from_text(tables.as_text(kept)) == kept
    assert tables.from_text(tables.as_text(None)) is None


def test_a_folder_without_a_table_that_is_read(tmp_path: Path) -> None:
    (tmp_path / "offices.csv").write_text("surface,office\n", encoding="utf-8")
    assert tables.read(tmp_path) is None
    assert tables.read(None) is None
