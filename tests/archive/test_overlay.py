"""A user's tables over the shipped ones: an archive is linked by those that its documents were coded with."""

import shutil
from pathlib import Path

import pytest
from tests.archive.conftest import SALE, coded, document, sale
from tests.archive.stories import dump, keep

from communique.archive import Archive, Coded
from communique.errors import KnowledgeError
from communique.linking.judgements import anchor, judgement
from communique.records import Materiel
from communique.relinking import catch_up, rebuild_lives, relink

SHEET = """designation,family,category,maker,variants,source
Zorka,Zorka,air defence system,FRA,Zorka-5|Kite system,our field notes
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "tables"
    made.mkdir()
    (made / "materiel.csv").write_text(SHEET, encoding="utf-8")
    return made


def of_goods(doc_id: str, name: str) -> Coded:
    coding = sale(doc_id)
    claim = coding.claims[0].model_copy(update={"materiel": (Materiel(name=name),), "instrument": None})
    return coded(document(doc_id, SALE), coding.model_copy(update={"claims": (claim,)}))


def goods(archive: Archive) -> list[str | None]:
    rebuild_lives(archive)
    return [deal.materiel for deal in archive.deals()]


@pytest.mark.usefixtures("run")
def test_deals_are_of_the_families_of_the_overlay(empty: Archive, folder: Path) -> None:
    keep(empty, [of_goods("a", "Kite system")])
    assert goods(empty) == ["Kite system"]
    catch_up(empty, folder)
    assert goods(empty) == ["Zorka"]
    assert empty.faults() == []
    catch_up(empty)
    assert goods(empty) == ["Kite system"]
    assert empty.overlay() is None


@pytest.mark.usefixtures("run")
def test_the_tables_hold_without_their_folder(empty: Archive, folder: Path) -> None:
    catch_up(empty, folder)
    shutil.rmtree(folder)
    first = of_goods("a", "Kite system")
    keep(empty, [first])
    assert goods(empty) == ["Zorka"]
    claim = first.coding.claims[0]
    where = anchor(claim, first.document.text_sha256)
    empty.judge(judgement("right", where, who="A. Reader", why="so it is"))
    assert goods(empty) == ["Zorka"]
    before = dump(empty)
    relink(empty)
    assert dump(empty) == before


@pytest.mark.usefixtures("run")
def test_relinking_takes_other_tables(empty: Archive, folder: Path) -> None:
    keep(empty, [of_goods("a", "Kite system")])
    relink(empty, folder)
    assert goods(empty) == ["Zorka"]
    (folder / "materiel.csv").write_text(SHEET.replace("Zorka,Zorka", "Zorka,Zorka family"), encoding="utf-8")
    relink(empty)
    assert goods(empty) == ["Zorka"]
    relink(empty, folder)
    assert goods(empty) == ["Zorka family"]


@pytest.mark.usefixtures("run")
def test_tables_that_linking_does_not_read_change_nothing(empty: Archive, folder: Path) -> None:
    (folder / "materiel.csv").rename(folder / "occupancies.csv")
    keep(empty, [of_goods("a", "Kite system")])
    catch_up(empty)
    with empty.reading() as connection:
        before = connection.exec_driver_sql("SELECT name, value FROM linking").all()
    catch_up(empty, folder)
    with empty.reading() as connection:
        assert connection.exec_driver_sql("SELECT name, value FROM linking").all() == before


@pytest.mark.usefixtures("run")
def test_a_wrong_row_is_named_and_the_links_stay(empty: Archive, folder: Path) -> None:
    keep(empty, [of_goods("a", "Kite system")])
    assert goods(empty) == ["Kite system"]
    before = dump(empty)
    (folder / "materiel.csv").write_text(SHEET + "Kite,,,,,\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"overlay/materiel\.csv:3"):
        relink(empty, folder)
    assert dump(empty) == before
