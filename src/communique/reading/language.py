"""The language of a text: py3langid on its beginning; for a few words what the metadata says."""

from __future__ import annotations

import re
from typing import Final

MIN_LETTERS: Final = 60
"""A text with fewer letters is taken to be in the language of its metadata, else in English."""

_SAMPLE: Final = 3_000
_CODE: Final = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


def language_of(text: str, given: str | None = None) -> str:
    """The ISO 639-1 code of the language of `text`. `given` ("en-GB") decides for very short texts."""
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        code = _CODE.match(given.strip()) if given else None
        return code[0].lower() if code else "en"
    from py3langid import classify  # loads its model

    return str(classify(sample)[0])
