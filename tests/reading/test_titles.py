"""Titles: given or found, said once, without bylines between them and the body."""

from __future__ import annotations

import pytest

from communique.reading.titles import own_title, without_byline, without_site, without_title

TITLE = "Zenda, Streltsau Prioritize Radar Roadmap"
BODY = "Preparing a roadmap is a priority, the minister said on Monday."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{TITLE}\n\n{BODY}", TITLE),
        (f"{TITLE}\n\n{TITLE * 2}\n\n{BODY}", TITLE),
        (f"Who will buy the radars?\n\n{BODY}", "Who will buy the radars?"),
        (
            f"Minister: Ties are at high level (INTERVIEW)\n{BODY}",
            "Minister: Ties are at high level (INTERVIEW)",
        ),
        (f"{BODY}\n\nThey met again.", None),
        (BODY, None),
        (f"ZENDA, March 3 - \n{BODY}", None),
        ("", None),
    ],
)
def test_the_title_of_a_plain_text(text: str, title: str | None) -> None:
    assert own_title(text) == title


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{BODY}",
        f"{TITLE}\n\n{TITLE}\n\n{BODY}",
        f"{TITLE}{TITLE}\n\n{BODY}",
        f"{TITLE}{BODY}",
        f"ZENDA, STRELTSAU PRIORITIZE RADAR ROADMAP!\n{BODY}",
        f"Zenda and Streltsau Prioritize Radar Roadmap\n\n{BODY}",
        f"The minister at the castle. | ZNA Photo Defence {TITLE}\n\n{BODY}",
        BODY,
    ],
)
def test_the_title_is_taken_off_however_it_is_repeated(text: str) -> None:
    assert without_title(text, TITLE) == BODY


def test_a_body_that_begins_with_the_words_of_the_title_stays() -> None:
    body = "Ministers meet in Zenda to talk about radars."
    assert without_title(body, "Ministers meet in Zenda") == body


def test_bylines_and_outlets_go() -> None:
    assert (
        without_byline(f"Fritz Tarlenheim and Rupert von Hentzau\n\nZENDA POST\n\n{BODY}", "Zenda Post")
        == BODY
    )
    assert without_byline(f"By Fritz Tarlenheim\n{BODY}", None) == BODY
    assert without_byline(f"Fritz Tarlenheim, Reuters\n{BODY}", None) == BODY
    assert without_byline(f"Rupert Hentzau Speaks\n\n{BODY}", None) == f"Rupert Hentzau Speaks\n\n{BODY}"
    assert without_byline(f"By Monday they had left.\n{BODY}", None) == f"By Monday they had left.\n{BODY}"


def test_a_sites_name_after_a_bar_goes() -> None:
    assert without_site("Ministers meet | Zenda Post", "Zenda Post") == "Ministers meet"
    assert without_site("Ministers meet - The Zenda Post", "Zenda Post") == "Ministers meet"
    assert without_site("Hentzau - a portrait", "Zenda Post") == "Hentzau - a portrait"
