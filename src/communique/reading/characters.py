"""The characters of a text: one normal form, no invisible ones, no endless words, a bounded length."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 200_000
"""The most characters of an article that are kept; the longest transcripts of press conferences have less."""

MAX_READ: Final = 2 * MAX_CHARACTERS
"""The most characters that are cleaned at all, so that a page of 60 MB takes no more time than a long one."""

GAP: Final = "[…]"
"""What stands where something was cut out."""

_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile(
    "[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]*\n[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]*"
)
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_ENDLESS: Final = re.compile(r"(\w{100})\w{101,}|([!-~]{250})[!-~]{251,}")
_BREAKS: Final = ("\n\n", "\n", ". ", " ")
_LAST_STRETCH: Final = 2_000


def clean(text: str) -> str:
    """`text` in NFC with plain line ends, without control, zero-width and direction characters.

    Letters of right-to-left scripts stay. A run of more than 200 letters, or of more than 500 characters
    without a space, keeps its beginning and then `GAP`. More than one empty line becomes one. Law:
    `clean(clean(text)) == clean(text)`.
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ")
    text = _ENDLESS.sub(lambda match: (match[1] or match[2]) + GAP, unicodedata.normalize("NFC", text))
    return _BLANK_LINES.sub("\n\n", _SPACES.sub("\n", text)).strip()


def bounded(text: str, limit: int = MAX_CHARACTERS) -> str:
    """`text` of at most `limit` characters; where it was longer it ends in a paragraph of `GAP`.

    The cut is after the last paragraph, else line, sentence or word, of the last 2,000 characters.
    """
    if len(text) <= limit:
        return text
    kept = text[: limit - len(GAP) - 2]
    for mark in _BREAKS:
        at = kept.rfind(mark, max(0, len(kept) - _LAST_STRETCH))
        if at > 0:
            kept = kept[: at + len(mark)]
            break
    return f"{kept.rstrip()}\n\n{GAP}"
