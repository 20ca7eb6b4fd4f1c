"""Furniture goes out of plain text; the article stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.reading.furniture import is_furniture, undoubled, vocabulary, without_cards, without_furniture

ARTICLE = (
    "The defence ministers of Ruritania and Borduria met in Zenda on Monday to discuss coastal radars.\n\n"
    "“We agreed on a joint exercise,” the Ruritanian minister said after the talks with his guest.\n\n"
    "Borduria bought four patrol boats from its neighbour two years ago, and has paid for three of them."
)
HEADLINES = [
    "Ruritania opens second bridge over the Elph", "Price of hay falls for third month",
    "Zenda castle to be repainted",
    "Minister: harvest 'beyond all hopes'", "Borduria records 12 new cases of measles",
    "Gold, silver prices rebound",
    "Streltsau stock exchange lists first mine", "Railway to Hofbau open again",
]  # fmt: skip


@pytest.mark.parametrize(
    "around",
    [
        "top of page\n\n{}\n\nbottom of page",
        "{}\n\nComments\n\nShare this article",
        "{}\n\nsummer_sale-banner-160x600_v2.png\nCastle ads 2 final.jpg",
        "{}\n\nSupport independent reporting from the valley by subscribing to the Zenda Post. Our team is "
        "funded solely by readers like you.",
        "{}\n\nEnjoyed this story? The Zenda Post lives on its readers: please give 5 crowns.",
        "{}\n\nSupport our work. Become a member of the Zenda Post today.",
        "{}\n\nKeep the castle desk going: subscribe now and have every issue brought to your door.",
        "{}\n\nRead More:\n\nRuritania opens second bridge\n\nPrice of hay falls\n\nCastle to be repainted",
        "{}\n\nRelated articles\nRuritania opens second bridge\nPrice of hay falls",
        "{}\n\nCopyright © 2019 The Zenda Post, LLC. Click here for reprint permission.",
        "{}\n\nSign up for Daily Newsletters\n\n© 2020 Zenda Post",
        "{} HR/RH All Content by Zenda News Agency is licensed under a Creative Commons License.",
        "{} (Source: Streltsau Herald)",
        "Image copyright ZNA Image caption The minister at the castle\n\n{}",
        "Enlarge this image toggle caption A. Hope/ZNA A. Hope/ZNA\n\n{}",
        "LISTEN TO ARTICLE 2:07 Share Post Tweet Email\n\n{}",
        "Story highlights Ministers meet in Zenda\n\nRadars are on the agenda\n\n{}",
        "Home\nNews\nPolitics\nSport\nThe castle\n\n{}",
        "{}\n\nThe Zenda Press and Fritz Tarlenheim contributed to this report.",
        "{}\n\nContributing: Fritz Tarlenheim\n\nRead or Share this story: https://post.example/1",
        "{}\n\nFollow @zendapost",
        "{}\n\n3 days ago\n\n14 comments",
        "The guests at Zenda castle. Photographer: A. Hope/Zenda Images\n\n{}",
        "The minister (left) and his guest (right) at the castle, on the last day of the talks\n\n{}",
        "{}\n\nRURITANIA OPENS SECOND BRIDGE OVER THE RIVER ELPH, OFFICIALS SAY",
        "CLOSE The ministers met again. We have the questions. Zenda TV\n\n{}",
    ],
)
def test_what_stands_around_goes(around: str) -> None:
    assert without_furniture(around.format(ARTICLE)) == ARTICLE


def test_a_tail_of_other_headlines_goes() -> None:
    assert without_furniture("\n".join([ARTICLE, "", *HEADLINES, "All news"])) == ARTICLE


def test_a_headline_that_ends_with_a_full_stop_does_not_stop_the_tail() -> None:
    tail = [*HEADLINES[:4], "Ruritania, Borduria extend scientific coop.", *HEADLINES[4:]]
    assert without_furniture("\n".join([ARTICLE, "", *tail])) == ARTICLE


def test_doubled_headlines_before_a_block_go_too() -> None:
    tail = [HEADLINES[0], HEADLINES[0], HEADLINES[1], HEADLINES[1], "Loading Bars", *HEADLINES[2:]]
    assert without_furniture("\n".join([ARTICLE, "", *tail])) == ARTICLE


@pytest.mark.parametrize(
    "ending",
    [
        "The delegations were led by:\n\nRudolf\nFritz Tarlenheim\nRupert Hentzau\nFlavia Elphberg",
        "- one frigate\n- two patrol boats\n- twelve radars\n- spare parts for ten years",
        "May 3 – Zenda\nMay 5 – Hofbau\nMay 9 – Streltsau\nJune 1 – Tarlenheim\nJune 4 – Hentzau",
    ],
)
def test_a_list_of_the_article_stays(ending: str) -> None:
    assert without_furniture(f"{ARTICLE}\n\n{ending}") == f"{ARTICLE}\n\n{ending}"


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law was discussed as well.", "The minister said: read more, speak less.",
        "Q: Are there plans to sign?",
        "Minister: Relations are at a high level.",
        "Support for independent Ruritania has grown, the minister said.",
        "Support from neighbours who promised to donate radars was welcome.",
        "Help is on its way, the king said, and called on all to donate boats.",
        "Did the talks fail? The minister would not say.",
        "“Follow us,” he told the captain.", "Rain is due at 80 km/h", "He closed the border.",
        "Sources: Ruritania to get radars by May", "Ministers (left and right alike) met.",
    ],
)  # fmt: skip
def test_lines_of_an_article_are_not_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_box_of_links_inside_the_article_goes_and_the_rest_stays() -> None:
    first, *rest = ARTICLE.split("\n\n")
    box = "DON'T MISS\nPrice of hay falls [INSIGHT]\nZenda castle to be repainted [VIDEO]"
    assert without_furniture("\n\n".join([first, box, *rest])) == ARTICLE


def test_things_said_twice_in_one_line_are_said_once() -> None:
    title = "Zenda, Streltsau Prioritize Radar Roadmap"
    assert undoubled(title * 2) == undoubled(f"{title} {title}") == undoubled(title * 3) == title
    assert undoubled("No, no, no.") == "No, no, no."


def test_cards_hung_on_a_name_go() -> None:
    glued = (
        "Trade chief Fritz Tarlenheim Fritz Karl TarlenheimHay prices fall Today: bridge opens MORE said so. "
        "Minister of Borduria Rupert Hentzau Hentzau RupertMinister of Borduria (retranslated): Thank you."
    )
    assert without_cards(glued) == (
        "Trade chief Fritz Tarlenheim said so. Minister of Borduria Rupert Hentzau: Thank you."
    )


def test_every_entry_of_the_vocabulary_is_lower_case_and_reachable() -> None:
    words = vocabulary()
    for entry in sorted(words.exact | words.sections | words.outlets | set(words.bullets)):
        assert entry == entry.casefold().strip()
    assert all(is_furniture(entry) for entry in words.exact)


@given(
    st.lists(
        st.sampled_from([*ARTICLE.split("\n"), *HEADLINES, "Comments", "Read More:", "x.png", "", "MH/PA"])
    )
)
def test_what_is_left_has_no_furniture(lines: list[str]) -> None:
    kept = without_furniture("\n".join(lines).strip())
    assert without_furniture(kept) == kept
    assert not any(is_furniture(line) for line in kept.split("\n"))
