"""What is found in a text, and what is not."""

from __future__ import annotations

import pytest

from communique.coding.dates import find_dates


def found(text: str) -> list[str]:
    return [e.text for e in find_dates(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said she may march on.",
        "The March of progress; they march on; a second fall.",
        "Resolution 1929 was adopted by 2,000 troops.",
        "The S-300, the Su-30 and a 1987-type tank came within 500 meters.",
        "He told the Sunday Times about Black Friday.",
        "The 60-year-old lost 21-19; call 2015-555-0199.",
        "After three days of clashes and 5 months of fighting.",
    ],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on July 9, 2025.", ["July 9, 2025"]),
        ("They met from May 3 to 7 in Baku.", ["May 3 to 7"]),
        ("The drill ran between 12 and 15 June.", ["12 and 15 June"]),
        ("It served between 2005 and 2008.", ["between 2005 and 2008"]),
        ("They drilled in 2005, 2006 and 2018.", ["2005, 2006 and 2018"]),
        ("In late May and in mid-June they spoke.", ["late May", "mid-June"]),
        ("Banned since 2011, it ends by 2025.", ["since 2011", "by 2025"]),
        ("The talks began in May\n3 soldiers left in 2015\n2016 will tell.", ["May", "2015", "2016"]),
        (
            "Two days later he left; a week before March 10 he came.",
            ["Two days later", "a week before March 10"],
        ),
    ],
)
def test_what_is_a_date_is_found_whole(text: str, expected: list[str]) -> None:
    assert found(text) == expected
