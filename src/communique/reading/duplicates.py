"""Near-duplicates: a short fingerprint of a text, by which its near twins are found without reading all.

MinHash over shingles of four words (Broder 1997), by rensa; the signature is cut into bands, and two
texts that share a band are compared (locality-sensitive hashing). Everything is seeded: the same text has the
same fingerprint on every machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from rensa import RMinHash

from communique.records import sha256

NEAR: Final = 0.5
"""Two texts whose likeness is at least this are near-duplicates."""

_HASHES: Final = 128
_ROWS: Final = 4
_SEED: Final = 42
_SHINGLE: Final = 4
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text: `bands` to look its twins up (any one in common), `signature` to compare."""

    bands: tuple[int, ...]
    signature: bytes


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text. Its 32 bands are whole numbers under 2**63."""
    minhash = RMinHash(_HASHES, _SEED)
    minhash.update(_shingles(text))
    signature = np.array(minhash.digest(), dtype="<u4")
    rows = signature.reshape(-1, _ROWS)
    bands = tuple(
        int(sha256(bytes([number]) + row.tobytes())[:16], 16) >> 1 for number, row in enumerate(rows)
    )
    return Fingerprint(bands=bands, signature=signature.tobytes())


def likeness(a: Fingerprint, b: Fingerprint) -> float:
    """The estimated share of word shingles that two texts have in common, 0 to 1 (give or take .04)."""
    left, right = (np.frombuffer(each.signature, dtype="<u4") for each in (a, b))
    return float(np.mean(left == right))


def _shingles(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    last = max(1, len(words) - _SHINGLE + 1)
    return [" ".join(words[at : at + _SHINGLE]) for at in range(last)]
