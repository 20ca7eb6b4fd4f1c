"""PLOVER: one row an event, in the columns of POLECAT with our own behind them (docs/exports.md).

POLECAT's columns and their order are those of its yearly files (Halterman and others 2023,
https://doi.org/10.7910/DVN/AJGVIT); as there, `None` is unknown and lists are joined with "; ". Appointments have
no PLOVER root and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from communique import __version__
from communique.archive import Archive
from communique.export import tabbed
from communique.export.event_table import day, first_day, last_day
from communique.export.ontologies import equivalent, plover_root, quad
from communique.export.table import joined
from communique.export.telling import Telling, tellings
from communique.export.wording import name_of, sort_of
from communique.linking.records import Event
from communique.records import SYMMETRIC_KINDS, Actor

SECTORS: Final = {"state": "GOV", "organisation": "IGO", "group": "REB"}
"""The sector of PLOVER (and CAMEO's actor type) for each sort of actor."""

CONTEXTS: Final = {"planned": "future", "possible": "hypothetical"}
"""The contexts of PLOVER that say of an event that it has not happened."""


def events(archive: Archive) -> Iterator[str]:
    """The header, then one row an event that has a PLOVER root: the earliest first, those without a date last."""
    found = (telling for telling in tellings(archive) if plover_root(telling.event.kind, year=2017))
    return tabbed.lines("plover", map(cells_of, found), unknown="None")


def cells_of(telling: Telling) -> dict[str, str]:
    """What is known of an event, by column."""
    event = telling.event
    doers, others = sides_of(event)
    return {
        **_act(event),
        **_side("Actor", doers),
        **_side("Recipient", others),
        "Placename": event.place.name if event.place else "",
        "Country": (event.place.country or "") if event.place else "",
        "Source": joined(telling.outlets),
        "Publication Date": day(telling.first_told),
        "Story People": _listed(a.person for a in event.actors),
        "Language": "en",
        "Version": f"communique {__version__}",
        "Independent Sources": str(event.independent),
        "Documents": joined(telling.documents),
        "Headline": telling.lead.title or "",
        "Evidence": telling.passage,
    }


def sides_of(event: Event) -> tuple[list[Actor], list[Actor]]:
    """Who acts and upon whom: of a symmetric kind the first participant (all persons of its code) and the others."""
    doers = [a for a in event.actors if a.role == "source"]
    others = [a for a in event.actors if a.role == "target"]
    rest = [a for a in event.actors if a.role == "participant"]
    if rest and not doers and event.kind in SYMMETRIC_KINDS:
        doers = [a for a in rest if a.code == rest[0].code]
        rest = [a for a in rest if a.code != rest[0].code]
    elif rest and not doers:
        return rest, others or rest
    return doers, others + rest


def _act(event: Event) -> dict[str, str]:
    root = plover_root(event.kind, event.stage, year=2017) or ""
    return {
        "Event ID": event.id,
        "Event Date": first_day(event.date),
        "Event Type": root,
        "Event Mode": equivalent(event.kind, event.stage).mode,
        "Quad Code": quad("PLOVER", root),
        "Contexts": CONTEXTS.get(event.status, ""),
        "Event Date To": last_day(event.date),
        "Kind": event.kind,
        "Stage": event.stage or "",
        "Status": event.status,
        "Materiel": joined(m.name for m in event.materiel),
        "Instrument": event.instrument or "",
        "Confidence": f"{event.confidence:.3f}",
    }


def _side(side: str, actors: list[Actor]) -> dict[str, str]:
    sectors = [SECTORS.get(sort_of(a.code)) for a in actors]
    return {
        f"{side} Name": _listed(a.person or name_of(a.code) for a in actors),
        f"{side} Country": _listed(a.code for a in actors if sort_of(a.code) == "state"),
        f"Primary {side} Sector": (sectors[0] or "") if sectors else "",
        f"{side} Sectors": _listed(sectors),
        f"{side} Title": _listed(a.office for a in actors),
        f"{side} Codes": _listed(a.code for a in actors),
    }


def _listed(parts: Iterable[str | None]) -> str:
    return joined(dict.fromkeys(part for part in parts if part))
