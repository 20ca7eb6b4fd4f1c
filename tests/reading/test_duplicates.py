"""Near-duplicates: twins share bands and are alike; strangers are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.reading.duplicates import NEAR, fingerprint, likeness

STORY = (
    "The defence ministers of Ruritania and Borduria met in Zenda on Monday to discuss the delivery of "
    "coastal radars. The delegations agreed to hold a joint exercise in the spring, a spokesman of the "
    "Ruritanian ministry told reporters after the talks. He declined to say how many radars were ordered, "
    "or at what price. Borduria bought four patrol boats from its neighbour two years ago, and has paid for "
    "three of them so far. "
)
OTHER = (
    "Rain is expected over the northern hills for the rest of the week, and farmers have been told to bring "
    "in the hay. The river has risen by half a metre since Sunday without harm to the bridges or the mill. "
)
LETTERS = st.text(alphabet="abc \n.", max_size=200)


def alike(one: str, two: str) -> float:
    return likeness(fingerprint(one), fingerprint(two))


def test_case_spaces_and_marks_do_not_matter() -> None:
    assert fingerprint(STORY) == fingerprint(STORY.upper().replace(" ", "\n").replace(",", " -"))


def test_a_story_cut_short_or_inside_a_longer_one_is_its_twin() -> None:
    half, longer = STORY[: len(STORY) // 2], OTHER + STORY + OTHER.replace("hay", "wheat")
    for twin in (half, longer):
        assert alike(STORY, twin) >= 0.9
        assert set(fingerprint(STORY).bands) & set(fingerprint(twin).bands)


def test_an_edited_story_is_near_and_a_stranger_is_not() -> None:
    edited = STORY.replace("Monday", "Tuesday").replace("four patrol boats", "a frigate")
    assert NEAR <= alike(STORY, edited) < 1
    assert alike(STORY, OTHER) == 0
    assert not set(fingerprint(STORY).bands) & set(fingerprint(OTHER).bands)


def test_long_texts_are_compared_by_samples() -> None:
    words = [f"word{number}" for number in range(20_000)]
    one, other = " ".join(words[:12_000]), " ".join(words[6_000:])
    assert abs(alike(one, other) - 0.5) < 0.12
    assert len(fingerprint(one).signature) == 2_048


def test_the_same_on_every_machine() -> None:
    assert fingerprint("The ministers met.").bands == (2372133322576017794,)


@given(LETTERS, LETTERS)
def test_likeness_is_symmetric_and_whole_for_the_same_text(one: str, other: str) -> None:
    a, b = fingerprint(one), fingerprint(other)
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, a) == 1


@given(st.text(max_size=300))
def test_bands_are_ordered_numbers_that_a_database_can_hold(text: str) -> None:
    bands = fingerprint(text).bands
    assert 1 <= len(bands) <= 64
    assert list(bands) == sorted(set(bands))
    assert all(0 <= band < 2**63 for band in bands)
