"""The quality gate: each figure has a floor, pinned with a hash of the gold that it was measured on.

A floors file is TOML with a table a corpus:

    [seeds]
    gold = "3f0c..."                 # gold_hash of the gold documents
    texts = "91ab..."                # text_hash of the documents that are coded (the gate checks it)
    floors = { "event.f1" = 0.60, "full.f1" = 0.35, "parts.statements.speaker" = 0.80, "parts.body" = 5 }
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import SettingsError
from communique.records import sha256

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The floors of one corpus: its name, the hashes of gold and texts, the lowest value of each figure."""

    name: str
    gold: str
    floors: dict[str, float]
    texts: str | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure under its floor; `value` is None where the figure was not measured."""

    figure: str
    floor: float
    value: float | None


def gold_hash(gold: Mapping[str, Row]) -> str:
    """The hash of gold documents, whatever their files look like."""
    return sha256(json.dumps(dict(gold), sort_keys=True, ensure_ascii=False))[:16]


def text_hash(files: Iterable[Path]) -> str:
    """The hash of the names and contents of the files that are coded, in the order of their names."""
    parts = [f"{path.name} {sha256(path.read_bytes())}" for path in sorted(files, key=lambda p: p.name)]
    return sha256("\n".join(parts))[:16]


def load_floors(path: Path) -> list[Corpus]:
    """The corpora of a floors file."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return [_corpus(name, table) for name, table in tables.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"{path}: not a floors file: {type(error).__name__}: {error}") from error


def _corpus(name: str, table: Mapping[str, Any]) -> Corpus:
    return Corpus(name, str(table["gold"]), _numbers(table["floors"]), table.get("texts"))


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
