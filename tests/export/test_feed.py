"""Atom, read back with feedparser and as XML."""

import feedparser
import pytest
from lxml import etree

from communique.archive import Archive
from communique.export import feed
from communique.export.feed import atom

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def content(archive: Archive) -> bytes:
    return "".join(atom(archive)).encode("utf-8")


def test_the_feed(content: bytes, archive: Archive) -> None:
    read = feedparser.parse(content)
    assert (read.bozo, read.version) == (False, "atom10")
    told = [event.id for event in archive.events(order="told", reverse=True)]
    assert [entry.id for entry in read.entries] == [f"tag:communique,2025:event:{id_}" for id_ in told]
    assert (read.feed.id, read.feed.updated) == ("tag:communique,2025:events", "2020-08-02T00:00:00Z")
    assert read.feed.author == "Communiqué"


def test_an_entry(content: bytes, archive: Archive) -> None:
    entry = feedparser.parse(content).entries[0]
    assert {name: entry[name] for name in ("title", "link", "published", "updated")} == {
        "title": "Arms transfer (delivery): France to India: Rafale",
        "link": "https://example.org/handover?a=1&b=2",
        "published": "2020-08-02T00:00:00Z",
        "updated": "2020-08-02T00:00:00Z",
    }
    assert [tag.term for tag in entry.tags] == ["arms_transfer", "actual"]
    assert entry.summary == 'July 2020: "delivered 5 Rafale jets to India" (The Wire)'


def test_what_the_standard_wants_of_each_entry(content: bytes) -> None:
    root = etree.fromstring(content)
    for entry in root.iter(f"{ATOM}entry"):
        names = [child.tag.removeprefix(ATOM) for child in entry]
        assert [names.count(name) for name in ("id", "title", "updated", "content")] == [1, 1, 1, 1]
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)


def test_hostile_text_is_text(content: bytes) -> None:
    root = etree.fromstring(content)
    assert {element.tag for element in root.iter() if element.tag == f"{ATOM}b"} == set()
    texts = [element.text or "" for element in root.iter(f"{ATOM}content")]
    assert any("<b>&amp;]]>\ufffd" in text for text in texts)


def test_only_the_newest_are_listed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "NEWEST", 2)
    entries = feedparser.parse("".join(atom(archive)).encode("utf-8")).entries
    assert [entry.published for entry in entries] == ["2020-08-02T00:00:00Z", "2019-01-01T00:00:00Z"]
