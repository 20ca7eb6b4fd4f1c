"""Judge: decide for each candidate whether it is an event, and every field of it.

With the learned models (`model/judge.json.gz`, trained by `training/train.py`) each decision is a logistic
regression over named features, of which the rules' answers are some; without them the rules decide alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from communique.coding.actors import ActorMention, Cast, find_cast
from communique.coding.annotation import Annotation
from communique.coding.drafts import Part
from communique.coding.linear import LinearModel, read_models
from communique.coding.parties import assign, shape_features
from communique.coding.propose import Candidate, propose, propose_tagged
from communique.coding.roles import Casting, castings, rule_roles
from communique.coding.scene import Scene, scene_of
from communique.coding.stages import Telling, telling
from communique.coding.status import plain_cues, rule_status, status_cues
from communique.coding.tagger import MiniLMTagger, Reading, Tagger
from communique.coding.times import DateOption, date_options, rule_option
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
    part_reading,
    read_parts,
    status_reading,
)
from communique.records import AGREEMENT_STAGES, TRANSFER_STAGES, Stage, Status

FLOOR = 0.12  # below this no candidate is looked at further
SURELY_ACTUAL = 0.54  # an act is stated as fact only where the model is at least so sure of it

UNDATED = 0.85  # what "no date" is worth beside a date that is as likely: most acts in news have one
CLOSE = 0.75  # a stage given by a word comes before another that is likelier by no more than this share


@dataclass(frozen=True)
class Judged:
    """A candidate with its probability and decided core fields; `cues` and `castings` are kept to explain."""

    candidate: Candidate
    probability: float
    kind_reason: str
    parts: tuple[Part, ...]
    status: Status
    status_reason: str
    date: DateOption
    stage: Stage | None


@dataclass(frozen=True)
class Models:
    """The learned models: is it an event, roles, shape of parties, status, date, stage; the sentence tagger."""

    claim: LinearModel
    role: LinearModel
    shape: LinearModel
    status: LinearModel
    date: LinearModel
    stage: LinearModel
    confidence: LinearModel
    tagger: Tagger | None = None


@lru_cache(maxsize=1)
def shipped_models() -> Models:
    """The models that come with the package."""
    found = read_models((files("communique.coding") / "model" / "judge.json.gz").read_bytes())
    return Models(**found, tagger=MiniLMTagger())


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


def look(annotation: Annotation, tagger: Tagger | None) -> tuple[tuple[Candidate, ...], Context]:
    """The candidates of a document and what they share; sentences that name an actor are tagged."""
    parse, cast = annotation.parse, find_cast(annotation)
    candidates = list(propose(parse))
    tags: Mapping[int, Reading] = {}
    if tagger is not None:
        acting = (n for n, s in enumerate(parse.sentences) if cast.between(s.start_char, s.end_char))
        tags = tagger.tags(parse, {*acting, *(c.sentence_number for c in candidates)})
        candidates.extend(propose_tagged(parse, tags, candidates))
        candidates.sort(key=lambda c: (c.word.i, c.kind))
    cast_in = [(c, castings_of(c, cast)) for c in candidates]
    scene = scene_of(cast, annotation, cast_in)
    found: dict[tuple[int, str], tuple[Casting, ...]] = {(c.word.i, c.kind): row for c, row in cast_in}
    return tuple(candidates), Context(annotation, scene, surroundings(tuple(candidates)), tags, found)


def castings_of(candidate: Candidate, cast: Cast) -> tuple[Casting, ...]:
    """The codes that may play a part in a candidate."""
    sentence = candidate.sentence
    before: tuple[ActorMention, ...] = ()
    if sentence.start > 0:
        previous = sentence.doc[sentence.start - 1].sent
        before = cast.between(previous.start_char, previous.end_char)
    return castings(candidate, cast, before)


def judge(candidate: Candidate, context: Context, models: Models | None) -> Judged | None:
    """The candidate as judged, or None where it tells no event."""
    found = context.castings_of(candidate)
    cues = status_cues(candidate, context.annotation)
    features = features_of(candidate, found, cues, context) if models else {}
    probability = models.claim.predict(features)["yes"] if models else _by_rule(candidate, found)
    if probability < FLOOR:
        return None
    parts = tuple(_parts(candidate, found, context, models))
    if not parts:
        return None
    reason = _in_words(models.claim.reasons(features, "yes")) if models else "by its frame"
    told = telling(candidate, context.annotation)
    status, status_reason = _status(candidate, cues, models, context)
    options = date_options(candidate, context.annotation, status)
    date = _date(candidate, options, status, context, models)
    stage = _stage(candidate, cues, status, models, told)
    return Judged(candidate, probability, reason, parts, status, status_reason, date, stage)


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


def _parts(
    candidate: Candidate, found: tuple[Casting, ...], context: Context, models: Models | None
) -> Iterator[Part]:
    if models is None:
        by_code = {c.code: c for c in found}
        for code, role in rule_roles(candidate, found).items():
            yield Part(role, code, by_code[code].mentions, f"the frame's “{by_code[code].slot}”", 0.6)
        return
    read = read_parts(candidate, found, context.reading(candidate), context.scene.cast)
    rows = parts_features(candidate, found, read, context.scene)
    weighed = [(c, models.role.predict(row)) for c, row in zip(found, rows, strict=True)]
    shapes = models.shape.predict(shape_features(candidate, found, read))
    for casting, role, sure in assign(candidate.kind, weighed, shapes):
        where = f"as “{casting.slot}”" if casting.best else "from the document's focus"
        yield Part(role, casting.code, casting.mentions, where, sure)


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


def _status(
    candidate: Candidate, cues: tuple[str, ...], models: Models | None, context: Context
) -> tuple[Status, str]:
    rule, reason = rule_status(candidate, cues)
    if models is None:
        return rule, reason
    features = status_weighed(candidate, cues, rule, context)
    probabilities = models.status.predict(features)
    others = [s for s in probabilities if s != "actual"]
    best = max(others, key=lambda s: probabilities[s])
    if probabilities["actual"] >= SURELY_ACTUAL:
        best = "actual"
    status: Status = best  # type: ignore[assignment]
    return status, reason if status == rule else _in_words(models.status.reasons(features, best))


def _date(
    candidate: Candidate,
    options: tuple[DateOption, ...],
    status: Status,
    context: Context,
    models: Models | None,
) -> DateOption:
    if models is None:
        return rule_option(candidate, options, status)
    weighed = (date_weighed(o, candidate, options, status, context) for o in options)
    scores = [models.date.predict(features)["yes"] for features in weighed]
    scores = [s * UNDATED if o.place == "none" else s for o, s in zip(options, scores, strict=True)]
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


def _in_words(reasons: tuple[tuple[str, float], ...]) -> str:
    return "; ".join(
        f"{'for' if weight > 0 else 'against'}: {name.replace('|', ' ')}" for name, weight in reasons
    )
