"""Kinds of the coding guide in the words of PLOVER and of CAMEO: one table (`kinds.csv`, docs/exports.md).

PLOVER's roots and modes are those of its codebook of 2017, where `CONCEDE` and `RETREAT` still are two (that of 2021
joins them as `YIELD`; https://github.com/openeventdata/PLOVER); CAMEO's codes those of its codebook 1.1b3 (Schrodt
2012, https://parusanalytics.com/eventdata/data.dir/cameo.html). Neither has a status: an act that was denied, or is
only possible, has no CAMEO code, and a planned one has the code of the intent where CAMEO has one.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from communique.records import Kind, Stage, Status

YIELD = frozenset({"CONCEDE", "RETREAT"})


class Equivalent(NamedTuple):
    """What a kind (and stage) is called elsewhere; an empty text where there is no such thing."""

    plover: str
    mode: str
    cameo: str
    cameo_intended: str


def equivalent(kind: Kind, stage: Stage | None = None) -> Equivalent:
    """The row of the table for the kind and stage, or for the kind alone."""
    rows = _rows()
    return rows.get((kind, stage or "")) or rows[(kind, "")]


def plover_root(kind: Kind, stage: Stage | None = None, *, year: int = 2021) -> str | None:
    """The PLOVER root; None for a kind that PLOVER lacks (`appointment`). From 2021 concede and retreat are `YIELD`."""
    root = equivalent(kind, stage).plover
    return ("YIELD" if year >= 2021 and root in YIELD else root) or None


def cameo_code(kind: Kind, status: Status, stage: Stage | None = None) -> str | None:
    """The CAMEO code: of the act where it is actual, of the intent where it is planned; None where CAMEO has none."""
    found = equivalent(kind, stage)
    if status == "actual":
        return found.cameo or None
    return (found.cameo_intended or None) if status == "planned" else None


@cache
def _rows() -> dict[tuple[str, str], Equivalent]:
    text = (files("communique.export") / "kinds.csv").read_text(encoding="utf-8")
    return {(r.pop("kind"), r.pop("stage")): Equivalent(**r) for r in csv.DictReader(text.splitlines())}


def quad(ontology: Literal["PLOVER", "CAMEO"], root: str) -> str:
    """The quad of a root (`quads.csv`): in words for PLOVER, 1 to 4 for CAMEO.

    Sources: PLOVER's reference, by rows (http://eventdata.parusanalytics.com/data.dir/plover_reference.html), and
    `QuadClass` in GDELT's codebook. Raises KeyError where there is no such root.
    """
    return _quads()[ontology, root]


@cache
def _quads() -> dict[tuple[str, str], str]:
    text = (files("communique.export") / "quads.csv").read_text(encoding="utf-8")
    return {(row["ontology"], row["root"]): row["quad"] for row in csv.DictReader(text.splitlines())}
