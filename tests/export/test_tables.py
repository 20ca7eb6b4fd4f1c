"""The tables for spreadsheets and others' programs, read back with the csv module of Python."""

import csv
import io
from collections.abc import Iterator

import pytest
from tests.export.story import HOSTILE, days

from communique.archive import Archive
from communique.export import FORMATS, TextFormat, codebook
from communique.export.register import is_listed, number, years
from communique.records import Interval

Row = dict[str, str]


def written(archive: Archive, name: str) -> dict[str, str]:
    found = FORMATS[name]
    assert isinstance(found, TextFormat)
    return {file: "".join(lines(archive)) for file, lines in found.files}


def read(text: str, delimiter: str = ",") -> list[Row]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def known(row: Row, unknown: str = "") -> Row:
    return {name: cell for name, cell in row.items() if cell != unknown}


@pytest.fixture(scope="module")
def plover(archive: Archive) -> Iterator[list[Row]]:
    yield read(written(archive, "plover")["plover.tsv"], "\t")


@pytest.fixture(scope="module")
def cameo(archive: Archive) -> Iterator[list[Row]]:
    yield read(written(archive, "cameo")["cameo.tsv"], "\t")


def test_events_as_csv(archive: Archive) -> None:
    rows = read(written(archive, "csv")["events.csv"])
    events = list(archive.events())
    assert [row["id"] for row in rows] == [event.id for event in events]
    order = next(row for row in rows if row["stage"] == "contract")
    assert known(order) == {
        "id": order["id"],
        "kind": "arms_transfer",
        "status": "actual",
        "stage": "contract",
        "date_from": "2016-09-23",
        "date_to": "2016-09-23",
        "sources": "FRA",
        "targets": "IND",
        "materiel": "Rafale",
        "quantities": "36",
        "values_usd": "8000000000",
        "confidence": order["confidence"],
        "independent": "1",
        "documents": "1",
        "claims": "1",
        "told_from": "2016-09-23",
        "told_to": "2016-09-23",
        "outlets": "The Wire",
        "doc_ids": "order",
        "headline": "Jets sold",
        "evidence": "signed a contract for 36 Rafale jets",
    }
    assert list(order) == list(codebook.names("events"))


def test_two_documents_that_tell_one_event_are_one_row(archive: Archive) -> None:
    (visit,) = (row for row in read(written(archive, "csv")["events.csv"]) if row["kind"] == "visit")
    assert (visit["doc_ids"], visit["independent"], visit["claims"]) == ("visit; visit-again", "2", "2")
    assert (visit["told_from"], visit["told_to"], visit["place"]) == ("2017-01-30", "2017-02-01", "Tehran")


def test_a_claim_judged_wrong_has_no_event_and_makes_none(archive: Archive) -> None:
    files = written(archive, "csv")
    claims, events = read(files["claims.csv"]), read(files["events.csv"])
    assert [row["kind"] for row in claims if not row["event"]] == ["protest"]
    assert {row["event"] for row in claims if row["event"]} == {row["id"] for row in events}


def test_the_codebook_stands_beside(archive: Archive) -> None:
    page = written(archive, "csv")["codebook.md"]
    assert [f"| `{name}` |" for t in ("claims", "events") for name in codebook.names(t)] == [
        line[: line.index("|", 2) + 1] for line in page.splitlines() if line.startswith("| `")
    ]


@pytest.mark.parametrize("name", ["csv", "plover", "cameo", "sipri"])
def test_no_cell_is_a_formula_or_steers_a_terminal(archive: Archive, name: str) -> None:
    for file, text in written(archive, name).items():
        if not file.endswith(".md"):
            delimiter = "\t" if file.endswith("tsv") else ","
            cells = [cell for row in read(text, delimiter) for cell in row.values()]
            assert [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
            assert not {"\x0b", "\x1b", "\x00"} & set(text)


def test_plover_has_the_columns_of_polecat_and_ours(plover: list[Row]) -> None:
    polecat = [
        "Event ID",
        "Event Date",
        "Event Type",
        "Event Mode",
        "Intensity",
        "Quad Code",
        "Contexts",
        "Actor Name",
        "Actor Country",
        "Actor COW",
        "Primary Actor Sector",
        "Actor Sectors",
        "Actor Title",
        "Actor Name Raw",
        "Wikipedia Actor ID",
        "Recipient Name",
        "Recipient Country",
        "Recipient COW",
        "Primary Recipient Sector",
        "Recipient Sectors",
        "Recipient Title",
        "Recipient Name Raw",
        "Wikipedia Recipient ID",
        "Placename",
        "City",
        "District",
        "Province",
        "Country",
        "Latitude",
        "Longitude",
        "GeoNames ID",
        "Raw Placename",
        "Feature Type",
        "Source",
        "Publication Date",
        "Story People",
        "Story Organizations",
        "Story Locations",
        "Language",
        "Version",
    ]
    assert list(plover[0])[:40] == polecat
    ours = [c.name for c in codebook.columns("plover") if c.about.startswith("ours: ")]
    assert list(plover[0])[40:] == ours


def test_an_event_in_plover(plover: list[Row], archive: Archive) -> None:
    (visit,) = (row for row in plover if row["Kind"] == "visit")
    assert known(visit, "None") == {
        "Event ID": visit["Event ID"],
        "Event Date": "2017-01-30",
        "Event Type": "CONSULT",
        "Event Mode": "visit",
        "Quad Code": "VERBAL COOPERATION",
        "Actor Name": "Vigen Sargsyan",
        "Actor Country": "ARM",
        "Primary Actor Sector": "GOV",
        "Actor Sectors": "GOV",
        "Actor Title": "defence minister",
        "Recipient Name": "Iran",
        "Recipient Country": "IRN",
        "Primary Recipient Sector": "GOV",
        "Recipient Sectors": "GOV",
        "Placename": "Tehran",
        "Country": "IRN",
        "Source": "The Wire",
        "Publication Date": "2017-01-30",
        "Story People": "Vigen Sargsyan",
        "Language": "en",
        "Version": "communique 0.1.0",
        "Event Date To": "2017-01-30",
        "Actor Codes": "ARM",
        "Recipient Codes": "IRN",
        "Kind": "visit",
        "Status": "actual",
        "Confidence": visit["Confidence"],
        "Independent Sources": "2",
        "Documents": "visit; visit-again",
        "Headline": "Minister in Tehran",
        "Evidence": "Defence Minister Vigen Sargsyan left for Iran on Monday.",
    }


def test_plover_keeps_every_status_but_no_appointment(plover: list[Row], archive: Archive) -> None:
    kinds = [event.kind for event in archive.events() if event.kind != "appointment"]
    assert [row["Kind"] for row in plover] == kinds
    contexts = {row["Status"]: row["Contexts"] for row in plover}
    assert contexts == {"actual": "None", "planned": "future", "possible": "hypothetical", "denied": "None"}


def test_the_first_participant_is_the_actor_and_the_others_recipients(plover: list[Row]) -> None:
    (drill,) = (row for row in plover if row["Instrument"] == "Sheaf")
    sides = (drill["Actor Codes"], set(drill["Recipient Codes"].split("; ")))
    assert sides == ("RUS", {"CHN", "IND"})


def test_an_event_in_cameo(cameo: list[Row]) -> None:
    (visit,) = (row for row in cameo if row["Kind"] == "visit")
    assert known(visit) == {
        "GlobalEventID": f"{visit['EventID']}.1",
        "Day": "20170130",
        "MonthYear": "201701",
        "Year": "2017",
        "Actor1Code": "ARM",
        "Actor1Name": "Armenia",
        "Actor1CountryCode": "ARM",
        "Actor1Type1Code": "GOV",
        "Actor2Code": "IRN",
        "Actor2Name": "Iran",
        "Actor2CountryCode": "IRN",
        "Actor2Type1Code": "GOV",
        "EventCode": "042",
        "EventBaseCode": "042",
        "EventRootCode": "04",
        "QuadClass": "1",
        "NumMentions": "2",
        "NumSources": "1",
        "NumArticles": "2",
        "ActionGeo_FullName": "Tehran",
        "ActionGeo_CountryCode": "IRN",
        "SOURCEURL": "https://example.org/visit?a=1&b=2",
        "EventDateTo": "20170130",
        "Kind": "visit",
        "Status": "actual",
        "Confidence": visit["Confidence"],
        "NumIndependent": "2",
        "EventID": visit["EventID"],
        "Evidence": "Defence Minister Vigen Sargsyan left for Iran on Monday.",
    }


def test_participants_stand_with_each_other_both_ways(cameo: list[Row]) -> None:
    drill = [row for row in cameo if row["Kind"] == "exercise" and row["Status"] == "planned"]
    assert {row["EventCode"] for row in drill} == {"0312"}
    pairs = sorted((row["Actor1Code"], row["Actor2Code"]) for row in drill)
    assert pairs == [(a, b) for a in ("CHN", "IND", "RUS") for b in ("CHN", "IND", "RUS") if a != b]
    assert sorted(row["GlobalEventID"] for row in drill) == [
        f"{drill[0]['EventID']}.{n}" for n in range(1, 7)
    ]


def test_cameo_leaves_out_what_was_denied_or_is_possible_and_appointments(cameo: list[Row]) -> None:
    assert {row["Status"] for row in cameo} == {"actual", "planned"}
    assert "appointment" not in {row["Kind"] for row in cameo}
    (alone,) = (row for row in cameo if row["Kind"] == "exercise" and row["Status"] == "actual")
    assert (alone["Actor1Code"], alone["Actor2Code"], alone["SOURCEURL"]) == ("PRK", "", "")


def test_a_deal_in_the_register(archive: Archive) -> None:
    rows = read(written(archive, "sipri")["sipri.csv"])
    (row,) = rows
    (deal,) = (found for found in archive.deals() if is_listed(found))
    assert known(row) == {
        "Supplier": "France",
        "Recipient": "India",
        "Number ordered": "36",
        "Weapon designation": "Rafale",
        "Weapon description": "fighter aircraft",
        "Year of order": "2016",
        "Year(s) of deliveries": "2020",
        "Number delivered": "5",
        "Comments": "Worth about $8 billion" + "".join(f"; open: {question}" for question in deal.questions),
        "Deal": deal.id,
        "State": "delivery",
        "Status": "actual",
        "Events": "; ".join(step.event for step in deal.steps),
    }
    assert len(archive.deals()) == 2  # the denied talks are a deal, and not in the register


@pytest.mark.parametrize(
    ("intervals", "shown"),
    [
        ([days("2015-04-01")], "2015"),
        ([days("2017-02-01"), days("2015-01-01", "2015-12-31"), days("2016-05-05")], "2015-2017"),
        ([days("2015-02-01"), days("2018-01-01")], "2015; 2018"),
        ([days("2006-12-01", "2007-01-31")], "(2006-2007)"),
        ([days("2006-12-01", "2007-01-31"), days("2007-03-01"), None], "2007"),
        ([None], ".."),
        ([], ".."),
    ],
)
def test_years_of_the_register(intervals: list[Interval | None], shown: str) -> None:
    assert years(intervals) == shown


def test_numbers_of_the_register() -> None:
    assert [number(36, [36, 36]), number(36, [36, 126]), number(None, []), number(36, [])] == [
        "36", "(36)", "..", "36",
    ]  # fmt: skip


def test_hostile_text_comes_back_as_one_line(cameo: list[Row]) -> None:
    (row,) = (row for row in cameo if row["Kind"] == "assault")
    assert row["ActionGeo_FullName"].startswith('\'=HYPERLINK("x") <b>&amp;]]>\ufffd\ufffd[31m evil;,')
    assert row["ActionGeo_FullName"].endswith("BEGIN:VEVENT שלום")
    assert "\u202e" in HOSTILE and "\u202e" not in row["ActionGeo_FullName"]


def test_a_cell_of_no_column_is_refused() -> None:
    with pytest.raises(KeyError, match="cameo has no column Nobody"):
        codebook.in_order("cameo", {"Nobody": "x"}, unknown="")
    with pytest.raises(KeyError):
        codebook.in_order("sipri", {})
