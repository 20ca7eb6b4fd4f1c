"""Records in words: "Russia may negotiate on S-400 for Iran". The forms are `phrases.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from communique.knowledge.sheets import Overlay
from communique.knowledge.tables import actors_of, all_names
from communique.linking import tables
from communique.linking.records import Event
from communique.records import Actor, Claim, Materiel, Status

MOST: Final = 4
"""So many parties or pieces of equipment are named; of more the rest is counted."""

_CHOICE: Final = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
_SLOT: Final = re.compile(r"\{(\w+)\}")


def happening(told: Event | Claim) -> str:
    """What is told, in a clause: who did, is to do, may do or did not do what to whom.

    The date and the place are not in it.
    """
    form = _forms().get(f"{told.kind}.{told.stage}") or _forms()[told.kind]
    sources = [a for a in told.actors if a.role != "target"]
    targets = [a for a in told.actors if a.role == "target"]
    doers = {"sources": sources, "targets": targets, "both": [*sources, *targets]}[form.get("by", "sources")]
    slots = {
        "source": parties(sources),
        "target": parties(targets),
        "materiel": goods(told.materiel),
        "instrument": _with_article(told.instrument or ""),
    }
    subject = parties(doers) or "someone"
    return f"{subject} {_verb(form, told.status, many=len({a.code for a in doers}) > 1)}{_filled(form['rest'], slots)}"


def parties(actors: Sequence[Actor]) -> str:
    """The parties in words, each once: "Suren Papikyan (Armenia) and Iran"."""
    people: dict[str, list[str]] = {}
    for actor in actors:
        named = people.setdefault(actor.code, [])
        if actor.person and actor.person not in named:
            named.append(actor.person)
    return listed(
        f"{listed(persons)} ({name_of(code)})" if persons else in_sentence(code)
        for code, persons in people.items()
    )


def in_sentence(code: str) -> str:
    """The name of a party as a sentence has it: "the United States", "Iran"."""
    name = name_of(code)
    return f"the {name}" if name.split()[0] in _forms()["articles"]["first_words"] else name


def goods(items: Iterable[Materiel]) -> str:
    """The equipment in words: "36 Rafale and helicopters"."""
    return listed(f"{item.quantity:,} {item.name}" if item.quantity else item.name for item in items)


def listed(words: Iterable[str]) -> str:
    """The words with commas and "and"; of more than a few the rest is counted."""
    every = list(words)
    if len(every) > MOST:
        every = [*every[: MOST - 1], f"{len(every) - MOST + 1} more"]
    *most, last = every or [""]
    return f"{', '.join(most)} and {last}" if most else last


def name_of(code: str) -> str:
    """The name of a state, organisation or group; an unknown code is its own name."""
    return _names(tables.overlay()).get(code, code)


@cache
def _names(overlay: Overlay | None) -> Mapping[str, str]:
    return {code: actor.name for code, actor in actors_of(all_names(overlay)).items()}


def _verb(form: Mapping[str, str], status: Status, *, many: bool) -> str:
    return {
        "actual": form["past"],
        "planned": f"{'are' if many else 'is'} to {form['base']}",
        "possible": f"may {form['base']}",
        "denied": f"did not {form['base']}",
    }[status]


def _filled(template: str, slots: Mapping[str, str]) -> str:
    """The template with its slots filled; of `[this|that]` the second where a slot of the first is empty."""

    def choose(match: re.Match[str]) -> str:
        named = _SLOT.findall(match[1])
        return match[1] if all(slots[name] for name in named) else match[2]

    return _SLOT.sub(lambda m: slots[m[1]], _CHOICE.sub(choose, template))


def _with_article(name: str) -> str:
    """The name of an instrument as a sentence has it: "the INF Treaty", "a roadmap"."""
    if not name or re.match(r"(?:the|an?) ", name, re.IGNORECASE):
        return name
    if name[0].islower():
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    return name


@cache
def _forms() -> Mapping[str, Any]:
    return tomllib.loads(files("communique.linking").joinpath("phrases.toml").read_text(encoding="utf-8"))
