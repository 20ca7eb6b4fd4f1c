"""The learned models of the judge: what they are and how they are kept."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from communique.coding.linear import LinearModel
from communique.coding.tagger import MiniLMTagger, Tagger
from communique.coding.trees import TreeModel


@dataclass(frozen=True)
class Models:
    """The models of the first look: is it an event, roles, shape of parties, status, date, stage, place; the tagger.

    Those of the second look (`_again`) weigh what the first says of a candidate beside what it says of its rivals;
    that of confidence, what both say of an event beside the others of its document; that of places, its countries.
    """

    claim: LinearModel
    role: LinearModel
    shape: LinearModel
    status: LinearModel
    date: LinearModel
    stage: LinearModel
    place: LinearModel
    claim_again: TreeModel
    role_again: TreeModel
    date_again: TreeModel
    confidence: TreeModel
    place_again: TreeModel
    tagger: Tagger | None = None


@lru_cache(maxsize=1)
def shipped_models() -> Models:
    """The models that come with the package."""
    found: Any = read_models((files("communique.coding") / "model" / "judge.json.gz").read_bytes())
    return Models(**found, tagger=MiniLMTagger())


def read_models(content: bytes) -> dict[str, LinearModel | TreeModel]:
    """The named models of one gzipped JSON file."""
    data = json.loads(gzip.decompress(content))
    return {name: (TreeModel if "roots" in row else LinearModel).from_json(row) for name, row in data.items()}


def write_models(models: Mapping[str, LinearModel | TreeModel]) -> bytes:
    """One gzipped JSON file of named models; the same models give the same bytes."""
    data = {name: models[name].to_json() for name in sorted(models)}
    return gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
