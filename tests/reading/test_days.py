"""Dates as they are written in metadata and in addresses."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.reading.days import url_interval, written_interval
from communique.records import Interval

DAY = Interval(start=date(2017, 1, 30), end=date(2017, 1, 30))
MONTH = Interval(start=date(2017, 1, 1), end=date(2017, 1, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2017-01-30", "2017/01/30", "2017.1.30", "20170130", "20170130T101500Z",
        "2017-01-30T23:59:00-08:00",
        "Jan. 30, 2017", "January 30 2017 5:30 PM", "30 January 2017", "30th of January, 2017",
        "30-JAN-2017 09:10",
        "Mon, 30 Jan 2017 23:10:00 GMT", "Mon Jan 30 10:00:00 UTC 2017", "30.01.2017",
        "1/30/2017", "30/1/2017",
        "Published Jan 30, 2017 (2017-01-30)",
    ],
)  # fmt: skip
def test_a_day_is_read_as_written(written: str) -> None:
    assert written_interval(written) == DAY


def test_a_month_and_a_year_are_their_days() -> None:
    assert written_interval("January 2017") == written_interval("2017-01") == MONTH
    assert written_interval("2017") == Interval(start=date(2017, 1, 1), end=date(2017, 12, 31))


@pytest.mark.parametrize(
    "written",
    ["03/04/2017", "yesterday", "", "2017-02-30", "31.02.2017", "2017-13-01", "1485734400", "30 January",
     "2017-01-30 to 2017-02-02", "Updated 6 Mar 1987, first 5 Mar 1987", "room 2017"],
)  # fmt: skip
def test_what_states_no_one_day_is_unknown(written: str) -> None:
    assert written_interval(written) is None


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://post.example/2017/01/30/ministers-meet", (DAY, "2017/01/30")),
        ("https://post.example/news-2017-01-30.html", (DAY, "2017-01-30")),
        ("https://post.example/20170130-ministers", (DAY, "20170130")),
        ("https://post.example/world/2017/jan/30/ministers", (DAY, "2017/jan/30")),
        ("https://post.example/2017/01/ministers-meet", (MONTH, "2017/01")),
        ("https://post.example/news/411531/ministers", None),
        ("https://post.example/2017/13/45/x", None),
        ("https://post.example/id/201701301200", None),
    ],
)
def test_an_address_may_state_a_day(url: str, found: tuple[Interval, str] | None) -> None:
    assert url_interval(url) == found


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    interval = Interval(start=day, end=day)
    for form in ("%Y-%m-%d", "%Y%m%d", "%B %d, %Y", "%d %b %Y", "%d.%m.%Y"):
        assert written_interval(day.strftime(form)) == interval


@given(st.text(max_size=80))
def test_any_words_are_read_without_failing(text: str) -> None:
    interval = written_interval(text)
    assert interval is None or interval.days in (1, 28, 29, 30, 31, 365, 366)
