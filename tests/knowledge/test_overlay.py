"""What is wrong with a folder of tables, by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import KnowledgeError
from communique.knowledge.overlay import FIXED, RULES, problems, row_count
from communique.knowledge.sheets import TABLES

HEADER = "code,name,form,source\n"


def told(folder: Path) -> list[tuple[str, int, str]]:
    return [(Path(problem.file).name, problem.line, problem.reason) for problem in problems(folder)]


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_a_right_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        "states.csv",
        HEADER + "XZZ,Zedland,name,us\nXZZ,Zedlandic,adjective,us\nIRN,Teherun,capital,us\n",
    )
    write(tmp_path, "membership.csv", "organisation,member,from,to,source\nEU,XZZ,1999,,us\n")
    write(
        tmp_path,
        "occupancies.csv",
        "person,office,country,start,end,source\nA. Zed,president,XZZ,2001,2004-05,us\n",
    )
    write(tmp_path, "notes.txt", "not a table")
    assert told(tmp_path) == []
    assert row_count(tmp_path) == 5


def test_every_wrong_row_is_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        "states.csv",
        HEADER + "XY,Foo,name,us\n\nIRN,,name,us\nIRN,Foo,name,us,more\nIRN,Bar,name,us\n",
    )
    write(tmp_path, "membership.csv", "organisation,member,from,to,source\nEU,FRA,99,,us\n")
    write(tmp_path, "occupancies.csv", "person,office,country,start,end\nA. Zed,president,XZZ,May 2001,\n")
    assert told(tmp_path) == [
        ("membership.csv", 2, "from: '99' is no year"),
        ("occupancies.csv", 2, "start is no ISO date or prefix: 'May 2001'"),
        ("states.csv", 2, "'XY' is no code of a state"),
        ("states.csv", 4, "no value for 'name'"),
        ("states.csv", 5, "more values than columns; put a value with a comma in double quotes"),
    ]


def test_a_missing_column(tmp_path: Path) -> None:
    write(tmp_path, "groups.csv", "code,name,source\nA,B,us\n")
    assert told(tmp_path) == [("groups.csv", 1, "the column 'form' is missing")]


def test_a_misspelt_table(tmp_path: Path) -> None:
    write(tmp_path, "group.csv", HEADER)
    assert told(tmp_path) == [("group.csv", 1, "there is no table 'group.csv'; did you mean 'groups.csv'?")]


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_bytes(HEADER.encode() + b"A,\xe9,name,us\n")
    ((name, line, reason),) = told(tmp_path)
    assert (name, line) == ("groups.csv", 1) and reason.startswith("not UTF-8")


def test_a_mark_of_the_byte_order_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + b"ZEDS,Zeds,name,us\n")
    assert told(tmp_path) == []


def test_codes_that_nobody_knows(tmp_path: Path) -> None:
    write(tmp_path, "states.csv", HEADER + "XZZ,Zedlandic,adjective,us\n")
    write(tmp_path, "outlets.csv", HEADER + "XQQ,Q Daily,name,us\n")
    write(tmp_path, "membership.csv", "organisation,member,source\nEU,XQQ,us\n")
    assert told(tmp_path) == [
        ("states.csv", 2, "'XZZ' is new: give it a row with the form 'name' first"),
        ("outlets.csv", 2, "no table has a state 'XQQ'"),
        ("membership.csv", 2, "member: no table has the code 'XQQ'"),
    ]


def test_a_name_with_two_owners_of_one_rank(tmp_path: Path) -> None:
    write(tmp_path, "groups.csv", HEADER + "ZEDS,Zed,name,us\nYEDS,Zed,name,us\n")
    assert told(tmp_path) == [
        (
            "groups.csv",
            3,
            "'Zed' is 'ZEDS' in line 2 of groups.csv with the same rank 1; "
            "give the less likely one a higher rank",
        )
    ]


@pytest.mark.parametrize(
    ("table", "text", "line", "reason"),
    [
        ("materiel.csv", "designation,family\nZ-1,Z-1\n", 1, "the column 'category' is missing"),
        ("instruments.csv", "name,kind,source\nZ Pact,pakt,us\n", 2, "the kind 'pakt' is none of"),
        ("dated_events.csv", "event,date,bound,pattern,source\nZ war,May,after,Z war,us\n", 2, ""),
    ],
)
def test_tables_of_things_are_checked_by_their_readers(
    tmp_path: Path, table: str, text: str, line: int, reason: str
) -> None:
    write(tmp_path, table, text)
    ((name, where, why),) = told(tmp_path)
    assert (name, where, why[: len(reason)]) == (table, line, reason)


def test_every_wrong_row_of_a_table_of_things_is_told(tmp_path: Path) -> None:
    write(
        tmp_path, "instruments.csv", "name,kind,date,source\nA,pakt,,us\nB,law,May,us\nC,law,,us\nC,law,,us\n"
    )
    write(
        tmp_path,
        "places.csv",
        "name,country,lat,lon,kind,source\nA,IRN,x,1,city,us\nB,IRN,99,1,city,us\nC,XQQ,1,1,city,us\n",
    )
    write(tmp_path, "materiel_generic.csv", "noun,plural,category,weapon\nzed,zeds,weapon,perhaps\n")
    write(
        tmp_path,
        "dated_events.csv",
        "event,date,bound,lead_days,pattern,source\nE,2010,near,,E,us\nF,2010,before,x,F,us\n",
    )
    assert told(tmp_path) == [
        ("dated_events.csv", 2, "bound is neither 'after' nor 'before': 'near'"),
        ("dated_events.csv", 3, "lead_days is no number of days: 'x'"),
        (
            "instruments.csv",
            2,
            "the kind 'pakt' is none of treaty, resolution, agreement, exercise, format, law",
        ),
        ("instruments.csv", 3, "the date 'May' is no prefix of an ISO day"),
        ("instruments.csv", 5, "C is in line 4 already"),
        ("materiel_generic.csv", 2, "weapon is neither yes nor no: 'perhaps'"),
        ("places.csv", 2, "no number: could not convert string to float: 'x'"),
        ("places.csv", 3, "99.0, 1.0 is nowhere on Earth"),
    ]


def test_holders_of_unknown_states_and_offices(tmp_path: Path) -> None:
    write(
        tmp_path,
        "occupancies.csv",
        "person,office,country\nA,president,XQQ\nB,defense secretary,IRN\nC,greengrocer,IRN\n",
    )
    assert told(tmp_path) == [
        ("occupancies.csv", 2, "country: no table has the code 'XQQ'"),
        ("occupancies.csv", 3, "office: no office is written 'defense secretary'; write 'defence minister'"),
        ("occupancies.csv", 4, "office: no office is written 'greengrocer'; add it to an offices.csv"),
    ]


def test_ranks_and_posts_are_tables_too(tmp_path: Path) -> None:
    write(tmp_path, "ranks.csv", "rank\nGrand Zed\n")
    write(tmp_path, "wikidata_posts.csv", "office,link,item\nhead of state,class,seven\n")
    assert told(tmp_path) == [("wikidata_posts.csv", 2, "no Wikidata item or property: 'seven'")]


def test_tables_that_cannot_be_overlaid_say_so(tmp_path: Path) -> None:
    write(tmp_path, "measures.csv", "kind,word,value\n")
    write(tmp_path, "holders_recent.csv", "person\n")
    assert told(tmp_path) == [
        ("holders_recent.csv", 1, "write holders into occupancies.csv, which has the same columns"),
        ("measures.csv", 1, "the words of numbers and sums are fixed"),
    ]


def test_every_shipped_table_has_a_rule() -> None:
    shipped = {item.name for item in TABLES.iterdir() if item.name.endswith(".csv")}
    assert shipped == set(RULES) | set(FIXED)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="there is no such folder"):
        problems(tmp_path / "none")
