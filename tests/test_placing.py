"""Which document a page is, given what the archive holds and which pages are under way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.archive import Archive, Coded, Signature, open_archive, writing
from communique.placing import Placing, page_key
from communique.reading import read
from communique.records import Coding, Metadata, RawPage, sha256

ONE = "Envoys met\n\nThe envoys of the two states met in Vienna on Friday and agreed to meet again soon."
TWO = "Ships sailed\n\nTwo ships of the navy sailed into the harbour of the capital on Monday morning."


def page(doc_id: str, content: str, **more: object) -> RawPage:
    fields = {"id": doc_id, "content": content, "media": "text", "origin": f"{doc_id}.txt"}
    return RawPage.model_validate(fields | {"sha256": sha256(content)} | more)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "a.db", write=True) as opened:
        yield opened


def keep(archive: Archive, kept: RawPage, *, coder: str = "x") -> None:
    coded = Coded(
        document=read(kept),
        coding=Coding(doc_id=kept.id),
        page_key=page_key(kept),
        fingerprint=Signature(bands=(), signature=b""),
    )
    with archive.writing() as connection:
        run = writing.begin_run(connection, version="1", coder=coder, settings={}, inputs=[])
        writing.keep(connection, coded, run=run, coder=coder)


def found(archive: Archive, wanted: RawPage, *, coder: str = "x") -> tuple[str, bool, str | None]:
    place = Placing(archive, coder).find(wanted)
    return place.page.id, place.known, place.renamed_from


def test_a_new_page_keeps_its_id(archive: Archive) -> None:
    assert found(archive, page("a", ONE)) == ("a", False, None)


def test_the_same_page_is_known_until_the_coder_or_its_metadata_change(archive: Archive) -> None:
    keep(archive, page("a", ONE))
    assert found(archive, page("a", ONE)) == ("a", True, None)
    assert found(archive, page("a", ONE), coder="y") == ("a", False, None)
    assert found(archive, page("a", ONE, metadata=Metadata(date="2016-05-12"))) == ("a", False, None)


def test_the_same_text_in_another_page_is_the_same_document(archive: Archive) -> None:
    keep(archive, page("a", ONE))
    assert found(archive, page("a", ONE + "\n\n")) == ("a", False, None)


def test_another_text_of_the_same_id_takes_a_suffix_and_keeps_it(archive: Archive) -> None:
    keep(archive, page("a", ONE))
    assert found(archive, page("a", TWO)) == ("a~2", False, "a")
    keep(archive, page("a~2", TWO))
    assert found(archive, page("a", TWO)) == ("a~2", True, "a")
    assert found(archive, page("a", ONE + "\n\nMore.")) == ("a~3", False, "a")


def test_a_suffix_given_by_the_sources_is_checked_too(archive: Archive) -> None:
    keep(archive, page("a", ONE))
    keep(archive, page("a~2", TWO))
    assert found(archive, page("a~2", TWO, renamed_from="a")) == ("a~2", True, "a")
    assert found(archive, page("a~2", ONE, renamed_from="a")) == ("a~3", False, "a")


def test_pages_under_way_count_as_if_they_were_kept(archive: Archive) -> None:
    keep(archive, page("a", ONE))
    placing = Placing(archive, "x")
    first = placing.find(page("a", TWO))
    again = placing.find(page("a~2", ONE + "\n\nMore.", renamed_from="a"))
    assert (first.page.id, again.page.id) == ("a~2", "a~3")
    placing.settled([first.page, again.page])
    assert placing.find(page("a~2", TWO)).page.id == "a~2"


def test_a_page_that_cannot_be_read_is_no_other_document(archive: Archive) -> None:
    keep(archive, page("a", ONE))
    assert found(archive, page("a", "")) == ("a~2", False, "a")
