from __future__ import annotations

import copy
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.sample.faults import NAMED_BY_NOUN, faults, squashed, unquoted

from communique.knowledge.knowledge import default_knowledge
from communique.records import AGREEMENT_STAGES, TRANSFER_STAGES, Document, Interval, Kind, Published, Status
from communique.sample import gold_path, pages_path
from communique.scoring import score_events

Gold = dict[str, Any]

YEAR_INFERRED = frozenset({"k02_freedom-edge"})
"""Pages that state a day without its year: reading keeps the words, coding infers the year."""

STORY = "mistral-"


def records(gold: dict[str, Gold]) -> list[tuple[str, Gold]]:
    return [(doc_id, record) for doc_id, document in gold.items() for record in document["records"]]


def words(document: Document) -> int:
    title = len((document.title or "").split())
    return len(document.text.split()) - title


def test_paths_are_folders_with_what_they_promise() -> None:
    assert (pages_path() / "m01_ulan-bator-2009.txt").is_file()
    assert (gold_path() / "m01_ulan-bator-2009.json").is_file()
    assert (pages_path().parent / "README.md").is_file()


def test_each_document_has_its_gold(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    assert sorted(documents) == sorted(gold)
    assert len(gold) >= 44


def test_articles_are_of_the_promised_length(documents: dict[str, Document]) -> None:
    lengths = {d.id: words(d) for d in documents.values()}
    assert {k: n for k, n in lengths.items() if not 80 <= n <= 400} == {}


def test_gold_is_sound(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    codes = default_knowledge().actor_codes
    assert {k: f for k, g in gold.items() if (f := faults(g, documents[k].text, codes))} == {}


def test_every_quotation_is_a_statement(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    assert {k: q for k in sorted(gold) if (q := unquoted(gold[k], documents[k].text))} == {}


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("kind", "summit", "record 0: unknown kind summit"),
        ("status", "likely", "record 0: unknown status likely"),
        ("stage", "signing", "record 0: stage signing of arms_transfer"),
        ("actors", [], "record 0: no actor"),
        ("actors", [{"role": "host", "code": "RUS"}], "record 0: unknown role host"),
        ("actors", [{"role": "source", "code": "ZZZ"}], "record 0: unknown code ZZZ"),
        ("evidence", [], "record 0: no evidence"),
        ("evidence", ["of the"], "record 0: evidence of 2 words: 'of the'"),
        (
            "evidence",
            ["words that nobody wrote"],
            "record 0: evidence not in the text: 'words that nobody wrote'",
        ),
        (
            "date",
            {"from": "2009-08-27", "to": "2009-08-26"},
            "record 0: date ends before it starts: {'from': '2009-08-27', 'to': '2009-08-26'}",
        ),
        ("colour", "red", "record 0: unknown field colour"),
    ],
)
def test_an_unsound_record_is_seen(
    documents: dict[str, Document], gold: dict[str, Gold], field: str, value: object, fault: str
) -> None:
    spoilt = copy.deepcopy(gold["m01_ulan-bator-2009"])
    spoilt["records"][0][field] = value
    found = faults(spoilt, documents["m01_ulan-bator-2009"].text, default_knowledge().actor_codes)
    assert fault in found


def test_an_unsound_person_or_quotation_is_seen(
    documents: dict[str, Document], gold: dict[str, Gold]
) -> None:
    spoilt = copy.deepcopy(gold["m01_ulan-bator-2009"])
    spoilt["people"] = [{"name": "Ivan Nowhere", "office": None, "code": "ZZZ"}]
    spoilt["statements"] = [{"quote": "not said", "speaker": "nobody", "code": None}]
    text = documents["m01_ulan-bator-2009"].text
    assert faults(spoilt, text, default_knowledge().actor_codes) == [
        "statement too short: 'not said'",
        "statement not in the text: 'not said'",
        "person not in the text: 'Ivan Nowhere'",
        "unknown code of a person: ZZZ",
    ]
    assert unquoted(spoilt, text) == [
        "We are in talks about one ship of this class, and the agreement may be concluded by the end of 2009,"
    ]


def test_reading_keeps_the_article_and_nothing_else(
    documents: dict[str, Document], gold: dict[str, Gold]
) -> None:
    assert {k for k, g in gold.items() if not reads_as(documents[k], g)} == set()


def reads_as(document: Document, gold: Gold) -> bool:
    """Title, then the first words of the body; the last words of the body, then nothing."""
    text = squashed(document.text)
    head = " ".join(filter(None, [gold["title"], gold["body"]["first"]]))
    return document.title == gold["title"] and text.startswith(head) and text.endswith(gold["body"]["last"])


def test_reading_finds_when_the_article_was_published(
    documents: dict[str, Document], gold: dict[str, Gold]
) -> None:
    wanted = {k: g["published"] and Interval.model_validate(g["published"]) for k, g in gold.items()}
    wrong = {k for k, interval in wanted.items() if documents[k].published.interval != interval}
    assert wrong == YEAR_INFERRED
    assert {k: documents[k].published for k in YEAR_INFERRED} == {
        "k02_freedom-edge": Published(found="dateline", expression="June 30")
    }


def test_what_is_not_english_is_kept_aside(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    aside = {k: d.aside for k, d in documents.items() if d.aside}
    assert aside == {k: g["aside"] for k, g in gold.items() if "aside" in g}
    assert aside == {"l03_f16-argentina-es": "language: es"}


def test_repeats_are_an_exact_and_a_near_one(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    repeats = {k: g["repeats"] for k, g in gold.items() if "repeats" in g}
    same = {k: documents[k].text_sha256 == documents[of].text_sha256 for k, of in repeats.items()}
    assert same == {"x01_loc-copy": True, "x02_bridgeton-short": False}
    near, first = (set(documents[k].text.split()) for k in ("x02_bridgeton-short", "g01_bridgeton-1987"))
    assert len(near & first) / len(near | first) > 0.8


def test_every_kind_status_and_stage_occurs(gold: dict[str, Gold]) -> None:
    told = [r for _, r in records(gold)]
    assert {r["kind"] for r in told} == set(get_args(Kind))
    assert {r["status"] for r in told} == set(get_args(Status))
    assert {r["stage"] for r in told if r["kind"] == "arms_transfer"} == set(TRANSFER_STAGES)
    assert {r["stage"] for r in told if r["kind"] == "agreement"} == set(AGREEMENT_STAGES)


def test_the_forms_of_the_field_occur(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    files = sorted(p.name for p in pages_path().iterdir() if not p.name.endswith(".meta.json"))
    forms = Counter("".join(Path(f).suffixes) for f in files)
    assert forms.keys() == {".txt", ".txt.gz", ".html", ".json", ".jsonl", ".jsonl.gz"}
    assert forms[".html"] >= 8
    raw = {p.stem: squashed(p.read_text(encoding="utf-8")) for p in pages_path().glob("*.txt")}
    assert sum(len(raw[k]) > len(squashed(documents[k].text)) + 10 for k in raw) >= 8
    assert sum(g["published"] is None for g in gold.values()) >= 4
    nothing = [k for k, g in gold.items() if not g["records"] and "aside" not in g]
    assert nothing == ["y01_opinion", "y02_budget", "y03_sport"]


def test_one_event_in_several_documents_is_of_one_kind(gold: dict[str, Gold]) -> None:
    tellings: dict[str, list[tuple[str, Gold]]] = defaultdict(list)
    for doc_id, record in records(gold):
        if "event" in record and "repeats" not in gold[doc_id]:
            tellings[record["event"]].append((doc_id, record))
    for event, told in tellings.items():
        kinds = [{r["kind"], *r.get("alt_kinds", ())} for _, r in told]
        assert set.intersection(*kinds), event
    assert sum(len({doc_id for doc_id, _ in told}) > 1 for told in tellings.values()) >= 20


def test_one_story_runs_over_years_and_outlets(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    told = {k for k, r in records(gold) if r.get("event", "").startswith(STORY)}
    years = {gold[k]["published"]["from"][:4] for k in told}
    stages = {r["stage"] for k, r in records(gold) if r.get("event", "").startswith(STORY)}
    assert len(told) >= 10
    assert years == {"2009", "2010", "2011", "2014", "2015", "2016"}
    assert len({documents[k].outlet for k in told}) >= 5
    assert {"negotiation", "approval", "contract", "blocked", "cancelled", "delivery"} <= stages


def test_two_tellings_contradict_each_other(gold: dict[str, Gold]) -> None:
    statuses = defaultdict(set)
    for _, record in records(gold):
        if record.get("event"):
            statuses[record["event"]].add(record["status"])
    assert statuses["second-thomas-2024-06-17"] == {"actual", "denied"}
    assert statuses["arm-mines-2022-09"] == {"actual", "denied"}
    assert statuses["kerch-border-crossing-2018"] == {"actual", "denied"}


def test_gold_scores_as_right_against_itself(gold: dict[str, Gold]) -> None:
    exported = [{"doc_id": k, **r} for k, r in records(gold)]
    figures = score_events(gold, exported).figures
    perfect = {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert {
        level: figures[level] for level in ("event", "actors", "dated", "status", "full")
    } == dict.fromkeys(("event", "actors", "dated", "status", "full"), perfect)


def test_groups_named_by_a_noun_are_not_in_the_tables() -> None:
    assert default_knowledge().actor_codes & NAMED_BY_NOUN == set()
