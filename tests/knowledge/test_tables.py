"""Every table of names: right rows, known codes, sources, no name with two owners of one rank."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from communique.errors import KnowledgeError
from communique.knowledge.entries import ACTOR_KINDS, Entry
from communique.knowledge.overlay import RULES
from communique.knowledge.sheets import TABLES, SheetRow, parse_sheet
from communique.knowledge.tables import (
    NAME_TABLES,
    Membership,
    actors_of,
    all_names,
    as_membership,
    as_name,
    listed,
    memberships,
    name_rows,
    named,
)

ORGANISATIONS_OF_THE_GUIDE = """
UN UNSC NATO EU OSCE CSTO IAEA SCO GCC AU ASEAN ARABLEAGUE CIS ECOWAS G7 G20 QUAD P5+1 ICRC ICC
"""
GROUPS_OF_THE_GUIDE = """
ISIS ALQAEDA TALIBAN HAMAS HEZBOLLAH HOUTHIS PKK SDF PMF KRG ARTSAKH ABKHAZIA SOUTHOSSETIA DPR LPR FARC
BOKOHARAM ALSHABAAB RSF WAGNER KURDS YAZIDIS
"""
MEMBERS_OF_THE_UN = """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN
BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG CRI CIV HRV CUB CYP CZE PRK COD DNK DJI DMA
DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND
HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU
LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER
NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT KOR MDA ROU RUS RWA KNA LCA VCT WSM SMR STP
SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK THA TLS TGO TON TTO
TUN TUR TKM TUV UGA UKR ARE GBR TZA USA URY UZB VUT VEN VNM YEM ZMB ZWE
"""
UNITED_NATIONS = frozenset(MEMBERS_OF_THE_UN.split())


def codes(table: str) -> set[str]:
    return {row.code for row in name_rows(table)}


def row_of(**values: str) -> SheetRow:
    return SheetRow("states.csv", 7, values)


@pytest.mark.parametrize("table", sorted(RULES))
def test_every_row_is_right(table: str) -> None:
    rule = RULES[table]
    rows = list(parse_sheet((TABLES / table).read_text(encoding="utf-8"), table, rule.required))
    assert rows
    for row in rows:
        rule.check(row)


@pytest.mark.parametrize(
    "table", [*NAME_TABLES, "membership.csv", "ordinary_words.csv", "shared_institutions.csv"]
)
def test_every_row_has_a_source_and_stands_once(table: str) -> None:
    rows = list(csv.DictReader((TABLES / table).read_text(encoding="utf-8").splitlines()))
    assert [row for row in rows if not row["source"].strip()] == []
    facts = Counter(
        tuple(value for key, value in row.items() if key not in ("source", "form")) for row in rows
    )
    assert [fact for fact, times in facts.items() if times > 1] == []


def test_a_name_with_two_owners_has_two_ranks() -> None:
    owners: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in all_names():
        if row.kind in ACTOR_KINDS:
            owners[row.name, row.rank].add(row.code)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_every_actor_has_a_first_row_that_names_it() -> None:
    first: dict[str, str] = {}
    for row in all_names():
        if row.kind in ACTOR_KINDS:
            first.setdefault(row.code, row.form)
    assert {code: form for code, form in first.items() if form not in ("name", "acronym", "demonym")} == {}


def test_no_code_belongs_to_two_kinds() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in all_names():
        if row.kind in ACTOR_KINDS:
            kinds[row.code].add(row.kind)
    assert {code: found for code, found in kinds.items() if len(found) > 1} == {}


def test_every_member_of_the_united_nations_and_more() -> None:
    assert len(UNITED_NATIONS) == 193
    assert {*UNITED_NATIONS, "VAT", "PSE", "TWN", "XKX", "ESH", "HKG"} <= codes("states.csv")


def test_every_state_has_an_adjective_or_demonym_and_a_capital() -> None:
    forms: dict[str, set[str]] = defaultdict(set)
    for row in name_rows("states.csv"):
        forms[row.code].add(row.form)
    without = {code for code in UNITED_NATIONS if "capital" not in forms[code]}
    same_name = {
        "DJI",
        "GRD",
        "GTM",
        "GUY",
        "JAM",
        "KIR",
        "LUX",
        "MCO",
        "NRU",
        "PLW",
        "SGP",
        "STP",
        "SYC",
        "ATG",
    }
    assert without <= same_name
    nameless = {code for code in UNITED_NATIONS if not forms[code] & {"adjective", "demonym"}}
    assert nameless <= {"COG", "DMA", "LIE"}


def test_the_codes_of_the_guide_are_there() -> None:
    assert codes("organisations.csv") >= frozenset(ORGANISATIONS_OF_THE_GUIDE.split())
    assert codes("groups.csv") >= frozenset(GROUPS_OF_THE_GUIDE.split())
    assert len(codes("organisations.csv")) >= 150
    assert len(codes("groups.csv")) >= 100


def test_outlets_stand_under_known_states() -> None:
    assert codes("outlets.csv") - {""} <= codes("states.csv")


def test_members_and_organisations_are_known() -> None:
    actors = frozenset(actors_of(all_names()))
    assert [m for m in memberships() if not {m.organisation, m.member} <= actors] == []


def test_shared_institutions_and_ordinary_words_say_something() -> None:
    names = {row.name for row in all_names()}
    assert len(set(listed("shared_institutions.csv")) & names) > 40
    assert {"WHO", "DIET", "TIME"} <= set(listed("ordinary_words.csv"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"code": "XY", "name": "Foo", "form": "name"}, "'XY' is no code of a state"),
        (
            {"code": "IRN", "name": "Foo", "form": "nick"},
            "'nick' is no form; the forms are acronym, adjective",
        ),
        ({"code": "IRN", "name": "Foo", "form": "name", "rank": "first"}, "the rank 'first' is no number"),
    ],
)
def test_a_wrong_name_is_named_by_file_and_line(values: dict[str, str], reason: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        as_name(row_of(**values), "state")
    assert str(caught.value).startswith(f"states.csv:7: {reason}")


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("1955", "55", "to: '55' is no year"),
        ("1990", "1955", "the membership ends (1955) before it starts (1990)"),
    ],
)
def test_a_wrong_membership_is_refused(first: str, last: str, reason: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        as_membership(row_of(organisation="EU", member="FRA", **{"from": first, "to": last}))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("year", "holds"), [(None, False), (1954, False), (1955, True), (1991, True), (1992, False)]
)
def test_a_membership_holds_in_its_years(year: int | None, holds: bool) -> None:
    assert Membership("WARSAWPACT", "HUN", 1955, 1991).holds_in(year) is holds


def test_a_row_becomes_an_entry(tmp_path: Path) -> None:
    (tmp_path / "states.csv").write_text(
        "code,name,form,thing,detail,rank,source\n"
        "IRN,Kooh,seat,Kooh Palace,palace,,us\n"
        "GBR,Iran,variant,,,1,us\n"
        "-,Kremlin,seat,,,,us\n",
        encoding="utf-8",
    )
    rows = name_rows("states.csv", tmp_path)
    entries = dict(named(rows, actors_of(name_rows("states.csv"))))
    assert entries["Kooh"] == Entry("state", "IRN", "Kooh Palace", "seat", "palace")
    assert [row.code for row in rows if row.name == "Iran"] == ["GBR"]
    assert "Kremlin" not in entries
