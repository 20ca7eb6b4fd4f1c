"""Sequels: "the ban was lifted" tells of the transfer that was told to be blocked just before.

Such a sentence names neither seller nor goods, so that by itself it may be judged unlikely; what it takes up tells
both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.coding.drafts import Draft
from communique.coding.stages import stage_words

Rated = tuple[list[Draft], float]
"""The tellings of one event, the surest first, and how sure it is."""

_REACH = 4  # sentences between the block and what lifts it
_FAITH = 0.9  # what is left of the block's confidence
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})


def with_sequels(rated: Sequence[Rated], keep: float) -> list[Rated]:
    """The events, those that lift a block told surely before with the parties and goods of that block."""
    blocks = [(group[0], sure) for group, sure in rated if sure >= keep and _is_stage(group[0], "blocked")]
    return [_taken_up(group, sure, blocks) for group, sure in rated]


def _taken_up(group: list[Draft], sure: float, blocks: list[tuple[Draft, float]]) -> Rated:
    lead = group[0]
    if not _is_stage(lead, "unblocked") or lead.materiel or not _takes_up(lead):
        return group, sure
    before = [(b, s) for b, s in blocks if 0 <= _apart(b, lead) <= _REACH]
    if not before:
        return group, sure
    block, block_sure = min(before, key=lambda pair: (_apart(pair[0], lead), -pair[0].candidate.word.i))
    reason = f"it lifts what was told before: “{block.evidence.text}”"
    taken = replace(lead, parts=block.parts, materiel=block.materiel, kind_reason=lambda: reason)
    rest = [replace(draft, parts=block.parts) for draft in group[1:]]
    return [taken, *rest], max(sure, block_sure * _FAITH)


def _is_stage(draft: Draft, stage: str) -> bool:
    return draft.candidate.kind == "arms_transfer" and draft.stage == stage


def _apart(block: Draft, lead: Draft) -> int:
    return lead.candidate.sentence_number - block.candidate.sentence_number


def _takes_up(draft: Draft) -> bool:
    """True where a restraint that is known already ("the ban") stands beside the word in its clause."""
    candidate = draft.candidate
    near = [candidate.word.doc[i] for i, (_, depth) in candidate.arguments.slots.items() if depth == 0]
    restraints = stage_words()["restraint"]
    return any(
        t.lemma_.lower() in restraints and any(c.lower_ in _DEFINITE for c in t.children)
        for t in (candidate.word, *near)
    )
