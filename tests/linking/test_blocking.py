from collections.abc import Callable

from communique.linking.blocking import keys
from communique.linking.records import Told

Tell = Callable[..., Told]


def shared(a: Told, b: Told) -> set[str]:
    return set(keys(a)) & set(keys(b))


def test_a_dated_act_of_two_parties_has_its_period_and_its_rare_words(tell: Tell) -> None:
    claim = tell("d", "visit", "PER > SWE", "2016-06-22", words="visited the Linköping works")
    assert keys(claim) == (
        "visit:|PER+SWE|2016",
        "visit:|PER+SWE|linkop",
        "visit:|PER|2016-06-22",
        "visit:|PER|2016|linkop",
        "visit:|SWE|2016-06-22",
        "visit:|SWE|2016|linkop",
    )


def test_between_hubs_the_period_is_the_month(tell: Tell) -> None:
    first = tell("d1", "accuse", "USA > IRN", "2015-04-10", words="blames")
    same = tell("d2", "accuse", "USA > IRN", "2015-04-20", words="scolds")
    later = tell("d3", "accuse", "USA > IRN", "2015-06-20", words="faults")
    assert shared(first, same) == {"accuse:|IRN+USA|2015-04"}
    assert shared(first, later) == set()


def test_dates_at_the_end_of_a_month_meet_those_of_the_next(tell: Tell) -> None:
    a = tell("d1", "visit", "USA > RUS", "2015-04-29", words="x")
    b = tell("d2", "visit", "USA > RUS", "2015-05-02", words="y")
    assert shared(a, b) == {"visit:|RUS+USA|2015-04", "visit:|RUS+USA|2015-05"}


def test_an_old_contract_told_without_a_day_meets_its_signing_by_its_equipment(tell: Tell) -> None:
    signed = tell("d1", "arms_transfer", "FRA > RUS", "2011-06-17", stage="contract", goods="Mistral ships")
    recalled = tell("d2", "arms_transfer", "FRA > RUS", stage="contract", goods="Mistral", told="2015-08-05")
    assert "arms_transfer:contract|FRA+RUS|mistral" in shared(signed, recalled)


def test_a_claim_that_names_one_party_meets_those_that_name_both(tell: Tell) -> None:
    one = tell("d1", "assault", " > NOR", "2016-02", words="a mine holed the Fjordland")
    both = tell("d2", "assault", "IRN > NOR", "2016-02-18", words="the mine that holed the Fjordland")
    assert "assault:|NOR|2016|fjordland" in shared(one, both)


def test_kind_and_stage_keep_claims_apart(tell: Tell) -> None:
    contract = tell("d1", "arms_transfer", "SWE > PER", "2018-10-15", stage="contract", words="Gripen")
    delivery = tell("d2", "arms_transfer", "SWE > PER", "2018-10-15", stage="delivery", words="Gripen")
    visit = tell("d3", "visit", "SWE > PER", "2018-10-15", words="Gripen")
    assert shared(contract, delivery) == shared(contract, visit) == set()


def test_a_claim_without_date_or_rare_words_still_has_a_key(tell: Tell) -> None:
    assert keys(tell("d", "reject", "IRN > USA", words="Iran has denied it")) == ("reject:|IRN+USA|",)
