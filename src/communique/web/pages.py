"""The registry: every page and every action of the web, and the navigation made from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Literal

from communique.web.judging import actions
from communique.web.page import Page
from communique.web.views import (
    about,
    actors,
    data,
    documents,
    events,
    home,
    map,
    network,
    people,
    review,
    search,
)


@dataclass(frozen=True)
class Action:
    """What is not a page: a download (GET), or a change (POST) that redirects to a page. `do` is a FastAPI endpoint."""

    name: str
    path: str
    do: Callable[..., Any]
    about: str
    method: Literal["GET", "POST"] = "POST"


PAGES: Final[tuple[Page, ...]] = tuple(
    chain(
        home.PAGES,
        search.PAGES,
        events.PAGES,
        documents.PAGES,
        actors.PAGES,
        people.PAGES,
        map.PAGES,
        network.PAGES,
        review.PAGES,
        data.PAGES,
        about.PAGES,
    )
)
ACTIONS: Final[tuple[Action, ...]] = (
    Action("download", "/download/{format}", data.download, "One export of the archive as a file.", "GET"),
    Action("judge", "/judge", actions.judge, "Judge a claim, or whether two are one event."),
    Action("withdraw", "/withdraw", actions.withdraw, "Withdraw judgements."),
    Action("tell-name", "/judge/name", actions.tell_name, "Tell the name under which is judged."),
    Action("take-in", "/judgements/import", actions.take_in, "Take judgements in from a file."),
    Action("pass-on", "/judgements/export", actions.pass_on, "All judgements as lines of JSON.", "GET"),
)

_NAVIGATION: Final = (
    "search", "events", "dyads", "deals", "agreements", "actors", "people", "documents", "map", "network",
    "review", "data",
)  # fmt: skip


def navigation() -> tuple[Page, ...]:
    """The entries of the navigation: those of its pages that there are, in its order."""
    by_name = {page.name: page for page in PAGES}
    return tuple(by_name[name] for name in _NAVIGATION if name in by_name)
