"""Judgements in the archive: they change events, never claims, and hold when documents are coded again."""

import pytest
from tests.archive.stories import dump, keep

from communique.archive import Archive, Coded, EventFilter
from communique.errors import ArchiveError
from communique.linking.judgements import anchor, judgement
from communique.linking.records import ClaimAnchor, ClaimKey, Event, Judgement, Verdict
from communique.records import Claim, sha256
from communique.relinking import rebuild_lives, relink


def anchor_of(archive: Archive, key: ClaimKey) -> ClaimAnchor:
    (told,) = archive.told([key], judged=False)
    stored = archive.document(key.doc_id)
    assert stored is not None
    return anchor(told.claim, stored.document.text_sha256)


def judge(
    archive: Archive, verdict: Verdict, key: ClaimKey, about: ClaimKey | tuple[str, str] | None = None
) -> Judgement:
    other = anchor_of(archive, about) if isinstance(about, ClaimKey) else about
    made = judgement(verdict, anchor_of(archive, key), who="A. Reader", why="so it says", about=other)
    assert archive.judge(made) == 1
    return made


def shared(archive: Archive) -> Event:
    """An event of two claims."""
    return next(e for e in archive.events(EventFilter(min_sources=2)) if len(e.claims) == 2)


def alone(archive: Archive, kind: str, nth: int = 0) -> Event:
    return [e for e in archive.events(EventFilter(kinds=(kind,))) if len(e.claims) == 1][nth]


def test_a_wrong_claim_leaves_its_event_and_stays_as_coded(stories: Archive) -> None:
    event = shared(stories)
    one, other = event.claims
    claims = list(stories.claims())
    judge(stories, "wrong", one)
    assert stories.event_of(one) is None
    (left,) = stories.event(stories.event_of(other) or "")
    assert one not in left.claims and other in left.claims
    assert stories.told([one]) == [] != stories.told([one], judged=False)
    assert list(stories.claims()) == claims
    assert stories.faults() == []


def test_not_the_same_and_the_same(stories: Archive) -> None:
    before = dump(stories)["events"]
    event = shared(stories)
    apart = judge(stories, "not_same", *event.claims)
    assert stories.event_of(event.claims[0]) != stories.event_of(event.claims[1])
    stories.withdraw(apart.id)
    assert dump(stories)["events"] == before
    one, other = alone(stories, "request"), alone(stories, "accuse")
    judge(stories, "same", one.claims[0], other.claims[0])
    (joined,) = stories.event(stories.event_of(one.claims[0]) or "")
    assert set(joined.claims) == {*one.claims, *other.claims}
    assert stories.faults() == []


def test_a_corrected_value_says_who_and_why(stories: Archive) -> None:
    event = shared(stories)
    made = judge(
        stories, "corrected", event.claims[0], ("date", '{"from": "2001-02-03", "to": "2001-02-04"}')
    )
    (found,) = stories.event(stories.event_of(event.claims[0]) or "")
    assert found.date is not None and found.date.model_dump(mode="json", by_alias=True) == {
        "from": "2001-02-03",
        "to": "2001-02-04",
    }
    (choice,) = [c for c in found.choices if c.field == "date"]
    assert choice.reason == "corrected by A. Reader: so it says"
    assert [f.model_copy(update={"choices": (), "history": ()}) for f in stories.event(found.id)] == [
        e for e in stories.events() if e.id == found.id
    ]
    (told,) = stories.told([event.claims[0]], judged=False)
    assert told.claim.date == next(c for c in stories.claims() if ClaimKey.of(c) == told.key).date
    assert stories.faults() == []
    assert stories.resolved_judgements()[0].judgement == made


def test_a_right_claim_is_sure(stories: Archive) -> None:
    event = alone(stories, "visit")
    assert event.confidence < 1
    judge(stories, "right", event.claims[0])
    assert stories.event(event.id)[0].confidence == 1


def test_judging_twice_changes_nothing_and_what_was_withdrawn_stays_so(stories: Archive) -> None:
    event = shared(stories)
    made = judge(stories, "wrong", event.claims[0])
    after = dump(stories)
    assert stories.judge(made, made) == 0
    assert dump(stories) == after
    gone = stories.withdraw(made.id)
    assert gone == made.model_copy(update={"withdrawn": True})
    assert stories.judge(made) == 0
    assert stories.judgements() == [gone]
    assert stories.event_of(event.claims[0]) == event.id
    with pytest.raises(ArchiveError, match="no judgement none"):
        stories.withdraw("none")


def recoded(coded: Coded) -> Coded:
    """As other rules would code the document: other ids, evidence that begins a little later, other confidence."""

    def other(claim: Claim) -> Claim:
        first, *rest = claim.evidence
        later = first.model_copy(update={"start": first.start + 1, "text": first.text[1:]})
        new = {"id": "c" + sha256("other" + claim.id)[:15], "evidence": (later, *rest), "confidence": 0.5}
        return claim.model_copy(update=new)

    claims = tuple(other(claim) for claim in coded.coding.claims)
    return coded.model_copy(update={"coding": coded.coding.model_copy(update={"claims": claims})})


def test_all_hold_when_all_is_coded_and_linked_again(
    stories: Archive, coded_stories: tuple[Coded, ...]
) -> None:
    event = shared(stories)
    judge(stories, "not_same", *event.claims)
    visit = alone(stories, "visit")
    judge(stories, "wrong", visit.claims[0])
    judge(stories, "corrected", alone(stories, "agreement").claims[0], ("status", '"denied"'))
    judge(stories, "right", alone(stories, "agreement", 1).claims[0])
    judge(stories, "same", alone(stories, "request").claims[0], alone(stories, "accuse").claims[0])
    before = stories.resolved_judgements()
    keep(stories, [recoded(coded) for coded in coded_stories])
    rebuild_lives(stories)
    renamed = {
        ClaimKey.of(old): ClaimKey.of(new)
        for coded in coded_stories
        for old, new in zip(coded.coding.claims, recoded(coded).coding.claims, strict=True)
    }
    after = stories.resolved_judgements()
    assert [(r.judgement, r.claim, r.other) for r in after] == [
        (r.judgement, r.claim and renamed[r.claim], r.other and renamed[r.other]) for r in before
    ]
    assert all(r.holds for r in after) and len(after) == 5
    assert stories.event_of(renamed[visit.claims[0]]) is None
    one, other = (stories.event_of(renamed[key]) for key in event.claims)
    assert one != other
    assert stories.notices() == []
    held = dump(stories)
    relink(stories)
    assert dump(stories) == held
    assert stories.faults() == []
    keep(stories, coded_stories)
    assert stories.resolved_judgements() == before


def test_what_no_longer_resolves_is_told(stories: Archive, coded_stories: tuple[Coded, ...]) -> None:
    event = shared(stories)
    made = judge(stories, "not_same", *event.claims)
    gone = next(c for c in coded_stories if c.document.id == event.claims[0].doc_id)
    keep(stories, [gone.model_copy(update={"coding": gone.coding.model_copy(update={"claims": ()})})])
    rebuild_lives(stories)
    (found,) = stories.resolved_judgements()
    assert not found.holds
    notice = "holds no more: no claim stands where it was made"
    assert [(n.where, n.what) for n in stories.notices()] == [(f"judgement {made.id}", notice)]
    assert stories.faults() == []
    keep(stories, [gone])
    assert stories.resolved_judgements()[0].holds
