"""Event frames: which words can tell an event of which kind, and which argument plays which role.

The frames are data files (`frames/KIND.toml`) that a political scientist can edit; docs/frames.md says how.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

from communique.errors import KnowledgeError
from communique.records import Kind, Role, Stage

Part = Literal["verb", "noun"]
_FOLDER = files("communique.coding") / "frames"
_FRAME_KEYS = {
    "verbs", "nouns", "object", "subject", "with", "needs", "source", "target", "participant", "stage",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordClass:
    """A set of lemmas; with `materiel`, also every name of the materiel table."""

    words: frozenset[str] = frozenset()
    materiel: bool = False

    def __or__(self, other: WordClass) -> WordClass:
        return WordClass(self.words | other.words, self.materiel or other.materiel)

    def __bool__(self) -> bool:
        return bool(self.words) or self.materiel


@dataclass(frozen=True)
class Frame:
    """One way of telling an event.

    `words` is the trigger as written ("phone call", "call on"); its head is the noun or the verb. The trigger
    must govern a word of `object` (its object or passive subject), have one of `subject` as its subject and
    hold a word of `near` among its arguments, where these are not empty; `needs` names roles without which
    there is no candidate. `roles` maps an argument's slot ("subject", "object", "to") to the role it plays.
    """

    name: str
    kind: Kind
    part: Part
    words: tuple[str, ...]
    object: WordClass
    subject: WordClass
    near: WordClass
    needs: tuple[Role, ...]
    roles: dict[str, Role]
    stage: Stage | None

    @property
    def head(self) -> str:
        """The lemma by which the trigger is found."""
        return self.words[-1] if self.is_led else self.words[0]

    @property
    def rest(self) -> tuple[str, ...]:
        """The trigger's other words: a verb's particles and prepositions, a noun's modifiers."""
        return self.words[:-1] if self.is_led else self.words[1:]

    @property
    def is_led(self) -> bool:
        """True where the other words stand just before the head: "phone call", "co-operate" (three words)."""
        return self.part == "noun" or "-" in self.words


@dataclass(frozen=True)
class FrameSet:
    """All frames by part of speech and head lemma; light verbs; verbs whose object acts ("urged X to leave").

    `plain` has a frame of each kind without a trigger of its own, with the slots that all its frames share.
    """

    by_head: dict[tuple[Part, str], tuple[Frame, ...]]
    light_verbs: frozenset[str]
    light_prepositions: frozenset[str]
    object_control: frozenset[str]
    summaries: dict[Kind, str]
    plain: dict[Kind, Frame]


@lru_cache(maxsize=1)
def load_frames() -> FrameSet:
    """The frames of the package, checked: KnowledgeError names the file where a key or class is unknown."""
    classes = {
        name: WordClass(frozenset(row.get("words", "").split()), row.get("mention") == "materiel")
        for name, row in _toml("classes").items()
    }
    by_head: dict[tuple[Part, str], tuple[Frame, ...]] = {}
    summaries: dict[Kind, str] = {}
    plain: dict[Kind, Frame] = {}
    for kind in get_args(Kind):
        table = _toml(kind)
        summaries[kind] = table["summary"]
        plain[kind] = _plain_frame(kind, table)
        for number, row in enumerate(table["frame"]):
            for frame in _frames_of(kind, number, table, row, classes):
                key = (frame.part, frame.head)
                by_head[key] = (*by_head.get(key, ()), frame)
    light = _toml("light")
    return FrameSet(
        by_head,
        frozenset(light["verbs"].split()),
        frozenset(light["prepositions"]),
        frozenset(light["object_control"].split()),
        summaries,
        plain,
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _frames_of(
    kind: Kind, number: int, table: dict[str, Any], row: dict[str, Any], classes: dict[str, WordClass]
) -> list[Frame]:
    unknown = set(row) - _FRAME_KEYS
    if unknown:
        raise KnowledgeError(f"frames/{kind}.toml", 0, f"frame {number}: unknown key {sorted(unknown)[0]!r}")
    made = []
    for part, key in (("verb", "verbs"), ("noun", "nouns")):
        for words in row.get(key, ()):
            made.append(
                Frame(
                    name=f"{kind}/{number}:{words}",
                    kind=kind,
                    part=part,  # type: ignore[arg-type]
                    words=tuple(words.replace("-", " - ").split()),
                    object=_word_class(kind, row.get("object", ()), classes),
                    subject=_word_class(kind, row.get("subject", ()), classes),
                    near=_word_class(kind, row.get("with", ()), classes),
                    needs=tuple(row.get("needs", ())),
                    roles=_roles(table, row),
                    stage=row.get("stage", table.get("stage")),
                )
            )
    return made


def _plain_frame(kind: Kind, table: dict[str, Any]) -> Frame:
    return Frame(
        name=f"{kind}/tagged",
        kind=kind,
        part="verb",
        words=("",),
        object=WordClass(),
        subject=WordClass(),
        near=WordClass(),
        needs=(),
        roles=_roles(table, {}),
        stage=table.get("stage"),
    )


def _word_class(kind: str, items: list[str] | tuple[str, ...], classes: dict[str, WordClass]) -> WordClass:
    made = WordClass()
    for item in items:
        if item.startswith("@") and item[1:] not in classes:
            raise KnowledgeError(f"frames/{kind}.toml", 0, f"unknown word class {item!r}")
        made |= classes[item[1:]] if item.startswith("@") else WordClass(frozenset({item}))
    return made


def _roles(table: dict[str, Any], row: dict[str, Any]) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    for role in get_args(Role):
        for slot in row.get(role, table.get(role, ())):
            roles.setdefault(slot, role)
    return roles
