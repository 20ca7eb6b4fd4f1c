"""What "we", "our" and "my" stand for inside a statement: the speaker and his government."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.coding.parse import Parse
from communique.coding.people import People, PersonRecord
from communique.coding.referents import Reference, References, Referent, expressions
from communique.records import Statement

_ALONE = frozenset({"i", "my", "me", "mine"})


def with_own_side(
    parse: Parse, people: People, references: References, statements: Sequence[Statement]
) -> References:
    """The references, and those of "we", "our", "I" and "my" in statements whose speaker has a code.

    "We" is the speaker's state or organisation, "I" the speaker too. Words already resolved stay as they are.
    """
    found = {r.start: r for r in _own_side(parse, people, statements)}
    found.update({r.start: r for r in references})
    return References(tuple(found[start] for start in sorted(found)))


def _own_side(parse: Parse, people: People, statements: Sequence[Statement]) -> Iterator[Reference]:
    columns, text = people.columns, parse.document.text
    by_name = {p.name: p for p in people.persons}
    for statement in sorted(statements, key=lambda s: s.start - s.end):  # the innermost last, so that it wins
        if statement.code is None or not statement.text:
            continue
        for k in range(columns.word_at(statement.start), columns.word_at(statement.end - 1) + 1):
            start, word = columns.offsets[k], columns.lower[k]
            written = text[start : start + len(word)]
            if word in expressions().own_side and written != "US" and start >= statement.start:
                referent = _referent(word, statement, by_name.get(statement.speaker or ""))
                yield Reference(start, start + len(word), referent)


def _referent(word: str, statement: Statement, person: PersonRecord | None) -> Referent:
    persons = (person,) if person is not None and word in _ALONE else ()
    codes = (statement.code,) if statement.code is not None else ()
    return Referent(codes, persons, f'"{word}" of {statement.speaker}')
