"""Records in words."""

from collections.abc import Callable
from typing import get_args

import pytest

from communique.linking.phrases import happening, listed, name_of
from communique.linking.records import Told
from communique.records import AGREEMENT_STAGES, SYMMETRIC_KINDS, TRANSFER_STAGES, Kind, Status

Tell = Callable[..., Told]


@pytest.mark.parametrize(
    ("kind", "parties", "more", "words"),
    [
        ("visit", "ARM/Vigen Sargsyan > IRN", {}, "Vigen Sargsyan (Armenia) visited Iran"),
        ("visit", "ARM > IRN", {"status": "planned"}, "Armenia is to visit Iran"),
        ("meeting", "USA + CHN", {"status": "possible"}, "the United States and China may hold talks"),
        ("exercise", "ARM + IRN", {"instrument": "Shield 3"}, "Armenia and Iran trained together in Shield 3"),
        (
            "arms_transfer", "RUS > IRN", {"stage": "delivery", "goods": "S-300", "status": "denied"},
            "Russia did not deliver S-300 to Iran",
        ),
        ("arms_transfer", "RUS > IRN", {"stage": "interest"}, "Iran showed interest in arms from Russia"),
        (
            "arms_transfer", "FRA > IND", {"stage": "contract", "goods": "Rafale", "quantity": 36},
            "France contracted to supply 36 Rafale to India",
        ),
        ("arms_transfer", "> SYR", {"stage": "delivery"}, "someone delivered arms to Syria"),
        (
            "agreement", "IRN + RUS", {"stage": "signing", "instrument": "roadmap", "status": "planned"},
            "Iran and Russia are to agree on or sign a roadmap",
        ),
        ("accuse", "USA > ", {}, "the United States accused or criticised others"),
    ],
)  # fmt: skip
def test_a_record_in_words(tell: Tell, kind: str, parties: str, more: dict[str, str], words: str) -> None:
    assert happening(tell("a", kind, parties, **more).claim) == words


def test_every_kind_stage_and_status_has_words(tell: Tell) -> None:
    staged = [("arms_transfer", stage) for stage in TRANSFER_STAGES]
    staged += [("agreement", stage) for stage in AGREEMENT_STAGES]
    for kind, stage in [*((kind, None) for kind in get_args(Kind)), *staged]:
        for status in get_args(Status):
            parties = "USA + CHN" if kind in SYMMETRIC_KINDS else "USA > CHN"
            words = happening(tell("a", kind, parties, stage=stage, status=status).claim)
            assert "United States" in words
            assert "{" not in words
            assert "[" not in words
            assert words == " ".join(words.split())


def test_many_are_counted() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c", "d"]) == "a, b, c and d"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert listed([]) == ""


def test_names_of_codes() -> None:
    assert (name_of("IRN"), name_of("NOSUCHBAND")) == ("Iran", "NOSUCHBAND")
