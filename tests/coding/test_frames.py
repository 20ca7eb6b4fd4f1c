from __future__ import annotations

from pathlib import Path
from typing import get_args

from communique.coding.arguments import arguments_of
from communique.coding.frames import load_frames
from communique.records import AGREEMENT_STAGES, TRANSFER_STAGES, Kind

SLOTS = frozenset(
    """subject object indirect agent possessor modifier clause_subject to in into at of by from with between among for
    against on upon over toward towards near behind outside""".split()  # noqa: SIM905
)


def test_every_kind_has_frames_and_a_summary() -> None:
    frames = load_frames()
    kinds = {f.kind for rows in frames.by_head.values() for f in rows}
    assert kinds == set(get_args(Kind)) == set(frames.summaries)
    assert all(frames.summaries.values())


def test_frames_name_known_slots_and_stages() -> None:
    for rows in load_frames().by_head.values():
        for frame in rows:
            assert frame.roles and set(frame.roles) <= SLOTS, frame.name
            allowed = {"agreement": AGREEMENT_STAGES, "arms_transfer": TRANSFER_STAGES}.get(frame.kind, ())
            assert frame.stage in allowed if allowed else frame.stage is None, frame.name


def test_a_phrase_is_found_by_its_head() -> None:
    frames = load_frames()
    call = next(f for f in frames.by_head["noun", "call"] if f.rest == ("phone",))
    assert (call.kind, call.words) == ("call", ("phone", "call"))
    carry = next(f for f in frames.by_head["verb", "carry"] if f.rest)
    assert carry.rest == ("out",)


def test_the_guide_to_frames_tells_every_key() -> None:
    text = (Path(__file__).parents[2] / "docs" / "frames.md").read_text(encoding="utf-8")
    for key in (
        "verbs",
        "nouns",
        "object",
        "with",
        "needs",
        "source",
        "target",
        "participant",
        "stage",
        "summary",
    ):
        assert f"`{key}`" in text or f"{key} =" in text
    assert arguments_of.__name__ not in text  # the guide is for those who do not program
