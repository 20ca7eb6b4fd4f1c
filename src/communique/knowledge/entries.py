"""What a name can mean: the kinds of things, the forms of their names, and the entry that joins both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntryKind = Literal[
    "state", "organisation", "group", "place", "office", "materiel", "instrument", "outlet", "noise"
]
Form = Literal[
    "name", "short", "adjective", "demonym", "capital", "seat", "ministry", "force", "acronym", "variant",
    "generic", "office",
]  # fmt: skip

ACTOR_KINDS: frozenset[EntryKind] = frozenset({"state", "organisation", "group"})
"""The kinds that can act."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a name can mean.

    `code` by kind: state, organisation, group -> the actor's code; place -> the country's code ("" where
    open); office -> the office of the coding guide ("defence minister"); materiel -> the family ("S-300");
    instrument -> its canonical name; outlet -> the country's code ("" where unknown).
    `name` is the canonical name of the thing; `form` says how the matched words name it.
    """

    kind: EntryKind
    code: str
    name: str
    form: Form
    detail: str = ""
