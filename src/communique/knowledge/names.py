"""Names of people compared across spellings: accents, hyphens, and transliterations from other scripts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PARTICLES = frozenset({"al", "el", "bin", "ibn", "bint", "abu", "ul", "ud", "der", "den"})
LETTERS = str.maketrans(
    {"ı": "i", "ə": "a", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "t", "ß": "s", "æ": "a"}
)
SOUNDS = (
    ("gh", "q"), ("kh", "x"), ("ch", "c"), ("sch", "s"), ("sh", "s"), ("zh", "j"), ("dzh", "j"), ("ph", "f"),
    ("th", "t"), ("ck", "k"), ("ks", "x"), ("tz", "z"), ("ts", "z"), ("w", "v"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case without accents, apostrophes, dots; hyphens part words.

    >>> words_of("Jean-Yves Le Drian")
    ('jean', 'yves', 'le', 'drian')
    """
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    flat = "".join(letters).casefold().translate(LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['’ʼ`‘ʻ.]", "", plain)))


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """What stays of a folded word across transliterations: consonants by sound and a leading vowel.

    Dehqan and Dehghan, Zelensky and Zelenskyy, Sergei and Sergey sound alike; it is a weaker likeness
    than equal words and is only used where equal words find nobody.
    """
    for letters, sound in SOUNDS:
        word = word.replace(letters, sound)
    head, tail = word[:1], word[1:]
    head = "a" if head in "aeiou" else head
    tail = re.sub(r"[aeiouy]", "", tail).rstrip("h")
    return re.sub(r"(.)\1+", r"\1", head + tail)


def essential(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without particles (al-, bin), unless nothing else is there."""
    return tuple(w for w in words if w not in PARTICLES) or words
