"""The title of an article, and the article's text without the places where a page repeats it."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.fuzz import ratio

from communique.reading.furniture import is_sentence, undoubled, vocabulary
from communique.reading.published import dateline_date

MAX_TITLE: Final = 300
"""The most characters of a line that can be a title."""

SAME_TITLE: Final = 85.0
"""Two titles are one from this likeness on (0 to 100, share of letters in order)."""

_NO_LETTER: Final = re.compile(r"[\W_]+")
_SUFFIX: Final = re.compile(r"\s+(?:[|»–—-]|::)\s+")


def squeezed(line: str) -> str:
    """The letters and digits of a line's beginning, lower-case: what two spellings of one title share."""
    return _NO_LETTER.sub("", line[: MAX_TITLE * 2].casefold())


def own_title(text: str) -> str | None:
    """The title with which a plain text begins: a first paragraph that is no sentence, or that is doubled.

    None where the text begins with its body, as a text of one paragraph does.
    """
    first, _, rest = text.partition("\n")
    title = undoubled(first.strip())
    if not title or not rest.strip() or len(title) > MAX_TITLE:
        return None
    if squeezed(rest[: len(title) * 2]).startswith(squeezed(title)) and len(squeezed(title)) > 12:
        return title
    if dateline_date(first) is not None or _is_prose(title):
        return None
    return title


def _is_prose(line: str) -> bool:
    """True for a line that ends as a sentence: a title has no full stop, but may ask, shout or quote."""
    return is_sentence(line) and not re.search(r"[^.]\)$|[^.,]['\"’”]$|[?!]$", line)


def without_site(title: str, site: str | None) -> str:
    """A page's title without the name of the site that stands after a bar or dash."""
    parts = _SUFFIX.split(title)
    if (
        site
        and len(parts) > 1
        and squeezed(parts[-1])
        and squeezed(parts[-1]) in (squeezed(site), f"the{squeezed(site)}")
    ):
        return title[: title.rfind(parts[-1])].rstrip(" |»–—-:")
    return title


def without_title(text: str, title: str) -> str:
    """`text` without the title where it stands, once or more, on the first lines or glued to the body."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if lines[at].strip() and not _is_title(lines[at], title):
            rest = "" if _ends_with_title(lines[at], title) else _unglued(lines[at], title)
            if rest == lines[at]:
                break
            lines[at] = rest
            continue
        at += 1
    first = [line for line in lines[at : at + 8] if squeezed(line) != squeezed(title)]
    return "\n".join(first + lines[at + 8 :]).strip()


def _is_title(line: str, title: str) -> bool:
    """True for the title again, perhaps spelt a little differently."""
    one, other = squeezed(line), squeezed(title)
    return one == other or (
        len(other) > 20 and not line.rstrip().endswith(".") and ratio(one, other) >= SAME_TITLE
    )


def without_byline(text: str, outlet: str | None) -> str:
    """`text` without a byline and the outlet's name on its first lines ("By Ann Other", "USA TODAY")."""
    lines = text.split("\n")
    at = 0
    for number, line in enumerate(lines[:8]):
        if not line.strip():
            continue
        if _is_credit(line, outlet) or (at == 0 and _is_team(line)):
            at = number + 1
        elif not _is_names(line):
            break
    return "\n".join(lines[at:]).strip()


_BYLINE: Final = re.compile(
    r"(?:by|written by|reported by|from)[: ] ?(?:[A-Z][\w.'’-]+[ ,|/]*(?:and |& )?){1,10}(?:[|,/].{0,60})?",
    re.I,
)
_NAME: Final = r"(?:[A-Z][\w.'’-]*|and|&|van|von|de|der|del|bin|al|el)"
_NAMES: Final = re.compile(rf"{_NAME}(?:,?\s+{_NAME}){{1,11}}")


def _is_credit(line: str, outlet: str | None) -> bool:
    key = line.strip().casefold()
    names = vocabulary().outlets | ({outlet.casefold()} if outlet else set())
    last = key.rsplit(",", 1)[-1].strip()
    if key in names or (last in names and _is_names(line)):
        return True
    return (
        not is_sentence(line)
        and len(line) < 120
        and bool(re.match(r"by\b", key))
        and bool(_BYLINE.fullmatch(line.strip()))
    )


def _is_team(line: str) -> bool:
    """True for a line of two full names or more that are joined by "and"."""
    return _is_names(line) and bool(re.search(r"\w+ \w+,? and \w+ \w+$", line.strip()))


def _is_names(line: str) -> bool:
    return len(line) < 120 and bool(_NAMES.fullmatch(line.strip()))


def _ends_with_title(line: str, title: str) -> bool:
    """True for a caption or a section's name that runs into the title."""
    return line.rstrip().endswith(title) and len(title) > 20 and len(line) < 1_000


def _unglued(line: str, title: str) -> str:
    """The line without a title stuck to its front: the next word follows without a space, with a capital."""
    if not line.startswith(title) or len(line) <= len(title):
        return line
    rest = line[len(title) :]
    if rest.startswith(title) or (rest[0].isupper() and title[-1].isalnum()):
        return rest
    twice = rest.lstrip()
    return twice if twice.startswith(title) else line
