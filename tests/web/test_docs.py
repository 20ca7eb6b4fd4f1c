"""docs/web.md tells of every page and every parameter of the list of events."""

import re
from pathlib import Path

from communique.web.asking import EventsAsked
from communique.web.pages import PAGES

DOCS = (Path(__file__).parents[2] / "docs" / "web.md").read_text(encoding="utf-8")


def test_every_page_is_told() -> None:
    told = set(re.findall(r"`(/[^`]*)`", DOCS.partition("## Reading the marks")[0]))
    assert {page.path for page in PAGES} - told == set()


def test_every_parameter_of_events_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", DOCS.partition("## For programs")[2]))
    assert set(EventsAsked.model_fields) - told == set()


def test_htmx_has_its_licence() -> None:
    vendor = Path(__file__).parents[2] / "src/communique/web/static/vendor"
    shipped = {f.name for f in vendor.iterdir() if f.suffix == ".js"}
    told = (vendor / "LICENSES.md").read_text(encoding="utf-8")
    assert [name for name in shipped if f"`{name}`" not in told] == []
    assert "Zero-Clause BSD" in (vendor / "htmx.LICENSE.txt").read_text(encoding="utf-8")
