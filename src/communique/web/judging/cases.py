"""What is put before a person: claims as they stand now, with their words and what was judged of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.archive import Archive, review
from communique.linking.records import ClaimKey, Judgement
from communique.records import Claim
from communique.web.judging.wishes import day_words
from communique.web.page import Shown
from communique.web.shapes import Passage, passages


class Standing(Shown):
    """A claim as it stands: its values as judged, its event (None where it was judged wrong), the judgements on it."""

    claim: Claim
    days: str  # the date as the form of correction has it
    event: str | None
    wrong: bool
    judgements: tuple[Judgement, ...]

    @classmethod
    def of(
        cls, claim: Claim, *, event: str | None, said: Iterable[Judgement], wrong: bool = False
    ) -> Standing:
        """A claim of that event, with what was said of it."""
        return cls(claim=claim, days=day_words(claim.date), event=event, wrong=wrong, judgements=tuple(said))


class Case(Shown):
    """One thing to decide: why it is asked, and the claims with their words, one or two of them.

    `id` is unique on its page. `code` is set where the question is what a code stands for.
    """

    id: str
    why: str
    reasons: tuple[str, ...] = ()
    code: str | None = None
    claims: tuple[Standing, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Question:
    """What is to be decided: the claims by their keys, why it is asked (see `Case`)."""

    id: str
    keys: tuple[ClaimKey, ...]
    why: str
    reasons: tuple[str, ...] = ()
    code: str | None = None


def standing(archive: Archive, keys: Iterable[ClaimKey]) -> dict[ClaimKey, Standing]:
    """The claims as they stand, by their keys; those that are not in the archive are left out."""
    wanted = list(dict.fromkeys(keys))
    judged = {told.key: told.claim for told in archive.told(wanted)}
    events, said = archive.events_of(wanted), review.standing_on(archive, wanted)
    return {
        told.key: Standing.of(
            judged.get(told.key, told.claim),
            event=events.get(told.key),
            said=said.get(told.key, ()),
            wrong=told.key not in judged,
        )
        for told in archive.told(wanted, judged=False)
    }


def cases(archive: Archive, asked: Iterable[Question]) -> Iterator[Case]:
    """The questions with their claims and words."""
    questions = list(asked)
    keys = [key for one in questions for key in one.keys]
    claims = standing(archive, keys)
    shown = passages(archive, archive.told(keys, judged=False))
    for one in questions:
        known = [key for key in one.keys if key in claims]
        yield Case(
            id=one.id,
            why=one.why,
            reasons=one.reasons,
            code=one.code,
            claims=tuple(claims[key] for key in known),
            passages=tuple(shown[key] for key in known if key in shown),
        )
