"""The small parts that pages show a thousand times over: kinds, statuses, actors, days, each made once and kept.

`templates/parts.html` gives them to templates under the names that its macros have. Whatever comes from a document
passes `plain.shown` and is escaped here, as Jinja would do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from communique.records import Actor, Interval
from communique.web import charts, kinds, plain
from communique.web.names import names

_KEPT: Final = 4096
"""How many of each part are kept."""

_ARROW: Final = ' <span class="arrow" aria-hidden="true">→</span><span class="hidden"> to </span> '
_DOT: Final = '<span class="dot" aria-hidden="true"> · </span><span class="hidden"> and </span>'
_UNDATED: Final = Markup('<span class="unknown">undated</span>')


@lru_cache(_KEPT)
def kind(kind: str, stage: str | None = None) -> Markup:
    """A kind with its symbol and, where given, the stage: "◆ arms transfer · delivery"."""
    look = kinds.kind_look(kind)
    at = f' <span class="stage">{_text(kinds.stage_name(stage))}</span>' if stage else ""
    return Markup(
        f'<span class="kind f-{_text(look.family)}">{charts.glyph(kind)} {_text(look.name)}{at}</span>'
    )


@lru_cache(_KEPT)
def status(status: str) -> Markup:
    """A status, by its word and the pattern of its border; its meaning as a title."""
    name, means = _text(kinds.status_name(status)), _text(kinds.status_meaning(status))
    return Markup(f'<span class="status s-{_text(status)}" title="{means}">{name}</span>')


@lru_cache(_KEPT)
def days(interval: Interval | None) -> Markup:
    """A date as people write it, with how exact it is."""
    if interval is None:
        return _UNDATED
    start, end = interval.start, interval.end
    title = f' title="{start} to {end}"' if start != end else ""
    words, exact = _text(plain.days_in_words(interval)), plain.precision(interval)
    return Markup(f'<time class="days p-{exact}" datetime="{start}"{title}>{words}</time>')


@lru_cache(_KEPT)
def confidence(value: float) -> Markup:
    """A confidence from 0 to 1, as a bar and a number."""
    bar = charts.share(value, label=f"confidence {value:.2f}")
    title = f"confidence {value:.2f}: how likely kind and parties are right"
    return Markup(
        f'<span class="confidence" title="{title}">{bar} <span class="num">{value:.2f}</span></span>'
    )


def about(e: Any) -> Markup:
    """What it is about: equipment with quantity and sum, the instrument, the place."""
    told = []
    for m in e.materiel:
        many = "" if m.quantity is None else f'<span class="num">{plain.number(m.quantity)}</span>&nbsp;'
        worth = "" if m.value_usd is None else f" ({_text(plain.dollars(m.value_usd))})"
        told.append(f"{many}{_named(m.name, 60)}{worth}")
    if e.instrument:
        told.append(f"<i>{_named(e.instrument, 80)}</i>")
    if e.place:
        told.append(f'<span class="place">in {_named(e.place.name, 60)}</span>')
    return Markup(", ".join(told))


class Linked:
    """The parts that lead somewhere; `url` gives the address of a page (see `rendering.environment`)."""

    def __init__(self, url: Callable[..., str]) -> None:
        self._url = url
        self.code = lru_cache(_KEPT)(self._code)
        self.person = lru_cache(_KEPT)(self._person)

    def _code(self, code: str) -> Markup:
        """The name of a state or organisation, linked to its page."""
        href, name = _text(self._url("actor", code)), _text(names().of(code))
        return Markup(f'<a class="code" href="{href}" title="{_text(code)}"><bdi>{name}</bdi></a>')

    def _person(self, name: str) -> Markup:
        return Markup(f'<a href="{_text(self._url("person", name))}">{_named(name, 80)}</a>')

    def actor(self, one: Actor) -> Markup:
        """One actor with its person, where told."""
        if not one.person:
            return self.code(one.code)
        office = f", {_text(one.office)}" if one.office else ""
        return Markup(f'{self.code(one.code)} <span class="who">({self.person(one.person)}{office})</span>')

    def actors(self, all: Sequence[Actor], people: bool = False) -> Markup:
        """Who -> whom: sources and targets with an arrow, participants with a dot between; `people` shows them too."""
        sources, targets, others = (
            self._shown((one for one in all if one.role == role), people=people)
            for role in ("source", "target", "participant")
        )
        to = f"{_ARROW}{', '.join(targets)}" if targets else ""
        mark = "; " if others and (sources or targets) else ""
        return Markup(f'<span class="actors">{", ".join(sources)}{to}{mark}{_DOT.join(others)}</span>')

    def _shown(self, some: Iterable[Actor], *, people: bool) -> list[str]:
        if people:
            return [self.actor(one) for one in some]
        return [self.code(code) for code in dict.fromkeys(one.code for one in some)]


def _text(value: str) -> Markup:
    return escape(plain.shown(value))


def _named(name: str, length: int) -> str:
    return f"<bdi>{_text(plain.short(name, length))}</bdi>"
