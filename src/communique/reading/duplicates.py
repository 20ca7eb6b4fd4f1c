"""Near-duplicates: a short fingerprint of a text, by which its near twins are found without reading all.

A wire story is cut to a third, or stands inside a longer one, so what counts is containment: the share of
the shorter text's shingles (four words in a row) that the longer has too. The fingerprint keeps the
smallest hashes of a text's shingles (Broder 1997); up to the smaller of two such sketches' largest hash
both are complete samples, which gives the share without bias. The smallest of all are the bands, by which
candidates are looked up. Nothing is random: the same text has the same fingerprint on every machine.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

NEAR: Final = 0.5
"""Two texts whose likeness is at least this are near-duplicates."""

SHINGLE: Final = 4
"""The words of a shingle."""

_KEPT: Final = 256
_SCALE: Final = 10
_MIN_BANDS: Final = 8
_MAX_BANDS: Final = 64
_WORD: Final = re.compile(r"\w+")

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text: `bands` to look its twins up (any one in common), `signature` to compare.

    Bands are 1 to 64 different whole numbers under 2**63, ascending. The signature is at most 2 KB.
    """

    bands: tuple[int, ...]
    signature: bytes


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text. Case, punctuation and spacing do not matter."""
    hashes = _shingle_hashes(text)
    sampled = int(np.searchsorted(hashes, np.uint64((1 << 63) // _SCALE)))
    bands = hashes[: min(_MAX_BANDS, max(_MIN_BANDS, sampled))]
    return Fingerprint(bands=tuple(bands.tolist()), signature=hashes[:_KEPT].astype("<u8").tobytes())


def likeness(a: Fingerprint, b: Fingerprint) -> float:
    """The share of the shorter text's shingles that the longer has too, 0 to 1; estimated for long texts.

    Laws: `likeness(a, b) == likeness(b, a)`; `likeness(a, a) == 1`.
    """
    left, right = (np.frombuffer(each.signature, dtype="<u8") for each in (a, b))
    largest = min((each[-1] for each in (left, right) if len(each) == _KEPT), default=None)
    if largest is not None:
        left, right = left[left <= largest], right[right <= largest]
    return len(np.intersect1d(left, right, assume_unique=True)) / min(len(left), len(right))


def _shingle_hashes(text: str) -> Hashes:
    """The hashes of the text's shingles, each once, ascending, all under 2**63; at least one."""
    words = _WORD.findall(text.casefold())
    words += [""] * (SHINGLE - len(words))
    codes = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    mixed = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = _mixed(mixed + codes[place : place + len(mixed)])
    return np.unique(mixed >> np.uint64(1))


def _mixed(values: Hashes) -> Hashes:
    """The finalizer of SplitMix64 (Steele, Lea and Flood 2014): every bit depends on every bit."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
