"""The external coder: our reading of a document, with the claims of a language model on a server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from communique.coding.coder import Coder
from communique.coding.external.accepting import accept
from communique.coding.external.asking import instruction, pieces, request
from communique.coding.external.server import Server, complete
from communique.records import Claim, Coding, Document, External, Refusal


class ExternalCoder:
    """Codes documents through a server. Statements, people and dates are our own; claims are the server's.

    A document whose server does not answer raises ServerError: it fails with the reason, and nothing of it is kept.
    """

    def __init__(self, server: Server, own: Coder) -> None:
        self.server = server
        self._own = own

    @property
    def fingerprint(self) -> str:
        """Changes with our own coder, the model's name and the instruction."""
        parts = (self._own.fingerprint, self.server.model, instruction())
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        """A coding for each document, in order; documents kept aside are not sent."""
        for annotation in self._own.annotations(documents):
            document = annotation.parse.document
            if document.aside is not None:
                yield Coding(doc_id=document.id)
                continue
            claims, external = self._ask(document)
            yield Coding(
                doc_id=document.id,
                published=document.published if document.published.found == "inferred" else None,
                claims=claims,
                statements=annotation.statements,
                people=annotation.people.people_records(document.id),
                external=external,
            )

    def _ask(self, document: Document) -> tuple[tuple[Claim, ...], External]:
        claims: dict[str, Claim] = {}
        refused: list[Refusal] = []
        answers = []
        for piece in pieces(document.text):
            answer = complete(self.server, request(document, piece, self.server.model))
            taken, left = accept(
                document, answer.content, codes=self._own.knowledge.actor_codes, model=self.server.model
            )
            claims |= {claim.id: claim for claim in taken if claim.id not in claims}
            refused += left
            answers.append(answer)
        fresh = [a for a in answers if not a.cached]
        return tuple(claims.values()), External(
            model=self.server.model,
            prompt_tokens=sum(a.prompt_tokens for a in fresh),
            completion_tokens=sum(a.completion_tokens for a in fresh),
            cached=len(answers) - len(fresh),
            refused=tuple(refused),
        )
