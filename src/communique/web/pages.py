"""The registry: every page and every action of the web, and the navigation made from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from communique.web.page import Page
from communique.web.views import about, actors, data, documents, events, home, people, search


@dataclass(frozen=True)
class Action:
    """Something that changes the archive: a POST to `path`; `do` is a FastAPI endpoint that redirects to a page."""

    name: str
    path: str
    do: Callable[..., Any]


PAGES: Final[tuple[Page, ...]] = tuple(
    chain(
        home.PAGES,
        search.PAGES,
        events.PAGES,
        documents.PAGES,
        actors.PAGES,
        people.PAGES,
        data.PAGES,
        about.PAGES,
    )
)
ACTIONS: Final[tuple[Action, ...]] = ()

_NAVIGATION: Final = (
    "search", "events", "dyads", "deals", "agreements", "actors", "people", "documents", "map", "network",
    "review", "data",
)  # fmt: skip


def navigation() -> tuple[Page, ...]:
    """The entries of the navigation: those of its pages that there are, in its order."""
    by_name = {page.name: page for page in PAGES}
    return tuple(by_name[name] for name in _NAVIGATION if name in by_name)
