"""Turns a page's data into HTML: Jinja templates with our filters; everything escaped, nothing inline."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from communique import __version__
from communique.records import Interval, Role, Stage, Status
from communique.web import charts, drawings, kinds, parts, plain, wording
from communique.web.asking import Shows
from communique.web.keys import address, query_string
from communique.web.lives import LifeRow
from communique.web.months import month_chart
from communique.web.names import names
from communique.web.timeline import event_marks, timeline


def environment(paths: Mapping[str, str], **more: Any) -> Environment:
    """The templates' environment. `paths` are the addresses of pages by their names, for `url`."""
    made = Environment(
        loader=PackageLoader("communique.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=plain.shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(_filters())
    url = _urls(paths)
    made.globals.update(
        url=url,
        drawn=parts,
        linked=parts.Linked(url),
        has=paths.__contains__,
        all_actors=lambda: names().actors,
        all_words={"role": get_args(Role), "status": get_args(Status), "stage": get_args(Stage)},
        static=static_address,
        families=kinds.families,
        all_kinds=kinds.kinds,
        languages=kinds.languages,
        found_words=kinds.found_words,
        charts=charts,
        drawings=drawings,
        month_chart=month_chart,
        timeline=timeline,
        event_marks=event_marks,
        version=__version__,
        months=plain.MONTHS,
        every_column=get_args(Shows),
        pages_around=plain.pages_around,
        **more,
    )
    return made


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "name": lambda code: names().of(code),
        "sort_of": lambda code: names().sort_of(code),
        "days": plain.days_in_words,
        "iso": lambda days: plain.iso_in_words(days) if days else "",
        "with_days": plain.text_with_days,
        "stretched": lambda row: plain.days_in_words(Interval(start=row.first, end=row.last)),
        "precision": plain.precision,
        "number": plain.number,
        "dollars": plain.dollars,
        "plural": plain.plural,
        "short": plain.short,
        "listed": plain.listed,
        "snippet": plain.snippet_parts,
        "safe_link": plain.safe_link,
        "look": kinds.kind_look,
        "status_name": kinds.status_name,
        "status_meaning": kinds.status_meaning,
        "stage_name": kinds.stage_name,
        "choice": plain.choice_in_words,
        "found": kinds.found_in_words,
        "day": lambda day: plain.days_in_words(Interval(start=day, end=day)) if day else "undated",
        "parties": lambda value: wording.parties_in_words(value, names().of),
        "corrected": lambda j: wording.corrected_in_words(j.field, j.value, names().of),
        "difference": wording.difference,
        "reasons": wording.reasons_in_words,
        "stretch": wording.stretch,
        "at_least": wording.at_least,
        "since_when": lambda life: LifeRow.parts(life)["when"],
        "query_string": lambda pairs: f"?{query_string(pairs)}" if pairs else "",
    }


def _urls(paths: Mapping[str, str]) -> Callable[..., str]:
    def url(page: str, *keys: str, **query: Any) -> str:
        """The address of a page: `url('document', id)`, `url('events', actor=['ARM', 'IRN'])`."""
        pairs: list[tuple[str, str]] = []
        for name, value in query.items():
            several = value if isinstance(value, list | tuple) else [value]
            pairs += [(name, str(one)) for one in several if one not in (None, "")]
        return address(paths[page], keys, pairs)

    return url


@cache
def static_address(name: str) -> str:
    """The address of a static file, with a hash of its content, so that it may be kept for ever."""
    content = files("communique.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"
