import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from communique.web.atlas import Arc, Shaded, bounds, outlines, shade_of, world
from communique.web.layout import layout


@given(st.lists(st.integers(1, 10_000), min_size=1))
def test_every_number_has_a_shade_and_more_is_never_lighter(numbers: list[int]) -> None:
    least = bounds(numbers)
    shades = [shade_of(n, least) for n in sorted(numbers)]
    assert min(shades) >= 1
    assert max(shades) == len(least) <= 5
    assert shades == sorted(shades)


@settings(deadline=None)
@given(st.integers(0, 25))
def test_nodes_stand_apart_within_the_page(size: int) -> None:
    edges = [(n, (n * 7 + 3) % size, 1.0 + n) for n in range(size) if n != (n * 7 + 3) % size]
    places = layout(size, edges, width=960, height=620)
    assert places == layout(size, edges, width=960, height=620)
    assert len(set(places)) == size
    assert all(50 <= x <= 910 and 50 <= y <= 570 for x, y in places)


def test_those_who_meet_stand_nearer_than_those_who_do_not() -> None:
    places = layout(
        8, [(0, 1, 9.0), (0, 2, 1.0), (2, 3, 1.0), (4, 5, 1.0), (6, 7, 1.0)], width=900, height=900
    )

    def apart(one: int, other: int) -> float:
        (x0, y0), (x1, y1) = places[one], places[other]
        return float((x0 - x1) ** 2 + (y0 - y1) ** 2)

    assert apart(0, 1) < min(apart(0, n) for n in range(4, 8))


def test_the_map_draws_small_states_as_dots_and_all_others_as_land() -> None:
    drawn = world(
        [Shaded("SGP", 3, "Singapore: 3 events", "/a"), Shaded("NATO", 9, "NATO", "/b")],
        [Arc("SGP", "IDN", 1, "<to> Indonesia", "/c"), Arc("NATO", "IDN", 1, "NATO", "/d")],
        label="x",
    )
    assert drawn.count('class="land"') == sum("d" in s for s in outlines()["states"].values())
    assert re.findall(r'href="(.)(.)"', drawn) == [("/", "a"), ("/", "c")]
    assert "&lt;to&gt; Indonesia" in drawn


@pytest.mark.parametrize("path", ["/map", "/network", "/network?of=people", "/map?kind=visit&actor=RUS"])
def test_each_drawing_has_a_table_of_the_same_numbers(client: TestClient, path: str) -> None:
    name, _, query = path.partition("?")
    page = client.get(path)
    rows = client.get(f"{name}.csv?{query}").text.splitlines()[1:]
    assert page.status_code == 200
    assert page.text.count('<svg class="chart') == 1
    assert rows


def test_an_edge_leads_to_its_events(client: TestClient) -> None:
    edges = client.get("/network.json").json()["edges"]
    first = edges[0]
    page = client.get("/network").text
    href = f"/events?actor={first['a']}&amp;actor={first['b']}"
    assert href in page
    found = client.get("/events.json", params={"actor": [first["a"], first["b"]]}).json()
    assert found["portion"]["total"] == first["events"]


def test_an_edge_of_people_leads_to_their_events(client: TestClient) -> None:
    first = client.get("/network.json?of=people").json()["edges"][0]
    asked = {"person": first["a"], "other_person": first["b"]}
    found = client.get("/events.json", params=asked).json()
    assert found["portion"]["total"] == first["events"]
    assert f"with {first['a']} and {first['b']}" in found["filter"]


def test_a_filter_narrows_the_map(client: TestClient) -> None:
    every = {a["code"]: a["events"] for a in client.get("/map.json").json()["actors"]}
    visits = client.get("/map.json?kind=visit").json()
    assert visits["filter"].startswith("Visits")
    assert all(every[a["code"]] >= a["events"] for a in visits["actors"])
    assert sum(a["events"] for a in visits["actors"]) < sum(every.values())
