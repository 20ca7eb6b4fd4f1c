from collections.abc import Callable
from datetime import date

from communique.linking.consolidate import consolidate
from communique.linking.records import Choice, ClaimKey, Event, Step, Told, Version
from communique.records import Actor, Derivation, Interval, Materiel, Place

Tell = Callable[..., Told]


def key(doc: str) -> ClaimKey:
    return ClaimKey(doc_id=doc, id="c1")


def choice(event: Event, field: str) -> Choice:
    return next(one for one in event.choices if one.field == field)


def test_one_claim_is_an_event_with_its_values(tell: Tell) -> None:
    claim = tell(
        "d1", "visit", "PER/Alvaro Quispe > SWE", "2016-06-22", place="Linköping/SWE", told="2016-06-23"
    )
    event = consolidate([claim])
    assert event == Event(
        id="e862248caabd0fa8",
        kind="visit",
        status="actual",
        actors=claim.claim.actors,
        date=Interval(start=date(2016, 6, 22), end=date(2016, 6, 22)),
        place=Place(name="Linköping", country="SWE"),
        confidence=0.8,
        claims=(key("d1"),),
        independent=1,
        documents=1,
        choices=tuple(
            Choice(
                field=field,
                value=value,
                reason="the only claim that says it",
                versions=(Version(value=value, claims=(key("d1"),), independent=1),),
            )
            for field, value in (
                ("kind", "visit"),
                ("status", "actual"),
                ("actors", "source PER, target SWE"),
                ("date", "2016-06-22..2016-06-22"),
                ("place", "Linköping (SWE)"),
            )
        ),
        history=(Step(status="actual", told=date(2016, 6, 23), claims=(key("d1"),)),),
    )


def test_a_plan_that_came_about_is_actual_on_its_later_day(tell: Tell) -> None:
    planned = tell("d1", "visit", "SWE > PER", "2016-11-20", status="planned", told="2016-06-24")
    again = tell("d2", "visit", "SWE > PER", "2016-11-20", status="planned", told="2016-10-01")
    came = tell("d3", "visit", "SWE > PER", "2016-12-08", told="2016-12-09")
    event = consolidate([came, again, planned])
    assert (event.status, event.date) == ("actual", came.claim.date)
    assert choice(event, "date").reason == "told of the act itself, where others tell of the plan"
    assert choice(event, "date").versions == (
        Version(value="2016-12-08..2016-12-08", claims=(key("d3"),), independent=1),
        Version(value="2016-11-20..2016-11-20", claims=(key("d1"), key("d2")), independent=2),
    )
    assert event.history == (
        Step(status="planned", told=date(2016, 6, 24), claims=(key("d1"), key("d2"))),
        Step(status="actual", told=date(2016, 12, 9), claims=(key("d3"),)),
    )


def test_a_plan_that_is_put_off_stands_as_told_last(tell: Tell) -> None:
    planned = tell("d1", "visit", "SWE > PER", status="planned", told="2016-06-24")
    denied = tell("d2", "visit", "SWE > PER", status="denied", told="2016-10-01")
    event = consolidate([denied, planned])
    assert (event.status, choice(event, "status").reason) == ("denied", "told last")


def test_a_denial_does_not_undo_what_others_tell_but_stays_on_record(tell: Tell) -> None:
    told = tell("d1", "coerce", "IRN > DNK", "2016-03-12", told="2016-03-13")
    denial = tell("d2", "coerce", "IRN > DNK", status="denied", told="2016-03-14")
    event = consolidate([told, denial])
    assert event.status == "actual"
    assert [v.value for v in choice(event, "status").versions] == ["actual", "denied"]


def test_most_independent_sources_count_and_copies_are_one(tell: Tell) -> None:
    copies = [
        tell(doc, "arms_transfer", "SWE > PER", "2018-10-15", stage="contract", copies="d1")
        for doc in ("d1", "d2", "d3")
    ]
    others = [tell(doc, "arms_transfer", "SWE > PER", "2018-10-16", stage="contract") for doc in ("d4", "d5")]
    event = consolidate([*copies, *others])
    assert event.date == others[0].claim.date
    assert choice(event, "date").reason == "backed by most independent sources"
    assert (event.independent, event.documents) == (3, 5)
    assert [v.independent for v in choice(event, "date").versions] == [2, 1]


def test_a_vague_date_backs_the_day_inside_it(tell: Tell) -> None:
    day = tell("d1", "visit", "PER > SWE", "2016-06-22")
    other = tell("d2", "visit", "PER > SWE", "2016-07-01")
    month = tell("d3", "visit", "PER > SWE", "2016-06")
    assert consolidate([other, day, month]).date == day.claim.date


def test_a_date_in_the_words_goes_before_one_inferred(tell: Tell) -> None:
    def dated(doc: str, day: str, start: int | None) -> Told:
        one = tell(doc, "visit", "PER > SWE", day)
        why = Derivation(field="date", value=day, reason="", start=start, end=start and start + 3)
        return one.model_copy(update={"claim": one.claim.model_copy(update={"derivations": (why,)})})

    event = consolidate([dated("d1", "2016-06-23", None), dated("d2", "2016-06-22", 4)])
    assert event.date == Interval(start=date(2016, 6, 22), end=date(2016, 6, 22))
    assert choice(event, "date").reason == "read in the text, where others infer it"


def test_a_party_is_nearer_to_its_act_than_a_third(tell: Tell) -> None:
    third = tell("d1", "visit", "PER > SWE", "2016-06-22", attribution="RIA Novosti")
    party = tell("d2", "visit", "PER > SWE", "2016-06-23", attribution="the Peruvian Defence Ministry")
    event = consolidate([third, party])
    assert event.date == party.claim.date
    assert choice(event, "date").reason == "said by a nearer source"


def test_parties_that_one_source_leaves_out_stand_with_their_fullest_names(tell: Tell) -> None:
    one = tell("d1", "assault", " > NOR", "2016-02-18")
    both = tell("d2", "assault", "IRN/Rastgar > NOR", "2016-02-18")
    full = tell("d3", "assault", "IRN/Behrouz Rastgar > NOR", "2016-02-18")
    assert consolidate([one, both, full]).actors == (
        Actor(role="source", code="IRN", person="Behrouz Rastgar"),
        Actor(role="target", code="NOR"),
    )


def test_materiel_is_that_which_most_others_back(tell: Tell) -> None:
    some = tell("d1", "arms_transfer", "SWE > PER", goods="fighters", stage="contract")
    named = tell("d2", "arms_transfer", "SWE > PER", goods="Gripen fighters", quantity=16, stage="contract")
    event = consolidate([some, named])
    assert event.materiel == (Materiel(name="Gripen fighters", quantity=16),)
    assert choice(event, "materiel").versions[0].value == "16 Gripen fighters"


def test_confidence_grows_with_independent_sources_only(tell: Tell) -> None:
    first = tell("d1", "visit", "PER > SWE", confidence=0.5)
    copy = tell("d2", "visit", "PER > SWE", confidence=0.5, copies="d1")
    other = tell("d3", "visit", "PER > SWE", confidence=0.5)
    assert [consolidate(c).confidence for c in ([first], [first, copy], [first, copy, other])] == [
        0.5,
        0.5,
        0.75,
    ]
