"""The coder: documents in, codings out, in order. Annotate -> propose -> judge -> merge."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

from communique import __version__
from communique.coding.annotate import annotate
from communique.coding.annotation import Annotation
from communique.coding.attribution import Attributor
from communique.coding.claims import claim_of, staged_draft, with_clashes
from communique.coding.confidence import confidence_numbers
from communique.coding.drafts import Draft
from communique.coding.judge import Judged, judge, look
from communique.coding.merge import merge
from communique.coding.models import Models, shipped_models
from communique.coding.parser import MODEL, parse_documents
from communique.coding.placing import placing_of
from communique.coding.sequels import with_sequels
from communique.coding.setting import evidence_of, instrument_of
from communique.coding.speech import SPEECH_KINDS
from communique.coding.stages import telling
from communique.knowledge.dating import Chronology
from communique.knowledge.knowledge import Knowledge, default_knowledge
from communique.knowledge.quantities import materiel_in
from communique.records import Claim, Coding, Document

_WITH_MATERIEL = frozenset(
    {"arms_transfer", "arms_program", "mobilize", "assault", "aid", "exercise", "coerce"}
)
KEEP = 0.5  # claims less sure than this are left out: within .002 of where event F1 peaks out of fold
KEEP_DENIED = 0.3  # but denials, which contradictions rest on: few, and kept at no cost out of fold
KEEP_BY_RULE = 0.6


class Coder:
    """Codes documents. With `learned` False the rules decide alone, without the learned judge.

    The same document gives the same coding whatever comes before it, on one process or many.
    """

    def __init__(
        self,
        *,
        model: str = MODEL,
        learned: bool = True,
        knowledge: Knowledge | None = None,
        models: Models | None = None,
    ) -> None:
        self.model = model
        self.knowledge = knowledge or default_knowledge()
        self._chronology = Chronology.load(self.knowledge.overlay)
        self.models = models or (shipped_models() if learned else None)
        learnt = self.models is not None
        self.keep, self.keep_denied = (KEEP, KEEP_DENIED) if learnt else (KEEP_BY_RULE, KEEP_BY_RULE)

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        """A coding for each document, in order; documents kept aside give an empty one."""
        for annotation in self.annotations(documents):
            yield self.code_annotation(annotation)

    def annotations(self, documents: Iterable[Document]) -> Iterator[Annotation]:
        """The annotated documents, in order: what coding starts from."""
        for parse in parse_documents(documents, self.knowledge.gazetteer, model=self.model):
            yield annotate(parse, self.knowledge.gazetteer, self._chronology)

    def code_annotation(self, annotation: Annotation) -> Coding:
        """The coding of one annotated document."""
        document = annotation.parse.document
        if document.aside is not None:
            return Coding(doc_id=document.id)
        return Coding(
            doc_id=document.id,
            published=document.published if document.published.found == "inferred" else None,
            claims=self._claims(annotation),
            statements=annotation.statements,
            people=annotation.people.people_records(document.id),
        )

    def groups(self, annotation: Annotation) -> list[list[Draft]]:
        """The events that a document may tell, each with its tellings, before any is dropped as unsure."""
        candidates, context = look(annotation, self.models.tagger if self.models else None)
        attributor = Attributor(
            annotation.parse, annotation.people, annotation.references, annotation.statements
        )
        judged = judge(candidates, context, self.models)
        return merge([_draft(j, annotation, attributor) for j in judged])

    def _claims(self, annotation: Annotation) -> tuple[Claim, ...]:
        groups = self.groups(annotation)
        sure = self._confidences(groups)
        document = annotation.parse.document
        rated = with_sequels(list(zip(groups, sure, strict=True)), self.keep)
        claims = (
            claim_of(document, group, c, placing_of(group, annotation, self.models))
            for group, c in rated
            if self._is_kept(group, c)
        )
        marked = (with_clashes(c, document.published.interval, self._chronology.occupancies) for c in claims)
        return tuple({c.id: c for c in marked}.values())

    def _is_kept(self, group: list[Draft], confidence: float) -> bool:
        is_denied = staged_draft(group).status == "denied"
        return round(confidence, 3) >= (self.keep_denied if is_denied else self.keep)

    def _confidences(self, groups: list[list[Draft]]) -> list[float]:
        if self.models is None:
            return [group[0].probability for group in groups]
        found = self.models.confidence.predict([confidence_numbers(g, groups) for g in groups])
        return [row["yes"] for row in found]

    @cached_property
    def fingerprint(self) -> str:
        """Changes when anything changes that coding depends on: code, frames, vocabularies, models, tables."""
        digest = hashlib.sha256(f"{__version__}|{self.model}|{self.models is not None}|".encode())
        digest.update(self.knowledge.fingerprint.encode())
        for path, content in sorted(_contents(files("communique.coding"), "")):
            digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
        return digest.hexdigest()[:16]


def _draft(judged: Judged, annotation: Annotation, attributor: Attributor) -> Draft:
    candidate = judged.candidate
    evidence = evidence_of(candidate, annotation.parse)
    speech = candidate.kind in SPEECH_KINDS
    word = candidate.word
    said = attributor.attribute(word.idx, word.idx + len(word), told=not speech)
    own = [p for p in judged.parts if speech and p.role == "source"]
    persons = [m.person for p in own for m in p.mentions if m.person]
    inside = annotation.parse.mentions_in(candidate.sentence.start_char, candidate.sentence.end_char)
    told = telling(candidate, annotation)
    goods = materiel_in(annotation.parse.document.text, inside) if candidate.kind in _WITH_MATERIEL else ()
    return Draft(
        candidate=candidate,
        parts=judged.parts,
        status=judged.status,
        status_reason=judged.status_reason,
        date=judged.date,
        stage=judged.stage,
        materiel=goods,
        instrument=instrument_of(candidate, annotation.parse),
        attribution_chain=said.beyond(persons, [p.code for p in own]),
        attribution_reason=said.reason,
        evidence=evidence,
        probability=judged.probability,
        kind_reason=judged.kind_reason,
        stage_word=told.word.i if told is not None else None,
        numbers=judged.numbers,
        sure_of_parties=judged.sure_of_parties,
    )


def _contents(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            yield from _contents(item, f"{prefix}{item.name}/")
        elif item.is_file():
            yield prefix + item.name, item.read_bytes()
