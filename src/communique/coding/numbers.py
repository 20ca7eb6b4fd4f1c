"""What the second look weighs beside the first one's answers: the tagger's reading and the document, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from communique.coding.propose import Candidate
from communique.coding.rivals import NOTHING, Numbers, odds
from communique.coding.roles import Casting
from communique.coding.scene import Scene
from communique.coding.tagger import KINDS, PARTS, Reading
from communique.coding.times import DateOption
from communique.coding.weigh_dates import form_of
from communique.coding.weigh_reading import Parts
from communique.records import Interval, Status

_NEIGHBOURS = (-2, -1, 1, 2)
_FAR = 30.0  # words from the word to where the kind is told most strongly
_LETTERS = 6  # of a word, about
_ABSENT = 99.0
_LONGEST = 400  # days
_OLDEST = 4000


@dataclass(frozen=True)
class ReadDocument:
    """What the tagger reads in a document: the probability of each kind in each sentence that it read."""

    tags: Mapping[int, Reading]
    sentences: int
    rows: Mapping[str, tuple[tuple[int, float], ...]]
    """For each kind the sentences' numbers and probabilities."""
    telling: int
    """Sentences in which some kind is likelier than not."""
    of_kinds: Mapping[int, Numbers]
    """For each sentence the log odds of each kind, by name."""

    @classmethod
    def of(cls, tags: Mapping[int, Reading], sentences: int) -> ReadDocument:
        """The readings of a document of so many sentences."""
        rows = {kind: tuple((n, r.kinds[kind]) for n, r in tags.items()) for kind in KINDS}
        telling = sum(max(r.kinds.values()) > 0.5 for r in tags.values())
        of_kinds = {n: {f"read: {k}": odds(p) for k, p in r.kinds.items()} for n, r in tags.items()}
        return cls(tags, sentences, rows, telling, of_kinds)


def claim_numbers(candidate: Candidate, found: Sequence[Casting], document: ReadDocument) -> Numbers:
    """Of a candidate: its place in sentence and document, and what is read at its word, around it and elsewhere."""
    sentence, word = candidate.sentence, candidate.word
    reading = document.tags.get(candidate.sentence_number)
    numbers: Numbers = {
        f"kind: {candidate.kind}": 1.0,
        "tagged": float(candidate.is_tagged),
        "sentence": float(candidate.sentence_number),
        "sentences": float(document.sentences),
        "words": float(len(sentence)),
        "how far on": (word.i - sentence.start) / max(1, len(sentence)),
        "actors here": float(sum(bool(c.mentions) for c in found)),
    }
    if reading is None:
        return numbers | {"unread": 1.0}
    numbers |= _of_sentence(candidate, reading, document.of_kinds[candidate.sentence_number])
    numbers |= _of_word(candidate, reading)
    numbers |= _of_peak(candidate, reading)
    numbers |= _of_document(candidate, reading, document)
    for part in PARTS:
        rows = (reading.parts(candidate.kind, m.start, m.end) for c in found for m in c.mentions)
        numbers[f"read part: {part}"] = max((odds(r[part]) for r in rows if r), default=NOTHING)
    return numbers


def _of_sentence(candidate: Candidate, reading: Reading, of_kinds: Numbers) -> Numbers:
    others = sorted((p for kind, p in reading.kinds.items() if kind != candidate.kind), reverse=True)
    return {
        "read": odds(reading.kinds[candidate.kind]),
        "read: another kind": odds(others[0]),
        "read: a third kind": odds(others[1]),
        **of_kinds,
    }


def _of_word(candidate: Candidate, reading: Reading) -> Numbers:
    start = candidate.word.idx
    end = start + len(candidate.word)
    told = reading.told(start, end)
    if not told:
        return {}
    numbers = {f"told: {kind}": number for kind, number in told.items()}
    numbers["told"] = told[candidate.kind]
    numbers["told: another kind"] = max(o for kind, o in told.items() if kind != candidate.kind)
    both = {**reading.status(start, end), **reading.dating(start, end)}
    return numbers | {f"here: {name}": odds(p) for name, p in both.items()}


def _of_peak(candidate: Candidate, reading: Reading) -> Numbers:
    """Of the word of the sentence at which the kind is told most strongly."""
    sentence, at = candidate.sentence, candidate.word.idx
    own = [i for i, (s, e) in enumerate(reading.spans) if s >= sentence.start_char and e <= sentence.end_char]
    if not own:
        return {}
    told = np.asarray(reading.scores[own, KINDS.index(candidate.kind)], dtype=np.float64)
    place = reading.spans[own[int(told.argmax())]][0]
    here = reading.told(at, at + len(candidate.word))
    status = reading.status(place, place + 1)
    return {
        "told: most in the sentence": float(told.max()),
        "told: all of the sentence": float(np.log1p(np.exp(told)).sum()),
        "told: short of the most": float(told.max()) - (here[candidate.kind] if here else NOTHING),
        "told: steps to the most": min(_FAR, abs(place - at) / _LETTERS),
        "told: most after the word": float(place > at),
        **{f"at the most: {name}": odds(p) for name, p in status.items()},
    }


def _of_document(candidate: Candidate, reading: Reading, document: ReadDocument) -> Numbers:
    kind, number = candidate.kind, candidate.sentence_number
    every = document.rows[kind]
    own = reading.kinds[kind]
    near = {n: document.tags.get(number + n) for n in _NEIGHBOURS}
    return {
        "read: most of the document": odds(max(p for _, p in every)),
        "read: sentences before this in strength": float(sum(p > own for _, p in every)),
        "read: all of the document": sum(p for _, p in every),
        "read: all until here": sum(p for n, p in every if n < number),
        "read: sentences that tell": float(document.telling),
        **{f"read: {n:+d}": odds(r.kinds[kind]) if r else NOTHING for n, r in near.items()},
    }


def part_numbers(
    candidate: Candidate,
    found: Sequence[Casting],
    read: Sequence[Parts],
    paired: Sequence[Parts],
    scene: Scene,
    reading: Reading | None,
) -> list[Numbers]:
    """For each actor that a candidate may have: how it is named, and which part is read at its names and others'.

    `paired` are the parts read from the candidate's word and the names together.
    """
    here = float(sum(bool(c.mentions) for c in found))
    logs = [[odds(parts[p]) if parts else NOTHING for p in PARTS] for parts in read]
    acting = float(sum(row[0] < 0 for row in logs))
    made = []
    for i, casting in enumerate(found):
        others = [row for k, row in enumerate(logs) if k != i]
        numbers = _of_casting(candidate, casting, scene) | {
            f"kind: {candidate.kind}": 1.0,
            "actors": float(len(found)),
            "actors here": here,
            "read: others that play": acting,
            "read: least none of another": min((row[0] for row in others), default=NOTHING),
        }
        for k, part in enumerate(PARTS):
            own = logs[i][k]
            numbers[f"read: {part}"] = own
            numbers[f"read: {part}, another"] = max((row[k] for row in others), default=NOTHING)
            numbers[f"read: {part}, likelier"] = float(sum(row[k] > own for row in others))
        numbers |= _of_pairs(i, paired)
        if reading is not None and casting.mentions:
            numbers |= _of_mentions(candidate, casting, reading)
        made.append(numbers)
    return made


def _of_pairs(i: int, paired: Sequence[Parts]) -> Numbers:
    """The parts of the actor of that number, and the likeliest of its rivals."""
    if not paired[i]:
        return {}
    others = [parts for k, parts in enumerate(paired) if k != i and parts]
    return {
        **{f"pair: {p}": odds(paired[i][p]) for p in PARTS},
        **{f"pair: {p}, another": max((odds(o[p]) for o in others), default=NOTHING) for p in PARTS},
    }


def _of_casting(candidate: Candidate, casting: Casting, scene: Scene) -> Numbers:
    steps = casting.best.root.i - candidate.word.i if casting.best is not None else _ABSENT
    return {
        "names here": float(len(casting.mentions)),
        "depth": float(casting.depth),
        "tagged": float(candidate.is_tagged),
        "share of all names": scene.counts[casting.code] / max(1, scene.total),
        "rank": float(scene.cast.ranks.get(casting.code, 9)),
        "first named": scene.first.get(casting.code, 0) / 100,
        "in the title": float(casting.code in scene.cast.title_codes),
        "words after": float(steps),
        "words away": float(abs(steps)),
    }


def _of_mentions(candidate: Candidate, casting: Casting, reading: Reading) -> Numbers:
    rows = [r for m in casting.mentions if (r := reading.parts(candidate.kind, m.start, m.end))]
    first = casting.mentions[0]
    return {
        "read: kind": odds(reading.kinds[candidate.kind]),
        "read: any part of any kind": reading.acts(first.start, first.end),
        **{f"read: {p}, any name": max((odds(r[p]) for r in rows), default=NOTHING) for p in PARTS[1:]},
    }


def date_numbers(
    option: DateOption,
    candidate: Candidate,
    status: Status,
    published: Interval | None,
    reading: Reading | None,
) -> Numbers:
    """Of a date that a candidate may have: how it stands to the word and the document's date, and what is read."""
    start = candidate.word.idx
    numbers: Numbers = {
        f"kind: {candidate.kind}": 1.0,
        f"status: {status}": 1.0,
        f"form: {form_of(candidate.clause)}": 1.0,
        "sentence": float(candidate.sentence_number),
        "noun": float(candidate.word.pos_ == "NOUN"),
        "tagged": float(candidate.is_tagged),
    }
    if option.expression is not None:
        numbers["letters after"] = float(option.expression.start - start)
        numbers["letters away"] = float(abs(option.expression.start - start))
        numbers[f"shape: {option.expression.shape}"] = 1.0
    if option.interval is not None:
        numbers["days"] = float(min(_LONGEST, option.interval.days))
        if published is not None:
            since = (published.start - option.interval.start).days
            numbers["days ago"] = float(max(-_OLDEST, min(_OLDEST, since)))
    else:
        numbers["days"] = -1.0
    if reading is not None:
        read = reading.dating(start, start + len(candidate.word))
        numbers |= {f"read: {name}": odds(p) for name, p in read.items()}
    return numbers
