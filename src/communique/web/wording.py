"""Words of the record put for readers: parties, why claims were linked, how values differ, lengths of time."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from communique.records import Interval
from communique.web.plain import choice_in_words, days_in_words, number

_PARTY: Final = re.compile(r"(source|target|participant) (\S+)")
_DAYS: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?")


def parties_in_words(value: str, name: Callable[[str], str]) -> str:
    """The parties of an event's choices: "source CHL, target PER" is "Chile → Peru"; else the value as it is."""
    found = [_PARTY.fullmatch(part) for part in value.split(", ")]
    by_role: dict[str, list[str]] = {}
    for one in found:
        if one is None:
            return value
        by_role.setdefault(one[1], []).append(name(one[2]))
    acting, others = ", ".join(by_role.get("source", ())), " · ".join(by_role.get("participant", ()))
    if "target" in by_role:
        acting = f"{acting} → {', '.join(by_role['target'])}".lstrip()
    return "; ".join(part for part in (acting, others) if part)


def difference(value: str, chosen: str) -> str:
    """How a value stands to the chosen one: "less exact" where it is days that hold the chosen ones, else "differs"."""
    wide, narrow = _DAYS.fullmatch(value), _DAYS.fullmatch(chosen)
    if wide and narrow and wide[1] <= narrow[1] and (narrow[2] or narrow[1]) <= (wide[2] or wide[1]):
        return "less exact"
    return "differs"


def corrected_in_words(field: str | None, told: str | None, name: Callable[[str], str]) -> str:
    """A value (JSON) that a person gave a claim, for readers; `name` gives the name of an actor's code."""
    value = json.loads(told) if told else None
    if value is None or value == []:
        return "unknown"
    if field == "date":
        return days_in_words(Interval.model_validate(value))
    if field == "actors":
        return "; ".join(_one_actor(one, name) for one in value)
    if field == "materiel":
        return ", ".join(" ".join(filter(None, (number(m.get("quantity")), m["name"]))) for m in value)
    if field == "place":
        return ", ".join(
            filter(None, (value.get("name"), name(value["country"]) if value.get("country") else ""))
        )
    return choice_in_words(str(value))


def _one_actor(one: dict[str, Any], name: Callable[[str], str]) -> str:
    """ "Armenia (Nikol Pashinyan, prime minister) as source"."""
    who = ", ".join(filter(None, (one.get("person"), one.get("office"))))
    return f"{name(one['code'])}{f' ({who})' if who else ''} as {one['role']}"


def reasons_in_words(reasons: Iterable[str]) -> str:
    """Why two claims may be one event: ("+ parties: same", "- words: none shared") is "For: the same parties.
    Against: no word in common."
    """
    sides: dict[str, list[str]] = {"For": [], "Against": []}
    for reason in reasons:
        sign, _, feature = reason.partition(" ")
        sides["For" if sign == "+" else "Against"].append(_features().get(feature, feature))
    return " ".join(f"{side}: {'; '.join(words)}." for side, words in sides.items() if words)


def stretch(days: int) -> str:
    """A length of time as people say it: "45 days", "10 months", "22 years"."""
    if days < 90:
        return f"{days} days"
    months = round(days / 30.44)
    return f"{months} months" if months < 24 else f"{round(days / 365.25)} years"


def at_least(bands: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """How many lie at or above the lower end of each band; the highest band comes first."""
    total, out = 0, []
    for low, count in bands:
        total += count
        out.append((low, total))
    return out


@cache
def _features() -> dict[str, str]:
    text = files("communique.web").joinpath("likeness.csv").read_text(encoding="utf-8")
    return {row["feature"]: row["words"] for row in csv.DictReader(text.splitlines())}
