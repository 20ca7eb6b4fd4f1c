"""Headlines in Title Case or CAPITALS put into sentence case, so that the parser sees verbs as verbs."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*")
_SMALL = frozenset(
    """a an the and or but nor of in on at to for with from by as over under into onto after before amid against
    via vs not is are be was were its his her their that than if""".split()  # noqa: SIM905
)
_MAX_HEADLINE = 220


def sentence_case(text: str) -> str:
    """The text with its first line in sentence case where that is a headline in Title Case.

    Same length as given. Words that occur with a capital inside a later sentence keep it.
    """
    end = text.find("\n")
    line = text if end < 0 else text[:end]
    if end < 0 or len(line) > _MAX_HEADLINE or not _is_title_case(line):
        return text
    return _lowered(line, _names_in(text[end:])) + text[end:]


def _is_title_case(line: str) -> bool:
    words = [w for w in _WORD.findall(line)[1:] if w.lower() not in _SMALL]
    return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _names_in(body: str) -> frozenset[str]:
    """Words that stand capitalised in the body after a word in lower case: names, most likely."""
    return frozenset(re.findall(r"(?<=[a-z,] )[A-Z][^\W\d_]+", body))


def _lowered(line: str, names: frozenset[str]) -> str:
    def small(match: re.Match[str]) -> str:
        word = match.group()
        key = word.capitalize() if word.isupper() and len(word) > 5 else word
        if match.start() == 0 or key in names or (word.isupper() and len(word) <= 5 and not line.isupper()):
            return key if key in names else word
        low = word.lower()
        return low if len(low) == len(word) and not _is_entity_like(word) else word

    return _WORD.sub(small, line)


def _is_entity_like(word: str) -> bool:
    return any(c.isupper() for c in word[1:]) and not word.isupper()
