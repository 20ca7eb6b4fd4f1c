"""Positions: the words by which news names an office, and the office that the coding guide writes for them.

The vocabulary is data: `tables/offices.csv` (surface, office, state that the surface itself implies),
`tables/portfolios.csv` (what a minister can be minister of) and `tables/office_classes.csv` (an office's
class in the table of holders, and whether it has deputies). Spelling variants (defence/defense), plurals
and capitals are made by rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from communique.knowledge.gazetteer import Entry
from communique.knowledge.sheets import read_sheet

SMALL_WORDS = frozenset(
    {"of", "the", "and", "for", "to", "in", "on", "with", "at", "or", "de", "d'affaires", "d’affaires"}
)
PORTFOLIO_FORMS = ("{} minister", "minister of {}", "minister for {}", "{} chief")
PAST = re.compile(
    r"^(?:the )?(?:former|ex|then|late|previous|ousted|deposed|one-time|fugitive|retired|sometime)[ -]+"
)
PASSING = re.compile(
    r"^(?:the |his |her |its |their |new |newly appointed |acting |interim |caretaker |outgoing |incumbent |"
    r"visiting |current |incoming |federal |senior |long-serving |veteran )"
)
DEPUTY = re.compile(r"^(?:first |second |third |1st )?(?:deputy|vice|assistant|deputy to the)[ -]+(?!of\b)")
VAGUE = frozenset(
    {"minister", "deputy minister", "vice minister", "minister of state", "commissioner", "leader"}
)
CLASS_WORDS = {"head of state": "head_of_state", "head of government": "head_of_government"}
NOMINEE = re.compile(r"[ -](?:nominee|designate|elect)$")


@dataclass(frozen=True, slots=True)
class Surface:
    """Words that name an office (lower case), the office as the guide writes it, and the state implied."""

    words: str
    office: str
    state: str = ""
    plural: bool = False


def entries(overlay: Path | None = None) -> Iterator[tuple[str, Entry]]:
    """Every way to write every office, for the gazetteer, in a fixed order.

    An entry's `code` and `name` are the office of the coding guide; `detail` is the state or organisation
    that the words themselves imply ("Pentagon chief" gives USA), "plural" for plural forms, else "".
    """
    for surface in surfaces(overlay):
        detail = "plural" if surface.plural else surface.state
        entry = Entry(kind="office", code=surface.office, name=surface.office, form="office", detail=detail)
        for written in capitalisations(surface.words):
            yield written, entry


@lru_cache(maxsize=8)
def surfaces(overlay: Path | None = None) -> tuple[Surface, ...]:
    """All surfaces with their spelling variants, deputies and plurals; the first of equal words wins."""
    found: dict[str, Surface] = {}
    for base in _listed(overlay):
        for words in spellings(base.words):
            found.setdefault(words, Surface(words, base.office, base.state))
    for words, one in list(found.items()):
        if (several := plural(words)) is not None:
            found.setdefault(several, Surface(several, one.office, one.state, plural=True))
    return tuple(found.values())


def canonical_office(words: str, overlay: Path | None = None) -> str | None:
    """The office of the coding guide that the words name, or None.

    "Minister of Defense and Armed Forces Logistics" gives "defence minister", "First Deputy Foreign Minister"
    gives "deputy foreign minister", "then-President" gives "former president"; "acting" and "caretaker"
    are dropped, "nominee" is kept.
    """
    text = " ".join(words.lower().replace("’", "'").replace("defense", "defence").split()).strip(" ,.;:")
    if past := PAST.match(text):
        office = canonical_office(text[past.end() :], overlay)
        return f"former {office}" if office else None
    known = _offices(overlay)
    if text in known:
        return known[text]
    if passing := PASSING.match(text):
        return canonical_office(text[passing.end() :], overlay)
    if nominee := NOMINEE.search(text):
        office = canonical_office(text[: nominee.start()], overlay)
        return f"{office} nominee" if office else None
    if office := _longest_part(text, known):
        return office
    if deputy := DEPUTY.match(text):
        office = canonical_office(text[deputy.end() :], overlay)
        return f"deputy {office}" if office else None
    return _minister_of(text)


def office_class(office: str, overlay: Path | None = None) -> str | None:
    """The class of an office of the guide in tables of holders ("head_of_state"), or None."""
    return _classes(overlay).get(office.lower().removeprefix("former "))


def offices_of_class(name: str, overlay: Path | None = None) -> tuple[str, ...]:
    """The offices of the guide that belong to a class of holders' tables, the commonest first."""
    return tuple(office for office, cls in _classes(overlay).items() if cls == name)


def class_named(words: str) -> str | None:
    """The class that the words name as such ("head of state", "heads of government"), or None."""
    text = " ".join(words.lower().split()).removeprefix("the ")
    return CLASS_WORDS.get(text.replace("heads of", "head of"))


def offices_by_rank(name: str, overlay: Path | None = None) -> tuple[tuple[str, ...], ...]:
    """The offices whose holders are of a class, in groups: who holds one of a group goes before the next ones.

    A king or a supreme leader is head of state before a president; a president is head of government only
    where there is no prime minister or chancellor.
    """
    groups: dict[int, list[str]] = {}
    for row in _class_rows(overlay):
        if row["class"] == name:
            groups.setdefault(int(row.get("rank") or 1), []).append(row["office"])
    return tuple(tuple(groups[rank]) for rank in sorted(groups))


@lru_cache(maxsize=8)
def ranks(overlay: Path | None = None) -> tuple[str, ...]:
    """Ranks and honorifics that stand between an office and a name ("Brigadier General"), longest first."""
    found = [row["rank"] for row in read_sheet("ranks.csv", ("rank",), overlay)]
    return tuple(sorted(found, key=lambda r: (-len(r), r)))


def spellings(words: str) -> tuple[str, ...]:
    """The words as given, with American spelling, and with the other apostrophe, without repeats."""
    forms = [words, words.replace("defence", "defense")]
    forms += [form.replace("'", "’") for form in forms]
    return tuple(dict.fromkeys(forms))


def plural(words: str) -> str | None:
    """The plural of an office's words ("ministers of defence"), or None where it has no plain one."""
    head, of, tail = words.partition(" of ")
    if not of:
        head, of, tail = words.partition(" for ")
    if head.endswith(("s", "general", "-in-chief", "in chief", ".")):
        return None
    if head.endswith(("man", "woman")):
        return f"{head[:-2]}en{of}{tail}"
    if head.endswith("y") and head[-2:-1] not in "aeo":
        return f"{head[:-1]}ies{of}{tail}"
    return f"{head}s{of}{tail}"


def capitalisations(words: str) -> tuple[str, ...]:
    """As listed, Title Case, Sentence case, capitals throughout, and Title Case but for the first word.

    Capitals of the listed words ("IRGC commander") are kept in every form.
    """
    parts = words.split(" ")
    title = " ".join([_capital(parts[0]), *(w if w in SMALL_WORDS else _capital(w) for w in parts[1:])])
    sentence = words[:1].upper() + words[1:]
    lower_first = parts[0] + title[len(parts[0]) :]
    return tuple(dict.fromkeys((words, title, sentence, words.upper(), lower_first)))


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _listed(overlay: Path | None) -> Iterator[Surface]:
    for row in read_sheet("offices.csv", ("surface", "office"), overlay):
        yield Surface(row["surface"], row["office"], row["state"])
    for row in read_sheet("portfolios.csv", ("portfolio", "office"), overlay):
        for form in PORTFOLIO_FORMS[: 3 if row["portfolio"].startswith("the ") else 4]:
            if not (row["portfolio"].startswith("the ") and form.startswith("{}")):
                yield Surface(form.format(row["portfolio"]), row["office"])
    yield from _deputies(overlay)


def _deputies(overlay: Path | None) -> Iterator[Surface]:
    """Deputies of every surface whose office has them: "deputy minister of defence"."""
    deputies = {row["office"] for row in _class_rows(overlay) if row["deputies"] == "yes"}
    for row in read_sheet("offices.csv", ("surface", "office"), overlay):
        words = row["surface"]
        if row["office"] not in deputies or words.startswith(("deputy", "vice", "assistant", "first")):
            continue
        for prefix in ("deputy", "first deputy", "assistant"):
            office = (
                "deputy prime minister" if row["office"] == "prime minister" else f"deputy {row['office']}"
            )
            yield Surface(f"{prefix} {words}", office, row["state"])


def _class_rows(overlay: Path | None) -> list[dict[str, str]]:
    return [row.values for row in read_sheet("office_classes.csv", ("office",), overlay)]


@lru_cache(maxsize=8)
def _classes(overlay: Path | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _class_rows(overlay):
        if row["class"]:
            found.setdefault(row["office"], row["class"])
    return found


@lru_cache(maxsize=8)
def _offices(overlay: Path | None) -> dict[str, str]:
    return {
        s.words.lower().replace("defense", "defence"): s.office for s in surfaces(overlay) if not s.plural
    } | {office.lower(): office for office in (s.office for s in surfaces(overlay))}


def _longest_part(text: str, known: dict[str, str]) -> str | None:
    """The office that the longest leading words name, or the trailing ones ("Israeli defence minister")."""
    stops = [m.start() for m in re.finditer(r",| and | of | for | to | in | at | on |'s ", text)]
    heads = [text[:stop] for stop in reversed(stops)]
    tails = [text[m.end() :] for m in re.finditer(r" ", text)][:3]
    for part in (*heads, *tails):
        if (office := known.get(part)) and office not in VAGUE:
            deputy = DEPUTY.match(text)
            return office if part in heads or not deputy else None
    return None


def _minister_of(text: str) -> str | None:
    if found := re.fullmatch(r"(?:minister|secretary) (?:of|for) (?:the )?([\w' -]{3,40}?)(?: of .*)?", text):
        return f"{found[1]} minister"
    if re.fullmatch(r"[\w' -]{3,40} minister", text):
        return text
    return None
