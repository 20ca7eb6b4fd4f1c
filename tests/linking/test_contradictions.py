"""Where claims cannot both stand."""

import random
from collections.abc import Callable

import pytest

from communique.linking.contradictions import contradictions
from communique.linking.link import link
from communique.linking.records import ClaimKey, Contradiction, Told
from communique.records import Derivation

Tell = Callable[..., Told]


def found(*claims: Told) -> tuple[Contradiction, ...]:
    """The contradictions of claims that were linked into events."""
    return contradictions(link(claims).events, {one.key: one for one in claims})


def shown(*claims: Told) -> list[tuple[str, str]]:
    return [(one.finding, one.text) for one in found(*claims)]


@pytest.fixture
def talks(tell: Tell) -> Tell:
    """A claim on talks about S-400, each at its own place of one document."""

    def make(status: str, speaker: str, **more: object) -> Told:
        doc, place = str(more.pop("doc", "a")), len(status)
        told = tell(doc, "arms_transfer", "RUS > IRN", more.pop("when", None), status=status, id=status,
                    **{"stage": "negotiation", "attribution": speaker, "told": "2016-02-16", **more})  # fmt: skip
        evidence = told.claim.evidence[0].model_copy(update={"start": 100 * place, "end": 100 * place + 9})
        return told.model_copy(update={"claim": told.claim.model_copy(update={"evidence": (evidence,)})})

    return make


def test_talks_announced_and_denied(talks: Tell) -> None:
    announced, denied = talks("possible", "Sputnik", goods="S-400"), talks("denied", "RIA")
    (one,) = found(announced, denied)
    assert (one.finding, {one.a, one.b}) == ("denial", {announced.key, denied.key})
    assert (
        one.text == "Sputnik says that Russia and Iran may negotiate on S-400 for Iran; this is denied by RIA"
    )
    assert one.event == link([announced, denied]).events[0].id


def test_the_earlier_told_stands_first(talks: Tell) -> None:
    denied = talks("denied", "RIA", told="2016-02-10", doc="z")
    announced = talks("actual", "Sputnik", told="2016-02-20", doc="a", goods="S-400")
    (one,) = found(announced, denied)
    assert (one.a, one.b) == (denied.key, announced.key)


def test_other_equipment_parties_or_times_are_no_denial(talks: Tell, tell: Tell) -> None:
    denied = talks("denied", "RIA", goods="S-300")
    assert found(denied, talks("actual", "Sputnik", goods="S-400")) == ()
    assert found(denied, talks("actual", "Sputnik", doc="b", told="2012-01-01")) == ()
    other = tell("b", "arms_transfer", "RUS > TUR", None, stage="negotiation", told="2016-02-16")
    assert found(denied, other) == ()


def test_one_voice_in_one_document_does_not_contradict_itself(talks: Tell) -> None:
    assert found(talks("denied", "RIA"), talks("actual", "RIA", goods="S-400")) == ()


def test_not_delivered_yet_does_not_deny_the_plan(talks: Tell) -> None:
    yet = talks("denied", "Ministry", stage="delivery", goods="S-400")
    assert found(yet, talks("planned", "RIA", stage="delivery", goods="S-400", doc="b")) == ()
    (one,) = found(yet, talks("actual", "RIA", stage="delivery", goods="S-400", doc="b"))
    assert one.finding == "denial"


def test_what_happened_after_the_denial_was_not_denied(tell: Tell) -> None:
    denied = tell(
        "a", "visit", "FRA/Jean Moreau > RUS", None, status="denied", told="2015-05-01", attribution="Paris"
    )
    later = tell("b", "visit", "FRA/Jean Moreau > RUS", "2015-06-02", told="2015-06-03")
    earlier = tell("c", "visit", "FRA/Jean Moreau > RUS", "2015-04-28", told="2015-04-29")
    someone = tell("d", "visit", "FRA/Luc Petit > RUS", "2015-04-28", told="2015-04-29")
    assert found(denied, later) == ()
    assert found(denied, someone) == ()
    assert [(c.a.doc_id, c.b.doc_id) for c in found(denied, earlier)] == [("c", "a")]


def test_a_charge_denied_by_the_accused(tell: Tell) -> None:
    charge = tell("a", "accuse", "PRK > KOR", "2024-06-30", told="2024-06-30")
    denial = tell("b", "reject", "KOR > PRK", None, told="2024-07-01", words="Seoul dismissed the criticism.")
    text = (
        "North Korea accused or criticised South Korea (2024-06-30), and the charge is denied by South Korea"
    )
    assert shown(charge, denial) == [("denial", text)]
    demand = tell("b", "reject", "KOR > PRK", None, told="2024-07-01", words="Seoul rejected the demand.")
    before = tell("b", "reject", "KOR > PRK", None, told="2024-06-20", words="Seoul dismissed the criticism.")
    third = tell("b", "reject", "JPN > PRK", None, told="2024-07-01", words="Tokyo dismissed the criticism.")
    assert [found(charge, other) for other in (demand, before, third)] == [(), (), ()]


def test_two_days_of_one_call(tell: Tell) -> None:
    judged = [
        tell(doc, "agreement", "USA/Ann Lee + CHN/Wei Ma", day, stage="signing", instrument="hotline accord",
             told="2023-03-20", words="Ann Lee and Wei Ma signed the hotline accord in Singapore.")
        for doc, day in (("a", "2023-03-14"), ("b", "2023-03-16"))
    ]  # fmt: skip
    (one,) = link(judged).events
    assert len(one.claims) == 2
    assert shown(*judged) == [
        ("date", "Ann Lee (United States) and Wei Ma (China) agreed on or signed a hotline accord: "
                 "on 2023-03-14 by a, on 2023-03-16 by b")
    ]  # fmt: skip


@pytest.mark.parametrize(("loose", "count"), [("2023-03-14", 1), ("2023-03-16", 0)])
def test_a_later_day_that_rests_on_no_words_only_bounds_the_act(tell: Tell, loose: str, count: int) -> None:
    def of_document(day: str) -> tuple[Derivation, ...]:
        return (Derivation(field="date", value=day, reason="the document's date"),) if day == loose else ()

    claims = [
        tell(doc, "agreement", "USA/Ann Lee + CHN/Wei Ma", day, stage="signing", instrument="hotline accord",
             told="2023-03-20", words="Ann Lee and Wei Ma signed the accord.", derivations=of_document(day))
        for doc, day in (("a", "2023-03-14"), ("b", "2023-03-16"))
    ]  # fmt: skip
    assert len(link(claims).events) == 1
    assert len(found(*claims)) == count


def test_copies_do_not_contradict_their_original(tell: Tell) -> None:
    claims = [
        tell(doc, "agreement", "USA + CHN", day, stage="signing", instrument="hotline accord", copies="a",
             told="2023-03-20", words="They signed the hotline accord in Singapore.")
        for doc, day in (("a", "2023-03-14"), ("b", "2023-03-16"))
    ]  # fmt: skip
    assert found(*claims) == ()


def test_two_numbers_of_one_contract(tell: Tell) -> None:
    claims = [
        tell(doc, "arms_transfer", "FRA > HRV", "2021-11-25", stage="contract", goods="Rafale", quantity=number,
             told="2021-11-26", words="France and Croatia signed the contract for the Rafales in Zagreb.")
        for doc, number in (("a", 12), ("b", 10))
    ]  # fmt: skip
    (one,) = found(*claims)
    assert one.finding == "quantity"
    assert one.text.endswith(": 12 Rafale by a, 10 Rafale by b")


def test_each_party_lays_the_attack_on_the_other(tell: Tell) -> None:
    yerevan = tell("a", "assault", "AZE > ARM", "2022-09-13", told="2022-09-13", attribution="Yerevan")
    baku = tell("b", "assault", "ARM > AZE", "2022-09-12..2022-09-13", told="2022-09-13", attribution="Baku")
    assert shown(yerevan, baku) == [
        ("source", "Yerevan says that Azerbaijan attacked or fought Armenia (2022-09-13); "
                   "Baku says that Armenia attacked or fought Azerbaijan (2022-09-12..2022-09-13)")
    ]  # fmt: skip
    years_ago = tell("b", "assault", "ARM > AZE", "2016-04-02", told="2022-09-13", attribution="Baku")
    assert found(yerevan, years_ago) == ()


def test_an_office_that_the_table_gives_to_another(tell: Tell) -> None:
    told = tell("a", "visit", "IRN/Sam Sample > RUS", "2020-08-23", told="2020-08-24")
    reason = (
        "by the table Amir Hatami was defence minister of IRN on 2020-08-23 (2017..2021, x), not Sam Sample"
    )
    noted = Derivation(field="office", value="Sam Sample: defence minister", reason=reason)
    clash = told.model_copy(update={"claim": told.claim.model_copy(update={"derivations": (noted,)})})
    (one,) = found(clash)
    assert (one.finding, one.a, one.b) == ("occupancy", clash.key, clash.key)
    assert one.text == f"a has Sam Sample as defence minister; {reason}"


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_events_does_not_matter(
    stories: dict[str, tuple[list[Told], dict[ClaimKey, str]]], seed: int
) -> None:
    claims, _ = stories["hormuz"]
    known = {one.key: one for one in claims}
    events = list(link(claims).events)
    expected = contradictions(events, known)
    random.Random(seed).shuffle(events)
    assert contradictions(events, known) == expected
    assert len(expected) > 3
