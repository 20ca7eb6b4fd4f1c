"""What the sentence tagger learns from: sentences cut into word pieces, with what the coded records tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from examples import Coded, best_record, evidence_spans, part_labels

from communique.coding.actors import ActorMention, Cast, find_cast
from communique.coding.annotation import Annotation
from communique.coding.coder import Coder
from communique.coding.judge import castings_of
from communique.coding.parse import Parse
from communique.coding.parties import roles_of
from communique.coding.propose import Candidate, propose
from communique.coding.tagger import DATINGS, KINDS, PARTS, STATUSES, Named, PieceMaker, Pieces
from communique.coding.weigh_reading import named_in
from communique.records import SYMMETRIC_KINDS

UNKNOWN = -1  # a label that is not counted
OPTIONAL = 2  # told by a record that need not be coded: counts half


_RANK = (0, UNKNOWN, OPTIONAL, 1)  # of two labels the later one holds


@dataclass(frozen=True)
class Part:
    """The pieces (places in the row) of one actor's mention, and its part in an event of a kind (by number)."""

    places: tuple[int, ...]
    kind: int
    part: int


@dataclass(frozen=True)
class Acting:
    """An actor beside a telling word: its mentions, whether they stand in the sentence, and its part (by number)."""

    mentions: tuple[Named, ...]
    here: bool
    part: int


@dataclass(frozen=True)
class Telling:
    """A word that tells a record: its offsets and kind (by number), and who may have a part; `weight` of 1 at most."""

    start: int
    end: int
    kind: int
    actors: tuple[Acting, ...]
    weight: float


@dataclass(frozen=True)
class Row:
    """One sentence of a fold, with its labels.

    `kinds` has 1 for each kind that it tells, 0, OPTIONAL or UNKNOWN; `told` the same for each piece (pieces x kinds);
    `status` and `dating` the number of the class for each piece, or UNKNOWN; `parts` the parts of the actors named,
    `tellings` those of all that may have a part in what a word tells; `mentions` the pieces of each actor's mention.
    The fold of a document that was not coded is UNKNOWN, and so are its labels.
    """

    doc_id: str
    number: int
    fold: int
    pieces: Pieces
    kinds: np.ndarray
    told: np.ndarray
    status: np.ndarray
    dating: np.ndarray
    parts: tuple[Part, ...]
    tellings: tuple[Telling, ...]
    mentions: tuple[tuple[int, ...], ...]

    @property
    def labelled(self) -> bool:
        """False for a sentence of a document that was not coded."""
        return self.fold != UNKNOWN


@dataclass(frozen=True)
class _Told:
    """A record and the offsets of its evidence in the text."""

    record: dict[str, Any]
    places: list[tuple[int, int]]

    def labels(self) -> Iterator[tuple[int, int]]:
        """The number and label of its kind; fair second readings count neither way."""
        for kind in self.record.get("alt_kinds", ()):
            yield KINDS.index(kind), UNKNOWN
        yield KINDS.index(self.record["kind"]), OPTIONAL if self.record.get("optional") else 1


def rows_of(documents: list[Coded], folds: list[int], maker: PieceMaker) -> Iterator[Row]:
    """The sentences that the coder would have read: those that name an actor or hold a candidate."""
    annotations = Coder(learned=False).annotations(c.document for c in documents)
    for coded, fold, annotation in zip(documents, folds, annotations, strict=True):
        records = coded.gold["records"]
        spans = evidence_spans(annotation.parse.document.text, records)
        told = [_Told(r, s) for r, s in zip(records, spans, strict=True)]
        cast, candidates = find_cast(annotation), list(propose(annotation.parse))
        of_sentence: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            of_sentence.setdefault(candidate.sentence_number, []).append(candidate)
        for number, pieces in maker.pieces(
            annotation.parse, {*_acting(annotation, cast), *of_sentence}
        ).items():
            yield _row(
                annotation.parse,
                number,
                fold,
                pieces=pieces,
                cast=cast,
                told=told,
                tellings=tuple(_tellings(of_sentence.get(number, ()), pieces, cast, told)),
            )


def _acting(annotation: Annotation, cast: Cast) -> Iterator[int]:
    """The sentences that name an actor."""
    return (n for n, s in enumerate(annotation.parse.sentences) if cast.between(s.start_char, s.end_char))


def _tellings(
    candidates: Iterable[Candidate], pieces: Pieces, cast: Cast, told: list[_Told]
) -> Iterator[Telling]:
    """The candidates of a sentence whose word stands in the evidence of a record of the kind."""
    records, places = [t.record for t in told], [t.places for t in told]
    for candidate in candidates:
        record, exact = best_record(candidate, records, places)
        if record is None or not exact or not pieces.spans:
            continue
        found = castings_of(candidate, cast)
        actors = tuple(
            Acting(
                tuple((m.start, m.end, m.form) for m in mentions),
                bool(casting.mentions),
                UNKNOWN if label is None else PARTS.index(label),
            )
            for (casting, mentions), label in zip(
                named_in(found, pieces.spans, cast), part_labels(candidate, found, record), strict=True
            )
        )
        start, end = candidate.word.idx, candidate.word.idx + len(candidate.word)
        weight = 0.5 if record.get("optional") else 1.0
        yield Telling(start, end, KINDS.index(candidate.kind), actors, weight)


def _row(
    parse: Parse,
    number: int,
    fold: int,
    *,
    pieces: Pieces,
    cast: Cast,
    told: list[_Told],
    tellings: tuple[Telling, ...],
) -> Row:
    sentence = parse.sentences[number]
    start, end = sentence.start_char, sentence.end_char
    here = [t for t in told if any(_mostly(start, end, *place) for place in t.places)]
    own = np.array([first < end and start <= first for first, _ in pieces.spans])
    published = parse.document.published.interval
    day = (published.start.isoformat(), published.end.isoformat()) if published else None
    return Row(
        doc_id=parse.document.id,
        number=number,
        fold=fold,
        pieces=pieces,
        kinds=_kinds(here),
        told=_pieces_told(pieces, own, told),
        status=_classes(pieces, own, [(t, _status(t.record)) for t in told]),
        dating=_classes(pieces, own, [(t, _dating(t.record, day)) for t in told]),
        parts=tuple(_parts(pieces, cast, here, own)),
        tellings=tellings,
        mentions=tuple(tuple(pieces.at[i] for i in places) for places, _ in _mentions(pieces, cast)),
    )


def _mostly(start: int, end: int, first: int, last: int) -> bool:
    """True where evidence lies mostly in a sentence, or covers most of it."""
    shared = min(last, end) - max(first, start)
    return shared > 0.5 * (last - first) or shared > 0.5 * (end - start)


def _kinds(here: list[_Told]) -> np.ndarray:
    """The label of each kind for a sentence."""
    labels = np.zeros(len(KINDS), dtype=np.int8)
    for told in here:
        for kind, label in told.labels():
            labels[kind] = max(labels[kind], label, key=_RANK.index)
    return labels


def _pieces_told(pieces: Pieces, own: np.ndarray, told: list[_Told]) -> np.ndarray:
    """The label of each kind for each piece; the sentence before is not labelled."""
    labels = np.zeros((len(pieces.spans), len(KINDS)), dtype=np.int8)
    labels[~own] = UNKNOWN
    for one in told:
        inside = _inside(pieces, one.places) & own
        for kind, label in one.labels():
            for at in np.flatnonzero(inside):
                labels[at, kind] = max(labels[at, kind], label, key=_RANK.index)
    return labels


def _inside(pieces: Pieces, places: Iterable[tuple[int, int]]) -> np.ndarray:
    places = list(places)
    return np.array([any(s < last and first < e for first, last in places) for s, e in pieces.spans])


def _classes(pieces: Pieces, own: np.ndarray, labelled: list[tuple[_Told, int]]) -> np.ndarray:
    """The class of each piece of evidence; unknown where two records say different things of it."""
    labels = np.full(len(pieces.spans), UNKNOWN, dtype=np.int8)
    known = np.zeros(len(pieces.spans), dtype=bool)
    for one, label in labelled:
        inside = _inside(pieces, one.places) & own
        clash = inside & known & (labels != label)
        labels[inside] = label
        labels[clash] = UNKNOWN
        known |= inside
    return labels


def _status(record: dict[str, Any]) -> int:
    return UNKNOWN if record.get("alt_status") else STATUSES.index(record["status"])


def _dating(record: dict[str, Any], day: tuple[str, str] | None) -> int:
    if day is None or record.get("alt_dates"):
        return UNKNOWN
    date = record.get("date")
    if date is None:
        return DATINGS.index("undated")
    return DATINGS.index("document" if (date["from"], date["to"]) == day else "other")


def _parts(pieces: Pieces, cast: Cast, here: list[_Told], own: np.ndarray) -> Iterator[Part]:
    """The part of each mention in each record told here; where two records of a kind differ on it, none."""
    found: dict[tuple[tuple[int, ...], int], set[int]] = {}
    mentions = list(_mentions(pieces, cast))
    firm = {m.code for places, m in mentions if m.form != "place" and own[places[0]]}
    for one in here:
        roles = _roles(one.record)
        loose = one.record.get("source_optional"), one.record.get("partial_targets")
        kind = KINDS.index(one.record["kind"])
        for places, mention in mentions:
            part = roles.get(mention.code, "none")
            vague = (
                (part == "source" and loose[0])
                or (part == "target" and loose[1])
                or (part == "none" and any(loose))
            )
            if vague or (mention.form == "place" and mention.code in firm):
                continue
            at = tuple(pieces.at[i] for i in places)
            found.setdefault((at, kind), set()).add(PARTS.index(part))
    yield from (Part(at, kind, next(iter(parts))) for (at, kind), parts in found.items() if len(parts) == 1)


def _mentions(pieces: Pieces, cast: Cast) -> Iterator[tuple[list[int], ActorMention]]:
    if not pieces.spans:
        return
    for mention in cast.between(min(s for s, _ in pieces.spans), max(e for _, e in pieces.spans)):
        places = [i for i, (s, e) in enumerate(pieces.spans) if s < mention.end and mention.start < e]
        if places:
            yield places, mention


def _roles(record: dict[str, Any]) -> dict[str, str]:
    """The part of each code; a code in two roles is a participant."""
    kind = record["kind"]
    roles: dict[str, str] = {}
    for actor in record["actors"]:
        role = "participant" if kind in SYMMETRIC_KINDS else actor["role"]
        roles[actor["code"]] = role if roles.get(actor["code"], role) == role else "participant"
    return {code: role for code, role in roles.items() if role in (*roles_of(kind), "participant")}
