"""A researcher adds rows in a folder of tables, and coding knows them."""

from __future__ import annotations

from pathlib import Path

from communique.coding.coder import Coder
from communique.knowledge.knowledge import Knowledge
from communique.knowledge.overlay import problems
from communique.reading import read
from communique.records import Document, RawPage

TEXT = (
    "Ruvania buys tanks\n\nOn March 3, 2021, Ruvania signed a contract with Russia for ten Zed-77 tanks. "
    "Ruvanian Defence Minister Ivo Brankov visited Moscow on Wednesday.\n"
)


def article() -> Document:
    return read(RawPage(id="a", content=TEXT, media="text", origin="a.txt", sha256=""))


def coded(knowledge: Knowledge | None) -> tuple[set[str], set[str]]:
    """The codes of all actors of the claims, and the materiel."""
    (coding,) = Coder(learned=False, knowledge=knowledge).code([article()])
    return (
        {actor.code for claim in coding.claims for actor in claim.actors},
        {goods.name for claim in coding.claims for goods in claim.materiel},
    )


def test_rows_of_a_folder_reach_the_claims(tmp_path: Path) -> None:
    (tmp_path / "states.csv").write_text(
        "code,name,form,source\nXRV,Ruvania,name,us\nXRV,Ruvanian,adjective,us\n", encoding="utf-8"
    )
    (tmp_path / "materiel.csv").write_text(
        "designation,family,category,maker,variants,source\nZed-77,Zed-77,tank,RUS,,us\n", encoding="utf-8"
    )
    assert problems(tmp_path) == []
    actors, goods = coded(Knowledge.load(tmp_path))
    assert "XRV" in actors
    assert "Zed-77" in goods
    actors, _ = coded(None)
    assert "XRV" not in actors
