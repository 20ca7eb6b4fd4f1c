"""Deals, agreements and contradictions by portion: held against all of them, sorted and chosen one by one."""

import sqlite3

import pytest

from communique.archive import Archive, EventFilter, followed, lives
from communique.archive.followed import AgreementFilter, DealFilter
from communique.linking.records import Agreement, Contradiction, Deal, Finding


def last_day(life: Deal | Agreement) -> tuple[str, str]:
    days = [step.date.start if step.date else step.told for step in life.steps]
    return str(max((day for day in days if day), default="")), life.id


def test_deals_come_by_their_last_step(stories: Archive) -> None:
    every = sorted(stories.deals(), key=last_day, reverse=True)
    assert len(every) > 3
    assert followed.deals(stories, DealFilter()) == every
    assert followed.deals(stories, DealFilter(), (2, 1)) == every[1:3]
    states = [deal.state for deal in every]
    assert followed.deal_states(stories, DealFilter()) == {
        state: states.count(state) for state in set(states)
    }


def test_deals_that_are_wanted(stories: Archive) -> None:
    every = sorted(stories.deals(), key=last_day, reverse=True)
    mistral = [d for d in every if "mistral" in (d.materiel or "").lower()]
    assert followed.deals(stories, DealFilter(materiel="MISTRAL")) == mistral != []
    french = [d for d in every if "FRA" in d.suppliers]
    assert followed.deals(stories, DealFilter(supplier="FRA")) == french != []
    assert followed.deals(stories, DealFilter(supplier="FRA", recipient="RUS", materiel="mistral")) == [
        d for d in french if "RUS" in d.recipients and d in mistral
    ]
    one = every[0]
    assert followed.deals(stories, DealFilter(state=one.state)) == [d for d in every if d.state == one.state]
    assert followed.deals(stories, DealFilter(materiel="of no such name")) == []


def test_agreements_come_by_their_last_step(stories: Archive) -> None:
    every = sorted(stories.agreements(), key=last_day, reverse=True)
    assert followed.agreements(stories, AgreementFilter()) == every != []
    one = next(a for a in every if len(a.parties) > 1)
    theirs = [a for a in every if one.parties[0] in a.parties]
    assert followed.agreements(stories, AgreementFilter(party=one.parties[0])) == theirs
    assert followed.agreement_states(stories, AgreementFilter(state=one.state)) == {
        one.state: sum(a.state == one.state for a in every)
    }
    both = [a for a in stories.agreements() if {*one.parties[:2]} <= {*a.parties}]
    assert followed.agreements_between(stories, *one.parties[:2]) == both


def test_lives_of_some_days_leave_none_out(stories: Archive) -> None:
    first, last = "2014-06-01", "2014-12-31"
    every: list[Deal | Agreement] = [*stories.deals(), *stories.agreements()]
    here = [
        one
        for one in every
        if any(s.date and str(s.date.start) <= last and str(s.date.end) >= first for s in one.steps)
        or any(s.told and not s.date and first <= str(s.told) <= last for s in one.steps)
    ]
    found = followed.lives_in(stories, first, last)
    assert here != []
    assert [one for one in found if one in here] == here
    assert [one for one in every if one in found] == found
    assert followed.lives_in(stories, "1900-01-01", "1900-12-31") == []


def test_contradictions_of_sorts_and_actors(at_odds: Archive) -> None:
    every = at_odds.contradictions()
    sorts = [c.finding for c in every]
    assert followed.contradictions(at_odds) == every != []
    assert followed.findings(at_odds) == {sort: sorts.count(sort) for sort in set(sorts)}
    assert followed.contradictions(at_odds, findings=[sorts[0]]) == [
        c for c in every if c.finding == sorts[0]
    ]
    assert followed.contradictions(at_odds, window=(1, 1)) == every[1:2]
    theirs = {event.id for event in at_odds.events(EventFilter(actor="FRA"))}
    of_france = [c for c in every if c.event in theirs]
    assert followed.contradictions(at_odds, actor="FRA") == of_france
    assert sum(followed.findings(at_odds, actor="FRA").values()) == len(of_france)
    ids = [c.event for c in every[1:] if c.event]
    assert followed.contradictions_of_events(at_odds, ids) == [c for c in every if c.event in ids]


def test_contradictions_of_a_month(at_odds: Archive) -> None:
    every = at_odds.contradictions()
    published = {
        d.document.id: str(d.document.published.interval.start)
        for d in at_odds.documents()
        if d.document.published.interval
    }
    first = min(published[key.doc_id] for c in every for key in (c.a, c.b) if key.doc_id in published)
    last = f"{first[:7]}-31"
    here = [c for c in every if any(first <= published.get(k.doc_id, "") <= last for k in (c.a, c.b))]
    assert followed.contradictions_of(at_odds, first, last, []) == here != []
    ids = [c.event for c in every if c.event]
    also = [c for c in every if c in here or c.event in ids]
    assert followed.contradictions_of(at_odds, first, last, ids) == also


@pytest.fixture
def at_odds(stories: Archive) -> Archive:
    """The stories with four contradictions: two of events with France, one of another event, one of none."""
    events = list(stories.events(EventFilter(actor="FRA"), limit=2))
    events.append(next(e for e in stories.events() if "FRA" not in {a.code for a in e.actors}))
    keys = [(e.claims[0], e.claims[-1]) for e in events] + [(events[0].claims[0], events[2].claims[0])]
    findings: tuple[Finding, ...] = ("date", "denial", "date", "occupancy")
    made = [
        Contradiction(
            id=f"x{n}", finding=finding, text="At odds", a=a, b=b, event=events[n].id if n < 3 else None
        )
        for n, (finding, (a, b)) in enumerate(zip(findings, keys, strict=True))
    ]
    with stories.writing() as connection:
        lives.keep_contradictions(connection, {one.id: [one] for one in made}, whole=True)
    return stories


def test_days_follow_what_is_written_of_a_life(stories: Archive) -> None:
    deal = stories.deals()[0]
    with sqlite3.connect(stories.path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        step = '{"stage":"offer","date":null,"told":"2031-02-03"}'
        body = f'{{"id":"d","steps":[{step},{{"date":{{"from":"2030-01-01","to":"2032-01-01"}}}},{{}}]}}'
        connection.execute("UPDATE deals SET body = ? WHERE id = ?", (body, deal.id))
        days = connection.execute("SELECT begun, moved, until FROM deal_days WHERE id = ?", (deal.id,))
        assert days.fetchall() == [("2030-01-01", "2031-02-03", "2032-01-01")]
        connection.execute("DELETE FROM deals")
        assert connection.execute("SELECT count(*) FROM deal_days").fetchone() == (0,)
    connection.close()
