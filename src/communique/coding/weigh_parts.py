"""What the judge can weigh about the part that one code plays in one candidate: named features."""

from __future__ import annotations

from collections.abc import Iterator

from communique.coding.actors import Cast
from communique.coding.propose import Candidate
from communique.coding.roles import Casting
from communique.coding.scene import Scene, scene_features


def role_features(
    candidate: Candidate, casting: Casting, found: tuple[Casting, ...], scene: Scene
) -> dict[str, float]:
    """What the judge weighs about one code in one candidate: each feature alone and with the kind."""
    named = _plain_features(candidate, casting, found, scene.cast)
    plain = list(dict.fromkeys((*named, *scene_features(candidate, casting, found, scene))))
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
