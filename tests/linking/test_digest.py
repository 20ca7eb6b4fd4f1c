"""A month in brief: what belongs to it, what is cited, and how it is written down."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from communique.linking.agreements import agreements
from communique.linking.briefs import markdown, page, plain
from communique.linking.contradictions import contradictions
from communique.linking.deals import deals
from communique.linking.digest import Digest, digest
from communique.linking.link import link
from communique.linking.records import Told

Tell = Callable[..., Told]
HOSTILE = "<script>alert(1)</script> *x* [a](http://evil.example) | `c` \u202eabc &amp; _y_"


def brief(month: str, *claims: Told, documents: int = 1, actor: str | None = None) -> Digest:
    events, told = link(claims).events, {one.key: one for one in claims}
    return digest(
        month,
        events,
        told,
        documents=documents,
        actor=actor,
        followed=[*deals(events, told), *agreements(events, told)],
        disputed=contradictions(events, told),
    )


def lines(made: Digest) -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    return {s.title: [(one.when, one.text, one.remarks) for one in s.lines] for s in made.sections}


def test_what_belongs_to_a_month(tell: Tell) -> None:
    told = {"told": "2016-02-16"}
    made = brief(
        "2016-02",
        tell("a", "visit", "IRN/Hossein Dehqan > RUS", "2016-02-15", id="c1", **told),
        tell("a", "visit", "IRN > CHN", "2016-03-02", status="planned", id="c2", **told),
        tell("a", "visit", "IRN > SYR", "2014-03-02", id="c3", **told),
        tell("a", "support", "IRN > SYR", None, id="c4", attribution="IRNA", **told),
        tell("b", "visit", "OMN > IRN", "2016-02-20", told="2016-05-01"),
        tell("c", "support", "RUS > SYR", None, told="2016-05-01"),
    )
    assert lines(made) == {
        "China and Iran": [("2016-03-02", "Iran is to visit China", ("planned",))],
        "Iran and Oman": [("2016-02-20", "Oman visited Iran", ())],
        "Iran and Russia": [("2016-02-15", "Hossein Dehqan (Iran) visited Russia", ())],
        "Iran and Syria": [("told 2016-02-16, undated", "Iran backed Syria", ("according to IRNA",))],
    }
    assert made.summary == "1 document is dated February 2016; 4 events are told."


def test_an_actor_s_brief_leaves_out_the_others(tell: Tell) -> None:
    claims = [
        tell("a", "visit", "IRN > RUS", "2016-02-15", told="2016-02-16"),
        tell("b", "visit", "USA > CUB", "2016-02-15", told="2016-02-16"),
    ]
    made = brief("2016-02", *claims, actor="USA", documents=2)
    assert (made.title, list(lines(made))) == ("February 2016: United States", ["Cuba and United States"])
    assert made.summary == "2 documents are dated February 2016; 1 event with the United States is told."


@pytest.mark.parametrize(
    ("documents", "summary"),
    [
        (0, "No document of this archive is dated March 2014: it says nothing of what happened then."),
        (1, "1 document is dated March 2014, and no event is coded for it."),
        (7, "7 documents are dated March 2014, and no event is coded for it."),
    ],
)
def test_an_empty_month_says_whether_there_are_documents(documents: int, summary: str) -> None:
    made = brief("2014-03", documents=documents)
    assert (made.summary, made.sections, made.notes) == (summary, (), ())
    assert markdown(made) == f"# March 2014\n\n{summary}\n"


def test_deals_and_denials_of_the_month_are_told_with_both_passages(tell: Tell) -> None:
    about = {"stage": "negotiation", "told": "2016-02-16"}
    made = brief(
        "2016-02",
        tell("a", "arms_transfer", "RUS > IRN", None, goods="S-400", status="possible", attribution="Sputnik",
             words="S-400 may be discussed.", title="Roadmap", **about),
        tell("b", "arms_transfer", "RUS > IRN", None, goods="S-400", status="denied", attribution="RIA",
             words="No talks are held.", **about),
    )  # fmt: skip
    found = lines(made)
    assert found["Where sources disagree"] == [
        (
            "denial",
            "Sputnik says that Russia and Iran may negotiate on S-400 for Iran; this is denied by RIA",
            (),
        )
    ]
    assert next(text for _, text, _ in found["Deals that moved"]) == "Russia to Iran, S-400: negotiation"
    disputed = made.sections[-1].lines[0]
    cited = {n.number: (n.doc_id, n.sentence) for n in made.notes if n.number in disputed.notes}
    assert sorted(cited.values()) == [("a", "S-400 may be discussed."), ("b", "No talks are held.")]
    assert "denied by RIA" in {r for section in made.sections for one in section.lines for r in one.remarks}


def test_copies_are_cited_once_and_long_sentences_cut(tell: Tell) -> None:
    words = " ".join(["They met at the ministry in the capital and spoke"] * 20) + "."
    claims = [
        tell(doc, "meeting", "USA + CHN", "2016-02-15", told="2016-02-16", copies="a", words=words, title=doc)
        for doc in ("a", "b")
    ]
    made = brief("2016-02", *claims)
    (note,) = made.notes
    assert (note.number, note.title, note.published) == (1, "a", "2016-02-16")
    assert len(note.sentence) <= 320
    assert note.sentence.endswith("…")


def test_every_note_is_cited_and_every_citation_has_a_note(
    stories: dict[str, tuple[list[Told], object]],
) -> None:
    claims, _ = stories["hormuz"]
    made = brief("2016-03", *claims, documents=6)
    cited = {n for section in made.sections for line in section.lines for n in line.notes}
    assert cited == {note.number for note in made.notes} == set(range(1, len(made.notes) + 1))
    text = markdown(made)
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))


def test_markdown_shows_hostile_text_as_it_is(tell: Tell) -> None:
    made = brief("2016-02", tell("a", "visit", "IRN > RUS", "2016-02-15", told="2016-02-16",
                                 words=HOSTILE, title=f"# {HOSTILE}"))  # fmt: skip
    text = markdown(made)
    assert "<script>" not in text.replace("\\<", "")
    assert "\u202e" not in text
    assert "](http" not in text.replace("\\]", "")
    assert "http://" not in text
    assert all(f"\\{mark}" in text for mark in "*[]<>|`&_#")


class Tags(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_inert_and_whole(tell: Tell) -> None:
    made = brief("2016-02", tell("a", "visit", "IRN > RUS", "2016-02-15", told="2016-02-16",
                                 words=HOSTILE, title=HOSTILE))  # fmt: skip
    read = Tags()
    read.feed(page(made))
    assert set(read.tags) == {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "ul", "li",
        "span", "sup", "a", "ol", "q",
    }  # fmt: skip
    assert {name for name, _ in read.attributes} == {
        "lang",
        "charset",
        "name",
        "content",
        "class",
        "href",
        "id",
    }
    assert {value for name, value in read.attributes if name == "href"} == {"#note-1"}
    assert plain(HOSTILE) in read.text
    assert "\u202e" not in read.text


def test_plain_text_shows_what_would_hide() -> None:
    assert plain("a\u202eb\n c\x07\u200bd") == "a\\u202eb c\\u0007\\u200bd"
