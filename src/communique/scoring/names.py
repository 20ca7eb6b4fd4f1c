"""How words and names are compared: by case, spaces, accents and the first letters of words."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_QUOTES = str.maketrans("’‘“”", "''\"\"")


def squash(text: Any) -> str:
    """The text in lower case with single spaces."""
    return " ".join(str(text).split()).lower()


def squash_quotes(text: Any) -> str:
    """The same, with straight quotation marks; nothing is the empty text."""
    return squash(str(text or "").translate(_QUOTES))


def name_key(name: Any) -> set[str]:
    """The words of a name, without accents, hyphens and single letters."""
    plain = unicodedata.normalize("NFKD", squash_quotes(name).replace("-", " "))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return {word for word in re.findall(r"[^\W\d_]+", bare) if len(word) > 1}


def same_name(a: Any, b: Any) -> bool:
    """True when the shorter name's words (by prefix of four letters) are all in the longer."""
    x, y = sorted((name_key(a), name_key(b)), key=len)
    return bool(x) and all(any(u[:4] == v[:4] for v in y) for u in x)


def same_or_no_name(a: Any, b: Any) -> bool:
    """The same, or both unknown."""
    return (not name_key(a) and not name_key(b)) or same_name(a, b)


def office_key(office: Any) -> str:
    """An office by function: case, spelling and "former" do not count."""
    return squash_quotes(office).removeprefix("former ").replace("defense", "defence")
