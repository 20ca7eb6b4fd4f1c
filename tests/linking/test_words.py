from hypothesis import given
from hypothesis import strategies as st

from communique.linking.words import cosine, rarity, stems, weighed

TEXTS = st.text(alphabet=st.sampled_from("abcdeéß’'s -,.0123456789THE missile"), max_size=60)


def test_words_of_one_stem_are_one() -> None:
    assert stems("talks, talked, talking; France's 1,200 S-300s") == [
        "talk", "talk", "talk", "franc", "1200", "s-300",
    ]  # fmt: skip


def test_common_words_weigh_nothing_and_rare_ones_most() -> None:
    assert weighed("The Mistral of the") == {"mistral": 1.0}


def test_the_table_has_weights_below_one() -> None:
    assert {0.0 <= weight <= 1.0 for weight in rarity().values()} == {True}
    assert rarity()["the"] == 0.0


@given(TEXTS)
def test_a_text_is_like_itself(text: str) -> None:
    bag = weighed(text)
    assert abs(cosine(bag, bag) - (1.0 if bag else 0.0)) < 1e-9


@given(TEXTS, TEXTS)
def test_likeness_has_no_direction(a: str, b: str) -> None:
    assert cosine(weighed(a), weighed(b)) == cosine(weighed(b), weighed(a))
