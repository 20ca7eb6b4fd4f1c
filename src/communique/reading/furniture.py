"""What stands around an article and is not of it: menus, boxes, captions, credits, other headlines.

The vocabulary is `furniture.toml`. The rules look at lines: some are furniture wherever they stand,
some only at the beginning or the end, and a tail of lines that do not end as sentences is a list of
other stories.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_STRAIGHT: Final = str.maketrans("’‘“”\xa0", "''\"\" ")
_SENTENCE_END: Final = re.compile(r"""[.!?…:;,][)\]"'”’»*]*$|["”»]$|\)$""")
_HEADLINE_END: Final = re.compile(r"""[.:;,…][)\]"'”’»*]*$|[!?]["”]$""")
_DOUBLE: Final = re.compile(r"(.{12,300}?)(?:\s{0,2}\1)+", re.S)
_NAME: Final = r"[A-Z][\w.’'()-]*"
_NEWS_CARD: Final = re.compile(
    rf"(?:\b(?P<last>[A-Z][\w’'-]+?)\s?(?:{_NAME}\s){{1,4}}(?P=last)"
    rf"|\b(?P<named>(?P<first>[A-Z][\w’'-]+)(?: {_NAME})?) (?P=first)(?: {_NAME}){{0,3}}?"
    r" [A-Z][\w’'-]*?[a-z])"
    r"""(?=["'‘“]?[A-Z])[^\n]{10,700}?\sMORE\b"""
)
_SPEAKER_CARD: Final = re.compile(r"\b([A-Z][\w’'-]+) ([A-Z][\w’'-]+) \2 \1(?=[A-Z])(?:[^:\n]{0,160}(?=:))?")
_TRIM: Final = " \t.:»>→…|-–—"

MIN_HEADLINES: Final = 4
"""So many lines at the end that are no sentences are taken for a list of other stories."""

END_STRETCH: Final = 600
"""So many characters at each end of a text are looked through for what is stuck to it."""

MIN_SHOUT: Final = 40
"""A line in capitals of so many characters is no subheading."""

MAX_BOX: Final = 16
"""The most lines of a box of links inside the article."""

MAX_LAST: Final = 100
"""The most characters of a last line that is taken for a link or a caption."""

MAX_ODD: Final = 120
"""The most characters of a headline that ends with a full stop."""

MAX_HEADLINE: Final = 220
"""The most characters of a line that can be a headline."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The entries of `furniture.toml`, ready to match."""

    exact: frozenset[str]
    line: re.Pattern[str]
    licence: re.Pattern[str]
    tail: re.Pattern[str]
    head: re.Pattern[str]
    sections: frozenset[str]
    bullets: tuple[str, ...]
    outlets: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, read once."""
    text = files("communique.reading").joinpath("furniture.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Vocabulary(
        exact=frozenset(table["lines"]["exact"]),
        line=_any(table["lines"]["patterns"], "(?:{})"),
        licence=_any(table["tails"]["always"], r"\s*(?:{})\s*$"),
        tail=_any(table["tails"]["after_sentence"], r"""(?:\n|(?<=[.!?"'”’)\]…]))(?:\s*(?:{}))+\s*$"""),
        head=_any(table["heads"]["patterns"], r"\s*(?:{})\s*"),
        sections=frozenset(table["sections"]["begin"]),
        bullets=tuple(table["bullets"]["begin"]),
        outlets=frozenset(table["outlets"]["names"]),
    )


def without_furniture(text: str) -> str:
    """The cleaned `text` without its furniture; paragraphs stay as they are. May be empty.

    Law: what comes out is free of furniture: the function changes its own result no more.
    """
    while True:
        kept = _once(text)
        if kept == text:
            return kept
        text = kept


def is_sentence(line: str) -> bool:
    """True for a line that ends as a sentence or a quotation does."""
    return bool(_SENTENCE_END.search(line.rstrip()))


def comparable(line: str) -> str:
    """The line for comparing: lower-case, straight quotes, single spaces, no marks at its ends."""
    return " ".join(line.translate(_STRAIGHT).split()).strip(_TRIM).casefold()


def undoubled(line: str) -> str:
    """A line that is one thing several times over ("XX", "X X") as that one thing."""
    match = _DOUBLE.fullmatch(line) if len(line) < 1_200 else None
    return match[1].strip() if match else line


def _once(text: str) -> str:
    text = _without_ends(text)
    lines = _without_sections(_without_headlines(without_cards(text).split("\n")))
    lines = [line for line in lines if not is_furniture(line)]
    lines = _without_repeats([undoubled(line) for line in _without_shouts(lines)])
    lines = _without_bullets(_without_menu(lines))
    lines = _without_last_line(_without_headlines(lines))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_cards(text: str) -> str:
    """`text` without the cards that pages hang on a person's name.

    Such a card repeats the name and goes on without a space: "John Doe John M. DoeOther headline ... MORE",
    "John Doe Doe JohnMinister of Trade: Good morning".
    """
    if "MORE" in text:
        text = _NEWS_CARD.sub(lambda match: match["last"] or match["named"], text)
    return _SPEAKER_CARD.sub(r"\1 \2", text)


def is_furniture(line: str) -> bool:
    """True for a line that is furniture wherever it stands."""
    words = vocabulary()
    if not line.strip() or len(line) > 600:
        return False
    return comparable(line) in words.exact or bool(words.line.fullmatch(line.translate(_STRAIGHT).strip()))


def _without_ends(text: str) -> str:
    """Without what is stuck to the beginning and the end of the text."""
    words = vocabulary()
    for pattern in (words.licence, words.tail):
        start = max(0, len(text) - END_STRETCH)
        found = pattern.search(text[start:].translate(_STRAIGHT))
        text = text[: start + found.start()].rstrip() if found else text
    head = words.head.match(text[:END_STRETCH].translate(_STRAIGHT))
    return text[head.end() :] if head else text


def _without_repeats(lines: list[str]) -> list[str]:
    """Without lines that repeat the line before them (empty lines between do not matter)."""
    kept: list[str] = []
    last = ""
    for line in lines:
        key = comparable(line)
        if not key or key != last:
            kept.append(line)
        last = key or last
    return kept


def _without_shouts(lines: list[str]) -> list[str]:
    """Without long lines in capitals between sentences in small letters: links to other stories.

    The first two lines stay, as one may be the title.
    """
    filled = [line for line in lines if line.strip()]
    shouts = {
        line for line in filled[2:] if len(line) >= MIN_SHOUT and line.isupper() and not is_sentence(line)
    }
    return [line for line in lines if line not in shouts] if len(shouts) * 3 < len(filled) else lines


def _without_menu(lines: list[str]) -> list[str]:
    """Without a run of at least four lines of three words or fewer at the beginning."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    run = 0
    while run < len(filled) and _is_menu_item(lines[filled[run]]):
        run += 1
    return lines[filled[run] :] if MIN_HEADLINES <= run < len(filled) else lines


def _is_menu_item(line: str) -> bool:
    return len(line.split()) <= 3 and len(line) <= 40 and not is_sentence(line)


def _without_bullets(lines: list[str]) -> list[str]:
    """Without a labelled list of highlights among the first lines."""
    for at, line in enumerate(lines[:6]):
        key = comparable(line)
        if any(key == label or key.startswith(f"{label} ") for label in vocabulary().bullets):
            end = at + 1
            while end < len(lines) and not is_sentence(lines[end]):
                end += 1
            return lines[:at] + lines[end:] if any(lines[end:]) else lines
    return lines


def _without_sections(lines: list[str]) -> list[str]:
    """Without a section of other stories: its heading and what follows, where hardly a sentence does."""
    for at, line in enumerate(lines):
        if at and comparable(line) in vocabulary().sections:
            rest = [other for other in lines[at + 1 :] if other.strip()]
            if sum(not _is_headline(other) for other in rest) * 4 <= len(rest):
                return lines[:at]
            end = _box_end(lines, at)
            return _without_sections(lines[:at] + lines[end:]) if end > at + 1 else lines
    return lines


def _box_end(lines: list[str], at: int) -> int:
    """Where a box of links inside the article ends, whose heading is at `at`: at the next sentence."""
    end = at + 1
    while end < len(lines) and end - at <= MAX_BOX and not (lines[end].strip() and is_sentence(lines[end])):
        end += 1
    return end if end - at <= MAX_BOX else at


def _without_headlines(lines: list[str]) -> list[str]:
    """Without a run of at least four headlines at the end, where an article stands before it.

    A short line that ends with a full stop is of the run where two headlines stand above it and one below.
    """
    filled = [(at, _is_headline(line), len(line)) for at, line in enumerate(lines) if line.strip()]
    start = len(filled)
    while start:
        _, headline, length = filled[start - 1]
        odd = (
            start < len(filled)
            and length <= MAX_ODD
            and [row[1] for row in filled[start - 3 : start - 1]] == [True, True]
        )
        if not headline and not (odd and filled[start][1]):
            break
        start -= 1
    run = [lines[at] for at, _, _ in filled[start:]]
    if len(run) < MIN_HEADLINES:
        return lines
    before = lines[: filled[start][0]]
    return before if _has_article(before) and not _is_list(before, run) else lines


def _without_last_line(lines: list[str]) -> list[str]:
    """Without a short last line that is no sentence, where nearly all lines before it are."""
    before = [line for line in lines[:-1] if line.strip()]
    if len(before) < MIN_HEADLINES or len(lines[-1]) > MAX_LAST or is_sentence(lines[-1]):
        return lines
    return lines[:-1] if sum(map(is_sentence, before)) >= len(before) * 0.8 else lines


def _is_list(before: list[str], run: list[str]) -> bool:
    """True where the lines are a list of the article: a colon announces them, or they begin alike."""
    announced = next((line for line in reversed(before) if line.strip()), "").rstrip().endswith(":")
    first_words = {line.split()[0].casefold() for line in run}
    return announced or len(first_words) * 2 <= len(run)


def _is_headline(line: str) -> bool:
    text = line.strip()
    return len(text) <= MAX_HEADLINE and text[0] not in "-–—•*·" and not _HEADLINE_END.search(text)


def _has_article(lines: Iterable[str]) -> bool:
    return any(is_sentence(line) and len(line) > 80 for line in lines)


def _any(patterns: list[str], frame: str) -> re.Pattern[str]:
    return re.compile(frame.replace("{}", "|".join(f"(?:{pattern})" for pattern in patterns)), re.IGNORECASE)
