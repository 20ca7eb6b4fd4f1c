"""Judge: decide for each candidate whether it is an event, and every field of it.

With the learned models (`model/judge.json.gz`, trained by `training/train.py`) each decision is a logistic
regression over named features, of which the rules' answers are some. Whether a candidate is an event, its parties and
its date are looked at a second time: boosted trees weigh the first answer beside those for its rivals and what is read
in the document. Without models the rules decide alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice

from communique.coding.actors import ActorMention, Cast, find_cast
from communique.coding.annotation import Annotation
from communique.coding.drafts import Part
from communique.coding.elsewhere import Elsewhere
from communique.coding.models import Models
from communique.coding.numbers import ReadDocument, claim_numbers, date_numbers, part_numbers
from communique.coding.parties import assign, shape_features
from communique.coding.propose import Candidate, propose, propose_tagged
from communique.coding.rivals import Numbers, Seat, rivals_of_claims, rivals_of_dates, rivals_of_parts
from communique.coding.roles import Casting, castings, rule_roles
from communique.coding.scene import Scene, scene_of
from communique.coding.stages import Telling, telling
from communique.coding.status import CERTAIN, rule_status
from communique.coding.status_cues import plain_cues, status_cues
from communique.coding.tagger import Reading, Tagger
from communique.coding.times import DateOption, date_options, rule_option
from communique.coding.trees import TreeModel
from communique.coding.weigh import (
    Surroundings,
    claim_features,
    stage_features,
    status_features,
    surroundings,
)
from communique.coding.weigh_dates import date_features
from communique.coding.weigh_parts import role_features
from communique.coding.weigh_reading import (
    Parts,
    dating_reading,
    kind_reading,
    paired_parts,
    part_reading,
    read_parts,
    status_reading,
)
from communique.records import AGREEMENT_STAGES, TRANSFER_STAGES, Stage, Status

FAINT = (0.03, -3.5)
"""Less than this probability of the kind in the sentence, and less than such log odds at the word: no event."""
FLOOR = 0.4  # below this no candidate is looked at further: of what is kept next to nothing is less likely
FLOOR_LIFTED = 0.12  # but one that lifts a block: what it takes up is told before it (`sequels`)
SURELY_ACTUAL = 0.54  # an act is stated as fact only where the model is at least so sure of it

UNDATED = 0.85  # what "no date" is worth beside a date that is as likely: most acts in news have one
CLOSE = 0.75  # a stage given by a word comes before another that is likelier by no more than this share


@dataclass(frozen=True)
class Judged:
    """A candidate with its probability and decided core fields; `cues` and `castings` are kept to explain."""

    candidate: Candidate
    probability: float
    kind_reason: Callable[[], str]
    parts: tuple[Part, ...]
    sure_of_parties: float
    status: Status
    status_reason: str
    date: DateOption
    stage: Stage | None
    numbers: Numbers


@dataclass(frozen=True)
class Context:
    """What judging a candidate looks at beside its own words."""

    annotation: Annotation
    scene: Scene
    around: Surroundings
    tags: Mapping[int, Reading]
    castings: Mapping[tuple[int, str], tuple[Casting, ...]]
    """The codes that may play a part, by a candidate's word and kind."""

    def castings_of(self, candidate: Candidate) -> tuple[Casting, ...]:
        """The codes that may play a part in one of the document's candidates."""
        return self.castings[candidate.word.i, candidate.kind]

    def reading(self, candidate: Candidate) -> Reading | None:
        """What the tagger reads in the sentence of a candidate."""
        return self.tags.get(candidate.sentence_number)

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """Which parts are read for the document's actors, sentence by sentence."""
        starts = [s.start_char for s in self.annotation.parse.sentences]
        return Elsewhere(self.tags, self.scene.cast, starts)

    @cached_property
    def read_document(self) -> ReadDocument:
        """What is read in the document as a whole."""
        return ReadDocument.of(self.tags, len(self.annotation.parse.sentences))


def look(annotation: Annotation, tagger: Tagger | None) -> tuple[tuple[Candidate, ...], Context]:
    """The candidates of a document that are not faint, and what they share; sentences that name an actor are tagged."""
    parse, cast = annotation.parse, find_cast(annotation)
    candidates = list(propose(parse))
    tags: Mapping[int, Reading] = {}
    if tagger is not None:
        acting = (n for n, s in enumerate(parse.sentences) if cast.between(s.start_char, s.end_char))
        tags = tagger.tags(parse, {*acting, *(c.sentence_number for c in candidates)})
        candidates = [c for c in candidates if not _is_faint(c, tags.get(c.sentence_number))]
        candidates.extend(propose_tagged(parse, tags, candidates))
        candidates.sort(key=lambda c: (c.word.i, c.kind))
    cast_in = [(c, castings_of(c, cast)) for c in candidates]
    scene = scene_of(cast, annotation, cast_in)
    found: dict[tuple[int, str], tuple[Casting, ...]] = {(c.word.i, c.kind): row for c, row in cast_in}
    return tuple(candidates), Context(annotation, scene, surroundings(tuple(candidates)), tags, found)


def _is_faint(candidate: Candidate, reading: Reading | None) -> bool:
    """True where the tagger reads next to nothing of the kind; not of "the ban was lifted" (see `sequels`)."""
    if reading is None or reading.kinds[candidate.kind] >= FAINT[0] or _lifts(candidate):
        return False
    told = reading.told(candidate.word.idx, candidate.word.idx + len(candidate.word))
    return bool(told) and told[candidate.kind] < FAINT[1]


def _lifts(candidate: Candidate) -> bool:
    return candidate.frame.stage == "unblocked"


def castings_of(candidate: Candidate, cast: Cast) -> tuple[Casting, ...]:
    """The codes that may play a part in a candidate."""
    sentence = candidate.sentence
    before: tuple[ActorMention, ...] = ()
    if sentence.start > 0:
        previous = sentence.doc[sentence.start - 1].sent
        before = cast.between(previous.start_char, previous.end_char)
    return castings(candidate, cast, before)


def judge(candidates: Sequence[Candidate], context: Context, models: Models | None) -> Iterator[Judged]:
    """The candidates of a document that may tell an event, as judged."""
    looked = _by_rules(candidates, context) if models is None else _weighed(candidates, context, models)
    likely = [row for row in looked if row[2] >= (FLOOR_LIFTED if _lifts(row[0]) else FLOOR)]
    assigned = _parts_of_all([candidate for candidate, *_ in likely], context, models)
    acted = [(row, cast) for row, cast in zip(likely, assigned, strict=True) if cast[0]]
    statuses = [_status(row[0], row[1], models, context) for row, _ in acted]
    dates = _dates(
        [(row[0], status) for (row, _), (status, _) in zip(acted, statuses, strict=True)], context, models
    )
    for (row, (parts, sure)), (status, status_reason), date in zip(acted, statuses, dates, strict=True):
        candidate, cues, probability, reason, numbers = row
        stage = _stage(candidate, cues, status, models, telling(candidate, context.annotation))
        yield Judged(candidate, probability, reason, parts, sure, status, status_reason, date, stage, numbers)


Looked = tuple[Candidate, tuple[str, ...], float, Callable[[], str], Numbers]
"""A candidate, the cues of its status, how likely it is an event, why, and the numbers weighed."""


def _weighed(candidates: Sequence[Candidate], context: Context, models: Models) -> Iterator[Looked]:
    """Each candidate looked at by itself, then all beside each other."""
    cues = [status_cues(c, context.annotation) for c in candidates]
    features = [
        features_of(c, context.castings_of(c), own, context) for c, own in zip(candidates, cues, strict=True)
    ]
    firsts = [models.claim.predict(row)["yes"] for row in features]
    rivals = rivals_of_claims([seat_of(c) for c in candidates], firsts)
    numbers = [{**claim_weighed(c, context), **r} for c, r in zip(candidates, rivals, strict=True)]
    for i, found in enumerate(models.claim_again.predict(numbers)):
        yield candidates[i], cues[i], found["yes"], partial(_why, models, features[i], numbers[i]), numbers[i]


def _why(models: Models, features: Mapping[str, float], numbers: Numbers) -> str:
    """What spoke most strongly for or against an event, at the first look and at the second."""
    first = models.claim.reasons(features, "yes", most=3)
    return _in_words((*first, *_strongest(models.claim_again.reasons(numbers, "yes"))))


def _by_rules(candidates: Sequence[Candidate], context: Context) -> Iterator[Looked]:
    for c in candidates:
        yield (
            c,
            status_cues(c, context.annotation),
            _by_rule(c, context.castings_of(c)),
            lambda: "by its frame",
            {},
        )


def seat_of(candidate: Candidate) -> Seat:
    """Where a candidate stands."""
    return Seat(candidate.sentence_number, candidate.word.i, candidate.kind)


def claim_weighed(candidate: Candidate, context: Context) -> Numbers:
    """The numbers that the second look at a candidate weighs beside the first look."""
    return claim_numbers(candidate, context.castings_of(candidate), context.read_document)


def features_of(
    candidate: Candidate, found: tuple[Casting, ...], cues: tuple[str, ...], context: Context
) -> dict[str, float]:
    """All that is weighed on whether a candidate is an event."""
    features = claim_features(candidate, found, plain_cues(cues), context.around, context.annotation)
    features.update(kind_reading(candidate, context.reading(candidate)))
    return features


def _by_rule(candidate: Candidate, found: tuple[Casting, ...]) -> float:
    """Without learning: an event where a party stands in an argument of a specific frame."""
    parties = sum(c.rule is not None for c in found)
    specific = bool(candidate.frame.object or candidate.frame.near or candidate.frame.rest)
    return min(0.9, 0.25 + 0.2 * min(parties, 2) + 0.15 * specific)


def _parts_of_all(
    candidates: Sequence[Candidate], context: Context, models: Models | None
) -> list[tuple[tuple[Part, ...], float]]:
    """For each candidate of a document the parts that its castings play, and how likely they are all together."""
    if models is None:
        return [(tuple(_parts_by_rule(c, context)), 1.0) for c in candidates]
    rows: list[list[Numbers]] = []
    shapes: list[dict[str, float]] = []
    for candidate in candidates:
        found = context.castings_of(candidate)
        read = read_parts(candidate, found, context.reading(candidate), context.scene.cast)
        firsts = [models.role.predict(row) for row in parts_features(candidate, found, read, context.scene)]
        weighed = parts_weighed(candidate, read, context)
        rows.append([{**n, **r} for n, r in zip(weighed, rivals_of_parts(firsts), strict=True)])
        shapes.append(models.shape.predict(shape_features(candidate, found, read)))
    again = _predict_groups(models.role_again, rows)
    return [
        _assigned(c, context.castings_of(c), own, shape)
        for c, own, shape in zip(candidates, again, shapes, strict=True)
    ]


def _assigned(
    candidate: Candidate,
    found: tuple[Casting, ...],
    again: Sequence[Mapping[str, float]],
    shape: Mapping[str, float],
) -> tuple[tuple[Part, ...], float]:
    assignment = assign(candidate.kind, list(zip(found, again, strict=True)), shape)
    parts = tuple(
        Part(
            role,
            casting.code,
            casting.mentions,
            f"as “{casting.slot}”" if casting.best else "from the document's focus",
            sure,
        )
        for casting, role, sure in assignment.parts
    )
    return parts, assignment.sure


def _parts_by_rule(candidate: Candidate, context: Context) -> Iterator[Part]:
    found = context.castings_of(candidate)
    by_code = {c.code: c for c in found}
    for code, role in rule_roles(candidate, found).items():
        yield Part(role, code, by_code[code].mentions, f"the frame's “{by_code[code].slot}”", 0.6)


def _predict_groups(model: TreeModel, groups: Sequence[Sequence[Numbers]]) -> list[list[dict[str, float]]]:
    """The probabilities for each row of each group, asked for all at once."""
    found = iter(model.predict([row for group in groups for row in group]))
    return [list(islice(found, len(group))) for group in groups]


def parts_weighed(candidate: Candidate, read: list[Parts], context: Context) -> list[Numbers]:
    """For each casting the numbers that the second look at its part weighs beside the first look."""
    found = context.castings_of(candidate)
    reading = context.reading(candidate)
    paired = paired_parts(candidate, found, reading, context.scene.cast)
    here = part_numbers(candidate, found, read, paired, context.scene, reading)
    return [h | e for h, e in zip(here, context.elsewhere.numbers(candidate, found), strict=True)]


def parts_features(
    candidate: Candidate, found: tuple[Casting, ...], read: list[Parts], scene: Scene
) -> list[dict[str, float]]:
    """For each casting all that is weighed on its part."""
    return [
        {
            **role_features(candidate, casting, found, scene),
            **part_reading(candidate, casting, parts, read),
        }
        for casting, parts in zip(found, read, strict=True)
    ]


def status_weighed(
    candidate: Candidate, cues: tuple[str, ...], rule: Status, context: Context
) -> dict[str, float]:
    """All that is weighed on the status."""
    told = telling(candidate, context.annotation)
    features = status_features(candidate, cues, rule, told)
    return {**features, **status_reading(candidate, context.reading(candidate))}


def date_weighed(
    option: DateOption,
    candidate: Candidate,
    options: tuple[DateOption, ...],
    status: Status,
    context: Context,
) -> dict[str, float]:
    """All that is weighed on one option for the date."""
    features = date_features(option, candidate, options, status, context.annotation)
    read = dating_reading(candidate, context.reading(candidate))
    return {**features, **{f"{name}|{option.place}": value for name, value in read.items()}}


def date_weighed_again(option: DateOption, candidate: Candidate, status: Status, context: Context) -> Numbers:
    """The numbers that the second look at one option for the date weighs beside the first look."""
    published = context.annotation.parse.document.published.interval
    return date_numbers(option, candidate, status, published, context.reading(candidate))


def _status(
    candidate: Candidate, cues: tuple[str, ...], models: Models | None, context: Context
) -> tuple[Status, str]:
    rule, reason = rule_status(candidate, cues)
    if models is None or reason in CERTAIN:
        return rule, reason
    features = status_weighed(candidate, cues, rule, context)
    probabilities = models.status.predict(features)
    others = [s for s in probabilities if s != "actual"]
    best = max(others, key=lambda s: probabilities[s])
    if probabilities["actual"] >= SURELY_ACTUAL:
        best = "actual"
    status: Status = best  # type: ignore[assignment]
    return status, reason if status == rule else _in_words(models.status.reasons(features, best))


def _dates(
    decided: Sequence[tuple[Candidate, Status]], context: Context, models: Models | None
) -> list[DateOption]:
    """The date of each candidate of a document."""
    options = [date_options(candidate, context.annotation, status) for candidate, status in decided]
    if models is None:
        return [rule_option(c, own, status) for (c, status), own in zip(decided, options, strict=True)]
    rows: list[list[Numbers]] = []
    for (candidate, status), own in zip(decided, options, strict=True):
        weighed = (date_weighed(o, candidate, own, status, context) for o in own)
        rivals = rivals_of_dates([o.place for o in own], [models.date.predict(row)["yes"] for row in weighed])
        numbers = (date_weighed_again(o, candidate, status, context) for o in own)
        rows.append([{**n, **r} for n, r in zip(numbers, rivals, strict=True)])
    again = _predict_groups(models.date_again, rows)
    return [_likeliest(own, [p["yes"] for p in found]) for own, found in zip(options, again, strict=True)]


def _likeliest(options: Sequence[DateOption], sure: Sequence[float]) -> DateOption:
    scores = [s * UNDATED if o.place == "none" else s for o, s in zip(options, sure, strict=True)]
    told = any(o.place in ("clause", "noun") and s >= 0.5 for o, s in zip(options, scores, strict=True))
    fair = [i for i, o in enumerate(options) if not (told and o.place == "document")]
    best = max(fair, key=lambda i: (scores[i], -i))
    return replace(options[best], sure=scores[best])


def _stage(
    candidate: Candidate, cues: tuple[str, ...], status: Status, models: Models | None, told: Telling | None
) -> Stage | None:
    allowed = {"arms_transfer": TRANSFER_STAGES, "agreement": AGREEMENT_STAGES}.get(candidate.kind)
    if allowed is None:
        return None
    if models is None:
        return candidate.frame.stage
    probabilities = models.stage.predict(stage_features(candidate, cues, status, told))
    best = max((s for s in allowed if s in probabilities), key=lambda s: probabilities[s])
    if told is not None and probabilities.get(told.stage, 0.0) >= CLOSE * probabilities[best]:
        best = told.stage
    return best  # type: ignore[return-value]


def _strongest(reasons: Mapping[str, float], most: int = 2) -> tuple[tuple[str, float], ...]:
    """The numbers of the second look that spoke most strongly, without the first look's own answer."""
    said = [(name, weight) for name, weight in reasons.items() if name != "first look"]
    return tuple(sorted(said, key=lambda pair: (-abs(pair[1]), pair[0]))[:most])


def _in_words(reasons: tuple[tuple[str, float], ...]) -> str:
    return "; ".join(
        f"{'for' if weight > 0 else 'against'}: {name.replace('|', ' ')}" for name, weight in reasons
    )
