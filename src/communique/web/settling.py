"""Keeps the collector of cyclic garbage off a server's pages.

A full collection looks at everything that the process holds: with the tables of knowledge and the code that is a
tenth of a second, which one page in a hundred pays for all. What is held for good is looked at no more.
"""

from __future__ import annotations

import gc
from typing import Final

from communique.knowledge.occupancies import Occupancies
from communique.web.names import names

YOUNG: Final = 10_000
"""New objects after which the youngest are looked through: about those of one page (Python's own figure is 700)."""


def settle() -> None:
    """Read the tables that pages need, and leave all that is held by now out of collections.

    It is of the whole process, so only the program that serves may ask for it, once.
    """
    names()
    Occupancies.load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
