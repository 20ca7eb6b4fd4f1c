"""Judging in a real browser: by keyboard, without JavaScript, on a small screen; a correction outlives coding again."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import serve

import communique
from communique.archive import open_archive
from communique.runs import Settings

Contexts = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def record(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the archive, for judging."""
    return Path(shutil.copy(archive, tmp_path_factory.mktemp("judged") / "record.db"))


@pytest.fixture(scope="session")
def address(record: Path) -> Iterator[str]:
    """The contexts of this module ask the server over the copy."""
    yield from serve(record)


@pytest.fixture
def screen(contexts: Contexts, request: pytest.FixtureRequest) -> Page:
    return contexts(**getattr(request, "param", {})).new_page()


def standing(record: Path) -> list[tuple[str, str | None, str]]:
    """The judgements that stand: verdict, field, who."""
    with open_archive(record) as archive:
        return [(j.verdict, j.field, j.who) for j in archive.judgements() if not j.withdrawn]


def code_again(record: Path, pages: Path, tables: Path) -> int:
    """Code every document anew with another table, as another coder would; how many were replaced."""
    tables.mkdir()
    known = Path(communique.__file__).parent / "knowledge" / "tables" / "materiel.csv"
    head = known.read_text(encoding="utf-8").partition("\n")[0]
    (tables / "materiel.csv").write_text(f"{head}\n", encoding="utf-8")
    with open_archive(record, write=True) as archive:
        return communique.code([str(pages)], archive, settings=Settings(overlay=tables)).replaced


def test_a_correction_holds_when_all_is_coded_again(
    screen: Page, record: Path, archive: Path, tmp_path: Path
) -> None:
    screen.goto("/review?below=1")
    case = screen.locator("article.case").first
    case.get_by_text("Correct a value").click()
    form = case.locator("form.correct-form")
    form.get_by_label("Date", exact=True).fill("1999-12-31")
    form.get_by_label("Your name").fill("Ada")
    form.get_by_role("button", name="Save the correction").click()
    expect(screen.locator("form.done")).to_contain_text("Kept: 1 judgement")
    assert ("corrected", "date", "Ada") in standing(record)
    screen.goto("/judgements")
    event = screen.locator("main a[href^='/events/']").first.get_attribute("href")
    assert event
    screen.goto(event)
    expect(screen.locator("main")).to_contain_text("31 Dec 1999")
    assert code_again(record, archive.parent / "pages", tmp_path / "tables") > 0
    screen.goto("/judgements")
    screen.locator("main a[href^='/events/']").first.click()
    expect(screen.locator("main")).to_contain_text("31 Dec 1999")


def test_the_queue_is_worked_by_keyboard_alone(screen: Page, record: Path, address: str) -> None:
    before = standing(record)
    screen.context.add_cookies([{"name": "communique_name", "value": "Kay", "url": address}])
    screen.goto("/review")
    for key, verdict in (("a", "right"), ("r", "wrong")):
        screen.locator("article.case.here").wait_for()
        screen.keyboard.press(key)
        screen.wait_for_url(re.compile("done=j"))
        assert standing(record).count((verdict, None, "Kay")) == 1
        screen.goto("/review") if key == "a" else screen.keyboard.press("u")
    expect(screen.locator("form.done")).to_have_count(0)
    assert [one for one in standing(record) if one not in before] == [("right", None, "Kay")]


def test_a_key_without_a_name_asks_for_it_once(screen: Page, record: Path) -> None:
    before = standing(record)
    screen.goto("/review?queue=missed")
    screen.locator("article.case.here").wait_for()
    screen.keyboard.press("a")
    expect(screen.get_by_label("Who judges?")).to_be_focused()
    screen.keyboard.type("Zoe")
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("You judge as Zoe")).to_be_visible()
    screen.locator("article.case.here").wait_for()
    screen.keyboard.press("a")
    screen.wait_for_url(re.compile("done=j"))
    assert [one for one in standing(record) if one not in before] == [("same", None, "Zoe")]
    screen.keyboard.press("u")
    expect(screen.locator("form.done")).to_have_count(0)
    assert standing(record) == before


def test_a_key_leads_into_the_field_of_the_other_event(screen: Page) -> None:
    screen.goto("/review?below=1")
    screen.locator("article.case.here").wait_for()
    screen.keyboard.press("m")
    expect(screen.locator("article.case").first.get_by_label("The same event as")).to_be_focused()


@pytest.mark.parametrize(
    "screen", [{"java_script_enabled": False}, {"viewport": {"width": 375, "height": 800}}], indirect=True
)
def test_a_claim_is_rejected_and_that_undone(screen: Page, record: Path) -> None:
    before = standing(record)
    screen.goto("/review")
    form = screen.locator("article.case form.judge-line").first
    form.get_by_label("Your name").fill("Eve")
    form.get_by_role("button", name=re.compile("^Reject")).click()
    expect(screen.locator("form.done")).to_contain_text("Kept: 1 judgement")
    assert ("wrong", None, "Eve") in standing(record)
    screen.get_by_role("button", name=re.compile("^Undo")).click()
    expect(screen.locator("form.done")).to_have_count(0)
    assert standing(record) == before
