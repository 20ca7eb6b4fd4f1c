"""Training examples: candidates of the proposer set against the records of coded documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from articles import corpus_rows, stretches

from communique.coding.annotation import Annotation
from communique.coding.judge import (
    Context,
    claim_weighed,
    date_weighed,
    date_weighed_again,
    features_of,
    look,
    parts_features,
    parts_weighed,
    seat_of,
    status_weighed,
)
from communique.coding.parties import shape_features, shape_of
from communique.coding.propose import Candidate
from communique.coding.rivals import Seat
from communique.coding.roles import Casting
from communique.coding.stages import telling
from communique.coding.status import rule_status
from communique.coding.status_cues import status_cues
from communique.coding.tagger import Tagger
from communique.coding.times import date_options
from communique.coding.weigh import stage_features
from communique.coding.weigh_reading import read_parts
from communique.reading import read
from communique.records import SYMMETRIC_KINDS, Document, Interval, Metadata, RawPage, sha256
from communique.scoring.pairs import date_right

Features = dict[str, float]
FIELD = re.compile(
    r"\b(?:ministers?|missiles?|troops|sanctions?|embargo|treaty|military|ambassadors?|foreign|talks|president|army|navy"
    r"|warships?|weapons?|ceasefire|borders?)\b",
    re.IGNORECASE,
)
"""Words of articles that may tell of defence diplomacy."""
MOST, LONGEST = 730, 4500


@dataclass(frozen=True)
class Coded:
    """A document and its gold record file."""

    document: Document
    gold: dict[str, Any]


@dataclass
class Group:
    """Examples that are rivals of each other: the candidates of a document, the actors or dates of one candidate.

    For each the features of the first look, the numbers that the second adds, and the label: None for one that is
    only a rival. `places` say where they stand: seats of candidates, places of dates.
    """

    features: list[Features] = field(default_factory=list)
    numbers: list[Features] = field(default_factory=list)
    labels: list[str | None] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)

    def add(self, features: Features, label: str | None, numbers: Features, place: Seat | str | None) -> None:
        """One more example."""
        self.features.append(features)
        self.numbers.append(numbers)
        self.labels.append(label)
        self.places.append(place)


@dataclass
class Examples:
    """Features and labels for each model: single ones, and those in groups, which are looked at twice."""

    single: dict[str, list[tuple[Features, str]]] = field(
        default_factory=lambda: {name: [] for name in ("shape", "status", "stage")}
    )
    groups: dict[str, list[Group]] = field(
        default_factory=lambda: {name: [] for name in ("claim", "role", "date")}
    )

    def rows(self, model: str) -> list[tuple[Features, str]]:
        """The features and labels that the first look of a model learns from."""
        if model in self.single:
            return self.single[model]
        return [
            (features, label)
            for group in self.groups[model]
            for features, label in zip(group.features, group.labels, strict=True)
            if label is not None
        ]


def coded_documents(folder: Path, leave_out: frozenset[str] = frozenset()) -> Iterator[Coded]:
    """The coded documents of a folder, in order of their ids, without those to leave out."""
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["doc_id"] not in leave_out:
            text = folder / "text" / f"{gold['doc_id']}.txt"
            meta = text.with_suffix(".meta.json")
            fields = json.loads(meta.read_text(encoding="utf-8")) if meta.exists() else {}
            yield Coded(_read(gold["doc_id"], text.read_text(encoding="utf-8"), fields, str(text)), gold)


def passages(folder: Path) -> Iterator[Coded]:
    """The passages of our own writing: one JSON object a line with text, metadata and records."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Coded(
                _read(row["id"], row["text"], row, str(path)),
                {"doc_id": row["id"], "records": row["records"]},
            )


def articles(corpora: Sequence[Path], labels: Sequence[Path]) -> Iterator[Coded]:
    """The stretches of articles of corpora that were coded for training, in the order of their ids and places."""
    for one in stretches(corpora, labels):
        document = _read(one.name, one.text, one.row, one.row["id"])
        yield Coded(document, {"doc_id": one.name, "records": one.records})


def uncoded(corpora: Sequence[Path], labels: Sequence[Path]) -> list[Coded]:
    """Articles of corpora of which nothing was coded and that may be of our field, without records.

    They hold two of `FIELD`, and are cut after `LONGEST` characters; of more than `MOST` a random choice is taken.
    """
    lines = [line for path in labels for line in path.read_text(encoding="utf-8").splitlines()]
    coded = {json.loads(line)["id"] for line in lines}
    found = [
        row
        for row in chain.from_iterable(map(corpus_rows, corpora))
        if row["id"] not in coded and len({word.lower() for word in FIELD.findall(row["text"])}) > 1
    ]
    Random(0).shuffle(found)
    return [_uncoded(row) for row in found[:MOST]]


def _uncoded(row: dict[str, Any]) -> Coded:
    text = f"{(row['title'] or '').strip()}\n\n{row['text'].strip()[:LONGEST]}\n".lstrip()
    return Coded(_read(f"uncoded {row['id']}", text, row, row["id"]), {"doc_id": row["id"], "records": []})


def fold_of(documents: list[Coded], folds: int, twins: dict[str, str]) -> list[int]:
    """A fold for each document; near-identical twins share one."""
    place = {c.gold["doc_id"]: i % folds for i, c in enumerate(documents)}
    return [place[twins.get(c.gold["doc_id"], c.gold["doc_id"])] for c in documents]


def siblings(documents: list[Coded]) -> dict[str, str]:
    """Each part of an article -> the first of its parts, so that they share a fold."""
    first: dict[str, str] = {}
    names = [c.gold["doc_id"] for c in documents]
    return {name: first.setdefault(name.partition("@")[0], name) for name in names}


def twins(folders: list[Path]) -> dict[str, str]:
    """The first of a near-identical pair -> the second, from the folders' TWINS files."""
    pairs = [
        line.split()
        for f in folders
        if (f / "TWINS").exists()
        for line in (f / "TWINS").read_text().splitlines()
    ]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _read(doc_id: str, text: str, fields: dict[str, Any], origin: str) -> Document:
    known = {name: fields.get(name) for name in ("title", "date", "source", "url", "lang")}
    return read(
        RawPage(
            id=doc_id,
            content=text,
            media="text",
            metadata=Metadata(**known),
            origin=origin,
            sha256=sha256(text),
        )
    )


def examples_of(annotation: Annotation, gold: dict[str, Any], tagger: Tagger | None) -> Examples:
    """The examples that one annotated document gives."""
    made = Examples()
    candidates, context = look(annotation, tagger)
    places = evidence_spans(annotation.parse.document.text, gold["records"])
    rivals = Group()
    for candidate in candidates:
        record, exact = best_record(candidate, gold["records"], places)
        features = features_of(
            candidate, context.castings_of(candidate), status_cues(candidate, annotation), context
        )
        label = ("yes" if exact else None) if record is not None else "no"
        rivals.add(features, label, claim_weighed(candidate, context), seat_of(candidate))
        if record is not None and exact:
            _add_fields(made, candidate, context, record)
    made.groups["claim"].append(rivals)
    return made


def evidence_spans(text: str, records: list[dict[str, Any]]) -> list[list[tuple[int, int]]]:
    """For each record the offsets of its evidence passages in the text (those that are found)."""
    spans = []
    for record in records:
        rows = []
        for passage in record["evidence"]:
            at = text.find(passage)
            if at >= 0:
                rows.append((at, at + len(passage)))
        spans.append(rows)
    return spans


def best_record(
    candidate: Candidate, records: list[dict[str, Any]], places: list[list[tuple[int, int]]]
) -> tuple[dict[str, Any] | None, bool]:
    """The gold record that a candidate tells, if any, and whether its word lies in the record's evidence."""
    best, best_score = None, 0.0
    word, sentence = candidate.word.idx, candidate.sentence
    for record, spans in zip(records, places, strict=True):
        if candidate.kind not in {record["kind"], *record.get("alt_kinds", ())}:
            continue
        for start, end in spans:
            if start < sentence.end_char and sentence.start_char < end:
                inside = start <= word < end or (
                    candidate.is_tagged and min(end, sentence.end_char) - start > 0
                )
                score = (
                    2.0 * inside
                    + 0.5 * (candidate.kind == record["kind"])
                    + 0.3 * (not record.get("optional"))
                )
                score += 0.2 / (1 + abs(word - (start + end) / 2) / 50)
                if score > best_score:
                    best, best_score = record, score
    return best, best_score >= 2.0


def _add_fields(made: Examples, candidate: Candidate, context: Context, record: dict[str, Any]) -> None:
    _add_roles(made, candidate, context, record)
    cues = status_cues(candidate, context.annotation)
    rule, _ = rule_status(candidate, cues)
    told = telling(candidate, context.annotation)
    fair = [record["status"], *record.get("alt_status", ())]
    made.single["status"].append((status_weighed(candidate, cues, rule, context), record["status"]))
    status = record["status"] if rule not in fair else rule
    options = date_options(candidate, context.annotation, status)
    golds = [record.get("date"), *record.get("alt_dates", ())]
    dates = Group()
    for option in options:
        right = any(date_right(g, _as_dict(option.interval)) for g in golds)
        features = date_weighed(option, candidate, options, status, context)
        numbers = date_weighed_again(option, candidate, status, context)
        dates.add(features, "yes" if right else "no", numbers, option.place)
    made.groups["date"].append(dates)
    if record.get("stage") and record["kind"] == candidate.kind:
        made.single["stage"].append((stage_features(candidate, cues, status, told), record["stage"]))


def _add_roles(made: Examples, candidate: Candidate, context: Context, record: dict[str, Any]) -> None:
    found = context.castings_of(candidate)
    read = read_parts(candidate, found, context.reading(candidate), context.scene.cast)
    rows = parts_features(candidate, found, read, context.scene)
    parts = Group()
    labels = part_labels(candidate, found, record)
    for features, label, numbers in zip(rows, labels, parts_weighed(candidate, read, context), strict=True):
        parts.add(features, label, numbers, None)
    made.groups["role"].append(parts)
    if not any(_free(record)):
        roles = _roles(candidate, record)
        made.single["shape"].append((shape_features(candidate, found, read), shape_of(roles.values())))


def part_labels(candidate: Candidate, found: Sequence[Casting], record: dict[str, Any]) -> list[str | None]:
    """The part of each casting in the record that the candidate tells; None where the record leaves it open."""
    roles, (source, targets) = _roles(candidate, record), _free(record)
    labels: list[str | None] = [roles.get(casting.code, "none") for casting in found]
    is_open = {"source": source, "target": targets, "none": source or targets}
    return [None if is_open.get(label or "") else label for label in labels]


def _roles(candidate: Candidate, record: dict[str, Any]) -> dict[str, str]:
    """The part of each code; a code in two roles is a participant."""
    roles: dict[str, str] = {}
    for actor in record["actors"]:
        role = "participant" if candidate.kind in SYMMETRIC_KINDS else actor["role"]
        roles[actor["code"]] = role if roles.get(actor["code"], role) == role else "participant"
    return roles


def _free(record: dict[str, Any]) -> tuple[bool, bool]:
    """Whether a record leaves its source open, and its targets."""
    return bool(record.get("source_optional")), bool(record.get("partial_targets"))


def _as_dict(interval: Interval | None) -> dict[str, str] | None:
    return {"from": interval.start.isoformat(), "to": interval.end.isoformat()} if interval else None
