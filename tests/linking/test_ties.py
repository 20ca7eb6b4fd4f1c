"""What hangs together by ties is grouped as it is among all others: on random transfers, opposing acts and accords."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.linking.agreements import agreements
from communique.linking.consolidate import consolidate
from communique.linking.deals import deals
from communique.linking.records import ClaimKey, Event, Told
from communique.linking.ties import OPPOSES, lots, opposed_in, ties
from communique.records import AGREEMENT_STAGES, TRANSFER_STAGES, Actor, Claim, Evidence, Interval, Materiel

CODES = ("RUS", "IRN", "USA", "TUR")
GOODS = ("S-300", "S-300PMU-2", "F-16", "fighter jets", "missile systems", "weapons")
NAMES = ("New START", "Arms Control Pact", "Pact on Black Sea", "Black Sea Accord", None, None)
WORDS = ("They spoke of the deal.", "The treaty holds.", "It was signed.")

some = st.sampled_from


@st.composite
def claims(draw: st.DrawFn) -> Told:
    """A claim of one of few documents, with few parties, goods and names, so that much hangs together."""
    kind = draw(
        some(
            (
                "arms_transfer",
                "arms_transfer",
                "arms_transfer",
                "agreement",
                "agreement",
                "reject",
                "sanction",
            )
        )
    )
    sources = draw(st.lists(some(CODES), min_size=1, max_size=2, unique=True))
    target = draw(st.none() | some(CODES))
    role = "participant" if kind == "agreement" else "source"
    actors = [{"role": role, "code": code} for code in sources]
    if target and target not in sources:
        actors.append({"role": "participant" if kind == "agreement" else "target", "code": target})
    day = draw(st.none() | st.integers(0, 4000).map(lambda n: date(2005, 1, 1) + timedelta(n)))
    words = draw(some(WORDS))
    stages = {"arms_transfer": sorted(TRANSFER_STAGES), "agreement": sorted(AGREEMENT_STAGES)}
    number, document = draw(st.integers(0, 10**6)), draw(some("abcdef"))
    start = draw(some((0, 50)))
    goods = draw(st.lists(some(GOODS), max_size=2, unique=True)) if kind != "agreement" else []
    claim = Claim.model_validate(
        {
            "id": f"c{number}",
            "doc_id": document,
            "kind": kind,
            "status": draw(some(("actual", "actual", "planned", "denied"))),
            "actors": [Actor.model_validate(actor) for actor in actors],
            "date": Interval(start=day, end=day) if day else None,
            "stage": draw(some(stages[kind])) if kind in stages else None,
            "materiel": [Materiel(name=name) for name in goods],
            "instrument": draw(some(NAMES)) if kind == "agreement" else None,
            "evidence": [Evidence(start=start, end=start + len(words), text=words)],
            "confidence": draw(some((0.5, 0.7, 0.9))),
        }
    )
    told = date(2006, 1, 1) + timedelta(500 * "abcdef".index(document))
    return Told(claim=claim, published=Interval(start=told, end=told), copies=document)


def parted(events: list[Event], told: dict[ClaimKey, Told]) -> list[list[Event]]:
    """The events that hang together, each lot with the acts that may oppose its deals."""
    held = {n: ties(event, told) for n, event in enumerate(events)}
    return [_opposed([events[n] for n in lot], events, held, told) for lot in lots(held)]


def _opposed(
    lot: list[Event], events: list[Event], held: dict[int, dict[str, int]], told: dict[ClaimKey, Told]
) -> list[Event]:
    keys = opposed_in(lot, told)
    return [
        *lot,
        *(events[n] for n, theirs in held.items() if any(theirs.get(key) == OPPOSES for key in keys)),
    ]


@settings(max_examples=300, deadline=None)
@given(made=st.lists(claims(), min_size=2, max_size=14, unique_by=lambda one: one.key))
def test_lots_are_grouped_as_all(made: list[Told]) -> None:
    told = {one.key: one for one in made}
    events = sorted((consolidate([one]) for one in made), key=lambda event: event.id)
    parts = parted(events, told)
    wanted: dict[str, Any] = {life.id: life for life in (*deals(events, told), *_accords(events, told))}
    found = [life for lot in parts for life in (*deals(lot, told), *_accords(lot, told))]
    assert {life.id: life for life in found} == wanted
    assert len(found) == len(wanted)


def _accords(events: list[Event], told: dict[ClaimKey, Told]) -> tuple[Any, ...]:
    return agreements([event for event in events if event.kind == "agreement"], told)
