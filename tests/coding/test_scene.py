from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.coding.actors import find_cast
from communique.coding.annotate import annotate
from communique.coding.annotation import Annotation
from communique.coding.judge import castings_of, look
from communique.coding.parse import Parse
from communique.coding.scene import scene_features
from communique.coding.weigh_parts import role_features
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import default_knowledge

Read = Callable[..., Annotation]


@pytest.fixture(scope="module")
def read(parse_text: Callable[..., Parse]) -> Read:
    def annotated(text: str, outlet: str | None = None) -> Annotation:
        return annotate(parse_text(text, outlet), default_knowledge().gazetteer, Chronology.load())

    return annotated


def features(annotation: Annotation, word: str, code: str) -> set[str]:
    candidates, context = look(annotation, None)
    candidate = next(c for c in candidates if c.word.text == word)
    found = castings_of(candidate, context.scene.cast)
    casting = next(c for c in found if c.code == code)
    return set(scene_features(candidate, casting, found, context.scene))


def test_the_castings_of_all_candidates_are_kept(read: Read) -> None:
    annotation = read(
        "Iran visited\n\nIran's minister visited Iraq. He met officials of Iraq and Kuwait in Basra."
    )
    candidates, context = look(annotation, None)
    cast = context.scene.cast
    assert [context.castings_of(c) for c in candidates] == [castings_of(c, cast) for c in candidates]
    assert any(m.code == "KWT" for c in candidates for k in context.castings_of(c) for m in k.mentions)


def test_mentions_between_two_offsets_lie_wholly_there(read: Read) -> None:
    cast = find_cast(
        read("Iran and Iraq\n\nThe Iranian and Iraqi ministers met officials of Kuwait in Basra.")
    )
    ends = sorted({offset for m in cast.mentions for offset in (m.start, m.start + 1, m.end)})
    for start in ends:
        for end in ends:
            inside = tuple(m for m in cast.mentions if start <= m.start and m.end <= end)
            assert cast.between(start, end) == inside


def test_who_speaks_at_a_word(read: Read) -> None:
    text = 'Foreign Minister Sergei Lavrov said: "We condemn the decision of Poland and will answer it."'
    scene = look(read(text), None)[1].scene
    assert scene.speakers(text.index("condemn")) == {"RUS"}
    assert scene.speakers(text.index("Lavrov")) == frozenset()
    assert "speaks:True:True" in features(read(text), "condemn", "RUS")
    assert "speaks:False:True" in features(read(text), "condemn", "POL")


def test_who_makes_the_equipment_of_the_sentence(read: Read) -> None:
    annotation = read(
        "Poland and South Korea signed a contract for K2 tanks.\n\nPoland bought tanks from Sweden."
    )
    assert "makes:True" in features(annotation, "signed", "KOR")
    assert "makes:False" in features(annotation, "signed", "POL")
    assert not any(name.startswith("makes") for name in features(annotation, "bought", "SWE"))


def test_the_way_of_the_parse_to_the_word(read: Read) -> None:
    annotation = read("Iran condemned Israel on Monday for the attack on Syria.")
    assert "way:nsubj|^" in features(annotation, "condemned", "IRN")
    assert "way:dobj|^" in features(annotation, "condemned", "ISR")
    syria = features(annotation, "condemned", "SYR")
    assert "way:dobj|^" not in syria and "prev:on" in syria and "nearer:True:1" in syria


def test_the_coordinated_share_the_way(read: Read) -> None:
    annotation = read("Mali condemned Niger and Chad.")
    assert "way:dobj|^" in features(annotation, "condemned", "NER") & features(annotation, "condemned", "TCD")


def test_the_part_played_in_other_events_of_the_kind(read: Read) -> None:
    annotation = read("The United States sanctioned Iran in May.\nThe sanctions were tightened in June.")
    candidates, context = look(annotation, None)
    first = next(c for c in candidates if c.kind == "sanction" and c.word.text == "sanctioned")
    iran = next(c for c in castings_of(first, context.scene.cast) if c.code == "IRN")
    assert iran.rule == "target"
    assert not context.scene.other_parts("sanction", iran)
    assert not context.scene.other_parts("aid", iran)
    assert "kin:target" in features(annotation, "sanctions", "IRN")
    assert "kin:source" in features(annotation, "sanctions", "USA")


def test_the_names_weighed_alone_and_with_the_kind(read: Read) -> None:
    annotation = read("Iran condemned Israel on Monday.")
    candidates, context = look(annotation, None)
    candidate = next(c for c in candidates if c.kind == "accuse")
    found = castings_of(candidate, context.scene.cast)
    weighed = role_features(candidate, found[0], found, context.scene)
    assert {"way:nsubj|^", "accuse|way:nsubj|^", "accuse|condemn|subject"} <= set(weighed)
    assert set(weighed.values()) == {1.0}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Washington assured the Baltic states of its support.", {"EST", "LVA", "LTU"}),
        ("He thanked the leaders of the Associated Trio.", {"GEO", "MDA", "UKR"}),
        ("The ministers of the GCC states met.", set()),
    ],
)
def test_a_name_that_stands_for_several(read: Read, text: str, codes: set[str]) -> None:
    cast = find_cast(read(text))
    assert {m.code for m in cast.mentions if m.form == "several"} == codes


def test_what_the_tables_find_is_not_named_twice(read: Read) -> None:
    cast = find_cast(read("Peru's Congress condemned the attack on Chile."))
    assert [m.code for m in cast.mentions] == ["PER", "PER", "CHL"]


def test_bare_rebels_are_those_of_the_state_in_focus_but_not_in_a_longer_name(read: Read) -> None:
    cast = find_cast(read("Yemen's army fought in Yemen. The rebels retreated, and Houthi rebels fled."))
    assert [m.start for m in cast.mentions if m.code == "HOUTHIS"] == [34, 56]
