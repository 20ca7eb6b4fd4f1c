"""Events in the archive: the same whatever comes first, in step with what is coded again or goes."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from tests.archive.conftest import VISIT, coded, document, visit
from tests.archive.stories import begin, dump, in_portions, keep

from communique import relinking
from communique.archive import Archive, ClaimFilter, Coded, linking, lives, open_archive
from communique.archive.grounds import look_again
from communique.archive.regrouping import regroup
from communique.linking.agreements import agreements
from communique.linking.contradictions import contradictions
from communique.linking.deals import deals
from communique.linking.link import link
from communique.linking.records import Agreement, ClaimKey, Contradiction, Deal
from communique.records import Coding
from communique.relinking import link_waiting, rebuild_lives, relink

MakeCoded = Callable[[str, str], Coded]
WORDS = Random(7).sample([f"{a}{b}" for a in "bdfgklmnprst" for b in ("amar", "olen", "ibut", "esko")], 48)


def linked(path: Path, documents: Sequence[Coded], size: int) -> Archive:
    """A new archive of documents that came in this order, so many at a time, in step after every fifth portion."""
    archive = open_archive(path, write=True)
    begin(archive)
    for n, portion in enumerate(in_portions(documents, size), 1):
        keep(archive, portion)
        if n % 5 == 0:
            rebuild_lives(archive)
    rebuild_lives(archive)
    return archive


def followed(archive: Archive) -> tuple[list[Deal], list[Agreement], list[Contradiction]]:
    """Deals, agreements and contradictions made of all events and claims at once."""
    every = list(archive.events())
    told = {one.key: one for one in archive.told([key for event in every for key in event.claims])}
    accords = [event for event in every if event.kind == "agreement"]
    return list(deals(every, told)), list(agreements(accords, told)), list(contradictions(every, told))


def test_the_events_are_those_of_linking_all_at_once(stories: Archive) -> None:
    keys = [ClaimKey.of(claim) for claim in stories.claims()]
    told = stories.told(keys)
    assert [one.claim for one in told] == sorted(stories.claims(), key=lambda c: (c.doc_id, c.id))
    wanted = link(told)
    assert [found for event in wanted.events for found in stories.event(event.id)] == list(wanted.events)
    assert stories.count_events() == len(wanted.events) < len(keys)
    assert any(event.independent > 1 for event in wanted.events)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), size=st.integers(1, 30))
def test_any_order_and_any_portions_give_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    stories: Archive,
    coded_stories: tuple[Coded, ...],
    data: st.DataObject,
    size: int,
) -> None:
    order = data.draw(st.permutations(coded_stories))
    with linked(tmp_path_factory.mktemp("order") / "a.db", order, size) as other:
        assert dump(other) == dump(stories)
        assert other.faults() == []


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_followed_stays_in_step_with_whatever_changes(
    tmp_path_factory: pytest.TempPathFactory,
    linked_stories: Path,
    coded_stories: tuple[Coded, ...],
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.mktemp("step") / "a.db"
    shutil.copy(linked_stories, path)
    some = st.lists(st.sampled_from(coded_stories), min_size=1, max_size=6, unique_by=lambda c: c.document.id)
    with open_archive(path, write=True) as archive:
        before = dump(archive)
        for changed in data.draw(st.lists(some, min_size=1, max_size=2)):
            keep(archive, [emptied(c) for c in changed])
            rebuild_lives(archive)
            assert (archive.deals(), archive.agreements(), archive.contradictions()) == followed(archive)
            keep(archive, changed)
        rebuild_lives(archive)
        assert dump(archive) == before


def emptied(coded: Coded) -> Coded:
    """The document as if nothing had been found in it."""
    return coded.model_copy(update={"coding": Coding(doc_id=coded.document.id)})


def test_one_document_changes_no_more_than_what_it_touches(
    stories: Archive, coded_stories: tuple[Coded, ...]
) -> None:
    with stories.reading() as connection:
        ground = connection.execute(
            text("SELECT count(*) FROM grounds WHERE ground IS NOT NULL")
        ).scalar_one()
    keep(stories, [coded_stories[0]])
    with stories.reading() as connection:
        looked = look_again(connection, lives.changed(connection))
        mine = {claim.id for claim in coded_stories[0].coding.claims}
        held = {e.id for e in stories.events() if mine & {key.id for key in e.claims}}
    assert {name.partition("|")[2] for name in looked.found if name.startswith("event|")} >= held
    assert len([name for name in looked.found if not name.startswith("event|")]) < ground / 2


def test_one_document_regroups_no_more_than_what_it_is_tied_to(
    stories: Archive, coded_stories: tuple[Coded, ...]
) -> None:
    before = dump(stories)
    transfers = next(c for c in coded_stories if any(x.kind == "arms_transfer" for x in c.coding.claims))
    keep(stories, [transfers])
    with stories.reading() as connection:
        made = regroup(connection, lives.changed(connection))
    assert made.of is not None
    every = list(stories.events())
    mine = {claim.id for claim in transfers.coding.claims if claim.kind == "arms_transfer"}
    assert made.of >= {e.id for e in every if mine & {key.id for key in e.claims}}
    assert 0 < len(made.deals) < len(stories.deals()) / 2
    assert len(made.agreements) < len(stories.agreements()) / 2
    rebuild_lives(stories)
    assert dump(stories) == before


def test_where_events_change_meanwhile_it_begins_again(
    stories: Archive, coded_stories: tuple[Coded, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, make = dump(stories), relinking._make
    calls: list[lives.Changed] = []

    def meanwhile(connection: Connection, changed: lives.Changed) -> object:
        made = make(connection, changed)
        if not calls:
            keep(stories, [coded_stories[0]])
        calls.append(changed)
        return made

    monkeypatch.setattr(relinking, "_make", meanwhile)
    keep(stories, [emptied(coded_stories[0])])
    rebuild_lives(stories)
    assert len(calls) == 2
    assert dump(stories) == before


def test_linking_anew_gives_the_same(stories: Archive) -> None:
    before = dump(stories)
    found = relink(stories)
    assert dump(stories) == before
    counted = stories.overview()
    assert (found.made, found.events, found.deals) == (counted.events, counted.events, counted.deals)
    assert (found.agreements, found.contradictions) == (counted.agreements, counted.contradictions)


def test_a_document_coded_again_is_linked_again(stories: Archive, coded_stories: tuple[Coded, ...]) -> None:
    before = dump(stories)
    again = coded_stories[::3]
    keep(stories, [emptied(c) for c in again])
    gone = {c.document.id for c in again}
    held = [key for event in stories.events() for key in event.claims]
    assert gone.isdisjoint(key.doc_id for key in held)
    assert sorted(k.id for k in held) == sorted(c.id for c in stories.claims())
    assert [f.what for f in stories.faults()] == []
    keep(stories, again)
    rebuild_lives(stories)
    assert dump(stories) == before


def test_a_document_that_goes_leaves_the_events_of_the_others(
    tmp_path: Path, stories: Archive, coded_stories: tuple[Coded, ...]
) -> None:
    _, *rest = coded_stories
    with stories.writing() as connection:
        gone = {"id": coded_stories[0].document.id}
        connection.execute(text("DELETE FROM documents WHERE id = :id"), gone)
        link_waiting(connection)
    rebuild_lives(stories)
    assert dump(stories) == dump(linked(tmp_path / "b.db", rest, 100))
    assert stories.faults() == []


def test_only_what_is_touched_is_made_anew(tmp_path: Path, coded_stories: tuple[Coded, ...]) -> None:
    def rows(archive: Archive) -> dict[str, int]:
        with archive.reading() as connection:
            return {id: seq for seq, id in connection.execute(text("SELECT seq, id FROM events"))}

    *first, last = coded_stories
    archive = linked(tmp_path / "b.db", first, 100)
    before = rows(archive)
    keep(archive, [last])
    after = rows(archive)
    new = {ClaimKey.of(claim) for claim in last.coding.claims}
    untouched = [e.id for e in archive.events() if e.id in before and not new & set(e.claims)]
    assert len(untouched) > len(before) / 2
    assert {id: after[id] for id in untouched} == {id: before[id] for id in untouched}


def test_what_waits_is_linked_by_the_next_who_links(
    coded_stories: tuple[Coded, ...], stories: Archive
) -> None:
    before = dump(stories)
    with stories.writing() as connection:
        linking.forget(connection)
    assert stories.count_events() == 0
    waits = f"{len(coded_stories)} documents wait to be linked: communique relink"
    stale = "deals, agreements and contradictions are of earlier events"
    assert [n.what for n in stories.notices()] == [waits, stale]
    assert stories.faults() == []
    with stories.writing() as connection:
        link_waiting(connection)
    rebuild_lives(stories)
    assert dump(stories) == before
    assert stories.notices() == []


def chain(make_coded: MakeCoded) -> list[Coded]:
    """Three texts of which the middle one is near the other two, which are not near each other."""
    texts = {"a": WORDS[:32], "b": WORDS[8:40], "c": WORDS[16:48]}
    return [make_coded(doc_id, " ".join(words)) for doc_id, words in texts.items()]


@pytest.mark.parametrize("order", ["abc", "acb", "bac", "bca", "cab", "cba"])
@pytest.mark.parametrize("size", [1, 3])
def test_families_of_copies_do_not_hang_on_the_order(
    empty: Archive, run: int, make_coded: MakeCoded, order: str, size: int
) -> None:
    by_id = {coded.document.id: coded for coded in chain(make_coded)}
    for portion in in_portions([by_id[doc_id] for doc_id in order], size):
        keep(empty, portion)
    assert dump(empty)["families"] == ["('a', 'a')", "('b', 'a')", "('c', 'a')"]
    keep(empty, [make_coded("b", "Quite another text, " + " ".join(reversed(WORDS)))])
    assert dump(empty)["families"] == ["('a', 'a')", "('b', 'b')", "('c', 'c')"]


def test_a_copy_is_no_independent_source(empty: Archive, run: int, visit_coded: Coded) -> None:
    wire = coded(document("wire", VISIT), visit("wire"))
    keep(empty, [visit_coded, wire])
    events = list(empty.events())
    assert [(e.documents, e.independent, e.claims[0].doc_id) for e in events] == [(2, 1, "visit")] * 2
    key = ClaimKey(doc_id="wire", id="c1-wire")
    assert [one.copies for one in empty.told([key])] == ["visit"]
    assert empty.event_of(key) == events[0].id
    assert len(list(empty.claims(ClaimFilter(document="wire")))) == 2
