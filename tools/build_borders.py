"""Writes src/communique/web/borders.json: the outlines of states for the map page, projected, as SVG paths.

    npm pack world-atlas@2 i18n-iso-countries@7; tar xzf ...
    python tools/build_borders.py world-atlas/package i18n-iso-countries/package/codes.json

Shapes: Natural Earth 1:110m (public domain) as packed in world-atlas (ISC); states too small for it get a
dot where the 1:50m data has them. Codes of countries: i18n-iso-countries (MIT). Projection: Equal Earth
(Šavrič, Patterson and Jenny 2018, doi 10.1080/13658816.2018.1504949).
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

WIDTH = 960.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_SOUTHERNMOST = -60.0  # Antarctica is left out
_WITHOUT_NUMBER = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP"}
Point = tuple[float, float]
Ring = list[Point]


def project(longitude: float, latitude: float) -> Point:
    """Equal Earth, in radii of the globe; y grows to the north."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    squared, sixth = theta**2, theta**6
    slope = _A[0] + 3 * _A[1] * squared + sixth * (7 * _A[2] + 9 * _A[3] * squared)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, theta * (_A[0] + _A[1] * squared + sixth * (_A[2] + _A[3] * squared))


EAST = project(180, 0)[0]
NORTH, SOUTH = project(0, 84)[1], project(0, _SOUTHERNMOST)[1]
SCALE = WIDTH / (2 * EAST)


def on_page(point: Point) -> Point:
    """Where a longitude and latitude stand on the page, in its units from the upper left."""
    x, y = project(*point)
    return (x + EAST) * SCALE, (NORTH - y) * SCALE


def shapes(atlas: dict[str, Any], codes: dict[str, str]) -> Iterator[tuple[str, list[Ring]]]:
    """For each state of a TopoJSON atlas its code and outer rings, in degrees."""
    arcs = [_degrees(arc, atlas["transform"]) for arc in atlas["arcs"]]
    for shape in atlas["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = codes.get(shape.get("id", "")) or _WITHOUT_NUMBER.get(name)
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        if code and code != "ATA":
            yield code, [part for p in polygons for part in within_the_map(_ring(p[0], arcs))]


def _degrees(arc: Iterable[list[int]], transform: dict[str, list[float]]) -> Ring:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append(
            (
                x * transform["scale"][0] + transform["translate"][0],
                y * transform["scale"][1] + transform["translate"][1],
            )
        )
    return points


def _ring(numbers: Iterable[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += part[1:] if points else part
    return points


def within_the_map(ring: Ring) -> list[Ring]:
    """The ring, cut where it crosses the 180th meridian (as those of Russia and Fiji do)."""
    unwrapped = [ring[0]]
    for x, y in ring[1:]:
        before = unwrapped[-1][0]
        unwrapped.append((x - 360 * round((x - before) / 360), y))
    turns = range(-1, 2)
    parts = [_clipped(_clipped([(x + 360 * t, y) for x, y in unwrapped], -180, 1), 180, -1) for t in turns]
    return [part for part in parts if len(part) > 2]


def _clipped(ring: Ring, meridian: float, side: int) -> Ring:
    """The part of a ring east (side 1) or west (-1) of a meridian (Sutherland and Hodgman 1974)."""
    kept: Ring = []
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        inside, next_inside = (x0 - meridian) * side >= 0, (x1 - meridian) * side >= 0
        if inside:
            kept.append((x0, y0))
        if inside != next_inside:
            kept.append((meridian, y0 + (y1 - y0) * (meridian - x0) / (x1 - x0)))
    return kept


def area_and_centre(ring: Ring) -> tuple[float, Point]:
    """The area and the centroid of a ring on the page (shoelace formula)."""
    total = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        total, cx, cy = total + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    if abs(total) < 1e-9:
        return 0.0, ring[0]
    return abs(total) / 2, (cx / (3 * total), cy / (3 * total))


def path_of(rings: Iterable[Ring]) -> str:
    """The rings as an SVG path with a decimal; points that fall together are one."""
    drawn = []
    for ring in rings:
        points = [f"{x:.1f} {y:.1f}" for x, y in ring]
        kept = [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]
        if len(kept) > 2:
            drawn.append("M" + "L".join(kept) + "Z")
    return "".join(drawn)


def main(atlases: Path, codes_file: Path) -> None:
    """Write the file."""
    codes = {number: alpha3 for _, alpha3, number, _ in json.loads(codes_file.read_text(encoding="utf-8"))}
    states: dict[str, dict[str, Any]] = {}
    for scale in ("110m", "50m"):
        atlas = json.loads((atlases / f"countries-{scale}.json").read_text(encoding="utf-8"))
        found: dict[str, list[Ring]] = {}
        for code, rings in shapes(atlas, codes):
            found.setdefault(code, []).extend([[on_page(p) for p in ring] for ring in rings])
        for code, rings in found.items():
            if code not in states:
                _, (x, y) = max(map(area_and_centre, rings))
                shape = {"d": path_of(rings)} if scale == "110m" else {}
                states[code] = {"x": round(x, 1), "y": round(y, 1)} | shape
    height = round((NORTH - SOUTH) * SCALE, 1)
    made = {"width": WIDTH, "height": height, "states": dict(sorted(states.items()))}
    target = Path(__file__).parents[1] / "src" / "communique" / "web" / "borders.json"
    target.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(states)} states, {target.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
