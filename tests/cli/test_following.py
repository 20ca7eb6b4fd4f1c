"""dyad, deals, agreements, contradictions, person and digest: asked of an archive coded by the real command."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result, Run

from communique.archive import EventFilter, open_archive
from communique.linking.people import Life
from communique.linking.records import Agreement, Deal

Ask = Callable[..., Result]

PAGES = {
    "a-announced.txt": (
        "Jets for Peru\n\nLIMA, March 3, 2016. Swedish Defence Minister Peter Hultqvist visited Peru on Thursday "
        "and met President Ollanta Humala. Peru signed a contract with Sweden for 24 Gripen fighters.\n"
    ),
    "b-delivered.txt": (
        "Gripens arrive\n\nLIMA, June 9, 2018. Sweden delivered four Gripen fighters to Peru on Saturday. "
        '"They are what we needed," Peter Hultqvist said.\n'
    ),
}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two pages; tests only read it."""
    from communique.cli import main

    folder = tmp_path_factory.mktemp("followed")
    for name, content in PAGES.items():
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["code", str(folder), "--archive", str(folder / "record.db"), "--quiet"])
    assert left.value.code == 0
    return folder / "record.db"


def rows(result: Result) -> list[list[str]]:
    return [line.split("\t") for line in result.out.splitlines()]


def test_deals_are_listed_and_followed(run: Run, record: Path) -> None:
    listed = run("deals", record, "--supplier", "Sweden", "--materiel", "gripen")
    header, deal = rows(listed)
    assert header == [
        "id",
        "supplier",
        "recipient",
        "equipment",
        "ordered",
        "delivered",
        "value",
        "state",
        "since",
    ]
    assert deal[1:4] == ["SWE", "PER", "Gripen"]
    assert deal[7:] == ["delivery", "2018-06-09"]
    followed = run("deals", record, deal[0][:6])
    assert followed.out.startswith(f"{deal[0]}  Sweden to Peru, Gripen: delivery\n")
    assert "2018-06-09: delivery" in followed.out
    assert "“Sweden delivered four Gripen fighters to Peru on Saturday.” (b-delivered)" in followed.out
    assert run("deals", record, "--supplier", "SWE", "--materiel", "Gripen", "--steps").out == followed.out


def test_json_gives_the_records(run: Run, record: Path) -> None:
    with open_archive(record) as archive:
        deals, agreements = archive.deals(), archive.agreements()
    read = [Deal.model_validate_json(line) for line in run("deals", record, "--json").out.splitlines()]
    assert read == deals != []
    told = run("agreements", record, "--json").out.splitlines()
    assert [Agreement.model_validate_json(line) for line in told] == agreements


def test_nothing_found_is_said(run: Run, record: Path) -> None:
    assert run("deals", record, "--supplier", "ISL").err == "no such deals\n"
    assert run("deals", record, "--recipient", "ISL", "--steps").err == "no such deals\n"
    assert run("agreements", record, "--party", "ISL").err == "no such agreements\n"
    assert run("contradictions", record, "--actor", "ISL").err == "no such contradictions\n"


def test_wrong_words_are_explained(run: Run, record: Path) -> None:
    near = run("deals", record, "--supplier", "Swedn")
    assert (near.code, near.out) == (2, "")
    assert near.err.startswith(
        "communique: no state, organisation or group has the code or name 'Swedn'; near names: "
    )
    assert "Sweden" in near.err
    assert run("deals", record, "dzzzz").err == f"communique: {record}: there is no deal dzzzz\n"
    assert run("agreements", record, "azzzz").err == f"communique: {record}: there is no agreement azzzz\n"
    assert run("dyad", record, "SWE", "Sweden").err == "communique: 'SWE' and 'Sweden' are the same: SWE\n"
    assert run("digest", record, "--month", "2016-13").err.startswith(
        "communique: Invalid value for '--month'"
    )
    assert "is not one of denial" in run("contradictions", record, "--finding", "quarrel").err
    assert "there is no event ezzz" in run("contradictions", record, "--event", "ezzz").err


def test_a_dyad_in_order_with_what_is_silent(run: Run, record: Path) -> None:
    asked = run("dyad", record, "Peru", "SWE")
    header, *events = rows(Result(0, asked.out.partition("events: ")[0], ""))
    assert header == ["when", "direction", "kind", "status", "what", "sources", "event"]
    with open_archive(record) as archive:
        assert {row[-1] for row in events} == {
            e.id for e in archive.events(EventFilter(between=("PER", "SWE")))
        }
    assert [row[0] for row in events if row[2] == "visit"] == ["2016-03-03"]
    assert "visits SWE -> PER: 1 actual\n" in asked.out
    assert "visits PER -> SWE: none told\n" in asked.out
    assert "dated documents in the archive: 2 from 2016-03 to 2018-06\n" in asked.out
    assert "silent: 2016-03-04 to 2018-06-08 (827 days): no event, 2 documents" in asked.out
    told = json.loads(run("dyad", record, "PER", "SWE", "--json").out)
    assert [e["event"]["id"] for e in told["encounters"]] == [row[-1] for row in events]
    early = json.loads(run("dyad", record, "PER", "SWE", "--json", "--until", "2016").out)
    assert 0 < len(early["encounters"]) < len(events)


def test_an_empty_dyad_is_said_on_standard_error(run: Run, record: Path) -> None:
    asked = run("dyad", record, "ISL", "SWE")
    assert (asked.code, asked.out) == (0, "")
    assert asked.err.startswith("nothing between ISL and SWE\n")
    assert "dated documents in the archive: 2" in asked.err


def test_a_person_by_surname(run: Run, record: Path) -> None:
    asked = run("person", record, "hultqvist")
    assert asked.out.startswith("Peter Hultqvist\n")
    assert "defence minister, SWE: 2014-10-03 to 2022-10-18" in asked.out
    assert "2016-03-03: Peter Hultqvist (Sweden) visited " in asked.out
    assert "“They are what we needed,” (b-delivered)" in asked.out
    life = Life.model_validate_json(run("person", record, "Peter Hultqvist", "--json").out)
    assert life.name == "Peter Hultqvist"
    assert next((str(stay.day), stay.event.kind) for stay in life.itinerary) == ("2016-03-03", "visit")


def test_an_unknown_person_and_near_names(run: Run, record: Path) -> None:
    near = run("person", record, "Peter Hultkist")
    assert (near.code, near.out) == (2, "")
    assert (
        near.err
        == f"communique: {record} names nobody called 'Peter Hultkist'; near names: Peter Hultqvist\n"
    )
    assert run("person", record, "Qwxyz").err == f"communique: {record} names nobody called 'Qwxyz'\n"


def test_a_digest_in_three_forms(run: Run, record: Path, tmp_path: Path) -> None:
    brief = run("digest", record, "--month", "2016-03")
    assert brief.out.startswith("# March 2016\n\n1 document is dated March 2016; ")
    assert "## Peru and Sweden" in brief.out
    assert "- 2016-03-03: Peter Hultqvist (Sweden) visited " in brief.out
    assert "Jets for Peru, 2016-03-03. “" in brief.out
    page = tmp_path / "brief.html"
    assert run("digest", record, "--month", "2016-03", "--format", "html", "-o", page).out == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    told = json.loads(run("digest", record, "--month", "2016-03", "--json", "--actor", "Peru").out)
    assert (told["month"], told["actor"], told["documents"]) == ("2016-03", "PER", 1)


def test_a_month_without_documents(run: Run, record: Path) -> None:
    assert run("digest", record, "--month", "2017-01").out == (
        "# January 2017\n\nNo document of this archive is dated January 2017: it says nothing of what happened then.\n"
    )
