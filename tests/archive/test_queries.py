import pytest

from communique.archive import Archive, ClaimFilter, Coded, Standing, queries, writing


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (ClaimFilter(), ["c3-sale", "c1-visit", "c2-visit"]),
        (ClaimFilter(between=("IRN", "ARM")), ["c1-visit", "c2-visit"]),
        (ClaimFilter(between=("IRN", "FRA")), []),
        (ClaimFilter(actor="IND"), ["c3-sale"]),
        (ClaimFilter(actor="IND'; DROP TABLE claims; --"), []),
        (ClaimFilter(kinds=("meeting", "arms_transfer")), ["c3-sale", "c2-visit"]),
        (ClaimFilter(statuses=("planned",)), ["c2-visit"]),
        (ClaimFilter(since="2016-05-31"), ["c3-sale", "c1-visit"]),
        (ClaimFilter(since="2016-06-01"), ["c1-visit"]),
        (ClaimFilter(until="2016-05-01"), ["c3-sale"]),
        (ClaimFilter(until="2016-04-30"), []),
        (ClaimFilter(min_confidence=0.75), ["c3-sale", "c1-visit"]),
        (ClaimFilter(document="visit"), ["c1-visit", "c2-visit"]),
        (ClaimFilter(limit=2), ["c3-sale", "c1-visit"]),
        (ClaimFilter(kinds=("visit",), statuses=("actual",), actor="ARM", limit=1), ["c1-visit"]),
    ],
)
def test_claims_that_are_wanted(archive: Archive, wanted: ClaimFilter, ids: list[str]) -> None:
    assert [c.id for c in archive.claims(wanted)] == ids
    assert {c.id for c in archive.claims_by_date(wanted)} == set(ids)


def test_claims_by_date_are_earliest_first_and_undated_last(archive: Archive) -> None:
    assert [c.id for c in archive.claims_by_date()] == ["c3-sale", "c1-visit", "c2-visit"]


def test_a_claim_is_found_by_its_id_or_its_beginning(archive: Archive, visit_coded: Coded) -> None:
    assert archive.claims_by_id("c2-visit") == [visit_coded.coding.claims[1]]
    assert [c.id for c in archive.claims_by_id("c")] == ["c1-visit", "c2-visit", "c3-sale"]
    assert archive.claims_by_id("%") == []


def test_an_id_that_begins_another_is_found_alone(archive: Archive, run: int, sale_coded: Coded) -> None:
    claim = sale_coded.coding.claims[0]
    more = claim.model_copy(update={"id": "c3-sale-more"})
    both = sale_coded.coding.model_copy(update={"claims": (claim, more)})
    with archive.writing() as connection:
        writing.keep(connection, sale_coded.model_copy(update={"coding": both}), run=run, coder="x")
    assert archive.claims_by_id("c3-sale") == [claim]


def test_many_claims_come_in_portions(empty: Archive, run: int, visit_coded: Coded) -> None:
    claim = visit_coded.coding.claims[0]
    many = tuple(claim.model_copy(update={"id": f"{n:04}"}) for n in range(450))
    coding = visit_coded.coding.model_copy(update={"claims": many})
    with empty.writing() as connection:
        writing.keep(connection, visit_coded.model_copy(update={"coding": coding}), run=run, coder="x")
    assert tuple(empty.claims()) == many


def test_a_document_by_its_id(archive: Archive, visit_coded: Coded) -> None:
    found = archive.document("visit")
    assert found is not None and found.document == visit_coded.document
    assert archive.document("nothing") is None


def test_what_is_held_under_an_id(archive: Archive, visit_coded: Coded) -> None:
    document = visit_coded.document
    with archive.reading() as connection:
        assert queries.standing(connection, "nothing") is None
        assert queries.standing(connection, "visit") == Standing(
            id="visit",
            raw_sha256=document.raw_sha256,
            text_sha256=document.text_sha256,
            page_key="key of visit",
            coder="x",
        )
