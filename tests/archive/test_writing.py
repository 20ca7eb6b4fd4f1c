import pytest
from sqlalchemy import text

from communique.archive import Archive, Coded, Run, StoredDocument, writing
from communique.records import Coding, Failure


def test_what_is_kept_comes_back_whole(archive: Archive, visit_coded: Coded, sale_coded: Coded) -> None:
    kept = [sale_coded, visit_coded]  # by id
    assert list(archive.documents()) == [StoredDocument(document=c.document) for c in kept]
    assert list(archive.claims()) == [claim for c in kept for claim in c.coding.claims]
    assert list(archive.statements()) == list(visit_coded.coding.statements)
    assert list(archive.people()) == list(visit_coded.coding.people)


def test_coding_again_takes_the_place_of_the_old(archive: Archive, run: int, visit_coded: Coded) -> None:
    less = visit_coded.model_copy(
        update={"coding": Coding(doc_id="visit", claims=visit_coded.coding.claims[1:])}
    )
    with archive.writing() as connection:
        assert writing.keep(connection, less, run=run, coder="y") == "replaced"
        order = connection.execute(text("SELECT id FROM documents ORDER BY seq")).scalars().all()
        left = {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in ("claims", "actors", "evidence", "derivations", "materiel", "statements", "people")
        }
    assert order == ["visit", "sale"]
    assert list(left.values()) == [2, 4, 2, 0, 2, 0, 0]
    assert [c.id for c in archive.claims()] == ["c3-sale", "c2-visit"]
    assert archive.faults() == []


def test_a_transaction_that_breaks_keeps_nothing(empty: Archive, run: int, visit_coded: Coded) -> None:
    with pytest.raises(ZeroDivisionError), empty.writing() as connection:
        writing.keep(connection, visit_coded, run=run, coder="x")
        1 / 0  # noqa: B018
    assert list(empty.documents()) == []


def test_others_read_the_last_kept_state_while_one_writes(
    archive: Archive, run: int, visit_coded: Coded
) -> None:
    gone = visit_coded.model_copy(update={"coding": Coding(doc_id="visit")})
    with archive.writing() as connection:
        writing.keep(connection, gone, run=run, coder="y")
        with Archive(archive.path) as other:
            assert len(list(other.claims())) == 3
    assert len(list(archive.claims())) == 1


def test_a_run_is_told_with_its_counts_and_failures(empty: Archive, run: int) -> None:
    failures = (Failure(origin="a.txt", reason="empty"), Failure(origin="b\udce9.txt", reason="not text"))
    with empty.writing() as connection:
        for failure in failures:
            writing.note_failure(connection, run, failure)
            writing.count_in_run(connection, run, failed=1)
        writing.count_in_run(connection, run, kept=2, known=1)
        writing.end_run(connection, run, "finished")
    assert empty.runs() == [
        Run(
            id=1,
            version="1",
            coder="x",
            settings={"model": "m"},
            inputs=("pages",),
            state="finished",
            kept=2,
            known=1,
            failed=2,
            failures=(failures[0], Failure(origin="b\\udce9.txt", reason="not text")),
        )
    ]
