"""When a document was published: each way of finding it, and their order."""

from __future__ import annotations

from datetime import date

import pytest

from communique.reading.published import date_line, dateline_date, inline_date, published
from communique.records import Found, Interval, Metadata, Published


def on(day: date, found: Found, expression: str) -> Published:
    return Published(interval=Interval(start=day, end=day), found=found, expression=expression)


INLINE = on(date(2017, 1, 30), "inline", "2017-01-30")
BODY = "ZENDA, March 3, 1987 - The ministers met."
URL = "https://post.example/2016/05/04/x"


def test_the_order_is_given_inline_page_dateline_address() -> None:
    given = Metadata(date="2015-01-01T10:00:00Z", url=URL)
    late = given.model_copy(update={"date": None})
    assert [
        published(given, inline=INLINE, page_date="2014-02-02", body=BODY),
        published(late, inline=INLINE, page_date="2014-02-02", body=BODY),
        published(late, inline=None, page_date="2014-02-02", body=BODY),
        published(late, inline=None, page_date=None, body=BODY),
        published(late, inline=None, page_date=None, body="The ministers met."),
        published(Metadata(), inline=None, page_date=None, body="The ministers met."),
    ] == [
        on(date(2015, 1, 1), "given", "2015-01-01T10:00:00Z"),
        INLINE,
        on(date(2014, 2, 2), "metadata", "2014-02-02"),
        on(date(1987, 3, 3), "dateline", "March 3, 1987"),
        on(date(2016, 5, 4), "url", "2016/05/04"),
        Published(),
    ]


def test_a_given_date_that_states_nothing_is_kept_as_words() -> None:
    found = published(Metadata(date="last Tuesday"), inline=None, page_date=None, body="They met.")
    assert found == Published(expression="last Tuesday")


def test_an_inline_date_is_taken_off_the_text() -> None:
    assert inline_date(" date 2017-01-30 The minister left.") == (INLINE, "The minister left.")
    assert inline_date("date 2017-13-30 The minister left.") == (None, "date 2017-13-30 The minister left.")
    assert inline_date("The date 2017-01-30 was agreed.") == (None, "The date 2017-01-30 was agreed.")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("date 2017-01-30", on(date(2017, 1, 30), "inline", "2017-01-30")),
        ("January 30, 2017", on(date(2017, 1, 30), "inline", "January 30, 2017")),
        ("Published on Monday, 30 Jan. 2017, 14:05", on(date(2017, 1, 30), "inline", "30 Jan. 2017")),
        ("January 30", None),
        ("In January 2017", None),
        ("January 30, 2017 was a Monday.", None),
        ("Smarch 30, 2017", None),
    ],
)
def test_a_first_line_that_is_a_date_is_taken_off_the_body(line: str, found: Published | None) -> None:
    body = f"{line}\n\nThe minister left."
    assert date_line(body) == (found, body if found is None else "The minister left.")
    assert date_line(line) == (None, line)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Zenda, Oct.10 / corr Hentzau /\n\nHow?", Published(found="dateline", expression="Oct.10")),
        ("ZENDA, March 3 - The ministers met.", Published(found="dateline", expression="March 3")),
        ("Zenda, 10 October 2010. The ministers met.", on(date(2010, 10, 10), "dateline", "10 October 2010")),
        ("ZENDA (Post) Oct 10, 2010 -- They met.", on(date(2010, 10, 10), "dateline", "Oct 10, 2010")),
        ("On the eve\n\nZenda, May 9, 2010 /Post/ Q: How?", on(date(2010, 5, 9), "dateline", "May 9, 2010")),
        ("They met in Zenda, March 3. Then they left.", None),
        ("NEW ZENDA March 3 - They met.", Published(found="dateline", expression="March 3")),
        ("On July 9, the ministers met.", None),
        ("The ministers met in Zenda, March 3, 1987 being a holiday.", None),
        ("In Zenda, May 5 soldiers were hurt.", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_dateline_states_a_day_or_a_day_without_its_year(body: str, found: Published | None) -> None:
    assert dateline_date(body) == found
