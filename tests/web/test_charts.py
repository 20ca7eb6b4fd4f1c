from datetime import date
from xml.etree import ElementTree

import pytest

from communique.web import charts
from communique.web.charts import Column, Mark
from communique.web.kinds import families, kinds
from communique.web.months import Month, month_chart


def shapes(svg: str, name: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(svg)
    return [dict(e.attrib) for e in root.iter() if name in e.attrib.get("class", "").split()]


def test_columns_are_as_high_as_their_counts() -> None:
    bars = [
        Column("May", (("arms", 3), ("force", 1)), href="/events?since=2016-05"),
        Column("June", ()),
        Column("July", None),
    ]
    svg = charts.columns(bars, label="<x>", height=114)
    heights = [float(a["height"]) for a in shapes(svg, "bar")]
    assert heights == [75.0, 25.0]
    assert len(shapes(svg, "no-report")) == 1
    assert ElementTree.fromstring(svg).attrib["aria-label"] == "<x>"
    assert "July: no report" in svg and "June: 0" in svg


def test_a_lane_a_kind_and_a_mark_an_event() -> None:
    day = date(2016, 5, 12)
    marks = [
        Mark("visit", "actual", day, day, "a visit", "/events/e1"),
        Mark("visit", "planned", date(2017, 1, 1), date(2017, 12, 31), "another", "/events/e2"),
        Mark("assault", "denied", day, day, "\u202ex<b>", "/events/e3"),
    ]
    svg = charts.lanes(marks, label="lanes")
    assert len(shapes(svg, "lane")) == 2
    assert [m["class"] for m in shapes(svg, "mark")] == [
        "mark f-contact s-actual",
        "mark f-contact s-planned",
        "mark f-force s-denied",
    ]
    assert "⟨U+202E⟩x&lt;b&gt;" in svg
    assert charts.lanes([], label="none") == ""


@pytest.mark.parametrize(
    "most, top",
    [(0, 4), (4, 4), (6, 6), (7, 8), (11, 12), (14, 16), (41, 50), (80, 80), (101, 120), (301, 400)],
)
def test_the_scale_ends_on_a_round_number(most: int, top: int) -> None:
    assert charts.nice_top(most) == top


def test_a_month_without_a_document_is_no_report() -> None:
    found = [
        Month(period="2016-05", kinds={"visit": 2}, documents=1),
        Month(period="2016-06", kinds={}, documents=3),
        Month(period="2016-07", kinds={}, documents=0),
    ]
    svg = month_chart(found, "/events?actor=ARM", label="months")
    assert len(shapes(svg, "no-report")) == 1
    assert 'href="/events?actor=ARM&amp;since=2016-05&amp;until=2016-05&amp;within=month"' in svg


def test_every_kind_has_a_family_with_a_shape_of_its_own() -> None:
    assert {look.family for look in kinds().values()} == set(families())
    assert len({f.shape for f in families().values()}) == len(families())
