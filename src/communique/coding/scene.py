"""Scene: what a document tells of its actors beside the words of one candidate.

Who speaks at a word, which part an actor plays by rule in the document's other candidates of a kind, how the
sentence before names it, and by which way of the parse a mention hangs on the event's word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from communique.coding.actors import Cast
from communique.coding.annotation import Annotation
from communique.coding.propose import Candidate
from communique.coding.roles import Casting
from communique.knowledge import materiel
from communique.records import Statement

_FAR = 6  # steps of a way that are told; longer ones are cut
_BETWEEN = 8  # words between mention and event word that are told
_TELLING = frozenset({"VERB", "ADP", "SCONJ", "PART"})


@dataclass(frozen=True)
class Scene:
    """A document's actors, statements and candidates, for weighing one code in one candidate."""

    cast: Cast
    statements: tuple[Statement, ...]
    played: dict[str, dict[str, Counter[str]]]
    """For each kind and code how often it plays each role by rule in the document's candidates."""
    goods: tuple[tuple[int, frozenset[str]], ...] = ()
    """Where designations of equipment stand, and the states that make it."""

    def speakers(self, offset: int) -> frozenset[str]:
        """The codes of those whose words, quoted or told, lie at an offset."""
        return frozenset(s.code for s in self.statements if s.code and s.start <= offset < s.end)

    def makers(self, start: int, end: int) -> frozenset[str]:
        """The states that make the equipment named between two offsets."""
        return frozenset().union(*(codes for at, codes in self.goods if start <= at < end))

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each code is named (places and references left out)."""
        return Counter(m.code for m in self.cast.mentions if m.form not in ("place", "reference"))

    @cached_property
    def total(self) -> int:
        """How often any code is named."""
        return self.counts.total()

    @cached_property
    def first(self) -> dict[str, int]:
        """Where each code is named first."""
        found: dict[str, int] = {}
        for mention in self.cast.mentions:
            found.setdefault(mention.code, mention.start)
        return found

    def other_parts(self, kind: str, casting: Casting) -> Counter[str]:
        """The roles that the code plays by rule in the other candidates of the kind."""
        parts = Counter(self.played.get(kind, {}).get(casting.code, Counter()))
        if casting.rule is not None:
            parts[casting.rule] -= 1
        return +parts


def scene_of(
    cast: Cast, annotation: Annotation, found: Iterable[tuple[Candidate, tuple[Casting, ...]]]
) -> Scene:
    """The scene of a document whose candidates have these castings."""
    played: dict[str, dict[str, Counter[str]]] = {}
    for candidate, row in found:
        for casting in row:
            if casting.rule is not None:
                codes = played.setdefault(candidate.kind, {})
                codes.setdefault(casting.code, Counter())[casting.rule] += 1
    named = [m for m in annotation.parse.mentions if m.entry.kind == "materiel"]
    made = ((m.start, materiel.makers().get(m.entry.code, frozenset())) for m in named)
    return Scene(cast, annotation.statements, played, tuple((at, codes) for at, codes in made if codes))


def scene_features(
    candidate: Candidate, casting: Casting, found: tuple[Casting, ...], scene: Scene
) -> Iterator[str]:
    """What the scene says of one code in one candidate."""
    yield from _of_document(candidate, casting, scene)
    if casting.best is None:
        yield from _absent(candidate, casting, found, scene)
    else:
        yield from _here(candidate, casting, found)


def _of_document(candidate: Candidate, casting: Casting, scene: Scene) -> Iterator[str]:
    speakers = scene.speakers(candidate.word.idx)
    speaks = casting.code in speakers
    where = "absent" if casting.best is None else casting.slot
    yield f"speaks:{speaks}:{bool(speakers)}"
    yield f"speaks:{speaks}:{bool(speakers)}:{where}"
    for role, count in sorted(scene.other_parts(candidate.kind, casting).items()):
        yield f"kin:{role}"
        yield f"kin:{role}:{min(count, 3)}:{where}"
    share = scene.counts[casting.code] / max(1, scene.total)
    yield f"share:{int(share * 8)}"
    yield f"share:{int(share * 8)}:{where}"
    yield f"sort:{_sort(casting.code)}"
    yield from _of_makers(candidate, casting, scene)


def _of_makers(candidate: Candidate, casting: Casting, scene: Scene) -> Iterator[str]:
    """Whether the code is that of a state that makes the equipment of the sentence."""
    sentence = candidate.sentence
    if made := scene.makers(sentence.start_char, sentence.end_char):
        where = "absent" if casting.best is None else casting.slot
        yield f"makes:{casting.code in made}"
        yield f"makes:{casting.code in made}:{where}"


def _sort(code: str) -> str:
    return code if len(code) != 3 or code in ("PKK", "SDF", "PMF", "KRG", "DPR", "LPR", "RSF") else "state"


def _absent(
    candidate: Candidate, casting: Casting, found: tuple[Casting, ...], scene: Scene
) -> Iterator[str]:
    start = candidate.sentence.start_char
    last = next((m for m in scene.cast.backwards(start) if m.form != "place"), None)
    yield f"last_named:{last is not None and last.code == casting.code}"
    named = {c.code for c in found if c.best is not None and c.best.form != "place"}
    yield f"named_here:{min(len(named), 3)}"
    previous = _previous(candidate)
    there = () if previous is None else scene.cast.between(previous, start)
    own = [m for m in there if m.code == casting.code]
    yield f"before:{bool(own)}:{min(len({m.code for m in there}), 4)}"
    for dep in sorted({m.root.dep_ for m in own}):
        yield f"before_dep:{dep}"
    for form in sorted({m.form for m in own}):
        yield f"before_form:{form}"


def _previous(candidate: Candidate) -> int | None:
    start = candidate.sentence.start
    return candidate.sentence.doc[start - 1].sent.start_char if start > 0 else None


def _here(candidate: Candidate, casting: Casting, found: tuple[Casting, ...]) -> Iterator[str]:
    best = casting.best
    assert best is not None
    word = candidate.word
    way = "|".join(_way(best.root, word))
    yield f"way:{way}"
    yield f"above:{_meeting_point(best.root, word)}"
    tokens = [t for t in candidate.sentence if best.start <= t.idx < best.end]
    first, last = (tokens[0], tokens[-1]) if tokens else (best.root, best.root)
    if first.i > candidate.sentence.start:
        yield f"prev:{first.nbor(-1).lower_}"
    if last.i + 1 < candidate.sentence.end:
        yield f"next:{last.nbor(1).lower_}"
    after = best.root.i > word.i
    low, high = sorted((best.root.i, word.i))
    if high - low <= _BETWEEN:
        for token in word.doc[low + 1 : high]:
            if token.pos_ in _TELLING:
                yield f"between:{after}:{token.lemma_.lower()}"
    yield from _neighbours(candidate, casting, found)


def _neighbours(candidate: Candidate, casting: Casting, found: tuple[Casting, ...]) -> Iterator[str]:
    """Whether it is the nearest actor on its side of the word, and how many others stand there."""
    assert casting.best is not None
    word = candidate.word.i
    others = [
        c.best.root.i for c in found if c.best is not None and c.best.form != "place" and c is not casting
    ]
    own = casting.best.root.i
    side = [i for i in others if (i > word) == (own > word)]
    nearer = sum(abs(i - word) < abs(own - word) for i in side)
    yield f"nearer:{own > word}:{min(nearer, 3)}"
    yield f"nearer:{own > word}:{min(nearer, 2)}:{min(len(others) - len(side), 2)}"
    yield f"mentions:{min(len(casting.mentions), 3)}"


def _way(root: Token, word: Token) -> list[str]:
    """The steps of the parse from a mention up to where the event's word hangs, and down to it."""
    above = [word, *word.ancestors]
    up: list[str] = []
    token = root
    while token not in above and len(up) < _FAR:
        if token.dep_ != "conj":
            up.append(token.lower_ if token.dep_ == "prep" else token.dep_)
        token = token.head
    down = [t.dep_ for t in above[: above.index(token)]] if token in above else ["?"]
    return [*up, "^", *[d for d in reversed(down) if d != "conj"][:_FAR]]


def _meeting_point(root: Token, word: Token) -> str:
    """The lemma of the word under which both hang: "=" where it is the event's word."""
    above = {t.i for t in (root, *root.ancestors)}
    token = next((t for t in (word, *word.ancestors) if t.i in above), None)
    return "none" if token is None else "=" if token.i == word.i else token.lemma_.lower()
