"""How kinds, statuses and stages are named and drawn (`kinds.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class KindLook:
    """A kind's name, its plural, and the family that gives its colour and shape."""

    name: str
    many: str
    family: str


@dataclass(frozen=True)
class Family:
    """A family of kinds: its id (the CSS colour is `--f-ID`), its name and its shape in a box of 16 by 16."""

    id: str
    name: str
    shape: str


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(files("communique.web").joinpath("kinds.toml").read_text(encoding="utf-8"))


@cache
def kinds() -> dict[str, KindLook]:
    """All kinds by their word in the record, in the order of families."""
    return {kind: KindLook(**look) for kind, look in _told()["kinds"].items()}


@cache
def families() -> dict[str, Family]:
    """All families by id."""
    return {id: Family(id, **look) for id, look in _told()["families"].items()}


def kind_look(kind: str) -> KindLook:
    """The look of a kind; an unknown one is its own name, in the family "home"."""
    return kinds().get(kind) or KindLook(kind, kind, "home")


def status_name(status: str) -> str:
    """The word that a status is shown by."""
    return str(_told()["statuses"].get(status, {}).get("name", status))


def status_meaning(status: str) -> str:
    """What a status means, in a sentence."""
    return str(_told()["statuses"].get(status, {}).get("means", ""))


def stage_name(stage: str) -> str:
    """The words that a stage is shown by."""
    return str(_told()["stages"].get(stage, stage))


def found_words() -> dict[str, str]:
    """The ways of finding a document's date, in words."""
    return dict(_told()["found"])


def languages() -> dict[str, str]:
    """Languages by their ISO 639-1 code; rarer ones go by the code."""
    return dict(_told()["languages"])


def found_in_words(found: str) -> str:
    """How a document's date was found, in words."""
    return str(_told()["found"].get(found, found))
