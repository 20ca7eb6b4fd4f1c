"""Roles: which actor does what in an event, by the frame's slots, and what the judge can weigh about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.coding.actors import ActorMention, Cast
from communique.coding.propose import Candidate
from communique.records import SYMMETRIC_KINDS, Role

_SHALLOW = 3
_NOT_BY_RULE = frozenset({"place"})


@dataclass(frozen=True)
class Casting:
    """One code that may play a part in a candidate: its mentions in the sentence and how it is known.

    `slot` and `depth` are those of the best placed mention ("outside" where none stands in an argument);
    `rule` is the role that the frame gives, or None.
    """

    code: str
    mentions: tuple[ActorMention, ...]
    slot: str
    depth: int
    rule: Role | None
    best: ActorMention | None


def castings(candidate: Candidate, cast: Cast, previous: tuple[ActorMention, ...]) -> tuple[Casting, ...]:
    """The codes of the sentence, then those of the sentence before, the title and the document's focus."""
    sentence = candidate.sentence
    here: dict[str, list[ActorMention]] = {}
    for mention in cast.between(sentence.start_char, sentence.end_char):
        if not mention.start <= candidate.word.idx < mention.end or mention.form == "adjective":
            here.setdefault(mention.code, []).append(mention)
    made = [_casting(candidate, code, tuple(mentions)) for code, mentions in here.items()]
    focus = sorted(cast.ranks, key=lambda c: cast.ranks[c])[:3]
    others = [*(m.code for m in previous), *sorted(cast.title_codes), *focus, cast.outlet_code or ""]
    for code in dict.fromkeys(others):
        if code and code not in here:
            made.append(Casting(code, (), "absent", 9, None, None))
    return tuple(made)


def _casting(candidate: Candidate, code: str, mentions: tuple[ActorMention, ...]) -> Casting:
    best, slot, depth = None, "outside", 9
    for mention in mentions:
        found = candidate.arguments.slots.get(mention.root.i)
        if found is not None and (found[1] < depth or (found[1] == depth and slot == "outside")):
            best, (slot, depth) = mention, found
    rule = candidate.frame.roles.get(slot) if depth <= _SHALLOW else None
    if best is not None and best.form in _NOT_BY_RULE and not _place_acts(candidate, slot):
        rule = None
    if rule is None and slot == "subject_above" and candidate.kind not in ("visit",):
        rule = candidate.frame.roles.get("subject")
    return Casting(code, mentions, slot, depth, rule, best or mentions[0])


def _place_acts(candidate: Candidate, slot: str) -> bool:
    return candidate.kind == "visit" and candidate.frame.roles.get(slot) == "target"


def rule_roles(candidate: Candidate, found: tuple[Casting, ...]) -> dict[str, Role]:
    """The roles by rule alone: those of the frame's slots; where none, the sentence's first actors."""
    roles = {c.code: c.rule for c in found if c.rule is not None}
    if roles:
        return roles
    symmetric = candidate.kind in SYMMETRIC_KINDS
    order: list[Role] = ["participant", "participant"] if symmetric else ["source", "target"]
    named = [c for c in found if c.mentions and c.best is not None and c.best.form != "place"]
    return {c.code: role for c, role in zip(named, order, strict=False)}


def role_features(
    candidate: Candidate, casting: Casting, found: tuple[Casting, ...], cast: Cast
) -> dict[str, float]:
    """What the judge weighs about one code in one candidate: each feature alone and with the kind."""
    plain = list(dict.fromkeys(_plain_features(candidate, casting, found, cast)))
    kind = candidate.kind
    features = dict.fromkeys(plain, 1.0)
    features.update((f"{kind}|{name}", 1.0) for name in plain)
    features[f"{candidate.frame.name}|{casting.slot}"] = 1.0
    features[f"{kind}|{candidate.word.lemma_.lower()}|{casting.slot}"] = 1.0
    return features


def _plain_features(
    candidate: Candidate, casting: Casting, found: tuple[Casting, ...], cast: Cast
) -> Iterator[str]:
    rank = cast.ranks.get(casting.code, 9)
    yield f"rank:{min(rank, 4)}"
    yield f"title:{casting.code in cast.title_codes}"
    yield f"outlet:{casting.code == cast.outlet_code}"
    yield f"rule:{casting.rule}"
    yield f"slot:{casting.slot}"
    rules = {c.rule for c in found if c.code != casting.code}
    yield f"others:{'source' in rules}{'target' in rules}{'participant' in rules}"
    here = sum(bool(c.mentions) for c in found)
    yield f"here:{min(here, 5)}"
    if casting.best is None:
        yield f"absent:{min(rank, 3)}:{casting.code in cast.title_codes}:{min(here, 3)}"
        yield f"absent_others:{'source' in rules}{'target' in rules}{'participant' in rules}:{min(rank, 3)}"
        return
    yield f"depth:{casting.slot}:{min(casting.depth, 3)}"
    best = casting.best
    yield f"form:{best.form}"
    yield f"form:{best.form}:{casting.slot}"
    yield f"rule:{casting.rule}:{best.form}:{rank if rank < 2 else 2}"
    after = best.start > candidate.word.idx
    yield f"side:{after}:{casting.slot}"
    distance = abs(best.root.i - candidate.word.i)
    yield f"near:{after}:{min(distance.bit_length(), 6)}"
    head = best.root.head
    if best.root.dep_ == "pobj":
        yield f"prep:{head.lower_}"
        yield f"prep:{head.lower_}:{head.head.lemma_.lower()}"
    yield f"dep:{best.root.dep_}"
    yield f"head:{head.lemma_.lower()}"
    for other in sorted(
        {candidate.arguments.slots.get(m.root.i, ("outside", 0))[0] for m in casting.mentions}
    ):
        yield f"any:{other}"
    order = [
        c.code for c in sorted((c for c in found if c.best), key=lambda c: c.best.start if c.best else 0)
    ]
    yield f"order:{min(order.index(casting.code), 3)}:{min(here, 4)}"
    if best.start < candidate.sentence.end_char and candidate.sentence.start_char <= cast.title_end:
        yield "in_title"
