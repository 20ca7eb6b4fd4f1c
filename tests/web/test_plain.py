from datetime import date

import pytest

from communique.records import Interval
from communique.web import plain


def days(start: str, end: str | None = None) -> Interval:
    return Interval(start=date.fromisoformat(start), end=date.fromisoformat(end or start))


@pytest.mark.parametrize(
    "interval, words, exact",
    [
        (None, "undated", "unknown"),
        (days("2016-05-12"), "12 May 2016", "day"),
        (days("2016-02-01", "2016-02-29"), "Feb 2016", "month"),
        (days("2016-01-01", "2016-12-31"), "2016", "year"),
        (days("2014-01-01", "2016-12-31"), "2014–2016", "span"),
        (days("2016-05-01", "2016-07-31"), "May – Jul 2016", "span"),
        (days("2015-11-01", "2016-01-31"), "Nov 2015 – Jan 2016", "span"),
        (days("2020-01-03", "2020-01-09"), "3–9 Jan 2020", "span"),
        (days("2016-05-12", "2016-06-03"), "12 May – 3 Jun 2016", "span"),
        (days("2015-12-30", "2016-01-02"), "30 Dec 2015 – 2 Jan 2016", "span"),
        (days("9999-12-01", "9999-12-31"), "Dec 9999", "month"),
    ],
)
def test_days_as_people_write_them(interval: Interval | None, words: str, exact: str) -> None:
    assert (plain.days_in_words(interval), plain.precision(interval)) == (words, exact)


@pytest.mark.parametrize(
    "iso, words",
    [
        ("2016-05-12", "12 May 2016"),
        ("2016-02", "Feb 2016"),
        ("2016", "2016"),
        ("2016-05-12..2016-05-14", "12–14 May 2016"),
        ("2014..2016-03", "Jan 2014 – Mar 2016"),
        ("2016-13", "2016-13"),
        ("2017..2016", "2017..2016"),
        ("soon", "soon"),
    ],
)
def test_iso_days_as_people_write_them(iso: str, words: str) -> None:
    assert plain.iso_in_words(iso) == words


@pytest.mark.parametrize(
    "text, told",
    [
        ("on 2008-06-12 by A, on 2010-06 by B", "on 12 Jun 2008 by A, on Jun 2010 by B"),
        ("told 2016-05-01..2016-05-31 (2016-05-02)", "told May 2016 (2 May 2016)"),
        ("by readout-2016-05-12, 2016-05-12-a, in 2016", "by readout-2016-05-12, 2016-05-12-a, in 2016"),
        ("of 2016-99-99.", "of 2016-99-99."),
    ],
)
def test_days_within_a_text(text: str, told: str) -> None:
    assert plain.text_with_days(text) == told


@pytest.mark.parametrize(
    "text, told",
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("exe\u202egnp", "exe⟨U+202E⟩gnp"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Çavuşoğlu Սարգսյան", "Çavuşoğlu Սարգսյան"),
        ("\ufeffx\x00", "⟨U+FEFF⟩x⟨U+0000⟩"),
        (None, ""),
        (7, 7),
    ],
)
def test_what_hides_is_shown(text: object, told: object) -> None:
    assert plain.shown(text) == told


@pytest.mark.parametrize(
    "text, length, cut",
    [
        ("one two three", 20, "one two three"),
        ("one two three", 9, "one two…"),
        ("abcdefghij", 5, "abcd…"),
        (None, 5, ""),
    ],
)
def test_long_text_is_cut_at_a_word(text: str | None, length: int, cut: str) -> None:
    assert plain.short(text, length) == cut


@pytest.mark.parametrize(
    "url, link",
    [
        ("https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("javascript:alert(1)", None),
        (" https://example.org", None),
        ("//example.org", None),
        ("data:text/html,x", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str | None, link: str | None) -> None:
    assert plain.safe_link(url) == link


@pytest.mark.parametrize(
    "value, words",
    [
        ("2016-05-01..2016-05-31", "May 2016"),
        ("2016-05-12..2016-05-12", "12 May 2016"),
        ("arms_transfer", "arms transfer"),
        ("source FRA, target RUS", "source FRA, target RUS"),
    ],
)
def test_chosen_values_in_words(value: str, words: str) -> None:
    assert plain.choice_in_words(value) == words


def test_numbers_and_sums() -> None:
    assert [plain.number(n) for n in (0, 1234567, 2.5, None)] == ["0", "1\u202f234\u202f567", "2.50", ""]
    assert [plain.dollars(n) for n in (8.8e9, 1.5e6, 950, None)] == [
        "$8.8 billion",
        "$1.5 million",
        "$950",
        "",
    ]
    assert [plain.plural(1, "event"), plain.plural(2, "event")] == ["1 event", "2 events"]
    assert [plain.listed(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_the_pager_leaves_out_what_is_far() -> None:
    assert list(plain.pages_around(6, 12)) == [1, None, 4, 5, 6, 7, 8, None, 12]
    assert list(plain.pages_around(1, 1)) == [1]


def test_a_snippet_falls_into_what_was_looked_for_and_the_rest() -> None:
    assert plain.snippet_parts("a \x02b\x03 c") == [("a ", False), ("b", True), (" c", False)]
