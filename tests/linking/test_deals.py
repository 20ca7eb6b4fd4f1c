"""Transfers put together as deals, and followed through their stages."""

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.linking.deals import deals
from communique.linking.link import link
from communique.linking.records import ClaimKey, Deal, Told

Tell = Callable[..., Told]
Step = tuple[str, str, str | None]


def followed(*claims: Told) -> tuple[Deal, ...]:
    """The deals of claims that were linked into events."""
    return deals(link(claims).events, {one.key: one for one in claims})


def steps(deal: Deal) -> list[Step]:
    """Stage, status and first day of each step."""
    return [(s.stage, s.status, str(s.date.start) if s.date else None) for s in deal.steps]


@pytest.fixture
def sell(tell: Tell) -> Tell:
    """A step of the sale of an air defence system, each in a document of its own."""

    def make(stage: str, when: str | None = None, **more: object) -> Told:
        doc = str(more.pop("doc", f"{stage}-{when}-{more.get('told')}"))
        parties = str(more.pop("parties", "RUS > IRN"))
        fields = {"goods": "S-300", "told": "2016-02-16", **more}
        fields.setdefault("words", f"{stage} of {fields['goods']} on {when}")
        return tell(doc, "arms_transfer", parties, when, stage=stage, **fields)

    return make


@pytest.fixture
def nine_years(sell: Tell) -> list[Told]:
    """A deal from contract to a planned delivery, told by three documents."""
    return [
        sell("contract", "2007", doc="later"),
        sell("blocked", "2010", doc="later", goods="air defence systems"),
        sell("unblocked", "2015-04", doc="later", goods=None),
        sell("delivery", None, doc="later", status="planned"),
        sell("blocked", None, doc="interview", told="2010-10-10", goods="S-300 missile system"),
        sell("delivery", "2009-06", doc="interview", told="2010-10-10", status="planned"),
        sell("contract", None, doc="interview", told="2010-10-10"),
    ]


def with_ids(claims: list[Told]) -> list[Told]:
    """The claims with an id and a place of their own in their document."""
    made = []
    for n, told in enumerate(claims):
        evidence = told.claim.evidence[0].model_copy(update={"start": 100 * n, "end": 100 * n + 9})
        claim = told.claim.model_copy(update={"id": f"c{n}", "evidence": (evidence,)})
        made.append(told.model_copy(update={"claim": claim}))
    return made


def test_a_deal_is_followed_across_nine_years(nine_years: list[Told]) -> None:
    (deal,) = followed(*with_ids(nine_years))
    assert (deal.suppliers, deal.recipients, deal.materiel) == (("RUS",), ("IRN",), "S-300")
    assert (deal.state, deal.state_status) == ("unblocked", "actual")
    assert [s for s in steps(deal) if s[2]] == [
        ("contract", "actual", "2007-01-01"),
        ("delivery", "planned", "2009-06-01"),
        ("blocked", "actual", "2010-01-01"),
        ("unblocked", "actual", "2015-04-01"),
    ]
    assert deal.questions == ("no delivery is reported",)


def test_undated_steps_stand_where_they_belong(nine_years: list[Told]) -> None:
    (deal,) = followed(*with_ids(nine_years))
    order = [stage for stage, _, _ in steps(deal)]
    assert max(n for n, s in enumerate(order) if s == "contract") < order.index("blocked")
    assert max(n for n, s in enumerate(order) if s == "blocked") < order.index("unblocked")
    assert order[-1] == "delivery"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_order_of_events_does_not_matter(nine_years: list[Told], seed: int) -> None:
    claims = with_ids(nine_years)
    known = {one.key: one for one in claims}
    events = list(link(claims).events)
    expected = deals(events, known)
    random.Random(seed).shuffle(events)
    assert deals(events, known) == expected


def test_two_orders_years_apart_are_two_deals(sell: Tell) -> None:
    claims = [
        sell("contract", "2001-03", quantity=10),
        sell("delivery", "2003-05", quantity=10),
        sell("contract", "2011-09", quantity=4),
    ]
    first, second = followed(*claims)
    assert [first.quantity, first.quantity_delivered, first.state] == [10, 10, "delivery"]
    assert [second.quantity, second.quantity_delivered, second.state] == [4, None, "contract"]


def test_a_second_batch_soon_after_is_the_same_deal(sell: Tell) -> None:
    claims = [
        sell("contract", "2001-03", quantity=10),
        sell("delivery", "2003-05", quantity=6),
        sell("delivery", "2004-02", quantity=4),
    ]
    (deal,) = followed(*claims)
    assert (deal.quantity, deal.quantity_delivered) == (10, 10)
    assert deal.questions == ("deliveries are told in parts that may overlap: 6 and 4",)


def test_a_cancelled_deal_that_is_taken_up_again_is_another(sell: Tell) -> None:
    claims = [sell("contract", "2001"), sell("cancelled", "2003-01"), sell("negotiation", "2005-06")]
    assert [deal.state for deal in followed(*claims)] == ["cancelled", "negotiation"]


def test_two_quantities_and_two_values_are_asked(tell: Tell) -> None:
    claims = [
        tell("a", "arms_transfer", "FRA > IND", "2016-09-23", stage="contract", told="2016-09-23",
             materiel=[{"name": "Rafale", "quantity": 36, "value_usd": 8.8e9}]),
        tell("b", "arms_transfer", "FRA > IND", "2016-03-01", stage="contract", told="2016-09-24",
             materiel=[{"name": "Rafale", "quantity": 126, "value_usd": 2e10}]),
    ]  # fmt: skip
    (deal,) = followed(*claims)
    assert deal.quantity in (36, 126)
    assert deal.questions == (
        "no delivery is reported",
        "two quantities are told: 36 and 126",
        "two values are told: $8,800,000,000 and $20,000,000,000",
    )


def test_the_maker_supplies_whichever_way_it_is_told(sell: Tell) -> None:
    claims = [sell("negotiation", "2009-01", parties="IRN > RUS"), sell("contract", "2009-08")]
    (deal,) = followed(*claims)
    assert (deal.suppliers, deal.recipients) == (("RUS",), ("IRN",))
    assert "supplier and recipient are told the other way round in 1 of 2 steps" in deal.questions


def test_a_source_that_only_blocks_stands_in_the_way(sell: Tell) -> None:
    claims = [
        sell("contract", "2025-10", parties="GBR > TUR", goods="Eurofighter Typhoon"),
        sell("blocked", "2024-03", parties="GBR+DEU > TUR", goods="Typhoon fighters"),
    ]
    (deal,) = followed(*claims)
    assert (deal.suppliers, deal.blockers) == (("GBR",), ("DEU",))


def test_who_opposes_by_another_act_stands_in_the_way(tell: Tell, sell: Tell) -> None:
    opposed = tell("c", "reject", "USA > TUR", "2018-06", goods="S-400", told="2018-06-10")
    far = tell("d", "reject", "JPN > TUR", "1990-06", goods="S-400", told="1990-06-10")
    (deal,) = followed(sell("contract", "2017-12", parties="RUS > TUR", goods="S-400"), opposed, far)
    assert deal.blockers == ("USA",)


def test_equipment_of_one_event_is_followed_apart(tell: Tell) -> None:
    items = [{"name": "Su-30"}, {"name": "T-90"}, {"name": "helicopters"}, {"name": "tanks"}]
    wish = tell("a", "arms_transfer", "RUS > IRN", None, stage="interest", status="possible",
                materiel=items, told="2016-02-16")  # fmt: skip
    assert [deal.materiel for deal in followed(wish)] == ["Su-30", "T-90", "helicopters"]


def test_a_loose_name_joins_only_the_deal_that_it_fits(sell: Tell) -> None:
    claims = [
        sell("contract", "2009-01", doc="a"),
        sell("delivery", "2010-02", doc="b", goods="missile systems"),
        sell("delivery", "2011-03", doc="c", goods="frigates"),
        sell("delivery", "2010-04", doc="d", goods="missile systems", parties="RUS > SYR"),
        sell("delivery", "2030-01", doc="e", goods="missile systems"),
    ]
    found = {(d.recipients, d.materiel, steps(d)[0][2]): len(d.steps) for d in followed(*claims)}
    assert found == {
        (("IRN",), "S-300", "2009-01-01"): 2,
        (("IRN",), "frigates", "2011-03-01"): 1,
        (("SYR",), "missile systems", "2010-04-01"): 1,
        (("IRN",), "missile systems", "2030-01-01"): 1,
    }


def test_a_loose_name_that_fits_two_deals_joins_neither(sell: Tell) -> None:
    claims = [
        sell("contract", "2009-01", doc="a"),
        sell("contract", "2008-02", doc="b", goods="Buk"),
        sell("delivery", "2010-02", doc="c", goods="air defence systems"),
    ]
    assert [(d.materiel, len(d.steps)) for d in followed(*claims)] == [
        ("Buk", 1),
        ("S-300", 1),
        ("air defence systems", 1),
    ]


def test_one_stage_is_taken_of_a_sentence(tell: Tell) -> None:
    twice = [
        tell("a", "arms_transfer", "FRA > IND", "2016-09-23", stage=stage, goods="Rafale", id=stage,
             confidence=sure, told="2016-09-23")
        for stage, sure in (("contract", 0.9), ("delivery", 0.4))
    ]  # fmt: skip
    (deal,) = followed(*twice)
    assert steps(deal) == [("contract", "actual", "2016-09-23")]


def test_a_deal_of_plans_alone_has_not_happened(sell: Tell) -> None:
    (deal,) = followed(sell("delivery", "2027", status="planned"))
    assert (deal.state, deal.state_status) == ("delivery", "planned")
    assert deal.questions == ("nothing is reported to have happened yet",)


def test_denied_steps_are_kept_and_are_no_state(sell: Tell) -> None:
    (deal,) = followed(sell("negotiation", "2009-01"), sell("contract", "2010-01", status="denied"))
    assert (deal.state, deal.state_status) == ("negotiation", "actual")
    assert deal.questions == ("it is denied: contract",)


def test_missing_sides_and_equipment_are_asked(tell: Tell) -> None:
    (deal,) = followed(tell("a", "arms_transfer", "> SYR", "2013", stage="delivery", told="2013-05-01"))
    assert deal.questions == ("no contract is reported", "no supplier is named", "the equipment is not named")


def test_other_kinds_and_events_without_a_stage_are_no_deals(tell: Tell) -> None:
    claims = [tell("a", "visit", "RUS > IRN", "2016-01-01"), tell("b", "arms_transfer", "RUS > IRN", "2016")]
    assert followed(*claims) == ()


def test_an_id_stays_while_the_least_event_is_the_same(sell: Tell) -> None:
    claims = [sell("contract", "2009-01", doc="a"), sell("delivery", "2011-01", doc="b")]
    least = min(claims, key=lambda one: link([one]).events[0].id)
    (before,) = followed(least)
    (after,) = followed(*claims)
    assert before.id == after.id


def test_the_shipped_thread_of_a_fighter_deal(
    stories: dict[str, tuple[list[Told], dict[ClaimKey, str]]],
) -> None:
    claims, _ = stories["gripen"]
    (deal,) = [d for d in followed(*claims) if d.materiel == "Gripen"]
    assert (deal.suppliers, deal.recipients, deal.blockers) == (("SWE",), ("PER",), ("USA",))
    assert (deal.quantity, deal.quantity_delivered, deal.state) == (16, 4, "delivery")
    stages = [(s.stage, s.status) for s in deal.steps]
    assert stages[0] == ("interest", "actual")
    kept = [
        s for s in stages if s in (("contract", "actual"), ("blocked", "actual"), ("unblocked", "actual"))
    ]
    assert kept == [("contract", "actual"), ("blocked", "actual"), ("unblocked", "actual")]
