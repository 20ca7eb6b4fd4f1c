"""The quality gate: each figure has a floor, pinned with a hash of the gold that it was measured on.

A floors file is TOML with a table a corpus:

    [seeds]
    gold = "3f0c..."                 # gold_hash of the gold documents
    floors = { "event.f1" = 0.60, "full.f1" = 0.35, "parts.statements.speaker" = 0.80, "parts.body" = 5 }
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import SettingsError
from communique.records import sha256

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The floors of one corpus: its name, the hash of its gold, and the lowest value of each figure."""

    name: str
    gold: str
    floors: dict[str, float]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure under its floor; `value` is None where the figure was not measured."""

    figure: str
    floor: float
    value: float | None


def gold_hash(gold: Mapping[str, Row]) -> str:
    """The hash of gold documents, whatever their files look like."""
    return sha256(json.dumps(dict(gold), sort_keys=True, ensure_ascii=False))[:16]


def load_floors(path: Path) -> list[Corpus]:
    """The corpora of a floors file."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return [Corpus(name, str(t["gold"]), _numbers(t["floors"])) for name, t in tables.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"{path}: not a floors file: {type(error).__name__}: {error}") from error


def _numbers(floors: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in floors.items()}


def floors_of(path: Path, gold: Mapping[str, Row]) -> Corpus:
    """The floors that were set on this gold; SettingsError where the file has none (the gold has changed)."""
    found = gold_hash(gold)
    for corpus in load_floors(path):
        if corpus.gold == found:
            return corpus
    raise SettingsError(f"{path}: no floors for this gold ({len(gold)} documents, hash {found})")


def flat(figures: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    """The figures by dotted names; "4/5" counts as 4."""
    out: dict[str, float] = {}
    for name, value in figures.items():
        if isinstance(value, Mapping):
            out |= flat(value, f"{prefix}{name}.")
        else:
            out[prefix + name] = float(value.split("/")[0]) if isinstance(value, str) else float(value)
    return out


def shortfalls(corpus: Corpus, figures: Mapping[str, Any]) -> list[Shortfall]:
    """The figures that are under their floors, in the order of the file."""
    measured = flat(figures)
    return [
        Shortfall(name, floor, measured.get(name))
        for name, floor in corpus.floors.items()
        if name not in measured or measured[name] < floor
    ]
