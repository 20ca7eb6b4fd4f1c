"""Pages laid out by tables and pages with comments: the article alone is read."""

from __future__ import annotations

import pytest
import trafilatura

from communique.reading.layout import prepared
from communique.reading.maintext import main_text

FIRST = "The defence ministers of Ruritania and Borduria met in Zenda on Monday to discuss coastal radars."
SECOND = "Borduria bought four patrol boats from its neighbour two years ago, and has paid for three of them."
ARTICLE = f"<h2>Ministers meet in Zenda</h2><p>{FIRST}</p><p>{SECOND}</p>"


def shown(html: str) -> str:
    return " ".join(
        prepared(trafilatura.load_html(f"<html><body>{html}</body></html>")).text_content().split()
    )


def test_a_page_laid_out_by_tables_gives_its_article() -> None:
    html = (
        "<html><body><table><tr><td colspan=2><a href='/'>Home</a> | <a href='/n'>News</a> <input></td></tr>"
        f"<tr><td><b>Sections</b><br><a href='/a'>Army</a><br><a href='/b'>Navy</a></td><td>{ARTICLE}</td></tr>"
        "</table></body></html>"
    )
    assert main_text(html).text == f"Ministers meet in Zenda\n{FIRST}\n{SECOND}"


def test_a_table_of_data_stays_a_table() -> None:
    table = "<table><tr><th>Boat</th><th>Paid</th></tr><tr><td>Elph</td><td>yes</td></tr></table>"
    tree = prepared(trafilatura.load_html(f"<html><body>{ARTICLE}{table}</body></html>"))
    assert [cell.text_content() for cell in tree.xpath("//table//td")] == ["Elph", "yes"]


@pytest.mark.parametrize(
    "heading",
    ["Leave a comment", "Comments (3)", "12 Comments", "No comments", "Leave a Reply to Flavia", "3 responses",
     "One comment on “Ministers meet in Zenda”", "Join the discussion!"],
)  # fmt: skip
def test_comments_go_with_their_heading(heading: str) -> None:
    comments = f"<h3>{heading}</h3><form></form><div class='x'><p>rupert: who feeds the people?</p></div>"
    assert shown(f"<div>{ARTICLE}{comments}</div>") == f"Ministers meet in Zenda{FIRST}{SECOND}"


@pytest.mark.parametrize(
    "page",
    [
        f"<h2>Comments</h2>{ARTICLE}",
        f"<div>{ARTICLE}<h3>Comments by the minister</h3><p>He was glad.</p></div>",
        f"<div>{ARTICLE}<h3>Comments on the treaty</h3><p>It is a good one.</p></div>",
        f"<div>{ARTICLE}<h3>The response of Borduria</h3><p>It was glad.</p></div>",
    ],
)
def test_what_only_looks_like_comments_stays(page: str) -> None:
    plain = trafilatura.load_html(f"<html><body>{page}</body></html>")
    assert plain is not None
    assert shown(page) == " ".join(plain.text_content().split())
