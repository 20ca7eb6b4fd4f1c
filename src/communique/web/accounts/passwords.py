"""Passwords are kept as scrypt hashes (RFC 7914), each with a salt of its own and the costs that it was made with."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

SHORTEST: Final = 12
LONGEST: Final = 512
_N, _R, _P = 2**14, 8, 5  # 16 MiB; one of the settings of OWASP's password storage cheat sheet
_MEMORY: Final = 64 * 1024 * 1024


def fault_of(password: str) -> str | None:
    """Why the password is not good enough, or None. Length is what counts (NIST SP 800-63B, 5.1.1.2)."""
    if len(password) < SHORTEST:
        return f"a password has at least {SHORTEST} characters"
    return f"a password has at most {LONGEST} characters" if len(password) > LONGEST else None


def hashed(password: str) -> str:
    """The hash as text: `scrypt$N$r$p$salt$hash`."""
    salt = secrets.token_bytes(16)
    found = _scrypt(password, salt, _N, _R, _P)
    return "$".join(("scrypt", str(_N), str(_R), str(_P), _text(salt), _text(found)))


def matches(password: str, kept: str) -> bool:
    """True when the hash is of this password. Takes the same time for any two passwords."""
    _, n, r, p, salt, wanted = kept.split("$")
    found = _scrypt(password[: LONGEST + 1], base64.b64decode(salt), int(n), int(r), int(p))
    return hmac.compare_digest(found, base64.b64decode(wanted))


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    words = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(words, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
