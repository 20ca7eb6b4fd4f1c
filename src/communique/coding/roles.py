"""Roles: which actor does what in an event, by the slots of its frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
    def roots(self) -> frozenset[int]:
        """The places of the words by which its mentions hang in the sentence."""
        return frozenset(m.root.i for m in self.mentions)


def castings(candidate: Candidate, cast: Cast, previous: tuple[ActorMention, ...]) -> tuple[Casting, ...]:
    """The codes of the sentence, then those of the sentence before, the title and the document's focus."""
    sentence = candidate.sentence
    here: dict[str, list[ActorMention]] = {}
    for mention in cast.between(sentence.start_char, sentence.end_char):
        if not mention.start <= candidate.word.idx < mention.end or mention.form == "adjective":
            here.setdefault(mention.code, []).append(mention)
    made = [_casting(candidate, code, tuple(mentions)) for code, mentions in here.items()]
    named = (m.code for m in previous)
    others = [*named, *sorted(cast.title_codes), *cast.focus, cast.outlet_code or ""]
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
