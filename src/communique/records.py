"""The records that pass from room to room: frozen, comparable, written to JSON by their aliases.

Their fields are those of the coding guide (docs/codebook.md). Offsets are characters into the
document's stored text, start inclusive, end exclusive.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Kind = Literal[
    "visit", "meeting", "call", "agreement", "exercise", "cooperation", "arms_transfer", "arms_program",
    "aid", "support", "request", "accuse", "reject", "threaten", "sanction", "concede", "retreat",
    "mobilize", "coerce", "assault", "protest", "appointment",
]  # fmt: skip
Status = Literal["actual", "planned", "possible", "denied"]
Role = Literal["source", "target", "participant"]
Stage = Literal[
    "interest", "negotiation", "contract", "approval", "delivery", "blocked", "unblocked", "cancelled",
    "signing", "ratification", "in_force", "expiry", "termination",
]  # fmt: skip
Found = Literal["given", "inline", "metadata", "dateline", "url", "inferred", "unknown"]

TRANSFER_STAGES = (
    "interest", "negotiation", "contract", "approval", "delivery", "blocked", "unblocked", "cancelled",
)  # fmt: skip
AGREEMENT_STAGES = ("negotiation", "signing", "ratification", "in_force", "expiry", "termination")
SYMMETRIC_KINDS = frozenset({"meeting", "call", "agreement", "exercise", "cooperation"})


class Record(BaseModel):
    """A frozen value that compares by content and refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Interval(Record):
    """Days from `start` to `end`, both inclusive; written as `{"from", "to"}`. Law: start <= end."""

    start: Annotated[date, Field(alias="from")]
    end: Annotated[date, Field(alias="to")]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start > self.end:
            raise ValueError(f"an interval ends before it starts: {self.start}..{self.end}")
        return self

    @property
    def days(self) -> int:
        """The length in days, at least 1."""
        return (self.end - self.start).days + 1

    def contains(self, other: Interval) -> bool:
        """True when every day of `other` is a day of this one."""
        return self.start <= other.start and other.end <= self.end

    def meet(self, other: Interval) -> Interval | None:
        """The days in both, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start=start, end=end) if start <= end else None


class Published(Record):
    """When a document was published: `interval` (None is unknown), how it was `found`, and from which words."""

    interval: Interval | None = None
    found: Found = "unknown"
    expression: str | None = None


class Metadata(Record):
    """What came with a document beside its text. `date` is as written; `source` is the outlet."""

    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    lang: str | None = None


class RawPage(Record):
    """One document as it came in: its content, what was said of it, and where it came from.

    `renamed_from` is the id that the document came with, where an earlier one of the run had it already.
    """

    id: str
    content: str
    media: Literal["text", "html"]
    metadata: Metadata = Metadata()
    origin: str  # path, "path:line" of JSON Lines, or "-" for standard input
    sha256: str  # of the raw bytes of this document
    renamed_from: str | None = None


class Document(Record):
    """One article as read. `text` is immutable; every offset points into it; it begins with the title.

    `aside` is None for a document that is coded; otherwise the reason why it is kept uncoded
    ("language: fr").
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    language: str = "en"
    published: Published = Published()
    url: str | None = None
    origin: str
    raw_sha256: str
    text_sha256: str
    aside: str | None = None


class Evidence(Record):
    """Words of the document: `text` equals document.text[start:end]."""

    start: int
    end: int
    text: str


class Actor(Record):
    """Who plays which role: a state's ISO alpha-3 or an organisation's code, and the person where told."""

    role: Role
    code: str
    person: str | None = None
    office: str | None = None


class Place(Record):
    """Where it happened: the name as told and the country's code (None where it is open)."""

    name: str
    country: str | None = None


class Materiel(Record):
    """Equipment as the text names it. `value_usd` is in US dollars."""

    name: str
    quantity: int | None = None
    value_usd: float | None = None


class Derivation(Record):
    """How one field of a claim came to its value, in words, and the span that it rests on (if any)."""

    field: str
    value: str
    reason: str
    start: int | None = None
    end: int | None = None


class Claim(Record):
    """What one document says about one event: the record of the coding guide, with id and confidence."""

    id: str
    doc_id: str
    kind: Kind
    status: Status
    actors: tuple[Actor, ...]
    date: Interval | None = None
    place: Place | None = None
    stage: Stage | None = None
    materiel: tuple[Materiel, ...] = ()
    instrument: str | None = None
    attribution: str | None = None
    attribution_chain: tuple[str, ...] = ()  # all sources, the nearest (`attribution`) first
    evidence: tuple[Evidence, ...]
    confidence: float
    derivations: tuple[Derivation, ...] = ()


class Statement(Record):
    """A quotation: its words (without the marks), who says them, where; `direct` when in quotation marks."""

    doc_id: str
    text: str
    speaker: str | None
    code: str | None
    start: int
    end: int
    direct: bool = True


class Person(Record):
    """An official named in a document, with office and state as of that document."""

    doc_id: str
    name: str
    office: str | None
    code: str | None


class Refusal(Record):
    """A record of an external coder that was not taken: why, and the record as it came (shortened)."""

    reason: str
    record: str


class External(Record):
    """What an external coder was asked and gave: its model, the tokens counted, how many answers the cache had."""

    model: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached: int = 0
    refused: tuple[Refusal, ...] = ()


class Coding(Record):
    """All that coding makes of one document.

    `published` is set where coding inferred the document's date, `external` where a server coded it.
    """

    doc_id: str
    published: Published | None = None
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    people: tuple[Person, ...] = ()
    external: External | None = None


class Failure(Record):
    """A document that could not be taken: where it came from and why; the batch goes on."""

    origin: str
    reason: str


def sha256(content: bytes | str) -> str:
    """The hexadecimal SHA-256 of bytes, or of text as UTF-8."""
    return hashlib.sha256(
        content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    ).hexdigest()
