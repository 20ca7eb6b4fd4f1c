"""The documents as a whole: links lead somewhere, words of the record are defined, dependencies justified."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from communique.cli import COMMANDS
from communique.records import AGREEMENT_STAGES, TRANSFER_STAGES, Claim, Found, Kind, Status

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
CODEBOOK = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")


def first_cells(page: str, section: str) -> list[str]:
    """The names in the first cells of a section's table, in order."""
    text = page.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_linked() -> None:
    texts = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [page.name for page in PAGES[1:] if f"{page.name})" not in texts] == []


def test_the_codebook_defines_every_field_kind_and_status() -> None:
    assert set(first_cells(CODEBOOK, "Fields")) == {*Claim.model_fields, "event"} - {"derivations"}
    assert first_cells(CODEBOOK, "Kinds") == list(get_args(Kind))
    assert first_cells(CODEBOOK, "Status") == list(get_args(Status))


def test_the_codebook_lists_the_stages() -> None:
    for kind, stages in (("arms_transfer", TRANSFER_STAGES), ("agreement", AGREEMENT_STAGES)):
        assert f"| `{kind}` | {', '.join(f'`{stage}`' for stage in stages)} |" in CODEBOOK


def test_reading_tells_each_way_of_finding_a_date() -> None:
    text = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    told = first_cells(text, "When it was published")
    assert set(told) == set(get_args(Found))


def test_each_dependency_is_justified() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(d for extra in project["optional-dependencies"].values() for d in extra),
    ]
    names = {re.split(r"[<>=\[ ]", each)[0] for each in wanted}
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert sorted(name for name in names if f"`{name}`" not in told) == []


def test_what_the_readme_types_is_there() -> None:
    typed = re.findall(
        r"^ +communique (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert typed and set(typed) <= set(COMMANDS)
