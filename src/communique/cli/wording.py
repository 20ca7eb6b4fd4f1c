"""Puts the reasons of a claim into plain words: names of what the judge weighed, slots of the sentence.

The wording is `wording.toml`. What it does not list is shown as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, get_args

from communique.records import Kind

_WEIGHED: Final = re.compile(r"(?:^|; )(for|against): (.+?)(?=; (?:for|against): |$)", re.S)
_PARTY: Final = re.compile(
    r"(?:as “(?P<slot>[^”]+)”|(?P<focus>from the document's focus))"
    r"(?:, (?P<form>\w+): (?P<reason>.+?))? \((?P<sure>[01]\.\d\d)\)",
    re.S,
)
_KINDS: Final = frozenset(get_args(Kind))


@cache
def wording() -> Mapping[str, Mapping[str, str]]:
    """The tables of `wording.toml`."""
    return tomllib.loads(files("communique.cli").joinpath("wording.toml").read_text(encoding="utf-8"))


def in_words(reason: str) -> str:
    """A reason in plain words: "...; for: near:jet; against: det:the" becomes a sentence of two lists."""
    party = _PARTY.fullmatch(reason)
    if party:
        return _party(party)
    found = _WEIGHED.findall(reason)
    if not found:
        return reason
    head = reason[: next(m.start() for m in _WEIGHED.finditer(reason))]
    told: dict[str, str] = {}  # the strongest come first; what is said once is not said again
    for which, name in found:
        told.setdefault(weighed_in_words(name), which)
    sides = ((side, [words for words, which in told.items() if which == side]) for side in ("for", "against"))
    return "; ".join([*([head] if head else []), *(f"{side} it: {', '.join(w)}" for side, w in sides if w)])


def weighed_in_words(name: str) -> str:
    """The name of something weighed, in words: "visit arg:to:GPE" is "“to” (a place)"."""
    second = _second_look(name)
    if second is not None:
        return second
    *before, last = name.split(" ")
    if before and before[0] in _KINDS:
        before = before[1:]
    label, _, value = last.partition(":")
    template = wording()["weighed"].get(label)
    if template is None:
        return f"the word “{last}”" if not value and last not in _KINDS else " ".join([*before, last])
    words = _filled(template, label, value)
    return f"{words} of “{before[0]}”" if before else words


def _second_look(name: str) -> str | None:
    """The words of a number of the second look: of itself, or of its label where what follows the colon varies."""
    table = wording()["second"]
    label, _, value = name.partition(": ")
    template = (
        table.get(name)
        or table.get(f"{label}: {{}}" if value else "")
        or (table.get(label) if value else None)
    )
    return None if template is None else template.replace("{}", value.replace("_", " "))


def _filled(template: str, label: str, value: str) -> str:
    tables = wording()
    if label == "arg":
        slot, _, sort = value.partition(":")
        return slot_in_words(slot) + (f" ({tables['sorts'].get(sort, f'“{sort}”')})" if sort else "")
    if label.removeprefix("beyond_") in ("governor0", "governor1"):
        value = value.rpartition(":")[2]
    if label == "roles":
        return _roles(value)
    if label == "rivals":
        return "no other kind has this word" if value == "1" else template.replace("{}", value)
    if label == "word":
        word, _, side = value.rpartition(":")
        return f"“{word}” {side} it"
    if label == "tag" and value:
        return template
    if label == "told" and value:
        return tables["weighed"]["told_stage"].replace("{}", value.replace(":", ", "))
    part = tables["parts"].get(value, f"“{value}”")
    tag = tables["tags"].get(value, f"“{value}”")
    plain = {"True": "yes", "False": "no"}.get(value, value.replace(",", ", ") or "nothing")
    return template.replace("{part}", part).replace("{tag}", tag).replace("{}", plain)


def _roles(digits: str) -> str:
    """How many parties the frame finds: "110" is "a source and a target stand where the frame has them"."""
    names = ("source", "target", "participant")
    many = (None, "a {}", "two {}s", "three {}s")
    counts = (int(d) for d in digits if d.isdigit() and int(d) < len(many))
    found = [phrase.format(name) for n, name in zip(counts, names, strict=False) if (phrase := many[n])]
    return f"{' and '.join(found) or 'no party'} where the frame has them"


def slot_in_words(slot: str) -> str:
    """The place of an argument: "subject_above" is "the subject of the verb above", "to" is "“to”"."""
    plain = slot.removesuffix("_above")
    table = wording()["slots"]
    return table.get(slot) or (f"“{plain}”" + (" of the verb above" if plain != slot else ""))


def _party(match: re.Match[str]) -> str:
    """Where a party stands in the sentence, how it is named, and how sure its role is."""
    where = match["focus"] or slot_in_words(match["slot"])
    how = ""
    if match["form"]:
        named = wording()["forms"].get(match["form"], f"as {match['form']}")
        plain = match["reason"] in ("named", "person named")
        how = f", named {named}" if plain else f", named {named} ({match['reason']})"
    return f"{where}{how}; {float(match['sure']):.0%} sure of its part"
