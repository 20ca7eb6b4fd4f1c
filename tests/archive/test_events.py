"""Questions to the events, held against the same question asked of every event in turn."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from communique.archive import Archive, ClaimFilter, EventFilter
from communique.archive.events import BANDS
from communique.linking.records import ClaimKey, Event

Says = Callable[[Archive, Event], Any]


def outlets(archive: Archive, event: Event) -> set[str | None]:
    return {one.outlet for one in archive.told(event.claims)}


def evidence(archive: Archive, event: Event) -> str:
    return " ".join(e.text for one in archive.told(event.claims) for e in one.claim.evidence).lower()


def codes(event: Event) -> set[str]:
    return {actor.code for actor in event.actors}


FILTERS: list[tuple[EventFilter, Says]] = [
    (EventFilter(), lambda a, e: True),
    (EventFilter(between=("FRA", "RUS")), lambda a, e: {"FRA", "RUS"} <= codes(e)),
    (EventFilter(actor="IND"), lambda a, e: "IND" in codes(e)),
    (
        EventFilter(actor="IND", role="target"),
        lambda a, e: any((p.code, p.role) == ("IND", "target") for p in e.actors),
    ),
    (EventFilter(role="participant"), lambda a, e: any(p.role == "participant" for p in e.actors)),
    (EventFilter(person="Lloyd Austin"), lambda a, e: any(p.person == "Lloyd Austin" for p in e.actors)),
    (EventFilter(kinds=("visit", "meeting")), lambda a, e: e.kind in ("visit", "meeting")),
    (EventFilter(statuses=("planned",)), lambda a, e: e.status == "planned"),
    (EventFilter(stages=("contract",)), lambda a, e: e.stage == "contract"),
    (
        EventFilter(since="2014-06-01", until="2015-06-30"),
        lambda a, e: e.date and str(e.date.end) >= "2014-06-01" and str(e.date.start) <= "2015-06-30",
    ),
    (
        EventFilter(between=("IND", "FRA"), other_role="target"),
        lambda a, e: "FRA" in codes(e) and ("IND", "target") in {(p.code, p.role) for p in e.actors},
    ),
    (
        EventFilter(between=("RUS",), actor="FRA", role="source", other_role="target"),
        lambda a, e: {("FRA", "source"), ("RUS", "target")} <= {(p.code, p.role) for p in e.actors},
    ),
    (EventFilter(within="year"), lambda a, e: e.date and e.date.start.year == e.date.end.year),
    (
        EventFilter(within="month", since="2014-06-01"),
        lambda a, e: (
            e.date and f"{e.date.start:%Y-%m}" == f"{e.date.end:%Y-%m}" and str(e.date.end) >= "2014-06-01"
        ),
    ),
    (EventFilter(place="PHL"), lambda a, e: e.place and e.place.country == "PHL"),
    (EventFilter(place="singapore"), lambda a, e: e.place and e.place.name.lower() == "singapore"),
    (EventFilter(materiel="rafale"), lambda a, e: any("rafale" in m.name.lower() for m in e.materiel)),
    (EventFilter(outlet="Moscow Defence Wire"), lambda a, e: "Moscow Defence Wire" in outlets(a, e)),
    (
        EventFilter(document="m04_contract-2011"),
        lambda a, e: "m04_contract-2011" in {k.doc_id for k in e.claims},
    ),
    (EventFilter(text="warship*"), lambda a, e: re.search(r"\bwarship", evidence(a, e))),
    (EventFilter(text="!!"), lambda a, e: False),
    (EventFilter(min_confidence=0.8), lambda a, e: e.confidence >= 0.8),
    (EventFilter(min_sources=2), lambda a, e: e.independent >= 2),
    (
        EventFilter(actor="FRA", kinds=("arms_transfer",), min_confidence=0.5),
        lambda a, e: "FRA" in codes(e) and e.kind == "arms_transfer" and e.confidence >= 0.5,
    ),
]


@pytest.mark.parametrize(("wanted", "says"), FILTERS)
def test_filters(stories: Archive, wanted: EventFilter, says: Says) -> None:
    expected = [event for event in stories.events() if says(stories, event)]
    assert list(stories.events(wanted)) == expected
    assert stories.count_events(wanted) == len(expected)
    facets = stories.event_facets(wanted)
    for name, values in facets_of(stories, expected).items():
        assert dict(facets[name]) == values, name


def facets_of(archive: Archive, events: list[Event]) -> dict[str, dict[str, int]]:
    """How many events have each value, counted one by one."""
    found: dict[str, dict[str, int]] = {}
    for event in events:
        band = next(low for low in BANDS if event.confidence >= float(low))
        values: dict[str, set[str | None]] = {
            "kind": {event.kind},
            "status": {event.status},
            "actor": {*codes(event)},
            "role": {actor.role for actor in event.actors},
            "outlet": outlets(archive, event) - {None},
            "year": {str(y) for y in range(event.date.start.year, event.date.end.year + 1)}
            if event.date
            else set(),
            "confidence": {band},
        }
        for name, has in values.items():
            for value in has:
                counts = found.setdefault(name, {})
                counts[str(value)] = counts.get(str(value), 0) + 1
    return found


def test_the_filters_are_tried_on_both_sides(stories: Archive) -> None:
    every = stories.count_events()
    counts = [stories.count_events(wanted) for wanted, _ in FILTERS]
    assert counts[0] == every
    assert [n for n in counts[1:] if n >= every] == []
    assert sum(n == 0 for n in counts) == 1


def test_facets_have_the_most_frequent_first(stories: Archive) -> None:
    facets = stories.event_facets()
    assert list(facets) == ["kind", "status", "actor", "role", "outlet", "year", "confidence"]
    for name in ("kind", "status", "actor", "role", "outlet"):
        assert facets[name] == sorted(facets[name], key=lambda f: (-f[1], f[0]))
    assert facets["year"] == sorted(facets["year"])
    assert [band for band, _ in facets["confidence"]] == [b for b in BANDS if b in dict(facets["confidence"])]


def told_from(archive: Archive, event: Event) -> str:
    days = [one.published.start for one in archive.told(event.claims) if one.published]
    return min(days).isoformat() if days else ""


def test_orders_and_pages(stories: Archive) -> None:
    events = list(stories.events())
    dated = [(e.date.start, e.date.end, e.id, e) for e in events if e.date]
    undated = [(e.id, e) for e in events if not e.date]
    by_date = [
        *(e for *_, e in sorted(dated, key=lambda d: d[:3])),
        *(e for _, e in sorted(undated, key=lambda u: u[0])),
    ]
    assert events == by_date
    back = list(stories.events(reverse=True))
    assert [e.id for e in back if not e.date] == [e.id for e in events if not e.date]
    assert [e.date for e in back] == [e.date for e in reversed(events) if e.date] + [
        e.date for e in events if not e.date
    ]
    sure = list(stories.events(order="confidence"))
    assert sure == sorted(events, key=lambda e: (-e.confidence, e.id))
    many = list(stories.events(order="sources"))
    assert many == sorted(events, key=lambda e: (-e.independent, -e.documents, e.id))
    told = [told_from(stories, e) for e in stories.events(order="told")]
    assert told == sorted(told, key=lambda day: (day == "", day))
    pages = [e for at in range(0, len(events) + 7, 7) for e in stories.events(limit=7, offset=at)]
    assert pages == events


def test_one_event_in_full(stories: Archive) -> None:
    for event in stories.events(EventFilter(min_sources=2)):
        (full,) = stories.event(event.id)
        assert full.model_copy(update={"choices": (), "history": ()}) == event
        assert {choice.field for choice in full.choices} >= {"kind", "status", "actors"}
        assert {key for step in full.history for key in step.claims} == set(event.claims)
    some = next(stories.events())
    assert some.id in [e.id for e in stories.event(some.id[:2])]
    assert stories.event("none") == []
    assert len(stories.event("e")) == 20


def test_claims_with_their_events(stories: Archive) -> None:
    event_of = {key: event.id for event in stories.events() for key in event.claims}
    found = list(stories.claims_with_events())
    assert [claim for claim, _ in found] == list(stories.claims())
    assert {ClaimKey.of(claim): event for claim, event in found} == event_of
    by_date = list(stories.claims_with_events(ClaimFilter(actor="IND"), by_date=True))
    assert by_date == [
        (c, event_of[ClaimKey.of(c)]) for c in stories.claims_by_date(ClaimFilter(actor="IND"))
    ]
    key = next(iter(event_of))
    assert stories.event_of(key) == event_of[key]
    assert stories.event_of(ClaimKey(doc_id=key.doc_id, id="none")) is None
    assert stories.told([ClaimKey(doc_id="none", id="none")]) == []


def test_deals_and_agreements_by_party_and_by_event(stories: Archive) -> None:
    deals = stories.deals()
    assert (
        stories.deals("FRA", "RUS")
        == [d for d in deals if "FRA" in d.suppliers and "RUS" in d.recipients]
        != []
    )
    assert stories.deals(recipient="IND") == [d for d in deals if "IND" in d.recipients] != deals
    deal = deals[0]
    assert stories.deal(deal.id) == deal
    assert stories.deal("none") is None
    assert deal in stories.deals_of_event(deal.steps[0].event)
    accords = stories.agreements()
    assert stories.agreements("PHL") == [a for a in accords if "PHL" in a.parties] != accords
    accord = accords[0]
    assert stories.agreement(accord.id) == accord
    assert stories.agreement("none") is None
    assert accord in stories.agreements_of_event(accord.steps[0].event)
    for found in stories.contradictions():
        assert found.event is None or found in stories.contradictions(found.event)


def test_coverage_and_overview(stories: Archive) -> None:
    days = [s.document.published.interval for s in stories.documents()]
    months = [str(day.start)[:7] for day in days if day]
    assert stories.coverage() == sorted((m, months.count(m)) for m in set(months))
    assert sum(n for _, n in stories.coverage("year")) == sum(n for _, n in stories.coverage("day"))
    found = stories.overview()
    assert found.documents == len(days)
    assert found.events == stories.count_events()
    assert found.claims == len(list(stories.claims()))
    assert (found.deals, found.agreements) == (len(stories.deals()), len(stories.agreements()))
    assert found.published is not None and found.published.start == min(d.start for d in days if d)
    assert found.outlets[0][1] == max(n for _, n in found.outlets)
    assert found.last_run == stories.runs()[-1]


def test_an_empty_archive_answers_too(empty: Archive) -> None:
    assert (list(empty.events()), empty.event("e")) == ([], [])
    assert (empty.deals(), empty.agreements(), empty.contradictions()) == ([], [], [])
    assert set(map(len, empty.event_facets().values())) == {0}
    found = empty.overview()
    assert (found.events, found.published, found.told_of, found.last_run) == (0, None, None, None)


def test_claims_are_told_without_derivations_where_nobody_asks(stories: Archive) -> None:
    keys = [key for event in stories.events() for key in event.claims]
    bare = stories.told(keys, derived=False)
    assert bare == [
        one.model_copy(update={"claim": one.claim.model_copy(update={"derivations": ()})})
        for one in stories.told(keys)
    ]
    assert bare != stories.told(keys)
