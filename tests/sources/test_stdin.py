"""Standard input: told apart by how it begins."""

from __future__ import annotations

import gzip
import io

import pytest

from communique.records import Failure, RawPage, sha256
from communique.sources import open_sources
from communique.sources.stdin import form_of


def piped(data: bytes) -> list[RawPage | Failure]:
    stream = io.BytesIO(data)
    out = list(open_sources(["-"], stdin=stream))
    assert not stream.closed
    return out


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', "lines"),
        (b'\xef\xbb\xbf{"text": "a"}', "lines"),
        (b'{\n  "text": "a"\n}', "json"),
        (b'{"text": "' + b"a" * 1000, "lines"),
        (b' [\n {"text": "a"}]', "json"),
        (b"[]", "json"),
        (b"[Photo] The minister met", "text"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"  <HTML lang=en>", "html"),
        (b"<?xml version='1.0'?><html/>", "html"),
        (b"<RTN> gets contract", "text"),
        (b"The minister met", "text"),
        (b"", "text"),
    ],
)
def test_the_beginning_tells_the_form(head: bytes, form: str) -> None:
    assert form_of(head) == form


def test_lines_json_html_and_text_become_pages() -> None:
    line = b'{"id": "a", "text": "One."}'
    page = RawPage(id="a", content="One.", media="text", origin="-:1", sha256=sha256(line))
    assert piped(line + b"\n") == [page]
    assert piped(gzip.compress(line)) == [page]
    assert piped(b"[" + line + b"]") == [page]
    assert piped(b"<p>Met.</p>") == [
        RawPage(id="stdin", content="<p>Met.</p>", media="html", origin="-", sha256=sha256(b"<p>Met.</p>"))
    ]
    assert piped(b"They met.") == [
        RawPage(id="stdin", content="They met.", media="text", origin="-", sha256=sha256(b"They met."))
    ]


def test_a_pretty_printed_object_is_one_document() -> None:
    (page,) = piped(b'{\n  "text": "One."\n}\n')
    assert isinstance(page, RawPage)
    assert (page.id, page.content, page.origin) == ("stdin", "One.", "-")


def test_broken_input_is_reported() -> None:
    assert piped(b'{\n "text": \n') == [
        Failure(origin="-", reason="broken JSON: Expecting value: line 3 column 1 (char 12)")
    ]
    (failure,) = piped(gzip.compress(b"They met.")[:-6])
    assert isinstance(failure, Failure) and failure.reason.startswith("damaged gzip: ")


def test_no_standard_input_is_a_failure() -> None:
    assert list(open_sources(["-"])) == [Failure(origin="-", reason="there is no standard input")]
