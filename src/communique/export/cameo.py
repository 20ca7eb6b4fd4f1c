"""CAMEO: one row for each pair of actors of an event, in columns named as GDELT's (docs/exports.md).

GDELT's columns: http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf. CAMEO has no status: an act
that was denied or is only possible, and an appointment, has no code and no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations, product

from communique.archive import Archive
from communique.export import tabbed
from communique.export.ontologies import cameo_code, quad
from communique.export.plover import SECTORS
from communique.export.telling import Telling, addresses, tellings
from communique.export.wording import codes_of, name_of, sort_of
from communique.linking.records import Event
from communique.records import Interval


def rows(archive: Archive) -> Iterator[str]:
    """The header, then the rows of each event that has a CAMEO code: the earliest event first."""
    known = addresses(archive)
    found = (row for telling in tellings(archive) for row in rows_of(telling, known))
    return tabbed.lines("cameo", found)


def rows_of(telling: Telling, known: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """A row for each pair of actors of the event; none where CAMEO has no code for it.

    `known` are the addresses of documents by their ids.
    """
    code = cameo_code(telling.event.kind, telling.event.status, telling.event.stage)
    if code is None:
        return
    same = _of_event(telling) | {
        "SOURCEURL": known.get(telling.lead.claim.doc_id, ""),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad("CAMEO", code[:2]),
    }
    for number, (one, other) in enumerate(pairs_of(telling.event), start=1):
        own = {"GlobalEventID": f"{telling.event.id}.{number}"}
        yield same | own | _actor("Actor1", one) | _actor("Actor2", other)


def pairs_of(event: Event) -> list[tuple[str, str]]:
    """Who acts upon whom, by codes: every source on every target, and participants on each other both ways.

    Where somebody acts alone, or nobody is said to act, that side is "". An actor stands beside itself only
    where there is no other pair.
    """
    sources, targets, both = (codes_of(event.actors, r) for r in ("source", "target", "participant"))
    pairs = [
        *product(sources, targets),
        *permutations(both, 2),
        *product(sources, both),
        *product(both, targets),
    ]
    others = list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
    if others or pairs:
        return others or list(dict.fromkeys(pairs))
    return [*((code, "") for code in (*sources, *both)), *(("", code) for code in targets)]


def _actor(name: str, code: str) -> dict[str, str]:
    if not code:
        return {}
    sort = sort_of(code)
    return {
        f"{name}Code": code,
        f"{name}Name": name_of(code),
        f"{name}CountryCode": code if sort == "state" else "",
        f"{name}Type1Code": SECTORS.get(sort, ""),
    }


def _of_event(telling: Telling) -> dict[str, str]:
    event = telling.event
    return _days(event.date) | {
        "NumMentions": str(sum(len(one.claim.evidence) for one in telling.told)),
        "NumSources": str(max(1, len(telling.outlets))),
        "NumArticles": str(event.documents),
        "ActionGeo_FullName": event.place.name if event.place else "",
        "ActionGeo_CountryCode": (event.place.country or "") if event.place else "",
        "Kind": event.kind,
        "Stage": event.stage or "",
        "Status": event.status,
        "Confidence": f"{event.confidence:.3f}",
        "NumIndependent": str(event.independent),
        "EventID": event.id,
        "Evidence": telling.passage,
    }


def _days(interval: Interval | None) -> dict[str, str]:
    if interval is None:
        return {}
    first, last = (day.isoformat().replace("-", "") for day in (interval.start, interval.end))
    return {"Day": first, "MonthYear": first[:6], "Year": first[:4], "EventDateTo": last}
