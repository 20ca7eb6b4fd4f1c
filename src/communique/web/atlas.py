"""The map as SVG: states shaded by number, arcs of visits. Outlines: `borders.json` (tools/build_borders.py).

Borders are those of Natural Earth 1:110m, drawn as they are held de facto; that says nothing of whose they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from markupsafe import Markup

from communique.web.plain import shown

SHADES: Final = 5
_MANY: Final = 12  # visits that make a thick arc


@dataclass(frozen=True)
class Shaded:
    """A state on the map: how many events, what to say of it, and where a click leads."""

    code: str
    events: int
    label: str
    href: str


@dataclass(frozen=True)
class Arc:
    """Visits from one state to another: how many, what to say of them, and where a click leads."""

    guest: str
    host: str
    events: int
    label: str
    href: str


@cache
def outlines() -> dict[str, Any]:
    """The page's size and for each state its outline (`d`, not for the very small) and its middle (`x`, `y`)."""
    found = json.loads(files("communique.web").joinpath("borders.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def bounds(numbers: Iterable[int]) -> list[int]:
    """The least number of each shade, from the lightest: doubling steps up to the largest number."""
    most = max(numbers, default=0)
    if most <= SHADES:
        return list(range(1, max(1, most) + 1))
    steps = [max(1, round(most ** (n / SHADES))) for n in range(SHADES)]
    return sorted(set(steps))


def shade_of(events: int, least: Sequence[int]) -> int:
    """The shade of a number: 1 for the lightest, up to the number of bounds; 0 for none."""
    return sum(events >= bound for bound in least)


def world(shaded: Sequence[Shaded], arcs: Sequence[Arc], *, label: str) -> Markup:
    """The map. States without an event are drawn as land; arcs run from guest to host, thicker where more visit."""
    by_code = {one.code: one for one in shaded}
    least = bounds(one.events for one in shaded)
    made = outlines()
    land = [_state(code, shape, by_code.get(code), least) for code, shape in made["states"].items()]
    most = max([arc.events for arc in arcs] + [_MANY])
    drawn = [_arc(arc, made["states"], most) for arc in arcs]
    frame = '<svg class="chart map" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>'
    return Markup(frame).format(made["width"], made["height"], shown(label), _joined(land), _joined(drawn))


def _state(code: str, shape: Mapping[str, Any], one: Shaded | None, least: Sequence[int]) -> Markup:
    if one is None:
        return Markup('<path class="land" d="{}"/>').format(shape["d"]) if "d" in shape else Markup("")
    css = f"shade-{shade_of(one.events, least)}"
    body = (
        Markup('<path class="{}" d="{}"/>').format(css, shape["d"])
        if "d" in shape
        else Markup('<circle class="{} tiny" cx="{}" cy="{}" r="3.5"/>').format(css, shape["x"], shape["y"])
    )
    return Markup('<a href="{}" aria-label="{}"><title>{}</title>{}</a>').format(
        one.href, shown(one.label), shown(one.label), body
    )


def _arc(arc: Arc, states: Mapping[str, Any], most: int) -> Markup:
    """A curve that bends to the left of its way, so that the way back is another."""
    if arc.guest not in states or arc.host not in states:
        return Markup("")
    (x0, y0), (x1, y1) = ((states[code]["x"], states[code]["y"]) for code in (arc.guest, arc.host))
    bend = 0.18
    cx, cy = (x0 + x1) / 2 + (y1 - y0) * bend, (y0 + y1) / 2 - (x1 - x0) * bend
    width = 0.8 + 2.7 * (arc.events / most) ** 0.5
    shape = '<path class="arc" d="M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}" stroke-width="{:.1f}"/>'
    end = Markup('<circle class="arc-end" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(x1, y1, 1 + width / 2)
    curve = Markup(shape).format(x0, y0, cx, cy, x1, y1, width)
    return Markup('<a href="{}" aria-label="{}"><title>{}</title>{}{}</a>').format(
        arc.href, shown(arc.label), shown(arc.label), curve, end
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
