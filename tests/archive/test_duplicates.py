from collections.abc import Callable

from communique.archive import Archive, Coded, Duplicate, Signature, writing
from communique.archive.duplicates import mark_duplicate
from communique.reading.duplicates import NEAR, Fingerprint, likeness

WORDS = "the two defence ministers met in the capital and spoke of border security trade and joint drills"
LONG = " ".join(f"{WORDS} on day {n} of the visit." for n in range(12))
TWIN = LONG.replace("day 7", "the seventh day")
OTHER = "Helicopters were delivered to the navy after a long delay, an official told reporters on board."


def alike(a: Signature, b: Signature) -> float:
    return likeness(*(Fingerprint(bands=s.bands, signature=s.signature) for s in (a, b)))


def marks(archive: Archive, run: int, coded: list[Coded]) -> dict[str, Duplicate | None]:
    """The marks of documents that arrive in this order."""
    out = {}
    for one in coded:
        with archive.writing() as connection:
            writing.keep(connection, one, run=run, coder="x")
            name = one.document.id
            out[name] = mark_duplicate(connection, name, one.fingerprint, likeness=alike, near=NEAR)
    return out


def test_exact_and_near_copies_name_the_first(
    empty: Archive, run: int, make_coded: Callable[[str, str], Coded]
) -> None:
    arrivals = [
        make_coded(n, t) for n, t in [("z", LONG), ("o", OTHER), ("a", LONG), ("t", TWIN), ("b", TWIN)]
    ]
    found = marks(empty, run, arrivals)
    near = found["t"]
    assert near is not None and near.likeness >= NEAR
    assert found == {
        "z": None,
        "o": None,
        "a": Duplicate(of="z", how="exact", likeness=1.0),
        "t": Duplicate(of="z", how="near", likeness=near.likeness),
        "b": Duplicate(of="t", how="exact", likeness=1.0),
    }
    assert {s.document.id: s.duplicate for s in empty.documents()} == found


def test_coding_again_changes_no_mark(
    empty: Archive, run: int, make_coded: Callable[[str, str], Coded]
) -> None:
    arrivals = [make_coded(n, t) for n, t in [("z", LONG), ("a", LONG), ("t", TWIN)]]
    assert marks(empty, run, arrivals) == marks(empty, run, arrivals)
    assert empty.faults() == []
