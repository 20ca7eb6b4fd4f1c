from __future__ import annotations

import copy
import itertools
import json
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import pytest
from tests.sample.faults import faults, squashed, unquoted

from communique.knowledge.knowledge import default_knowledge
from communique.reading import read_all
from communique.records import Document, Failure, Interval
from communique.sample import gold_path, threads
from communique.scoring import load_gold, score_events
from communique.sources import open_sources

Gold = dict[str, Any]
Telling = tuple[str, Gold]

DOCUMENTS: Final = {"doumeira": 12, "gripen": 10, "hormuz": 10}
NAMES: Final = list(DOCUMENTS)
NEAR_COPIES: Final = {
    "dm06_gulf-copy": "dm05_doha-signing",
    "gr06_agency-copy": "gr05_signed-at-las-palmas",
    "hz03_london-copy": "hz01_skagen-star",
}


@pytest.fixture(scope="module", params=NAMES)
def thread(request: pytest.FixtureRequest) -> Path:
    return next(path for path in threads() if path.name == request.param)


@pytest.fixture(scope="module")
def gold(thread: Path) -> dict[str, Gold]:
    return load_gold(thread / "gold")


@pytest.fixture(scope="module")
def documents(thread: Path) -> dict[str, Document]:
    read = list(read_all(open_sources([str(thread / "pages")])))
    assert [f for f in read if isinstance(f, Failure)] == []
    return {d.id: d for d in read if isinstance(d, Document)}


@pytest.fixture(scope="module")
def listed(thread: Path) -> dict[str, Gold]:
    rows: list[Gold] = json.loads((thread / "events.json").read_text(encoding="utf-8"))
    assert len({row["event"] for row in rows}) == len(rows)
    return {row["event"]: row for row in rows}


def tellings(gold: dict[str, Gold]) -> dict[str, list[Telling]]:
    told: dict[str, list[Telling]] = defaultdict(list)
    for doc_id, document in gold.items():
        for record in document["records"]:
            told[record["event"]].append((doc_id, record))
    return told


def linked_pairs(gold: dict[str, Gold]) -> int:
    """The pairs of required records of different documents that tell the same event."""
    required = [[d for d, r in told if not r.get("optional")] for told in tellings(gold).values()]
    return sum(a != b for told in required for a, b in itertools.combinations(told, 2))


def test_threads_are_found_by_name() -> None:
    assert [path.name for path in threads()] == NAMES


def test_ids_are_those_of_one_document_in_the_whole_sample() -> None:
    ids = [path.name for folder in threads() for path in (folder / "gold").iterdir()]
    ids += [path.name for path in gold_path().iterdir()]
    assert len(set(ids)) == len(ids)


def test_each_page_has_its_gold(thread: Path, documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    assert sorted(documents) == sorted(gold)
    assert len(gold) == DOCUMENTS[thread.name]


def test_articles_are_of_the_promised_length(documents: dict[str, Document]) -> None:
    lengths = {d.id: len(d.text.split()) - len((d.title or "").split()) for d in documents.values()}
    assert {k: n for k, n in lengths.items() if not 120 <= n <= 350} == {}


def test_gold_is_sound(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    codes = default_knowledge().actor_codes
    assert {k: f for k, g in gold.items() if (f := faults(g, documents[k].text, codes))} == {}


def test_every_quotation_is_a_statement(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    assert {k: q for k in sorted(gold) if (q := unquoted(gold[k], documents[k].text))} == {}


def test_reading_keeps_the_article_and_its_day(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    for doc_id, wanted in gold.items():
        read = documents[doc_id]
        assert squashed(read.text).startswith(f"{wanted['title']} {wanted['body']['first']}")
        assert squashed(read.text).endswith(wanted["body"]["last"])
        assert read.title == wanted["title"]
        assert read.published.interval == Interval.model_validate(wanted["published"])


def test_events_are_listed_with_their_documents(gold: dict[str, Gold], listed: dict[str, Gold]) -> None:
    told = {event: sorted({d for d, _ in rows}) for event, rows in tellings(gold).items()}
    assert {event: row["documents"] for event, row in listed.items()} == told


def test_listed_events_are_of_a_kind_that_is_told(gold: dict[str, Gold], listed: dict[str, Gold]) -> None:
    for event, told in tellings(gold).items():
        assert listed[event]["kind"] in {r["kind"] for _, r in told}, event
        assert len(listed[event]["description"].split()) > 2


def test_one_event_is_of_one_kind_and_shares_a_party(gold: dict[str, Gold]) -> None:
    for event, told in tellings(gold).items():
        kinds = [{r["kind"], *r.get("alt_kinds", ())} for _, r in told]
        parties = [{a["code"] for a in r["actors"]} for _, r in told]
        assert set.intersection(*kinds), event
        assert set.intersection(*parties), event


def test_actual_tellings_of_one_event_can_be_of_one_time(gold: dict[str, Gold]) -> None:
    for event, told in tellings(gold).items():
        dated = [r for _, r in told if r["date"] and r["status"] == "actual" and not r.get("optional")]
        days = [
            [Interval.model_validate(d) for d in (r["date"], *r.get("alt_dates", ())) if d] for r in dated
        ]
        for one, other in itertools.combinations(days, 2):
            assert any(a.meet(b) for a in one for b in other), event


def test_a_thread_has_many_links_and_near_misses(gold: dict[str, Gold], listed: dict[str, Gold]) -> None:
    assert linked_pairs(gold) >= 40
    parties: dict[Any, set[str]] = defaultdict(set)
    for event, told in tellings(gold).items():
        for _, record in told:
            parties[record["kind"], tuple(sorted({a["code"] for a in record["actors"]}))].add(event)
    assert sum(len(events) > 1 for events in parties.values()) >= 5
    assert sum(len(row["documents"]) > 2 for row in listed.values()) >= 6


def test_plans_come_true_and_sources_contradict_each_other(gold: dict[str, Gold]) -> None:
    statuses = [{r["status"] for _, r in told} for told in tellings(gold).values()]
    assert sum({"planned", "actual"} <= s for s in statuses) >= 1
    assert sum({"denied", "actual"} <= s for s in statuses) >= 1


def test_a_near_copy_is_near_and_no_copy(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    repeats = {k: g["repeats"] for k, g in gold.items() if "repeats" in g}
    assert len(repeats) == 1
    assert repeats.items() <= NEAR_COPIES.items()
    for copy_id, first_id in repeats.items():
        near, first = (set(documents[k].text.split()) for k in (copy_id, first_id))
        assert 0.6 < len(near & first) / len(near | first) < 1


def test_both_forms_of_a_page_occur(thread: Path) -> None:
    assert {p.suffix for p in (thread / "pages").iterdir()} == {".txt", ".json", ".html"}


def test_a_foreign_word_in_evidence_is_seen(documents: dict[str, Document], gold: dict[str, Gold]) -> None:
    doc_id = min(gold)
    spoilt = copy.deepcopy(gold[doc_id])
    spoilt["records"][0]["evidence"] = ["words that nobody wrote"]
    assert faults(spoilt, documents[doc_id].text, default_knowledge().actor_codes) == [
        "record 0: evidence not in the text: 'words that nobody wrote'"
    ]


def test_gold_scores_as_right_against_itself(gold: dict[str, Gold]) -> None:
    exported = [{"doc_id": k, **r} for k, g in gold.items() for r in g["records"]]
    perfect = {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert score_events(gold, exported).figures["full"] == perfect
