"""What `verify` says of events, links, families, judgements and what is followed over time."""

import re
import sqlite3

import pytest
from tests.archive.test_judgements import judge, shared

from communique.archive import Archive, EventFilter


def tamper(archive: Archive, script: str) -> None:
    connection = sqlite3.connect(archive.path)
    connection.executescript(script)
    connection.close()


@pytest.mark.parametrize(
    ("script", "where", "what"),
    [
        ("DELETE FROM event_claims WHERE event = 1", "event", "has no claims"),
        ("DELETE FROM event_claims WHERE event = 1", "claim", "tells no event"),
        ("UPDATE events SET status = 'denied' WHERE status = 'actual'", "event", "its status is not what"),
        ("UPDATE events SET id = 'e' || seq", "event", "its id is not what its claims give"),
        ("UPDATE events SET kind = 'feast'", "events", "cannot be worked out again"),
        ("DELETE FROM event_actors", "event", "its actors is not what"),
        ("UPDATE links SET score = 0.1", "link of claims", "is not what the two claims give"),
        ("UPDATE OR IGNORE links SET a = b, b = a", "link of claims", "is not what the two claims give"),
        ("DELETE FROM blocks", "claim", "its keys for linking"),
        ("UPDATE families SET family = 'zz'", "family zz", "its least document is"),
        ("DELETE FROM families", "document", "is of no family of copies"),
        ("UPDATE deals SET body = '{}'", "deal", "is not as the record is defined"),
        ("DELETE FROM event_chunks", "event", "is of no chunk"),
        ("UPDATE deal_days SET moved = '1900-01-01'", "deal", "its days are not those of its steps"),
        ("DELETE FROM agreement_days", "agreement", "its days are not those of its steps"),
        (
            "UPDATE agreements SET id = 'none' WHERE place = (SELECT min(place) FROM agreements)",
            "agreement none",
            "its record has another id",
        ),
        (
            "UPDATE deals SET body = replace(body, (SELECT event FROM deal_events LIMIT 1), 'e00')",
            "deal",
            "is of events that are not there: e00",
        ),
    ],
)
def test_what_is_wrong_is_said(stories: Archive, script: str, where: str, what: str) -> None:
    tamper(stories, script)
    faults = stories.faults()
    assert any(re.match(where, f.where) and what in f.what for f in faults), faults[:5]


def test_a_wrong_claim_in_an_event_and_judgements_that_were_tampered_with(stories: Archive) -> None:
    event = shared(stories)
    made = judge(stories, "wrong", event.claims[0])
    assert stories.faults() == []
    other = next(stories.events(EventFilter(kinds=("visit",))))
    tamper(
        stories,
        f"INSERT INTO event_claims SELECT j.claim, e.seq FROM judged j JOIN events e ON e.id = '{other.id}'",
    )
    assert (f"event {other.id}", "has a claim that was judged wrong") in [
        (f.where, f.what) for f in stories.faults()
    ]
    tamper(stories, "UPDATE judgements SET body = replace(body, 'so it says', 'so it said')")
    assert f"the id {made.id} is not that of its content" in str(stories.faults())
    tamper(stories, "UPDATE judgements SET body = 'x', withdrawn = 1")
    whats = [f.what for f in stories.faults() if f.where == f"judgement {made.id}"]
    assert [what[:15] for what in whats] == ["not a judgement", "is withdrawn, b"]


def test_life_cycles_of_earlier_events_are_a_note(stories: Archive) -> None:
    assert stories.notices() == []
    judge(stories, "wrong", shared(stories).claims[0])
    notes = [(n.where, n.what) for n in stories.notices()]
    assert notes == [("linking", "deals, agreements and contradictions are of earlier events")]
    assert stories.faults() == []
