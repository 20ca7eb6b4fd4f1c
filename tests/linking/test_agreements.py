"""Agreements put together and followed to their end."""

from collections.abc import Callable

from communique.linking.agreements import agreements
from communique.linking.link import link
from communique.linking.records import Agreement, Told

Tell = Callable[..., Told]


def followed(*claims: Told) -> tuple[Agreement, ...]:
    """The agreements of claims that were linked into events."""
    return agreements(link(claims).events, {one.key: one for one in claims})


def steps(agreement: Agreement) -> list[tuple[str, str]]:
    return [(step.stage, step.status) for step in agreement.steps]


def test_a_treaty_of_the_tables_is_followed_under_its_name(tell: Tell) -> None:
    claims = [
        tell("a", "agreement", "USA + RUS", "2010-04-08", stage="signing", instrument="New START treaty"),
        tell("b", "agreement", "RUS", "2023-02-21", stage="termination", instrument="New START"),
        tell("c", "agreement", "USA + RUS", "2026-02", stage="expiry", status="planned",
             instrument="New START accord"),
    ]  # fmt: skip
    (treaty,) = followed(*claims)
    assert (treaty.parties, treaty.instrument) == (("RUS", "USA"), "New START")
    assert (treaty.state, treaty.state_status) == ("termination", "actual")
    assert steps(treaty) == [("signing", "actual"), ("termination", "actual"), ("expiry", "planned")]
    assert treaty.questions == ("planned, and not reported to have happened: expiry",)


def test_a_name_of_the_documents_own_is_followed_by_its_words(tell: Tell) -> None:
    name = {"instrument": "border treaty"}
    claims = [
        tell("a", "agreement", "KGZ + TJK", "2024-12", stage="negotiation", told="2024-12-20", **name),
        tell("b", "agreement", "KGZ + TJK", "2025-03-13", stage="signing", told="2025-03-13", **name),
        tell("c", "agreement", "KGZ + TJK", "2025-03-14", stage="signing", told="2025-03-14",
             instrument="energy deal", words="The two also signed a deal on energy."),
    ]  # fmt: skip
    found = {a.instrument: steps(a) for a in followed(*claims)}
    assert found == {
        "border treaty": [("negotiation", "actual"), ("signing", "actual")],
        "energy deal": [("signing", "actual")],
    }


def test_a_sentence_that_takes_up_the_pact_joins_it(tell: Tell) -> None:
    told = {"told": "2025-09-11"}
    claims = [
        tell("a", "agreement", "JPN + PHL", "2025-09-11", stage="in_force", id="c1",
             instrument="Reciprocal Access Agreement", **told),
        tell("a", "agreement", "JPN + PHL", "2024-07", stage="signing", id="c2",
             words="The pact was signed in Manila last July.", **told),
        tell("a", "agreement", "JPN + PHL", "2023-03", stage="signing", id="c3",
             words="They concluded an agreement on fisheries in 2023.", **told),
    ]  # fmt: skip
    found = {a.instrument: len(a.steps) for a in followed(*claims)}
    assert found == {"Reciprocal Access Agreement": 2, None: 1}


def test_unnamed_agreements_of_years_apart_are_several(tell: Tell) -> None:
    claims = [
        tell("a", "agreement", "IRN + RUS", year, stage="signing", id=f"c{year}", told="2020-08-24")
        for year in ("2001", "2015")
    ]
    assert [str(a.steps[0].date.start) for a in followed(*claims) if a.steps[0].date] == [
        "2001-01-01",
        "2015-01-01",
    ]


def test_talks_and_the_signature_soon_after_are_one(tell: Tell) -> None:
    claims = [
        tell("a", "agreement", "FRA + GRC", "2021-07-02", stage="negotiation", told="2021-07-02"),
        tell("b", "agreement", "FRA + GRC", "2021-09-28", stage="signing", told="2021-09-28"),
    ]
    (one,) = followed(*claims)
    assert steps(one) == [("negotiation", "actual"), ("signing", "actual")]


def test_talks_after_the_signature_are_of_another(tell: Tell) -> None:
    claims = [
        tell("a", "agreement", "FRA + GRC", "2021-07-02", stage="signing", told="2021-07-02"),
        tell("b", "agreement", "FRA + GRC", "2021-09-28", stage="negotiation", told="2021-09-28"),
    ]
    assert [a.questions for a in followed(*claims)] == [(), ("no signature is reported",)]


def test_each_party_ratifies_on_its_own_day(tell: Tell) -> None:
    name = {"instrument": "New START", "stage": "ratification"}
    claims = [
        tell("a", "agreement", "USA", "2010-12-22", told="2010-12-23", **name),
        tell("b", "agreement", "RUS", "2011-01-26", told="2011-01-27", **name),
        tell("c", "agreement", "USA + RUS", "2010-04-08", stage="signing", instrument="New START"),
    ]
    (treaty,) = followed(*claims)
    assert steps(treaty) == [("signing", "actual"), ("ratification", "actual"), ("ratification", "actual")]
    assert treaty.questions == ()


def test_what_is_only_planned_or_denied_is_asked(tell: Tell) -> None:
    planned = tell("a", "agreement", "IRN + RUS", None, stage="signing", status="planned", told="2020-08-24")
    denied = tell(
        "b", "agreement", "IRN + CHN", None, stage="negotiation", status="denied", told="2020-08-24"
    )
    found = {a.parties: (a.state, a.state_status, a.questions) for a in followed(planned, denied)}
    assert found == {
        ("IRN", "RUS"): ("signing", "planned", ("nothing is reported to have happened yet",)),
        ("CHN", "IRN"): (
            "negotiation",
            "denied",
            ("nothing is reported to have happened yet", "it is denied: negotiation"),
        ),
    }
