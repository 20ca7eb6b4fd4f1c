"""What a form asks for, as judgements. Raises SettingsError, in words for the reader, where it asks for nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from communique.archive import Archive, ClaimFilter, review
from communique.errors import SettingsError
from communique.knowledge.occupancies import DATE, first_day, last_day
from communique.linking.judgements import anchor, corrected, judgement
from communique.linking.lives import short
from communique.linking.records import ClaimAnchor, ClaimKey, Judgement, Verdict
from communique.records import Claim, Interval
from communique.web.names import names

MOST: Final = 200
"""So many claims are judged by one form, at most."""

_ROWS: Final = 60
_NO_REASON: Final = "no reason told"


@dataclass(frozen=True)
class Saying:
    """Who judges, why, and on which day."""

    who: str
    why: str
    made: date

    def of(
        self, verdict: Verdict, claim: ClaimAnchor, about: ClaimAnchor | tuple[str, str] | None = None
    ) -> Judgement:
        """The judgement that is said."""
        why = " ".join(self.why.split()) or _NO_REASON
        return judgement(verdict, claim, who=self.who, why=why, made=self.made, about=about)


class Values(BaseModel):
    """The values of a claim as a form gives them; actors and materiel are columns of equal length."""

    model_config = ConfigDict(frozen=True)

    kind: str = Field("", max_length=50)
    status: str = Field("", max_length=50)
    stage: str = Field("", max_length=50)
    date: str = Field("", max_length=50)
    instrument: str = Field("", max_length=500)
    role: list[str] = Field([], max_length=_ROWS)
    code: list[str] = Field([], max_length=_ROWS)
    person: list[str] = Field([], max_length=_ROWS)
    office: list[str] = Field([], max_length=_ROWS)
    item: list[str] = Field([], max_length=_ROWS)
    quantity: list[str] = Field([], max_length=_ROWS)
    value_usd: list[str] = Field([], max_length=_ROWS)


def on_claim(archive: Archive, claim: ClaimKey, verdict: Verdict, said: Saying) -> list[Judgement]:
    """The judgement that a claim is right, or wrong."""
    return [said.of(verdict, anchor_of(archive, claim))]


def corrections(archive: Archive, claim: ClaimKey, values: Values, said: Saying) -> list[Judgement]:
    """One judgement for each field whose value is another than the claim has now."""
    coded = coded_claim(archive, claim)
    now = next((told.claim for told in archive.told([claim])), coded)
    place = anchor_of(archive, claim)
    made = [said.of("corrected", place, (field, value)) for field, value in _changed(now, values)]
    for one in made:
        corrected(now, one.field or "", one.value or "null")
    if not made:
        raise SettingsError("nothing was changed: the claim has these values already")
    return made


def apart(archive: Archive, claim: ClaimKey, other: ClaimKey, said: Saying) -> list[Judgement]:
    """The judgement that two claims tell two events."""
    return [said.of("not_same", anchor_of(archive, claim), anchor_of(archive, other))]


def together(archive: Archive, claim: ClaimKey, other: ClaimKey, said: Saying) -> list[Judgement]:
    """The judgement that two claims tell one event.

    Claims of the other's event from which the claim was judged apart are judged to be the same with it as well.
    """
    if claim == other:
        raise SettingsError("a claim is the same as itself: give another one")
    event = next(iter(archive.event(archive.event_of(other) or "-")), None)
    rest = [key for key in (event.claims if event else ()) if key not in (claim, other)]
    parted = [k for k in rest if any(j.verdict == "not_same" for j in _between(archive, claim, k))]
    place = anchor_of(archive, claim)
    return [said.of("same", place, anchor_of(archive, key)) for key in (other, *parted)]


def split_off(archive: Archive, claim: ClaimKey, said: Saying) -> list[Judgement]:
    """The judgements that a claim is not of its event: apart from each claim there that it is linked with.

    Where no link holds it (a person put it there), apart from all the others.
    """
    event = next(iter(archive.event(archive.event_of(claim) or "-")), None)
    others = [key for key in (event.claims if event else ()) if key != claim]
    linked = review.linked_with(archive, claim)
    joined = {k for k in others if any(j.verdict == "same" for j in _between(archive, claim, k))}
    rest = [k for k in others if k in joined or k in linked] or others
    if not rest:
        raise SettingsError("the claim is alone in its event: there is nothing to part it from")
    return [judged for key in rest[:MOST] for judged in apart(archive, claim, key, said)]


def renamed(archive: Archive, code: str, new: str, said: Saying) -> list[Judgement]:
    """The judgements that an actor of some code is another one, for each claim that has it."""
    to = names().code(new)
    if to not in names().actors:
        raise SettingsError(f"no table has the state, organisation or group {new!r}")
    made = []
    for told in archive.told(review.claims_with_code(archive, code, limit=MOST)):
        actors = [a.model_dump() | ({"code": to} if a.code == code else {}) for a in told.claim.actors]
        if any(a.code == code for a in told.claim.actors):
            value = ("actors", json.dumps(actors, ensure_ascii=False))
            made.append(said.of("corrected", anchor_of(archive, told.key), value))
    if not made:
        raise SettingsError(f"no claim has the code {code!r}")
    return made


def named_claim(archive: Archive, words: str) -> ClaimKey:
    """The claim that is meant by an id (or its beginning, or its address) of a claim, or of an event: its first."""
    id = re.split(r"[/#?]", words.strip().rstrip("/"))[-1].removeprefix("c-") if words.strip() else ""
    if len(id) < 4:
        raise SettingsError("give the id of a claim or of an event (four characters of it at least)")
    found = archive.claims_by_id(id)
    if len(found) == 1:
        return ClaimKey.of(found[0])
    events = archive.event(id)
    if len(events) != 1:
        raise SettingsError(
            f"{id!r} begins the ids of several" if found or events else f"there is no claim or event {id!r}"
        )
    return events[0].claims[0]


def anchor_of(archive: Archive, claim: ClaimKey) -> ClaimAnchor:
    """Where the claim stands. Raises SettingsError where the archive has no such claim."""
    coded = coded_claim(archive, claim)
    stored = archive.document(claim.doc_id)
    assert stored is not None
    return anchor(coded, stored.document.text_sha256)


def coded_claim(archive: Archive, claim: ClaimKey) -> Claim:
    """The claim as it was coded."""
    for one in archive.claims(ClaimFilter(document=claim.doc_id)):
        if one.id == claim.id:
            return one
    raise SettingsError(f"there is no claim {claim.id} in {claim.doc_id}: it may have been coded again since")


def day_words(interval: Interval | None) -> str:
    """An interval as the form has it and `interval_of` reads it: "2016-05", "2016-05-12..2016-06-03"."""
    return short(interval) if interval else ""


def interval_of(words: str) -> Interval | None:
    """The days that are meant; None for nothing. Raises SettingsError for what is no day, month or year."""
    first, _, last = (part.strip() for part in words.partition(".."))
    if not first:
        return None
    try:
        if not DATE.fullmatch(first) or not DATE.fullmatch(last or first):
            raise ValueError(words)
        return Interval(start=first_day(first), end=last_day(last or first))
    except ValueError as error:
        hint = "write 2016-05-12, 2016-05, 2016, or two of them with .. between"
        raise SettingsError(f"{words[:40]!r} is no date: {hint}") from error


def _changed(now: Claim, values: Values) -> Iterator[tuple[str, str]]:
    """The fields whose value in the form is another than the claim's, as JSON."""
    held = now.model_dump(mode="json", by_alias=True)
    days = interval_of(values.date)
    wanted: dict[str, Any] = {
        "kind": values.kind or held["kind"],
        "status": values.status or held["status"],
        "stage": values.stage or None,
        "date": days.model_dump(mode="json", by_alias=True) if days else None,
        "instrument": values.instrument.strip() or None,
        "actors": list(_actors(values)),
        "materiel": list(_materiel(values)),
    }
    if not wanted["actors"]:
        raise SettingsError("somebody must take part: give one actor at least")
    for field, value in wanted.items():
        if value != held[field]:
            yield field, json.dumps(value, ensure_ascii=False)


def _actors(values: Values) -> Iterator[dict[str, str | None]]:
    for role, code, person, office in _rows(values.role, values.code, values.person, values.office):
        if code.strip():
            who, post = " ".join(person.split()), " ".join(office.split())
            yield {"role": role, "code": names().code(code), "person": who or None, "office": post or None}


def _materiel(values: Values) -> Iterator[dict[str, str | int | float | None]]:
    for name, quantity, dollars in _rows(values.item, values.quantity, values.value_usd):
        if name.strip():
            many, worth = _number(quantity), _number(dollars)
            yield {
                "name": " ".join(name.split()),
                "quantity": None if many is None else int(many),
                "value_usd": worth,
            }


def _rows(*columns: list[str]) -> Iterator[tuple[str, ...]]:
    if len({len(column) for column in columns}) > 1:
        raise SettingsError("the form is not whole: load the page again")
    return zip(*columns, strict=True)


def _number(words: str) -> float | None:
    plain = re.sub(r"[\s,$\u202f]", "", words)
    if not plain:
        return None
    if not re.fullmatch(r"\d{1,15}(\.\d+)?", plain):
        raise SettingsError(f"{words[:40]!r} is no number")
    return float(plain)


def _between(archive: Archive, claim: ClaimKey, other: ClaimKey) -> list[Judgement]:
    """The standing judgements that are of both claims."""
    found = review.standing_on(archive, [claim, other])
    ids = {j.id for j in found.get(other, [])}
    return [j for j in found.get(claim, []) if j.id in ids]
