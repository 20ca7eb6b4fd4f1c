"""Who held which office when."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import KnowledgeError
from communique.knowledge import positions
from communique.knowledge.names import essential, sound_of, words_of
from communique.knowledge.occupancies import (
    CUTOFF,
    Occupancies,
    Occupancy,
    first_day,
    last_day,
    read_occupancies,
)
from communique.knowledge.sheets import read_sheet
from communique.records import Interval

TABLE = Occupancies.load()
ROWS = st.sampled_from(TABLE.rows)


def day(text: str) -> Interval:
    return Interval(start=first_day(text), end=last_day(text))


@pytest.mark.parametrize(
    ("office", "country", "on", "person"),
    [
        ("defence minister", "IRN", "2010-10-10", "Ahmad Vahidi"),
        ("defence minister", "IRN", "2016-02-15", "Hossein Dehghan"),
        ("defence minister", "ARM", "2017-01-30", "Vigen Sargsyan"),
        ("defence minister", "IRN", "2025-07-09", "Aziz Nasirzadeh"),
        ("defence minister", "USA", "1987-03-16", "Caspar Weinberger"),
        ("foreign minister", "USA", "1987-03", "George Shultz"),
        ("foreign minister", "DEU", "1987", "Hans-Dietrich Genscher"),
        ("prime minister", "JPN", "1987-04-10", "Yasuhiro Nakasone"),
        ("prime minister", "GBR", "1987-03", "Margaret Thatcher"),
        ("president", "FRA", "1987-03", "François Mitterrand"),
        ("supreme leader", "IRN", "1987-03", "Ruhollah Khomeini"),
        ("general secretary", "RUS", "1987-04", "Mikhail Gorbachev"),
        ("chancellor", "DEU", "2014-07-20", "Angela Merkel"),
        ("president", "RUS", "2010", "Dmitry Medvedev"),
        ("president", "USA", "2025-06", "Donald Trump"),
        ("secretary general", "NATO", "2015", "Jens Stoltenberg"),
        ("director general", "IAEA", "2005", "Mohamed ElBaradei"),
        ("high representative", "EU", "2016", "Federica Mogherini"),
        ("king", "SAU", "2012", "Abdullah"),
        ("foreign minister", "SAU", "2009", "Saud al-Faisal"),
        ("foreign minister", "ARE", "2012", "Abdullah bin Zayed Al Nahyan"),
    ],
)
def test_the_sole_holder(office: str, country: str, on: str, person: str) -> None:
    holder = TABLE.sole_holder(office, country, day(on))
    assert holder is not None
    assert holder.person == person


def test_a_year_of_change_has_all_its_holders_and_no_sole_one() -> None:
    year = day("2017")
    found = [h.person for h in TABLE.holders("defence minister", "IRN", year)]
    assert found == ["Hossein Dehghan", "Amir Hatami"]
    assert TABLE.sole_holder("defence minister", "IRN", year) is None


def test_nobody_is_known_of_a_post_that_is_none() -> None:
    assert TABLE.holders("defence minister", "ISL", day("2010")) == ()
    assert TABLE.sole_holder("defence minister", "XXX", day("2010")) is None


@pytest.mark.parametrize(
    ("name", "country", "on", "instead"),
    [
        ("Ahmad Vahidi", "IRN", "2016-02-15", ["Hossein Dehghan"]),
        ("Hossein Dehqan", "IRN", "2016-02-15", []),
        ("Dehqan", "IRN", "2017", []),
        ("Jane Roe", "IRN", "2017", []),
        ("Jane Roe", "IRN", "2016", ["Hossein Dehghan"]),
        ("Jane Roe", "ISL", "2016", []),
    ],
)
def test_what_speaks_against_an_office(name: str, country: str, on: str, instead: list[str]) -> None:
    found = TABLE.against(name, "defence minister", country, day(on))
    assert [row.person for row in found] == instead


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Hossein Dehqan", "Hossein Dehghan"),
        ("Dehqan", "Hossein Dehghan"),
        ("Mohammad Javad Zarif", "Mohammad Javad Zarif"),
        ("Javad Zarif", "Mohammad Javad Zarif"),
        ("Hossein Amir Abdollahian", "Hossein Amirabdollahian"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Hillary Rodham Clinton", "Hillary Clinton"),
        ("Donald J. Trump", "Donald Trump"),
        ("Benyamin Netanyahu", "Benjamin Netanyahu"),
        ("Jean Yves Le Drian", "Jean-Yves Le Drian"),
        ("Sergei Shoigu", "Sergei Shoigu"),
        ("Caspar Weinberger", "Caspar Weinberger"),
    ],
)
def test_a_person_is_found_by_other_spellings(name: str, person: str) -> None:
    assert {row.person for row in TABLE.of_person(name)} == {person}


@pytest.mark.parametrize("name", ["", " ", "Iran", "Arabia", "al-", "Xyzzy Quux", "Vladimir"])
def test_what_is_no_name_finds_nobody(name: str) -> None:
    assert TABLE.of_person(name) == ()


def test_a_country_narrows_a_surname() -> None:
    found = TABLE.of_person("Sargsyan", country="ARM")
    assert {row.person for row in found} == {
        "Aram Sargsyan", "Serzh Sargsyan", "Tigran Sargsyan", "Vigen Sargsyan", "Vazgen Sargsyan",
    }  # fmt: skip
    assert {row.country for row in TABLE.of_person("Sargsyan")} >= {"ARM"}


def test_surname_holders_keep_to_the_days() -> None:
    found = TABLE.surname_holders("Bush", day("1990"))
    assert {(row.person, row.office) for row in found} == {("George H. W. Bush", "president")}


@given(ROWS)
def test_every_row_answers_to_its_own_name_and_days(row: Occupancy) -> None:
    assert row in TABLE.of_person(row.person, country=row.country)
    first = Interval(start=row.earliest, end=row.earliest)
    assert row in TABLE.holders(row.office, row.country, first)


@given(ROWS, st.dates(date(1985, 1, 1), CUTOFF))
def test_sure_holding_is_possible_holding(row: Occupancy, on: date) -> None:
    when = Interval(start=on, end=on)
    assert row.may_hold(when) or not row.surely_holds(when)


def test_a_tenure_is_read_no_more_precisely_than_its_source() -> None:
    row = Occupancy("A B", (), "president", "FRA", "2001-05", "2003", "test")
    assert (row.earliest, row.latest) == (date(2001, 5, 1), date(2003, 12, 31))
    assert row.may_hold(day("2001-05-01"))
    assert not row.surely_holds(day("2001-05-01"))
    assert row.surely_holds(day("2002"))
    assert not row.surely_holds(day("2003-06"))


def test_an_open_end_is_sure_only_as_far_as_its_source_saw() -> None:
    row = Occupancy("A B", (), "president", "FRA", "2001", None, "test", asof="2022-07")
    assert row.surely_holds(day("2022-07-01"))
    assert row.may_hold(day("2024"))
    assert not row.surely_holds(day("2024"))


def test_every_row_of_our_own_is_in_the_table() -> None:
    listed = read_sheet("holders_recent.csv", ("person", "office", "country", "source"))
    own = [row.values for row in listed if row["note"] != "drop"]
    rows = {(r.person, r.office, r.country, r.start, r.source) for r in TABLE.rows}
    wanted = [tuple(r[c] for c in ("person", "office", "country", "start", "source")) for r in own]
    assert len(wanted) > 2000
    assert [row for row in wanted if row not in rows] == []


def test_the_table_keeps_its_form() -> None:
    codes = {row.country for row in TABLE.rows}
    assert all(re.fullmatch(r"[A-Z0-9]{2,}", code) for code in codes)
    assert {"XNK", "XAB", "XSO"}.isdisjoint(codes)
    assert all(row.source and row.earliest <= row.latest for row in TABLE.rows)
    assert all(row.end or row.asof for row in TABLE.rows)
    offices = {row.office for row in TABLE.rows}
    assert {o for o in offices if positions.canonical_office(o) is None} <= {
        "high commissioner on national minorities", "president of the PACE",
        "president of the International Court of Justice", "chairperson of the commission",
    }  # fmt: skip


def test_at_least_120_states_have_the_four_posts() -> None:
    heads = (*positions.offices_of_class("head_of_state"), *positions.offices_of_class("head_of_government"))
    posts = {(row.country, row.office) for row in TABLE.rows if row.latest >= date(2000, 1, 1)}
    whole = [
        code
        for code in {country for country, _ in posts if len(country) == 3}
        if {(code, "foreign minister"), (code, "defence minister")} <= posts
        and any((code, head) in posts for head in heads)
    ]
    assert len(whole) >= 120


def test_person_names_have_two_words_and_come_once() -> None:
    names = list(TABLE.person_names())
    assert len(names) == len(set(names))
    assert all(len(words_of(form)) > 1 for form, _ in names)
    assert ("Mohammad Baqeri", "Mohammad Bagheri") in names


def test_an_overlay_replaces_the_row_of_the_same_start_year_and_adds_others(tmp_path: Path) -> None:
    (tmp_path / "occupancies.csv").write_text(
        "person,aliases,office,country,start,end,asof,source,note\n"
        "Pete Hegseth,,defence minister,USA,2025-01-25,2026-05-02,,a list,\n"
        "Jane Roe,J. Roe,defence minister,USA,2026-05-03,,2026-06,a list,doubtful\n",
        encoding="utf-8",
    )
    table = Occupancies.load(tmp_path)
    assert [(r.end, r.source) for r in table.of_person("Hegseth")] == [("2026-05-02", "a list")]
    assert table.of_person("Roe") == (
        Occupancy(
            "Jane Roe", ("J. Roe",), "defence minister", "USA", "2026-05-03", None, "a list",
            "doubtful", True, "2026-06",
        ),
    )  # fmt: skip
    assert len(table.rows) == len(TABLE.rows) + 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A B,,president,FRA,2001-13,,,x,", r"2: start is no ISO date or prefix: '2001-13'"),
        ("A B,,president,FRA,last year,,,x,", r"2: start is no ISO date or prefix: 'last year'"),
        ("A B,,president,FRA,2005,2004-12-31,,x,", r"2: ends before it starts: 2005\.\.2004-12-31"),
        (",,president,FRA,2005,,,x,", r"2: no value for 'person'"),
        ("A B,,president,FRA,2005,,,x,y,z", r"2: more values than columns"),
    ],
)
def test_a_wrong_row_is_reported_by_file_and_line(tmp_path: Path, row: str, reason: str) -> None:
    header = "person,aliases,office,country,start,end,asof,source,note\n"
    (tmp_path / "occupancies.csv").write_text(header + row + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"occupancies\.csv:{reason}"):
        list(read_occupancies(tmp_path))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dehqan", "Dehghan"), ("Baqeri", "Bagheri"), ("Zelensky", "Zelenskyy"), ("Sergei", "Sergey"),
        ("Rouhani", "Rohani"), ("Aliyev", "Aliev"), ("Shoigu", "Shoygu"), ("Khamenei", "Khamenehi"),
        ("Qassem", "Ghassem"), ("Mirziyoyev", "Mirziyoev"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound_of(words_of(one)[0]) == sound_of(words_of(other)[0])


@pytest.mark.parametrize(
    ("one", "other"), [("Salami", "Salehi"), ("Karimov", "Rahimov"), ("Putin", "Pushkov")]
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert sound_of(words_of(one)[0]) != sound_of(words_of(other)[0])


@given(st.text(max_size=40))
def test_words_are_folded_once_and_for_all(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words
    assert not words or essential(words)
